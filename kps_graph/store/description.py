"""What a store holds, as a graph of the store itself, in the terms of VoID, DCAT and Dublin Core.

::

    graph/provenance           the data, as a void:Dataset and dcat:Dataset: title, licence, counts
    graph/description#CLASS    the things of a class, and the properties that they have
    graph/description#PROPERTY the statements with a property

Counts are what ``COUNT`` gives: the description counts itself too. Which properties a class has is
read off some things of each class and some subjects of each property, as all of them would take as
long as the build. After a small change counts are those of before and what has changed; the
properties of a class are those of before as long as there is no new class or property.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.store.manifest import Manifest
from kps_graph.store.protocols import WritableStore
from kps_graph.terms import PREFIXES, dcat, dcterms, graph_iri, owl, prov, rdf, void, void_ext, xsd

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
#: Class -> property -> classes of what it points at, and datatypes of its values.
_Structure: TypeAlias = "dict[str, dict[str, set[tuple[str, str]]]]"


def describe(store: WritableStore, manifest: Manifest) -> None:
    """Says in ``store`` what it holds, in place of what it said before; the last to be written."""
    graph = graph_iri("description", manifest.base)
    before = _before(store, graph) if store.changes() is not None else None
    store.remove([graph])
    changes = store.changes()
    if before and changes:
        classes, properties = (
            Counter({name: n for name in {**old, **more} if (n := old[name] + more[name])})
            for old, more in zip(before[:2], changes, strict=True)
        )
    else:
        classes, properties = store.counted()
    if before and classes.keys() <= before[0].keys() and properties.keys() <= before[1].keys():
        structure = before[2]
    else:
        structure = _structure(store, classes, properties)
    said = list(_dataset(store, manifest))
    own_classes: Counter[str] = Counter()
    own: Counter[str] = Counter()
    # to say a number takes as many statements whatever it is, so that the second round is right
    # unless the first has named what nothing else has
    for _ in range(3):
        lines = [
            *said,
            *_partitions(graph, manifest, classes + own_classes, properties + own, structure),
        ]
        own_classes = Counter(o[1:-1] for _, p, o in lines if p == iri(rdf.type))
        own = Counter(p[1:-1] for _, p, _ in lines)
    end = f" <{graph}> .\n"
    store.load("".join(f"{s} {p} {o}{end}" for s, p, o in lines).encode())


def _before(
    store: WritableStore, graph: str
) -> tuple[Counter[str], Counter[str], _Structure] | None:
    """What the description says so far; None if there is none."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in store.texts(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
        said[s][p].append(o)
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    structure: _Structure = defaultdict(lambda: defaultdict(set))
    for about in list(said.values()):
        for name in about.get(void["class"], ()):
            if void.entities in about:
                classes[name] = int(about[void.entities][0])
                for part in about.get(void.propertyPartition, ()):
                    structure[name][said[part][void.property][0]] = {
                        (kind, what)
                        for kind, (leads, says) in _ENDS.items()
                        for end in said[part][leads]
                        for what in said[end][says]
                    }
        for name in about.get(void.property, ()):
            if void.triples in about:
                properties[name] = int(about[void.triples][0])
    return (classes, properties, structure) if classes and properties else None


def _structure(
    store: WritableStore, classes: Iterable[str], properties: Iterable[str]
) -> _Structure:
    """Which properties the things of each class have, and what these point at."""
    found: _Structure = defaultdict(lambda: defaultdict(set))
    for name in classes:
        some = _values(store, f"SELECT ?s {{ ?s a <{name}> FILTER(ISIRI(?s)) }} LIMIT {_SAMPLE}")
        rows = store.texts(
            f"SELECT DISTINCT ?p ?d ?t {{ {some} ?s ?p ?o OPTIONAL {{ ?o a ?d }} "
            "BIND(DATATYPE(?o) AS ?t) }"
        )
        for p, d, t in rows:
            found[name][p].update(kind for kind in (("class", d), ("datatype", t)) if kind[1])
    for name in properties:
        some = _values(store, f"SELECT ?s {{ ?s <{name}> ?o FILTER(ISIRI(?s)) }} LIMIT {_SAMPLE}")
        for (c,) in store.texts(f"SELECT DISTINCT ?c {{ {some} ?s a ?c }}"):
            found[c].setdefault(name, set())
    return found


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


def _partitions(
    graph: str,
    manifest: Manifest,
    classes: Counter[str],
    properties: Counter[str],
    structure: _Structure,
) -> Iterator[Triple]:
    """The partitions, and the sums of the whole."""
    me = iri(graph_iri("provenance", manifest.base))
    total = sum(properties.values())
    for predicate, number in (
        (void.triples, total),
        (void.classes, len(classes)),
        (void.properties, len(properties)),
        (void.entities, sum(s.outcome == "loaded" for s in manifest.sources.values())),
    ):
        yield me, iri(predicate), literal(str(number), _INTEGER)
    for name in sorted(classes):
        node = iri(f"{graph}#{_local(name)}")
        yield me, iri(void.classPartition), node
        yield node, iri(void["class"]), iri(name)
        yield node, iri(void.entities), literal(str(classes[name]), _INTEGER)
        for property, targets in sorted(structure.get(name, {}).items()):
            part = iri(f"{graph}#{_local(name)}.{_local(property)}")
            yield node, iri(void.propertyPartition), part
            yield part, iri(void.property), iri(property)
            for kind, target in sorted(targets):
                end = iri(f"{graph}#{_local(name)}.{_local(property)}.{_local(target)}")
                leads, says = _ENDS[kind]
                yield part, iri(leads), end
                yield end, iri(says), iri(target)
    for name in sorted(properties):
        node = iri(f"{graph}#{_local(name)}")
        yield me, iri(void.propertyPartition), node
        yield node, iri(void.property), iri(name)
        yield node, iri(void.triples), literal(str(properties[name]), _INTEGER)


def _local(name: str) -> str:
    """A name as part of an IRI: its prefix and what follows."""
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}-{name.removeprefix(namespace)}"
    return re.sub(r"\W+", "-", name, flags=re.ASCII)
