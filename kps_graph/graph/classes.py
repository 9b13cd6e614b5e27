"""What the classes of a scheme are called."""

from __future__ import annotations

from kps_graph.store import Store
from kps_graph.terms import SCHEMES, skos
from kps_graph.words import Language

__all__ = ["category_names", "class_names"]


def category_names(store: Store, lang: Language) -> dict[str, str]:
    """The names of the 職類別 by code; in Chinese where there is none in ``lang``."""
    return class_names(store, "category", lang)


def class_names(store: Store, scheme: str, lang: Language) -> dict[str, str]:
    """The names of the classes of a scheme by code; in Chinese where there is none in ``lang``.

    Args:
        store: that holds the schemes.
        scheme: ``category`` (職類別), ``occupation`` (職業別) or ``industry`` (行業別).
        lang: of the names.
    """
    named: dict[str, str] = {}
    for label, tag in ((skos.prefLabel, "zh"), (f"{skos.prefLabel}>|<{skos.altLabel}", "en")):
        if tag == "en" and lang.chinese:
            continue
        rows = store.texts(
            f"SELECT ?c ?name WHERE {{ ?c <{skos.inScheme}> <{SCHEMES}{scheme}> ; "
            f'<{label}> ?name FILTER(LANGMATCHES(LANG(?name), "{tag}")) }}'
        )
        named |= {c.rsplit("/", 1)[-1]: name for c, name in rows}
    return named
