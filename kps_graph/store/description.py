"""What a store holds, as a graph of the store itself, in the terms of VoID, DCAT and Dublin Core.

::

    graph/provenance                    the data, as a void:Dataset and dcat:Dataset: title, licence
    graph/description#CLASS             the things of a class
    graph/description#CLASS.PROPERTY    the statements with a property about things of a class
    graph/description#PROPERTY          the statements with a property

Counts are what ``COUNT`` gives: the description counts itself too. What a property of a class points
at has no count, and is read off some things of each class, as all of them would take as long as the
build. After a small change counts are those of before and what has changed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final, TypeAlias

from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.store.counts import Counts, Tally
from kps_graph.store.manifest import Manifest
from kps_graph.store.protocols import WritableStore
from kps_graph.terms import (
    PREFIXES,
    dcat,
    dcterms,
    graph_iri,
    kps,
    owl,
    prov,
    rdf,
    void,
    void_ext,
    xsd,
)

__all__ = ["describe"]

_INTEGER: Final = f"^^<{xsd.integer}>"
_LICENSE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
_RIGHTS: Final = (
    "文件的文字，權利屬其發布機關。",
    "The texts of the documents are those of who published them.",
)
#: How a partition of a property leads to what it points at, and what that says it is.
_ENDS: Final = {
    "class": (void.classPartition, void["class"]),
    "datatype": (void_ext.datatypePartition, void_ext.datatype),
}
#: How many things of a class, or statements with a property, are looked at for what they have.
_SAMPLE: Final = 200
_ROUNDS: Final = 5
#: A class and a property of it -> classes of what it points at, and datatypes of its values.
_Ends: TypeAlias = "dict[tuple[str, str], set[tuple[str, str]]]"


@dataclass(frozen=True, slots=True)
class _Before:
    """What a description says so far.

    Attributes:
        counts: of everything, the description too.
        ends: what properties of classes point at.
        said: of each of its subjects, in the syntax of N-Triples.
    """

    counts: Counts
    ends: _Ends
    said: dict[str, Tally]


def describe(store: WritableStore, manifest: Manifest) -> None:
    """Says in ``store`` what it holds, in place of what it said before; the last to be written."""
    graph = graph_iri("description", manifest.base)
    whole = graph_iri("provenance", manifest.base)
    before = _before(store, graph, whole)
    changes = store.changes() if before else None
    held: dict[str, Tally] = {}
    if before and changes is not None:
        # all that is counted but what the description says itself, which it is going to say anew
        counts = before.counts + changes + _without(store, before.said, held)
    else:
        store.remove([graph])
        counts = store.counted()
    ends = before.ends if before else {}
    said = list(dict.fromkeys(_dataset(store, manifest)))
    own = Counts()
    # to say a number takes as many statements whatever it is: as soon as no round names what none
    # before it has named, the next is right
    for _ in range(_ROUNDS):
        now = counts + own
        ends |= _ends(store, now.parts.keys() - ends.keys())
        lines = [*said, *_partitions(graph, manifest, now, ends)]
        last, own = own, _more(store, lines, held)
        if own == last:
            break
    store.replace(graph, (f"{s} {p} {o} <{graph}> ." for s, p, o in lines))


def _without(store: WritableStore, said: Mapping[str, Tally], held: dict[str, Tally]) -> Counts:
    """What is not counted any more without what the description says so far.

    Args:
        store: which is described, and holds its description.
        said: what that says, by subject.
        held: takes what the store says of these subjects besides.
    """
    less = Counts()
    for subject, whole in _tallies(store, said.keys()).items():
        held[subject] = whole - said[subject]
        less.add(held[subject])
        less.add(whole, -1)
    return less


def _more(store: WritableStore, lines: Iterable[Triple], held: dict[str, Tally]) -> Counts:
    """How much more there is of everything with ``lines``, which the store does not hold yet.

    Args:
        store: which is described.
        lines: what is going to be said.
        held: what the store says of their subjects, as far as that has been looked up.
    """
    own: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for s, p, o in lines:
        own[s].append((p[1:-1], o[1:-1]))
    held.update(_tallies(store, own.keys() - held.keys()))
    more = Counts()
    for subject, said in own.items():
        more.add(held[subject], -1)
        more.add(held[subject] + Tally.of(said))
    return more


def _tallies(store: WritableStore, subjects: Set[str]) -> dict[str, Tally]:
    """What the store says of each subject: by the engine, as one may have thousands of parts."""
    found = {subject: Tally() for subject in subjects}
    some = f"VALUES ?s {{ {' '.join(sorted(subjects))} }}"
    for s, p, n in store.texts(
        f"SELECT ?s ?p (COUNT(*) AS ?n) {{ {some} ?s ?p ?o }} GROUP BY ?s ?p"
    ):
        found[iri(s)].properties[p] = int(n)
    for s, c, n in store.texts(
        f"SELECT ?s ?c (COUNT(*) AS ?n) {{ {some} ?s a ?c }} GROUP BY ?s ?c"
    ):
        found[iri(s)].classes[c] = int(n)
    return found


def _before(store: WritableStore, graph: str, whole: str) -> _Before | None:
    """What the description says so far; None if there is none, or it does not count it all.

    Args:
        store: which is described.
        graph: of the description.
        whole: the data as a whole.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in store.texts(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
        said[s][p].append(o)
    counts = Counts()
    ends: _Ends = {}
    try:
        for node in said[whole][void.propertyPartition]:
            counts.properties[said[node][void.property][0]] = int(said[node][void.triples][0])
        for node in said[whole][void.classPartition]:
            name = said[node][void["class"]][0]
            counts.classes[name] = int(said[node][void.entities][0])
            for part in said[node][void.propertyPartition]:
                key = name, said[part][void.property][0]
                counts.parts[key] = int(said[part][void.triples][0])
                ends[key] = {
                    (kind, what)
                    for kind, (leads, says) in _ENDS.items()
                    for end in said[part].get(leads, ())
                    for what in said[end][says]
                }
    except (IndexError, ValueError):  # one of an older version, or which somebody has changed
        return None
    if not counts.parts:
        return None
    tallies = {
        iri(s): Tally(Counter({p: len(o) for p, o in about.items()}), Counter(about.get(rdf.type)))
        for s, about in said.items()
    }
    return _Before(counts, ends, tallies)


def _ends(store: WritableStore, parts: Iterable[tuple[str, str]]) -> _Ends:
    """What properties of classes point at."""
    # in order: what is looked at for one part may tell of others, which are then not looked at
    found: _Ends = {part: set() for part in sorted(parts)}
    lacking = dict.fromkeys(c for c, _ in found)
    for name in lacking:
        _look(store, name, f"?s a <{name}>", found)
    for (name, property), ends in found.items():
        if not ends:  # few things of the class have it
            _look(store, name, f"?s a <{name}> ; <{property}> ?o", found)
    return found


def _look(store: WritableStore, name: str, pattern: str, found: _Ends) -> None:
    """Adds to ``found`` what the properties of some things of a class point at."""
    some = _values(store, f"SELECT ?s {{ {pattern} FILTER(ISIRI(?s)) }} LIMIT {_SAMPLE}")
    rows = store.texts(
        f"SELECT DISTINCT ?p ?d ?t {{ {some} ?s ?p ?o OPTIONAL {{ ?o a ?d }} "
        "BIND(DATATYPE(?o) AS ?t) }"
    )
    for p, d, t in rows:
        if (ends := found.get((name, p))) is not None:
            ends.update(kind for kind in (("class", d), ("datatype", t)) if kind[1])


def _values(store: WritableStore, query: str) -> str:
    """The subjects that a query gives, as the engine looks them up one by one."""
    found = dict.fromkeys(s for (s,) in store.texts(query))
    return f"VALUES ?s {{ {' '.join(map(iri, found))} }}"


def _dataset(store: WritableStore, manifest: Manifest) -> Iterator[Triple]:
    """What is said of the data as a whole, and of the graphs that every store has."""
    me = graph_iri("provenance", manifest.base)
    times = store.texts(f"SELECT ?t {{ ?b <{prov.endedAtTime}> ?t }}")
    yield iri(me), iri(rdf.type), iri(dcat.Dataset)
    for keyword in ("職能基準", "職能", "competency standards", "ESCO", "SKOS"):
        tag = "@en" if keyword.isascii() else "@zh-hant"
        yield iri(me), iri(dcat.keyword), literal(keyword, tag)
    for namespace in sorted(PREFIXES.values()):
        yield iri(me), iri(void.vocabulary), iri(namespace)
    named = (
        (me, "職能基準知識圖譜", "Competency standards as a knowledge graph"),
        (graph_iri("ontology", manifest.base), "職能基準知識圖譜本體", "Ontology"),
        (graph_iri("schemes", manifest.base), "類別與級別", "Schemes of classes and levels"),
        (graph_iri("concepts", manifest.base), "職能", "Competencies"),
    )
    for node, chinese, english in named:
        if node != me:
            yield iri(me), iri(void.subset), iri(node)
            yield iri(node), iri(rdf.type), iri(void.Dataset)
        yield iri(node), iri(dcterms.title), literal(chinese, "@zh-hant")
        yield iri(node), iri(dcterms.title), literal(english, "@en")
        yield iri(node), iri(dcterms.license), iri(_LICENSE)
        yield iri(node), iri(owl.versionInfo), literal(_version(manifest))
        for (time,) in times:
            yield iri(node), iri(dcterms.modified), literal(time, f"^^<{xsd.dateTime}>")
    for text, tag in zip(_RIGHTS, ("@zh-hant", "@en"), strict=True):
        yield iri(me), iri(dcterms.rights), literal(text, tag)


def _version(manifest: Manifest) -> str:
    """The version of the data: that of kps-graph, and a digest of all sources."""
    sources = sorted(source.sha256 for source in manifest.sources.values())
    return f"{manifest.version}+{hashlib.sha256(''.join(sources).encode()).hexdigest()[:12]}"


def _partitions(graph: str, manifest: Manifest, counts: Counts, ends: _Ends) -> Iterator[Triple]:
    """The partitions, and the sums of the whole."""
    me = iri(graph_iri("provenance", manifest.base))
    for predicate, number in (
        (void.triples, counts.properties.total()),
        (void.classes, len(counts.classes)),
        (void.properties, len(counts.properties)),
        (void.entities, counts.classes[kps.Standard]),
    ):
        yield me, iri(predicate), literal(str(number), _INTEGER)
    for name, number in sorted(counts.classes.items()):
        node = iri(f"{graph}#{_local(name)}")
        yield me, iri(void.classPartition), node
        yield node, iri(void["class"]), iri(name)
        yield node, iri(void.entities), literal(str(number), _INTEGER)
    for (name, property), number in sorted(counts.parts.items()):
        part = iri(f"{graph}#{_local(name)}.{_local(property)}")
        yield iri(f"{graph}#{_local(name)}"), iri(void.propertyPartition), part
        yield part, iri(void.property), iri(property)
        yield part, iri(void.triples), literal(str(number), _INTEGER)
        for kind, target in sorted(ends[name, property]):
            end = iri(f"{graph}#{_local(name)}.{_local(property)}.{_local(target)}")
            leads, says = _ENDS[kind]
            yield part, iri(leads), end
            yield end, iri(says), iri(target)
    for name, number in sorted(counts.properties.items()):
        node = iri(f"{graph}#{_local(name)}")
        yield me, iri(void.propertyPartition), node
        yield node, iri(void.property), iri(name)
        yield node, iri(void.triples), literal(str(number), _INTEGER)


def _local(name: str) -> str:
    """A name as part of an IRI: its prefix and what follows."""
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}-{name.removeprefix(namespace)}"
    return re.sub(r"\W+", "-", name, flags=re.ASCII)
