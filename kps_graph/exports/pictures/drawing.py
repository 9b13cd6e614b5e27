"""The picture of one standard, as SVG and as a page that can be explored."""

from __future__ import annotations

from kps_graph.exports.pictures import page, render
from kps_graph.exports.pictures.standard_layout import Indicators, layout
from kps_graph.model import Standard
from kps_graph.words import Language

__all__ = ["html", "svg"]


def svg(
    standard: Standard, lang: Language = Language.CHINESE, indicators: Indicators = "text"
) -> str:
    """``standard`` as an SVG file: tasks, activities with outputs and indicators, K, S and A.

    Args:
        standard: what to draw.
        lang: the language of headings; the standard's own texts stay as they are.
        indicators: written out, or by their codes alone so that more fits on a page.
    """
    return render.svg(layout(standard, lang, indicators))


def html(
    standard: Standard, lang: Language = Language.CHINESE, indicators: Indicators = "text"
) -> str:
    """``standard`` as one self-contained page; what belongs together lights up."""
    return page.html(layout(standard, lang, indicators))
