"""The versions that came out: as JSON lines, which can be replayed, and as an Atom feed (RFC 4287)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from kps_graph.exports.difference import changes_data
from kps_graph.printable import xml_text
from kps_graph.rdf.patch import Patch
from kps_graph.standards.series import Stated
from kps_graph.terms import graph_iri, standard_iri
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.graph.history import Event

__all__ = ["atom", "json_lines", "patch_of"]


def json_lines(events: Iterable[Event]) -> bytes:
    """An object a line: the version, what it follows, what became of every part, and the patch."""
    return "".join(
        f"{json.dumps(_data(event), ensure_ascii=False, separators=(',', ':'))}\n"
        for event in events
    ).encode("utf-8", "replace")


def patch_of(line: str | bytes) -> Patch | None:
    """The patch in a line that :func:`json_lines` wrote; None if it has none."""
    data = json.loads(line)["patch"]
    if data is None:
        return None
    removed, added = (tuple(data[name]) for name in ("removed", "added"))
    return Patch(data["old"], data["new"], removed, added)


def _data(event: Event) -> dict[str, Any]:
    patch = event.patch
    return {
        "date": event.version.date or None,
        "series": event.series,
        "version": _version(event.version),
        "replaces": _version(event.before) if event.before else None,
        "counts": event.difference.counts() if event.difference else None,
        "changes": changes_data(event.difference) if event.difference else None,
        "patch": None
        if patch is None
        else {
            "old": patch.old,
            "new": patch.new,
            "removed": list(patch.removed),
            "added": list(patch.added),
        },
    }


def _version(version: Stated) -> dict[str, Any]:
    return {
        "code": version.code or None,
        "name": version.name,
        "version": version.label or None,
        "status": version.status or None,
        "note": version.note or None,
        "held": bool(version.identity),
        "by": str(version.evidence) if version.evidence else None,
    }


def atom(events: Iterable[Event], base: str, lang: Language) -> bytes:
    """A feed of the events that have a date, the newest first; as old as its newest entry."""
    dated = sorted((e for e in events if e.version.date), key=lambda e: e.version.date)[::-1]
    title = say(lang, "New versions of competency standards")
    newest = dated[0].version.date if dated else "1970-01-01"
    entries = "".join(_entry(event, base, lang) for event in dated)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang.value}">\n'
        f"  <id>{escape(graph_iri('changes', base))}</id>\n"
        f"  <title>{_text(title)}</title>\n"
        f"  <updated>{newest}T00:00:00Z</updated>\n"
        f"  <author><name>kps-graph</name></author>\n{entries}</feed>\n"
    ).encode("utf-8", "replace")


def _entry(event: Event, base: str, lang: Language) -> str:
    version, before = event.version, event.before
    iri = standard_iri(version.identity or version.code, base)
    title = " ".join(filter(None, (version.code, version.name)))
    said = [Sentence("{text}", text=version.note)] if version.note else []
    if before:
        old = " ".join(filter(None, (before.code, before.name)))
        said.append(Sentence("it follows {name}", name=old))
    if event.difference:
        counts = event.difference.counts()
        said.append(
            Sentence(
                "{new} parts are new, {gone} gone, {reworded} re-worded, {kept} kept",
                **{name: counts[name] for name in ("new", "gone", "reworded", "kept")},
            )
        )
    summary = "\n".join(sentence.in_words(lang) for sentence in said)
    return (
        "  <entry>\n"
        f"    <id>{escape(iri)}</id>\n"
        f"    <title>{_text(title)}</title>\n"
        f"    <updated>{version.date}T00:00:00Z</updated>\n"
        f'    <link href="{escape(iri)}"/>\n'
        f"    <summary>{_text(summary)}</summary>\n"
        "  </entry>\n"
    )


def _text(text: str) -> str:
    return escape(xml_text(text), quote=False)
