"""Reads what is chosen of a list of check boxes in a field: ``■咖啡師 □烘焙師``."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["chosen"]

#: Boxes that are not ticked; the private-use ones are those of Word's Wingdings.
_OPEN: Final = "□☐▢\uf06f\uf0a8\uf071"
_TICKED: Final = "■☑☒✓✔√\uf0fe\uf052\uf054\uf0fd\uf06e\uf0fc"
_CHOICE: Final = re.compile(rf"(?P<box>[{_OPEN}{_TICKED}])(?P<text>[^{_OPEN}{_TICKED}]*)")


def chosen(text: str) -> list[str]:
    """The choices that are ticked in ``text``, without their boxes; ``[text]`` where it is none.

    A single box before a text is a bullet, ticked or not. Where several stand and none is ticked,
    nothing is chosen: ``text`` stays as it is, boxes and all, for whoever reads it. So do boxes in
    a row, which hold the place of words (``□□公司``).
    """
    choices = list(_CHOICE.finditer(text.strip()))
    if not choices or choices[0].start() or not all(c["text"].strip() for c in choices):
        return [text]
    if len(choices) > 1:
        choices = [c for c in choices if c["box"] in _TICKED]
    return [c["text"].strip(" \u3000\t\n、，,；;") for c in choices] or [text]
