"""How lists are shown to people."""

from __future__ import annotations

from collections.abc import Sequence

from kps_graph.words.language import Language

__all__ = ["Few"]


class Few(int):
    """How many entries of a list one cell has for people, and the language that joins them.

    A bare number means Chinese, the language of the documents.
    """

    language: Language

    def __new__(cls, most: int, language: Language = Language.CHINESE) -> Few:
        """So many entries, in this language."""
        few = super().__new__(cls, most)
        few.language = most.language if isinstance(most, Few) else language
        return few

    def listed(self, texts: Sequence[str]) -> str:
        """The first of some texts, and how many there are in all if there are more."""
        shown = self.language.joined(texts[:self])
        return shown if len(texts) <= self else shown + "…" + self.language.aside(str(len(texts)))
