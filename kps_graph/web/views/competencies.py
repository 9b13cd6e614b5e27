"""The page of a competency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kps_graph.align import Decision, Label
from kps_graph.align.decisions import write_decisions
from kps_graph.exports.site.competency import Form, Place, Related, Unit, competency_page
from kps_graph.exports.site.frame import Frame
from kps_graph.sharing import Occupation, neighbourhood
from kps_graph.terms import identity_in, kind_of, match_iri
from kps_graph.web.views.asked import Asked

__all__ = ["PAGE", "page", "representative"]

_Row = dict[str, str]
#: So many occupations are shown at once: of 30, some pages are larger than 150 KB.
PAGE: Final = 20
_TOGETHER: Final = 12
_MOST: Final = 40
_RELATIONS: Final = {
    "closeMatch": "doubtful",
    "exactMatch": "doubtful",
    "relatedMatch": "related",
    "broadMatch": "broader",
    "narrowMatch": "narrower",
}
_TURNED: Final = {"broader": "narrower", "narrower": "broader"}


def representative(asked: Asked, concept: str) -> str:
    """The IRI of the competency that stands for a wording; "" if the store knows none."""
    if asked.knows(concept):
        return concept
    found = asked.rows(f"SELECT ?r WHERE {{ <{concept}> kps:representative ?r }}")
    return found[0]["r"] if found and asked.knows(found[0]["r"]) else ""


def page(asked: Asked, frame: Frame, iri: str, number: int = 1) -> str:
    """The page of a competency, by the IRI of a representative.

    Args:
        asked: the store.
        frame: where the page stands.
        iri: of the competency.
        number: which part of the occupations that use it is shown.
    """
    usage = asked.usage
    competency = usage.competency(iri)
    users = sorted(usage.by(iri))
    pages = max(1, -(-len(users) // PAGE))
    number = min(max(1, number), pages)
    part = users[(number - 1) * PAGE : number * PAGE]
    worded = asked.rows(
        f"SELECT ?e ?w ?code ?text ?c WHERE {{ ?c kps:representative <{iri}> . ?e kps:expresses ?c ; "
        "skos:prefLabel ?text OPTIONAL { ?o kps:hasItem ?e } BIND(COALESCE(?o, ?e) AS ?w) "
        "OPTIONAL { ?w skos:notation ?code } }"
    )
    near = neighbourhood(usage, iri, _TOGETHER)
    local = asked.graph.base
    return competency_page(
        frame,
        competency,
        iri,
        iri.removeprefix(local),
        list(_places(asked, part, worded)),
        list(_forms(asked, iri, competency.name, worded)),
        _related(asked, iri, {r["c"] for r in worded}),
        [(c.competency.id.removeprefix(local), c) for c in near.companions],
        list(_groups(asked, users)),
        number,
        pages,
        len(users),
    )


def _places(asked: Asked, users: Sequence[str], worded: Sequence[_Row]) -> Iterator[Place]:
    base = asked.graph.base
    mine: dict[str, list[_Row]] = defaultdict(list)
    for row in worded:
        mine[identity_in(row["e"], base)].append(row)
    wholes = [r["w"] for u in users for r in mine[u]]
    units = _units(asked, wholes)
    for user in users:
        root = f"{base}{user}/"
        elements = {
            r["w"].removeprefix(root): (r["w"].removeprefix(root), r["code"], r["text"])
            for r in sorted(mine[user], key=lambda r: r["e"])
        }
        yield Place(asked.usage.occupation(user), list(elements.values()), units.get(user, ()))


def _units(asked: Asked, wholes: Sequence[str]) -> dict[str, list[Unit]]:
    """By identity, the units of work that need one of some K or S, in document order."""
    if not wholes:
        return {}
    base = asked.graph.base
    listed = " ".join(f"<{w}>" for w in dict.fromkeys(wholes))
    # a path, since VALUES of two variables are joined before anything is looked up
    needing = asked.rows(
        f"SELECT DISTINCT ?u WHERE {{ VALUES ?w {{ {listed} }} ?u kps:needsKnowledge|kps:needsSkill ?w }}"
    )
    parts = _parts(asked, [row["u"] for row in needing])
    working = " ".join(f"<{u}>" for u in dict.fromkeys(u for u, _ in parts))
    stated = asked.rows(
        f"SELECT ?u ?code ?name ?level WHERE {{ VALUES ?u {{ {working} }} "
        "OPTIONAL { ?u skos:notation ?code } OPTIONAL { ?u skos:prefLabel ?name } "
        "OPTIONAL { ?u kps:atLevel ?level } }"
    )
    found: dict[str, list[Unit]] = defaultdict(list)
    for row in sorted(stated, key=lambda r: _counted(r["code"] or r["u"])):
        identity = identity_in(row["u"], base)
        root = f"{base}{identity}/"
        found[identity].append(
            Unit(
                row["u"].removeprefix(root),
                row["code"],
                row["name"],
                row["level"].rsplit("/", 1)[-1],
                [(n.removeprefix(root), c, t) for n, c, t in parts.get((row["u"], "O"), ())],
                [(n.removeprefix(root), c, t) for n, c, t in parts.get((row["u"], "P"), ())],
            )
        )
    return found


def _counted(code: str) -> list[tuple[int, str]]:
    """A code as a sort key, its numbers by number."""
    return [(int("".join(filter(str.isdigit, part)) or 0), part) for part in code.split(".")]


def _parts(asked: Asked, units: Sequence[str]) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """The outputs and indicators of units: IRI, code and text of each, in order."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    if units:
        listed = " ".join(f"<{u}>" for u in units)
        rows = asked.rows(
            f"SELECT ?u ?p ?n ?code ?text ?at WHERE {{ VALUES ?u {{ {listed} }} "
            "{ ?u kps:hasOutput ?n BIND('O' AS ?p) } UNION { ?u kps:hasIndicator ?n BIND('P' AS ?p) } "
            "?n skos:prefLabel ?text ; kps:position ?at . OPTIONAL { ?n skos:notation ?code } }"
        )
        for row in sorted(rows, key=lambda r: int(r["at"])):
            found[row["u"], row["p"]].append((row["n"], row["code"], row["text"]))
    return found


def _forms(asked: Asked, iri: str, name: str, worded: Sequence[_Row]) -> Iterator[Form]:
    """The wordings, that of the representative first, then the most used."""
    known = asked.identities
    seen: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in worded:
        source = known.get(identity_in(row["e"], asked.graph.base))
        called = source.name if source else ""
        seen[row["text"], row["c"]][f"{called} {row['code']}".strip()] = None
    links = {
        row["c"]: row
        for row in asked.rows(
            f"SELECT ?c ?method ?score ?status WHERE {{ ?c kps:representative <{iri}> . "
            f"{{ ?m kps:matchSubject <{iri}> ; kps:matchObject ?c }} UNION "
            f"{{ ?m kps:matchObject <{iri}> ; kps:matchSubject ?c }} "
            "?m kps:matchMethod ?method ; kps:matchScore ?score ; kps:matchStatus ?status }"
        )
    }
    order = sorted(seen, key=lambda key: (key[0] != name, key[1] != iri, -len(seen[key]), key))
    for text, concept in order:
        link = links.get(concept)
        own = concept == iri
        method = "" if text == name else "normalised-identical" if own else "linked"
        yield Form(
            text,
            list(seen[text, concept]),
            link["method"] if link else method,
            float(link["score"]) if link else None,
            link["status"] if link else "",
            "" if own else _decision(kind_of(iri), name, text),
        )


def _decision(kind: str, a: str, b: str) -> str:
    """The lines of a file of decisions that say that two wordings are not the same."""
    made = write_decisions([Decision(kind, a, kind, b, Label.DIFFERENT)])
    return "\n".join(line for line in made.splitlines() if not line.startswith("#"))


def _related(asked: Asked, iri: str, wordings: Iterable[str]) -> list[Related]:
    """What is near to a competency, by the links of its wordings; of several the surest."""
    base = asked.graph.base
    links = list(_links(asked, sorted({iri, *wordings})))
    ends = {pair for x, _, y in links for pair in ((x, y), (y, x))}
    listed = " ".join(f"<{match_iri(*pair, base)}>" for pair in sorted(ends))
    scores = {
        row["m"]: float(row["score"])
        for row in asked.rows(
            f"SELECT ?m ?score WHERE {{ VALUES ?m {{ {listed} }} ?m kps:matchScore ?score }}"
        )
    }
    others = " ".join(f"<{y}>" for y in {y for _, _, y in links})
    stands = {
        row["y"]: row["c"]
        for row in asked.rows(
            f"SELECT ?y ?c WHERE {{ VALUES ?y {{ {others} }} ?y kps:representative ?c }}"
        )
    }
    found: dict[str, Related] = {}
    for x, relation, y in links:
        competency = stands.get(y, "")
        if competency == iri or not asked.knows(competency):
            continue
        score = max(scores.get(match_iri(*pair, base), 0.0) for pair in ((x, y), (y, x)))
        one = asked.usage.competency(competency)
        users = asked.users(one.id)
        made = Related(one.id.removeprefix(base), one.kind, one.name, relation, score, users)
        if one.id not in found or found[one.id].score < score:
            found[one.id] = made
    order = ["broader", "narrower", "doubtful", "related"]
    return sorted(found.values(), key=lambda r: (order.index(r.relation), -r.score, r.id))[:_MOST]


def _links(asked: Asked, wordings: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The links of some wordings in either direction: wording, relation to it, the other one."""
    listed = " ".join(f"<{x}>" for x in wordings)
    for turned, pattern in ((False, "?x skos:{} ?y"), (True, "?y skos:{} ?x")):
        ways = " UNION ".join(
            f"{{ {pattern.format(name)} BIND('{name}' AS ?p) }}" for name in _RELATIONS
        )
        for row in asked.rows(f"SELECT ?x ?p ?y WHERE {{ VALUES ?x {{ {listed} }} {ways} }}"):
            relation = _RELATIONS[row["p"]]
            yield row["x"], _TURNED.get(relation, relation) if turned else relation, row["y"]


def _groups(asked: Asked, users: Sequence[str]) -> Iterator[tuple[str, list[Occupation]]]:
    """The groups of occupations that the users belong to, the one with most of them first."""
    if len(users) < 2:
        return
    using = set(users)
    found = [
        (group.name, [asked.usage.occupation(m) for m in group.members if m in using])
        for group in asked.groups
    ]
    yield from sorted((f for f in found if f[1]), key=lambda f: -len(f[1]))
