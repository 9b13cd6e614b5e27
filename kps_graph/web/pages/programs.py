"""The page that tells programs' authors what can be asked."""

from __future__ import annotations

from kps_graph.exports.site import learning
from kps_graph.exports.site.frame import Frame
from kps_graph.web.api.asked import questions

__all__ = ["api_page"]


def api_page(frame: Frame) -> str:
    """What programs can ask: every address below ``/api/``, as ``/openapi.json`` describes it."""
    return learning.api_page(
        frame,
        [
            (
                f"/api/{question.path}",
                frame.lang.pick(question.title),
                [(p.name, frame.lang.pick(p.description), p.required) for p in question.parameters],
            )
            for question in questions()
        ],
    )
