"""The languages that kps-graph speaks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

__all__ = ["Language"]

T = TypeVar("T")


class Language(StrEnum):
    """A language that kps-graph speaks; its value is the tag of texts in it (BCP 47)."""

    CHINESE = "zh-Hant"
    ENGLISH = "en"

    @classmethod
    def of(cls, tag: str) -> Language:
        """The language that a tag or the name of a locale means: ``zh``, ``en``, ``en_US.UTF-8``.

        Chinese, the language of the documents, for every other: there is no third.
        """
        return cls.ENGLISH if tag.lower().startswith("en") else cls.CHINESE

    @classmethod
    def preferred(cls, environment: Mapping[str, str] | None = None) -> Language:
        """What the environment asks for: ``KPS_LANG``, else the locale, else Chinese."""
        given = os.environ if environment is None else environment
        names = ("KPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
        return cls.of(next((given[name] for name in names if given.get(name)), ""))

    @property
    def chinese(self) -> bool:
        """Whether texts of documents are in this language."""
        return self is Language.CHINESE

    def joined(self, texts: Iterable[str]) -> str:
        """Texts of a list in one line."""
        return self.pick(("、", ", ")).join(texts)

    def aside(self, text: str) -> str:
        """A text in brackets, to be put behind another."""
        return self.pick(("（{}）", " ({})")).format(text)

    def headed(self, head: str, text: str) -> str:
        """A text behind what it is about."""
        return self.pick(("{}：{}", "{}: {}")).format(head, text)

    def pick(self, texts: tuple[T, T]) -> T:
        """The one of a pair, Chinese and English, that is in this language."""
        return texts[self is Language.ENGLISH]
