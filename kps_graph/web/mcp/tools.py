"""The tools: eight ways to ask a store, all of them reading only."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from kps_graph.errors import BadParameter, ResourceError
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.pipeline.face import check
from kps_graph.queries import library
from kps_graph.queries.library import Query
from kps_graph.search import THINGS
from kps_graph.sparql import iri
from kps_graph.store import Source
from kps_graph.store.rows import Rows
from kps_graph.terms import identity_in, kps, skos, standard_iri
from kps_graph.web.mcp.told import Answer
from kps_graph.words import Bilingual, Language
from kps_graph.workers.limits import Limits

__all__ = [
    "compare",
    "find_names",
    "library_query",
    "shared",
    "sparql",
    "standard",
    "trace",
    "validate_draft",
]

Include = Literal["identical", "same", "related"]
_SECONDS: Final = 10.0
_MEMORY: Final = 1 << 29
_ROWS: Final = 2000
_DRAFT: Final = 400_000
_LIMITS: Final = Limits(seconds=20.0, memory=1 << 29)
_ENDINGS: Final = {"markdown": ".md", "yaml": ".yaml", "json": ".json", "html": ".html"}
_NO_ROWS: Final = Bilingual(
    "查詢無誤，圖譜中沒有符合者", "the query is right, and nothing in the store answers it"
)
_PARTS: Final = {
    "tasks": (kps.Task, kps.Activity),
    "outputs": (kps.Output,),
    "indicators": (kps.Indicator,),
    "knowledge": (kps.Knowledge,),
    "skills": (kps.Skill,),
    "attitudes": (kps.Attitude,),
    "notes": (kps.Note,),
}


def find_names(graph: KnowledgeGraph, text: str, kind: str | None) -> Answer:
    """What a name means, and the texts that have its words."""
    if kind is not None and kind not in THINGS:
        raise BadParameter(
            "{parameter} is {given}, which is none of {choices}",
            parameter="kind",
            given=repr(kind),
            choices=tuple(THINGS),
        )
    (found,) = graph.resolve([text], (kind,) if kind else (), 10)
    rows: list[dict[str, Any]] = [
        {
            "name": c.thing.name,
            "type": c.thing.kind,
            "code": c.thing.code,
            "uses": c.thing.uses,
            "score": c.score,
            "certain": c.certain,
            "iri": c.thing.iri,
        }
        for c in found
    ]
    named = [c.thing.iri for c in found if c.thing.kind == "standard"]
    hits = [] if kind in ("category", "occupation", "industry") else list(_hits(graph, text, kind))
    rows += [
        {"text": h.text, "type": h.kind, "places": len(h.places), "iri": h.places[0].node}
        for h in hits
    ]
    if not rows:
        raise ResourceError("the store holds nothing called {name!r}", name=text)
    return Answer(rows, nodes=[*named, *(h.places[0].node for h in hits)])


def _hits(graph: KnowledgeGraph, text: str, kind: str | None) -> Sequence[Any]:
    found = graph.search(text, limit=10, kind=kind)
    return [] if found.near else found


def standard(graph: KnowledgeGraph, name: str, part: str | None) -> Answer:
    """A standard: what it is, or one kind of its parts."""
    identity = graph.identity(name)
    value, source = graph.standard(identity), graph.identities()[identity]
    about = {
        "standard": source.code or identity,
        "name": value.name,
        "level": value.level,
        "versions": [
            {"version": v.version, "code": v.code, "status": v.status, "date": v.date}
            for v in value.versions
        ],
        "counts": {
            "tasks": len(value.tasks),
            "knowledge": len(value.knowledge),
            "skills": len(value.skills),
            "attitudes": len(value.attitudes),
        },
    }
    if part is None:
        about["description"] = value.description
        part = "tasks"
    if part not in _PARTS:
        raise BadParameter(
            "{parameter} is {given}, which is none of {choices}",
            parameter="part",
            given=repr(part),
            choices=tuple(_PARTS),
        )
    rows = _parts(graph, identity, part)
    note = None if rows else Bilingual(f"此職能基準沒有 {part}", f"the standard has no {part}")
    root = standard_iri(identity, graph.base)
    return Answer(rows, about, [root, *(str(r["iri"]) for r in rows)], note=note)


def _parts(graph: KnowledgeGraph, identity: str, part: str) -> list[dict[str, Any]]:
    """The parts of a standard of one kind, in the order of the document."""
    root = standard_iri(identity, graph.base)
    classes = " ".join(f"<{c}>" for c in _PARTS[part])
    found = graph.store.select(
        f"SELECT ?iri ?code ?text ?level ?position WHERE {{ VALUES ?class {{ {classes} }} "
        f"GRAPH <{root}> {{ ?iri a ?class ; <{skos.prefLabel}> ?text ; <{kps.position}> ?position "
        f"OPTIONAL {{ ?iri <{skos.notation}> ?code }} }} "
        f"OPTIONAL {{ ?iri <{kps.atLevel}>/<{skos.notation}> ?level }} }}"
    )
    rows = sorted(found.to_dicts(), key=lambda r: _in_order(str(r["code"] or ""), r["position"]))
    return [{k: v for k, v in row.items() if k != "position" and v is not None} for row in rows]


def _in_order(code: str, position: Any) -> tuple[list[int], int, str]:
    numbers = [int(n) for n in code[1:].split(".") if n.isascii() and n.isdecimal()]
    return numbers, int(position), code


def trace(graph: KnowledgeGraph, name: str, code: str, include: Include) -> Answer:
    """All that a code of a standard touches, in it and in others."""
    identity = graph.identity(name)
    found = graph.trace(identity, code, include=include)
    rows = [{k: v for k, v in r.items() if v not in (None, "")} for r in found.rows().to_dicts()]
    codes = [str(row.get("code", "")) for row in rows if row.get("kind") != "shared"]
    nodes = _nodes_with(graph, identity, codes)
    about = {"standard": found.standard.code, "name": found.standard.name}
    return Answer(rows, {**about, "shared_with": len(found.sharers)}, nodes)


def _nodes_with(graph: KnowledgeGraph, identity: str, codes: Sequence[str]) -> list[str]:
    root = standard_iri(identity, graph.base)
    found: dict[str, list[str]] = defaultdict(list)
    for node, code in graph.store.texts(
        f"SELECT ?n ?c WHERE {{ GRAPH <{root}> {{ ?n <{skos.notation}> ?c ; <{kps.place}> ?p }} }}"
    ):
        found[code].append(node)
    return [node for code in dict.fromkeys(codes) for node in sorted(found[code])]


def shared(
    graph: KnowledgeGraph,
    competency: str | None,
    least: int,
    kind: Literal["any", "K", "S", "A"],
    group: str | None,
    include: Include,
) -> Answer:
    """Who uses a competency; without one, the competencies that several occupations share."""
    if competency is not None:
        around = graph.neighbourhood(competency, include=include)
        iri_of = around.competency.id
        users = [{"standard": u.occupation.code, "name": u.occupation.name} for u in around.users]
        about = {"competency": around.competency.name, "iri": iri_of, "users": len(users)}
        companions = [c.competency.name for c in around.companions[:10]]
        nodes = _expressing(graph, iri_of, [u.occupation.id for u in around.users])
        return Answer(users, {**about, "needed_together_with": companions}, nodes)
    by: Literal["category", "level"] | None = None
    if group:
        by = "level" if group.isdecimal() else "category"
        graph = graph.within(f"{by}={group}")
    found = graph.shared(least, by, kind=kind, include=include)
    rows = found.rows(5).to_dicts()
    nodes = [n for s in found[:3] for n in _expressing(graph, s.competency.id, s.occupations)[:2]]
    note = (
        None
        if rows
        else Bilingual(
            f"沒有 {least} 個職業共用的職能；請減小 least",
            f"no competency is shared by {least} occupations; try a smaller least",
        )
    )
    return Answer(rows, nodes=nodes, note=note)


def _expressing(graph: KnowledgeGraph, competency: str, occupations: Sequence[Any]) -> list[str]:
    """The elements that say a competency, one for each of some occupations."""
    rows = graph.store.texts(
        f"SELECT ?e WHERE {{ ?c <{kps.representative}> {iri(competency)} . ?e <{kps.expresses}> ?c }}"
    )
    by_owner: dict[str, str] = {}
    for (node,) in sorted(rows):
        by_owner.setdefault(identity_in(node, graph.base), node)
    wanted = [str(getattr(o, "id", o)) for o in occupations]
    return [by_owner[o] for o in wanted if o in by_owner]


def compare(
    graph: KnowledgeGraph,
    occupations: Sequence[str],
    question: Literal["compare", "gap", "path", "nearest"],
    include: Include,
) -> Answer:
    """Chosen occupations beside each other."""
    chosen = [graph.identity(o) for o in occupations]
    if not chosen or (len(chosen) < 2 and question != "nearest"):
        raise BadParameter("name at least two occupations to compare")
    about: dict[str, Any] = {"question": question}
    if question == "nearest":
        found: Any = graph.nearest(chosen[0], 10, include=include)
    elif question == "compare":
        found = graph.compare(*chosen, include=include)
        about |= {"similarity": round(found.similarity, 3), "shared": len(found.shared)}
    elif question == "gap":
        found = graph.gap(chosen[0], chosen[1], include=include)
        about |= {
            "missing": len(found.missing),
            "to_raise": len(found.raised),
            "covered": found.covered,
        }
    else:
        found = graph.path(chosen[0], chosen[1], include=include)
        about |= {"steps": len(found)}
    rows = [{k: v for k, v in r.items() if v is not None} for r in found.rows(5).to_dicts()]
    nodes = [
        n
        for r in rows[:8]
        if "iri" in r and question in ("compare", "gap")
        for n in _expressing(graph, str(r["iri"]), chosen)[:2]
    ]
    note = (
        None if rows else Bilingual("沒有共用或所需者", "nothing is shared, or nothing is needed")
    )
    return Answer(rows, about, nodes, chosen, note)


def library_query(
    graph: KnowledgeGraph, name: str | None, parameters: Mapping[str, str | int]
) -> Answer:
    """A query of the library; without a name, which there are and what they take."""
    if name is None:
        rows = [
            {
                "name": q.name,
                "title": q.title["en"],
                "parameters": [
                    f"{p.name} ({p.kind})" + ("" if p.default is None else f" = {p.default}")
                    for p in q.parameters
                ],
            }
            for q in library.library().values()
        ]
        return Answer(rows)
    query = library.get(name)
    found = graph.rows(query, **parameters)
    about = {"query": name, "title": dict(query.title), "row": query.row["en"]}
    return _table(graph, found, about)


def sparql(graph: KnowledgeGraph, query: str) -> Answer:
    """A query in SPARQL, within bounds of time, memory and rows."""
    found = graph.bounded(_SECONDS, _MEMORY, _ROWS).query(Query.adhoc(query))
    if isinstance(found, bool):
        return Answer([{"answer": found}])
    if isinstance(found, bytes):
        lines = found.decode().splitlines()
        return Answer([{"triple": line} for line in lines], note=None if lines else _NO_ROWS)
    return _table(graph, found, {})


def _table(graph: KnowledgeGraph, found: Rows, about: Mapping[str, Any]) -> Answer:
    rows = [{k: v for k, v in row.items() if v is not None} for row in found[:_ROWS].to_dicts()]
    texts = [
        str(text)
        for row in rows
        for value in row.values()
        for text in (value if isinstance(value, list) else (value,))
    ]
    nodes = [t for t in texts if t.startswith(graph.base)]
    codes = {source.code: i for i, source in graph.identities().items() if source.code}
    standards = [codes[t] for t in dict.fromkeys(texts) if t in codes]
    note = None if rows else _NO_ROWS
    return Answer(rows, about, nodes, standards[:10], note, len(found))


def _reason(source: Source, path: Path) -> Bilingual:
    """Why a draft cannot be read, without the place where it was put down."""
    chinese, english = (
        source.message.in_words(lang).replace(f"{path}", path.name) if source.message else ""
        for lang in Language
    )
    return Bilingual(chinese, english)


def validate_draft(
    graph: KnowledgeGraph, text: str, format: Literal["markdown", "yaml", "json", "html"]
) -> Answer:
    """The findings about a draft, checked by itself and against the standards of the store."""
    del graph
    if len(text) > _DRAFT:
        raise BadParameter("the draft is longer than {count} characters", count=_DRAFT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"draft{_ENDINGS[format]}")
        path.write_text(text, "utf-8", "replace")
        checked = check(path, limits=_LIMITS)
        for source in checked.failed:
            raise ResourceError("the draft cannot be read: {reason}", reason=_reason(source, path))
    rows = [
        {
            "rule": f.rule,
            "severity": str(f.severity),
            "code": f.code,
            "value": f.value,
            "message": dict(f.messages),
            "remedy": dict(f.remedy),
            "place": {
                n: v
                for n in ("page", "table", "row", "column", "line", "pointer")
                if (v := getattr(f.span, n))
            },
        }
        for f in sorted(checked.report.findings, key=lambda f: -f.severity)
    ]
    note = None if rows else Bilingual("沒有發現問題", "no rule finds anything in it")
    return Answer(rows, note=note)
