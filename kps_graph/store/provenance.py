"""What a store was built of, as a graph of the store itself, in the terms of PROV and VoID.

::

    graph/provenance            the graph; its IRI is also that of the store, a void:Dataset
    graph/provenance#build      the build that made it what it is: when, and with what
    graph/provenance#software   by which version of kps-graph
    graph/provenance#vocabulary the ontology and the shapes that it was built with
    graph/provenance#decisions  what people decided about matches
    id/source/NAME              a file that was given to the build, and what became of it

Whoever can ask a store can ask it that, so that a store on a server needs no file beside it. The
same sources give the same graph, but for the time of the build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from datetime import UTC, datetime
from typing import Any, Final

from kps_graph.errors import StoreError, StoreVersion
from kps_graph.rdf.ntriples import iri, literal
from kps_graph.store.damage import other_version
from kps_graph.store.manifest import FORMAT, Aligned, Manifest, Source
from kps_graph.store.protocols import Store, WritableStore
from kps_graph.terms import (
    dcterms,
    graph_iri,
    identity_in,
    kps,
    prov,
    rdf,
    rdfs,
    schema,
    source_iri,
    standard_iri,
    void,
    xsd,
)
from kps_graph.words import Bilingual, Language, Sentence, parser_reason

__all__ = ["located", "read", "record"]

_NAME: Final = "kps-graph"
_INTEGER: Final = f"^^<{xsd.integer}>"
_BOOLEAN: Final = f"^^<{xsd.boolean}>"
#: The texts and the numbers of a source, by the names of their attributes.
_TEXTS: Final = {
    "path": dcterms.identifier,
    "sha256": schema.sha256,
    "outcome": kps.outcome,
    "format": schema.encodingFormat,
    "claim": kps.claims,
    "code": kps.statedCode,
    "name": kps.statedName,
}
_NUMBERS: Final = {
    "read": kps.charactersRead,
    "placed": kps.charactersPlaced,
    "unplaced": kps.charactersUnplaced,
    "size": kps.tripleCount,
}
#: What is not a text or a number of its own.
_REST: Final = {"standard": schema.mainEntity, "noted": kps.findings}


def record(store: WritableStore, manifest: Manifest, before: Manifest | None = None) -> None:
    """Says in ``store`` what it was built of, in place of what it said before.

    The time of the build is now, or that of ``SOURCE_DATE_EPOCH``.

    Args:
        store: to write to.
        manifest: what it was built of.
        before: what it says that it was built of so far, if that is known: then only what differs
            is looked at.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    dated = given.isdecimal() and len(given) < 12  # what is longer is no time of this millennium
    now = datetime.fromtimestamp(int(given), UTC) if dated else datetime.now(UTC)
    graph = graph_iri("provenance", manifest.base)
    end = f" {iri(graph)} ."
    if before is None or before.base != manifest.base:
        store.replace(graph, (f"{line}{end}" for line in _lines(manifest, graph, now)))
        return
    same = frozenset(p for p, s in before.sources.items() if manifest.sources.get(p) == s)
    when = f"SELECT ?t {{ GRAPH <{graph}> {{ <{graph}#build> <{prov.endedAtTime}> ?t }} }}"
    times = [datetime.fromisoformat(time) for (time,) in store.texts(when)]
    old = dict.fromkeys(line for time in times for line in _lines(before, graph, time, same))
    new = dict.fromkeys(_lines(manifest, graph, now, same))
    for change, lines in (
        (store.discard, old.keys() - new.keys()),
        (store.load, new.keys() - old.keys()),
    ):
        change("".join(f"{line}{end}\n" for line in sorted(lines)).encode("utf-8", "replace"))


def _lines(
    manifest: Manifest, graph: str, now: datetime, left_out: Set[str] = frozenset()
) -> Iterator[str]:
    """The statements about ``manifest``, as the embedded store writes them.

    Of the sources whose paths are ``left_out`` only that they were used.
    """
    build, software, vocabulary, decisions = (
        f"{graph}#{name}" for name in ("build", "software", "vocabulary", "decisions")
    )
    aligned = manifest.aligned
    time = literal(now.strftime("%Y-%m-%dT%H:%M:%SZ"), f"^^<{xsd.dateTime}>")
    yield from _about(
        graph,
        (rdf.type, iri(void.Dataset)),
        (rdf.type, iri(prov.Entity)),
        (void.uriSpace, literal(manifest.base)),
        (kps.storeFormat, literal(str(FORMAT), _INTEGER)),
        (kps.compared, literal(str(aligned.matched).lower(), _BOOLEAN)),
        (kps.pendingStandards, literal(str(aligned.pending), _INTEGER)),
        (prov.wasGeneratedBy, iri(build)),
    )
    yield from _about(
        software,
        (rdf.type, iri(prov.SoftwareAgent)),
        (dcterms.title, literal(_NAME)),
        (schema.softwareVersion, literal(manifest.version)),
    )
    yield from _about(
        vocabulary,
        (rdf.type, iri(prov.Entity)),
        (schema.sha256, literal(manifest.resources)),
    )
    used = [vocabulary]
    if aligned.path:
        used.append(decisions)
        yield from _about(
            decisions,
            (rdf.type, iri(prov.Entity)),
            (dcterms.identifier, literal(aligned.path)),
            (prov.value, literal(aligned.decisions)),
        )
    for path in sorted(manifest.sources):
        node = source_iri(path, manifest.base)
        used.append(node)
        if path in left_out:
            continue
        source = manifest.sources[path]
        yield from _about(node, *_source(source, manifest.base))
        if source.identity:
            own = standard_iri(source.identity, manifest.base)
            yield from _about(own, (prov.wasDerivedFrom, iri(node)))
    yield from _about(
        build,
        (rdf.type, iri(prov.Activity)),
        (prov.endedAtTime, time),
        (prov.wasAssociatedWith, iri(software)),
        *((prov.used, iri(node)) for node in used),
    )


def _about(node: str, *said: tuple[str, str]) -> Iterator[str]:
    return (f"{iri(node)} {iri(predicate)} {value}" for predicate, value in said)


def _source(source: Source, base: str) -> Iterator[tuple[str, str]]:
    yield rdf.type, iri(kps.SourceFile)
    yield rdf.type, iri(prov.Entity)
    for name, predicate in _TEXTS.items():
        if text := getattr(source, name):
            yield predicate, literal(text)
    for name, predicate in _NUMBERS.items():
        yield predicate, literal(str(getattr(source, name)), _INTEGER)
    if source.identity:
        yield schema.mainEntity, iri(standard_iri(source.identity, base))
    if source.message:
        for language in Language:
            text = source.message.in_words(language)
            yield rdfs.comment, literal(text, f"@{language.value.lower()}")
    if source.noted != "[]":
        yield kps.findings, literal(source.noted)


def located(store: Store, place: str, format: int = FORMAT) -> tuple[str, str]:
    """The graph in which ``store`` says what it was built of, and the namespace of its data IRIs.

    Args:
        store: any store.
        place: what it is called where something is wrong with it.
        format: the version of the layout that it is to have.

    Raises:
        StoreVersion: if it says so in another version's terms, or not at all.
    """
    found = store.texts(
        f"SELECT ?g ?base ?format WHERE {{ GRAPH ?g {{ ?g a <{void.Dataset}> ; "
        f"<{void.uriSpace}> ?base ; <{kps.storeFormat}> ?format }} }}"
    )
    if not found:
        raise StoreVersion(
            "this store does not say what it was built of",
            source=place,
            hint=Sentence("build it with kps-graph build"),
        )
    if len(found) > 1:
        raise StoreError(
            "several stores are kept here: {names}",
            names=tuple(graph for graph, *_ in found),
            source=place,
        )
    graph, base, version = found[0]
    if version != str(format):
        raise other_version(place, version)
    return graph, base


def read(store: Store, place: str, format: int = FORMAT) -> Manifest:
    """What ``store`` says that it was built of; arguments as for :func:`located`.

    Raises:
        StoreVersion: if it says so in another version's terms, or not at all.
    """
    graph, base = located(store, place, format)
    about: dict[tuple[str, str], str] = {}
    parts = ("", "#software", "#vocabulary", "#decisions")
    for s, p, o in store.texts(
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {' '.join(iri(graph + part) for part in parts)} }} "
        f"GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    ):
        about[s.removeprefix(graph), p] = o
    try:
        return Manifest(
            {source.path: source for source in _sources(store, graph, base)},
            base,
            about["#software", schema.softwareVersion],
            about["#vocabulary", schema.sha256],
            Aligned(
                about["", kps.compared] in ("true", "1"),
                about.get(("#decisions", dcterms.identifier), ""),
                about.get(("#decisions", prov.value), ""),
                int(about["", kps.pendingStandards]),
            ),
        )
    except (KeyError, ValueError) as error:
        raise StoreVersion(
            "what the store says of itself is not complete: {reason}",
            reason=parser_reason(str(error)),
            source=place,
            hint=Sentence("build it again with kps-graph build --rebuild"),
        ) from error


def _sources(store: Store, graph: str, base: str) -> Iterator[Source]:
    """The sources, by path; each property is asked for alone, which engines answer fastest."""
    column: dict[str, dict[str, str]] = {}
    for name, predicate in {**_TEXTS, **_NUMBERS, **_REST}.items():
        rows = store.texts(f"SELECT ?s ?o WHERE {{ GRAPH <{graph}> {{ ?s <{predicate}> ?o }} }}")
        column[name] = {row[0]: row[1] for row in rows}
    messages = _messages(store, graph)
    # only a source has an outcome
    for node in sorted(column["outcome"], key=column["path"].__getitem__):
        values: dict[str, Any] = {name: column[name].get(node, "") for name in _TEXTS}
        values.update((name, int(column[name][node])) for name in _NUMBERS)
        standard = column["standard"].get(node)
        yield Source(
            **values,
            identity=identity_in(standard, base) if standard else "",
            message=messages.get(node),
            noted=column["noted"].get(node, "[]"),
        )


def _messages(store: Store, graph: str) -> dict[str, Sentence]:
    """What is said of each source that says why it is as it is."""
    said: dict[str, dict[str, str]] = {}
    for s, text in store.select(
        f"SELECT ?s ?o WHERE {{ GRAPH <{graph}> {{ ?s <{rdfs.comment}> ?o }} }}"
    ).terms:
        if s and text and text.lang:
            said.setdefault(s.value, {})[text.lang.lower()] = text.value
    chinese, english = (language.value.lower() for language in (Language.CHINESE, Language.ENGLISH))
    return {
        node: Sentence("{text}", text=Bilingual(texts[chinese], texts[english]))
        for node, texts in said.items()
    }
