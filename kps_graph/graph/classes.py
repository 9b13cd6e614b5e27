"""What the classes of a scheme are called."""

from __future__ import annotations

from kps_graph.store import Store
from kps_graph.terms import SCHEMES, skos
from kps_graph.words import Language

__all__ = ["category_names"]


def category_names(store: Store, lang: Language) -> dict[str, str]:
    """The names of the 職類別 by code; in Chinese where there is none in ``lang``."""
    named: dict[str, str] = {}
    for label, tag in ((skos.prefLabel, "zh"), (f"{skos.prefLabel}>|<{skos.altLabel}", "en")):
        if tag == "en" and lang.chinese:
            continue
        rows = store.select(
            f"SELECT ?c ?name WHERE {{ ?c <{skos.inScheme}> <{SCHEMES}category> ; "
            f'<{label}> ?name FILTER(LANGMATCHES(LANG(?name), "{tag}")) }}'
        )
        named |= {str(row["c"]).rsplit("/", 1)[-1]: str(row["name"]) for row in rows}
    return named
