"""The pages of a standard, and the files that it can be downloaded as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kps_graph.exports.site.editions import Edition
from kps_graph.exports.site.frame import Frame
from kps_graph.exports.site.standard import MOST, Content, content, standard_page
from kps_graph.formats import ResultFormat
from kps_graph.model import Standard
from kps_graph.standards.outline import outline
from kps_graph.store import Rows
from kps_graph.terms import standard_iri
from kps_graph.web.views.asked import Asked
from kps_graph.words import Language

__all__ = ["DOWNLOADS", "download", "page", "shown"]

#: How a standard is written to a file, by the ending of its name: its media type.
DOWNLOADS: Final = {
    "json": "application/json",
    "yaml": "application/yaml",
    "ttl": "text/turtle",
    "graphml": "application/graphml+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NEAREST: Final = 6


def shown(asked: Asked, identity: str, lang: Language, given: slice = slice(None)) -> Content:
    """A standard of the store with those of its findings that are given, ready for the templates."""
    return content(
        asked.standard(identity),
        identity,
        asked.graph.base,
        asked.identities[identity].findings,
        asked.shared(identity),
        lang,
        given,
    )


def page(asked: Asked, frame: Frame, identity: str, light: str = "", findings: int = 0) -> str:
    """The page of a standard.

    Args:
        asked: the store.
        frame: where the page stands.
        identity: of the standard.
        light: the code of a K or S that is lit.
        findings: which part of the findings is shown at first; 0 for none.
    """
    begin = max(findings - 1, 0) * MOST
    near = asked.nearest(identity, _NEAREST)
    return standard_page(
        frame,
        shown(asked, identity, frame.lang, slice(begin, begin + MOST)),
        identity,
        standard_iri(identity, asked.graph.base),
        list(_editions(asked, asked.standard(identity), identity)),
        list(near),
        light,
        findings,
    )


def _editions(asked: Asked, standard: Standard, identity: str) -> Iterator[Edition]:
    met = False
    for v in standard.versions:
        held = asked.version(v.code)
        current = held == identity and not met
        met = met or current
        yield Edition(v.version, v.code, v.name, v.status, v.update_note, v.date, held, current)


def download(asked: Asked, identity: str, ending: str) -> bytes:
    """A standard as a file with an ending of :data:`DOWNLOADS`."""
    standard = asked.standard(identity)
    if ending in ("csv", "xlsx"):
        rows = _parts(standard)
        if ending == "csv":
            from kps_graph.exports.results import guarded, rows_as

            return b"\xef\xbb\xbf" + rows_as(guarded(rows), ResultFormat.CSV)
        from kps_graph.exports.workbook import Sheet, workbook

        listed = [[_cell(v) for v in row.values()] for row in rows]
        sheet = Sheet("parts", rows.columns, [14, 12, 60, 8, 14, 30], listed, {})
        return workbook(standard.name or identity, [sheet])
    from kps_graph.exports.standards import standard_as

    format = {"ttl": "turtle"}.get(ending, ending)
    return standard_as(standard, format, identity, asked.graph.base)


def _cell(value: object) -> str | int | None:
    return value if isinstance(value, int) or value is None else str(value)


def _parts(standard: Standard) -> Rows:
    """A row for each part of a standard, in document order, with what stands above it."""
    told = outline(standard)
    above = {e.target: e.source for e in told.edges if e.relation.startswith("has")}
    needs: dict[str, list[str]] = {}
    codes = {n.id: n.code or n.id for n in told.nodes}
    for edge in told.edges:
        if edge.relation.startswith("requires"):
            needs.setdefault(edge.source, []).append(codes[edge.target])
    return Rows.of(
        ("kind", "code", "text", "level", "above", "needs"),
        told.nodes,
        lambda n: (
            n.kind,
            n.code,
            n.label,
            n.level,
            codes.get(above.get(n.id, "")),
            " ".join(needs.get(n.id, ())) or None,
        ),
    )
