"""The cases of the query library: a small dataset, and what each query answers on it.

``tests/cases/queries/NAME.tsv`` holds the cases of the query NAME, apart by a blank line: first
``? name=value | name=value`` with the parameters, then the columns, then the rows. An IRI of the
data is written ``id:…``; an unbound value is empty.
"""

from dataclasses import dataclass

from kps_graph.terms import DEFAULT_BASE
from tests.support.project import ROOT

FOLDER = ROOT / "tests" / "cases" / "queries"


@dataclass(frozen=True)
class Case:
    query: str
    params: dict[str, str]
    columns: list[str]
    rows: list[list[str]]


def names():
    """The queries that have cases."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv"))


def cases(name):
    """The cases of one query."""
    found = []
    for block in (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n\n"):
        asked, columns, *rows = block.removesuffix("\n").split("\n")
        pairs = (part.split("=", 1) for part in asked.removeprefix("? ").split(" | ") if part)
        found.append(Case(name, dict(pairs), columns.split("\t"), [r.split("\t") for r in rows]))
    return found


def data():
    """The files of the dataset."""
    return sorted((FOLDER / "data").glob("*.trig"))


def cell(term):
    """A term of either engine as a case writes it."""
    if term is None:
        return ""
    text = str(term) if isinstance(term, str) else term.value  # rdflib's terms are str
    return text.replace(DEFAULT_BASE, "id:")
