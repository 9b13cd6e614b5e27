"""What one code of a standard touches, in it and in other standards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from kps_graph.model import Standard
from kps_graph.queries.parameters import SHARING
from kps_graph.sharing.tabular import Tabular
from kps_graph.slices import Described
from kps_graph.standards.names import names
from kps_graph.standards.trace import Branch, rows, trace
from kps_graph.store import Rows, Store
from kps_graph.terms import identity_in, kps, local_name, skos

__all__ = ["Sharer", "Trace", "traced"]

_COLUMNS: Final = ("under", "kind", "code", "text", "level")


@dataclass(frozen=True, slots=True)
class Sharer:
    """A place in another standard that says the same.

    Attributes:
        standard: the code of that standard; "" for a draft without one.
        name: its name.
        element: the code of the K, S or A there, or of the one that it is an item of.
        text: how it is worded there.
    """

    standard: str
    name: str
    element: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Trace(Tabular):
    """What a code touches.

    Attributes:
        standard: whose code it is.
        branch: the tree from the code to everything that it touches in its standard.
        sharers: where other standards say the same as a K, S or A.
    """

    standard: Standard
    branch: Branch
    sharers: tuple[Sharer, ...]

    def rows(self, most: int | None = None) -> Rows:
        """A row for each part of the tree, and for each place in other standards."""
        del most
        parts = [
            *rows(self.branch),
            *((s.standard or s.name, "shared", s.element, s.text, None) for s in self.sharers),
        ]
        return Rows.of(
            _COLUMNS, parts, lambda part: (None if c in ("", None) else str(c) for c in part)
        )

    def as_data(self) -> dict[str, Any]:
        """The tree and the sharers as JSON data."""
        shared = [asdict(s) for s in self.sharers]
        return {
            "standard": self.standard.code,
            "name": self.standard.name,
            **self.branch.as_data(),
            "sharedWith": shared,
        }

    def __repr__(self) -> str:
        return f"<Trace of {self.branch.code} {self.branch.text}: {len(self.sharers)} sharers>"


def traced(
    store: Store,
    base: str,
    standards: Mapping[str, Described],
    standard: Standard,
    identity: str,
    code: str,
    include: str = "same",
    within: Collection[str] | None = None,
) -> Trace:
    """The trace of ``code`` in a standard that the store keeps.

    Args:
        store: where it is kept.
        base: the namespace of the data IRIs.
        standards: by identity, all that are in the store.
        standard: whose code it is.
        identity: the local name of that standard.
        code: of a unit, output, indicator, K, S or A.
        include: what counts as the same, as for every question.
        within: identities of the only other standards that are looked at; None for all.

    Raises:
        ResourceError: if the standard has no such code.
    """
    branch = trace(standard, code)
    if branch.kind not in ("K", "S", "A"):
        return Trace(standard, branch, ())
    named = names(standard, identity, base)
    node = (
        f"{named.standard}/{local_name(branch.code)}"
        if branch.kind == "A"
        else named.references[branch.kind, branch.reference]
    )
    paths = SHARING[include]
    # whose an element is stands in its IRI: to ask for it takes a hundred times as long
    answer = store.select(
        f"SELECT DISTINCT ?e ?text ?own ?held WHERE {{ <{node}> {paths['_part_own']} ?c . "
        f"?e {paths['_part']} ?c ; <{skos.prefLabel}> ?text "
        f"OPTIONAL {{ ?e <{skos.notation}> ?own }} "
        f"OPTIONAL {{ ?h <{kps.hasItem}> ?e ; <{skos.notation}> ?held }} }}"
    )
    places = {
        (identity_in(str(r["e"]), base), str(r["own"] or r["held"] or ""), str(r["text"]))
        for r in answer
        if not str(r["e"]).startswith(f"{named.standard}/")
    }
    return Trace(
        standard,
        branch,
        tuple(
            Sharer(standards[other].code, standards[other].name, element, text)
            for other, element, text in sorted(places)
            if within is None or other in within
        ),
    )
