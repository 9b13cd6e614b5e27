"""HTML pages of one file each: templates that escape everything, their styles and scripts.

A page's policy allows its own style and script by their digests and nothing else, so that no text
of a document could run or load anything even if it were not escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kps_graph.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["asset", "environment", "render"]


def render(template: str, *, style: str, script: str = "", **values: Any) -> str:
    """The page that ``template`` makes of ``values``, with its one style sheet and script.

    Every text is escaped, and made printable (:func:`kps_graph.printable.printable`).
    """
    return (
        environment("kps_graph.exports.pages")
        .get_template(template)
        .render(style=Markup(style), script=Markup(script), policy=_policy(style, script), **values)
    )


def asset(name: str) -> str:
    """A style sheet or script that comes with the package."""
    return resources.files("kps_graph.exports.pages").joinpath("assets", name).read_text("utf-8")


@cache
def environment(package: str) -> Environment:
    """The templates of ``package``: every text that they show is escaped and made printable."""
    # slow to import, and seldom needed where there is a choice of formats
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from jinja2.runtime import Context

    class Calling(Context):
        """Calls what a template calls, and does not look whether it asks for the context: nothing does."""

        def call(
            self,
            called: Callable[..., Any],
            /,
            *args: Any,
            _block_vars: object = None,
            _loop_vars: object = None,
            **kwargs: Any,
        ) -> Any:
            return called(*args, **kwargs)

    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.context_class = Calling
    return made


def _policy(style: str, script: str) -> Markup:
    """The Content-Security-Policy of a page that may use this style and script alone."""
    return Markup(
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
