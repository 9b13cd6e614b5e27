"""The gettext catalogue: what an English template is in another language."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kps_graph.words.language import Language

if TYPE_CHECKING:
    from gettext import GNUTranslations

__all__ = ["DOMAIN", "LOCALE", "spoken_by_libraries", "translated"]

#: The name of the catalogue, and the folder of its translations.
DOMAIN: Final = "kps_graph"
LOCALE: Final = Path(__file__).with_name("locale")


def translated(template: str, language: Language) -> str:
    """``template`` in ``language``; itself where the catalogue has no translation of it."""
    if language == Language.ENGLISH or not template:
        return template
    return _catalogue(language).gettext(template)


@cache
def _catalogue(language: Language) -> GNUTranslations:
    import gettext

    return gettext.translation(DOMAIN, LOCALE, [_folder(language)])


def _folder(language: Language) -> str:
    """What gettext calls a language: ``zh_Hant``."""
    return language.replace("-", "_")


@contextmanager
def spoken_by_libraries(language: Language) -> Iterator[None]:
    """Makes libraries that ask gettext, as click does, speak ``language`` from our catalogue.

    gettext keeps its catalogue and language per process, so this is for a command line.
    """
    import gettext

    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = _folder(language)
    try:
        yield
    finally:
        gettext.textdomain(before[0])
        if before[1] is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before[1]
