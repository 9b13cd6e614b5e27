"""What the shipped queries must answer, worked out in Python from the interchange JSON.

No store and no SPARQL: each function takes the standards as plain data, as ``kps-graph parse --format
json`` prints them, and gives the rows of the query of its name as a list of tuples of texts ("" for
nothing). What counts as one competency beside equal texts is decided by the matcher; ``same`` is its
table of representatives and ``related`` its pairs. ``findings`` are those of each standard, by identity.
"""

import math
import re
from collections import Counter, defaultdict
from functools import cached_property

from kps_graph.folding import composed, element_key, searchable
from kps_graph.model import Element, references
from kps_graph.terms import class_iri, code_series, concept_iri, identity_of, local_name

CLASSES = (("category", "jobCategory"), ("occupation", "occupation"), ("industry", "industry"))
KSA = (("K", "knowledge"), ("S", "skills"), ("A", "attitudes"))


def text(value):
    """A cell: composed text, "" for nothing, numbers and truth values as SPARQL writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return composed(str(value))


def rows(*found):
    return [tuple(map(text, row)) for row in found]


def at(level):
    """A level that is one."""
    return level if isinstance(level, int) and 1 <= level <= 6 else None


def digits(label):
    return int("".join(c for c in label if c in "0123456789") or -1)


class Part:
    """A unit with what it has and inherits."""

    def __init__(self, data, above, task, depth):
        self.data, self.above, self.task = data, above, task or self
        self.code, self.name = data.get("code"), data.get("name")
        self.level = data.get("level") if data.get("level") is not None else above and above.level
        self.own = {kind: data.get(key) or [] for kind, key in KSA[:2]}
        self.needs = {
            kind: list(dict.fromkeys([*(above.needs[kind] if above else ()), *self.own[kind]]))
            for kind in "KS"
        }
        self.kind = "Activity" if above else "Task"
        self.outputs = data.get("outputs") or []
        self.indicators = [Sign(p, self) for p in data.get("indicators") or []]
        self.units = [Part(u, self, self.task, depth + 1) for u in data.get("activities") or []]

    def walk(self):
        yield self
        for unit in self.units:
            yield from unit.walk()


class Sign:
    """An indicator with what it has and inherits."""

    kind = "Indicator"

    def __init__(self, data, unit):
        self.unit, self.code, self.name = unit, data.get("code"), data.get("text")
        self.level = data.get("level") if data.get("level") is not None else unit.level
        self.own = {kind: data.get(key) or [] for kind, key in KSA[:2]}
        self.needs = {
            kind: list(dict.fromkeys([*unit.needs[kind], *self.own[kind]])) for kind in "KS"
        }


class One:
    """A standard."""

    def __init__(self, identity, data):
        self.id, self.data = identity, data
        self.code, self.name, self.level = data["code"], data["name"], data["level"]
        self.tasks = [Part(t, None, None, 0) for t in data["tasks"]]
        self.units = [u for t in self.tasks for u in t.walk()]
        self.leaves = [u for u in self.units if not u.units]

    @cached_property
    def elements(self):
        """(kind, reference, data) of K, S and A in order."""
        found = []
        for kind, key in KSA:
            listed = self.data[key]
            refs = references([Element(e.get("code"), "") for e in listed])
            found += [(kind, r, e) for r, e in zip(refs, listed, strict=True)]
        return found

    def element(self, kind, reference):
        return next((e for k, r, e in self.elements if (k, r) == (kind, reference)), None)

    @cached_property
    def parts(self):
        """(kind, reference, code, text, item number or 0, concept) of all that can be shared."""
        found = []
        for kind, ref, e in self.elements:
            items = e.get("items") or []
            if e.get("name"):
                key = element_key(e["name"], items if kind != "A" else ())
                found.append((kind, ref, e.get("code"), e["name"], 0, concept_iri(kind, key)))
            for n, item in enumerate(items, 1):
                if item:
                    found.append(
                        (kind, ref, e.get("code"), item, n, concept_iri(kind, element_key(item)))
                    )
        return found

    @cached_property
    def uses(self):
        return {p[5] for p in self.parts}

    def classes(self):
        for scheme, key in CLASSES:
            for entry in self.data["classification"].get(key) or []:
                code = entry.get("code") or None
                yield scheme, entry, (class_iri(scheme, code) if code else None)

    @cached_property
    def categories(self):
        return {c for scheme, _, c in self.classes() if scheme == "category" and c}

    def needing(self, kind, reference):
        """The lowest units that need a K or S, themselves or by an indicator."""
        return [
            u
            for u in self.leaves
            if reference in u.needs[kind] or any(reference in p.needs[kind] for p in u.indicators)
        ]


class Corpus:
    """The standards of a store, and what its matcher decided."""

    def __init__(
        self, standards, same, related, names, findings=None, wanted=lambda standard: True
    ):
        self.wanted = wanted
        self.all = [One(i, d) for i, d in sorted(standards.items())]
        self.by = {s.id: s for s in self.all}
        self.same, self.names = same, names
        self.findings = findings or {}
        self.beside = defaultdict(set)
        for a, b in related:
            self.beside[a].add(b)
            self.beside[b].add(a)

    def named(self, iri, language):
        """What a class is called, in Chinese where it has no other name."""
        chinese = self.names["zh"].get(iri)
        return self.names["en"].get(iri, chinese) if language == "en" else chinese

    @cached_property
    def replaced(self):
        """Identities of the standards that a newer one here replaces."""
        found = set()
        for s in self.all:
            for v in s.data["versions"]:
                if v.get("replacedBy") and v.get("code"):
                    own = s.code and identity_of(v["code"], "") == identity_of(s.code, "")
                    older = s.id if own else identity_of(v["code"], "")
                    if identity_of(v["replacedBy"], "") in self.by:
                        found.add(older)
        return found

    @cached_property
    def past(self):
        """Identities of the standards that are no version of today."""
        found = set(self.replaced)
        series = defaultdict(list)
        for s in self.all:
            own = [v for v in s.data["versions"] if s.code and v.get("code") == s.code]
            own = own or (s.data["versions"] if len(s.data["versions"]) == 1 else [])
            stated = "".join(v.get("status") or "" for v in own or s.data["versions"])
            called = [s.name or "", *(v.get("name") or "" for v in own)]
            if ("歷史" in stated and "最新" not in stated) or any(
                "《歷史資料》" in n for n in called
            ):
                found.add(s.id)
            elif s.code:
                dates = [re.sub(r"\D", "-", v.get("date") or "") for v in own]
                number = int(re.search(r"(?:v(\d+))?$", s.code)[1] or 1)
                series[code_series(s.code)].append((s, number, max(dates, default="")))
        for members in series.values():
            for one, version, date in members:
                for other, later, after in members:
                    if later > version and (one.name == other.name or "" < date < after):
                        found.add(one.id)
        return found

    @cached_property
    def counted(self):
        """The standards of the slice that is asked: those of today, or what ``wanted`` says."""
        return [s for s in self.all if s.id not in self.past and self.wanted(s)]

    @cached_property
    def forms(self):
        found = defaultdict(Counter)
        for s in self.all:
            for p in s.parts:
                found[p[5]][composed(p[3])] += 1
        return found

    def label(self, concept):
        forms = self.forms[concept]
        return min(forms, key=lambda f: (-forms[f], f))

    def stands(self, concept, include):
        return concept if include == "identical" else self.same.get(concept, concept)

    def own(self, s, include):
        return {self.stands(c, include) for c in s.uses}

    def reach(self, concepts, include):
        if include != "related":
            return set(concepts)
        return set(concepts) | {b for c in concepts for b in self.beside[c]}

    def used(self, s, include):
        return self.reach(self.own(s, include), include)

    def users(self, include):
        """By competency: the occupations that count and use it."""
        found = defaultdict(set)
        for s in self.counted:
            for c in self.used(s, include):
                found[c].add(s.id)
        return found

    def kind(self, concept):
        return concept.rsplit("/", 1)[-1][0]

    def meant(self, label, include):
        """The competencies that texts equal to ``label`` express."""
        return {
            self.stands(p[5], include)
            for s in self.all
            for p in s.parts
            if composed(p[3]) == composed(label)
        }

    def partly(self, part, include):
        return self.reach({self.stands(part[5], include)}, include)


# -- browse ------------------------------------------------------------------------------------


def categories(c, language="zh"):
    found = defaultdict(list)
    for s in c.counted:
        for category in s.categories or [""]:
            found[category].append(at(s.level))
    return rows(
        *(
            (
                iri.rsplit("/", 1)[-1],
                c.named(iri, language),
                len(levels),
                min((x for x in levels if x), default=None),
                max((x for x in levels if x), default=None),
            )
            for iri, levels in found.items()
        )
    )


def classification(c, standard, language="zh"):
    return rows(
        *(
            (scheme, e.get("code") or None, e.get("name") or None, c.named(iri, language))
            for scheme, e, iri in c.by[standard].classes()
        )
    )


def competencies(c, standard):
    found = []
    for kind, _, e in c.by[standard].elements:
        for item in e.get("items") or [None]:
            found.append((kind, e.get("code"), e.get("name") or None, item, e.get("definition")))
    return rows(*found)


def indicators(c, standard, at_level="any"):
    return rows(
        *(
            (u.task.code, u.code, p.code, p.name or None, at(p.level))
            for u in c.by[standard].units
            for p in u.indicators
            if at_level == "any" or str(at(p.level)) == at_level
        )
    )


def level_profile(c, standard):
    s = c.by[standard]
    units = Counter(at(u.level) for u in s.leaves)
    signs = Counter(at(p.level) for u in s.units for p in u.indicators)
    return rows(*((n, units[n], signs[n], bool(n) and n == at(s.level)) for n in {*units, *signs}))


def levels(c):
    bases = Counter(at(s.level) for s in c.counted)
    units = Counter(at(u.level) for s in c.counted for u in s.units)
    return rows(*((n, bases[n], units[n]) for n in {*bases, *units}))


_ENGLISH = {
    "StandardSeries": "series",
    "Indicator": "behavioural indicators",
    "Knowledge": "knowledge",
    "CompetencyItem": "items",
    "Activity": "activities",
    "Competency": "competencies (identical texts are one)",
}


def overview(c, language="zh"):
    units = [u for s in c.counted for u in s.units]
    elements = Counter(k for s in c.counted for k, _, _ in s.elements)
    found = [
        ("Standard", "職能基準", len(c.counted)),
        ("StandardSeries", "基準系列", len({code_series(s.code) for s in c.counted if s.code})),
        ("Task", "工作任務", sum(u.kind == "Task" for u in units)),
        ("Activity", "工作活動", sum(u.kind == "Activity" for u in units)),
        ("Output", "工作產出", sum(len(u.outputs) for u in units)),
        ("Indicator", "行為指標", sum(len(u.indicators) for u in units)),
        ("Knowledge", "知識", elements["K"]),
        ("Skill", "技能", elements["S"]),
        ("Attitude", "態度", elements["A"]),
        (
            "CompetencyItem",
            "細項",
            sum(len(e.get("items") or []) for s in c.counted for k, _, e in s.elements if k != "A"),
        ),
        (
            "Competency",
            "職能（相同寫法合一）",
            len({concept for s in c.counted for concept in s.uses}),
        ),
    ]
    if language == "en":
        found = [(kind, _ENGLISH.get(kind, f"{kind.lower()}s"), n) for kind, _, n in found]
    return rows(*(f for f in found if f[2]))


def standards(c):
    found = []
    for s in c.counted:
        own = next(
            (
                v
                for v in s.data["versions"]
                if v.get("code")
                and s.code
                and identity_of(v["code"], "") == identity_of(s.code, "")
            ),
            {},
        )
        found.append(
            (s.code, s.name or None, s.level, own.get("status") or None, len(s.tasks), s.id)
        )
    return rows(*found)


def task_tree(c, standard):
    s = c.by[standard]
    return rows(
        *(
            (
                u.above and u.above.code,
                u.code,
                u.name or None,
                at(u.level),
                len(u.outputs),
                len(u.indicators),
                len(u.needs["K"]),
                len(u.needs["S"]),
            )
            for u in s.units
        )
    )


def _attached(s, holders, kind_wanted="KS"):
    """(holder, kind, code, name) of what holders state themselves."""
    for h in holders:
        for kind in kind_wanted:
            for ref in h.own[kind]:
                e = s.element(kind, ref)
                code = e.get("code") if e else ref
                yield h, kind, code, (e and e.get("name")) or None


def unit(c, standard, unit):
    s = c.by[standard]
    found = []
    for u in s.units:
        if u.code != unit:
            continue
        above, here = [], u
        while here:
            above.append(here)
            here = here.above
        below = [x for x in u.walk() if x is not u] + [p for x in u.walk() for p in x.indicators]
        found += [
            (k, code, name, "own" if h is u else "inherited", h.code)
            for h, k, code, name in _attached(s, above)
        ]
        found += [(k, code, name, "below", h.code) for h, k, code, name in _attached(s, below)]
        found += [
            ("A", e.get("code"), e.get("name") or None, "standard", s.code)
            for k, _, e in s.elements
            if k == "A"
        ]
    return rows(*found)


def where(c, word):
    wanted, found = searchable(word), []

    def see(s, kind, code, value):
        if value and wanted in searchable(value):
            found.append((s.code, kind, code, value))

    for s in c.counted:
        see(s, "Standard", s.code, s.name)
        see(s, "Standard", s.code, s.data["description"])
        for v in s.data["versions"]:
            see(s, "VersionEntry", v.get("code") or None, v.get("name"))
        for _, e, _ in s.classes():
            see(s, "ClassificationEntry", e.get("code") or None, e.get("name"))
        for u in s.units:
            see(s, u.kind, u.code, u.name)
            for o in u.outputs:
                see(s, "Output", o.get("code"), o.get("name"))
            for p in u.indicators:
                see(s, "Indicator", p.code, p.name)
        for kind, _, e in s.elements:
            name = {"K": "Knowledge", "S": "Skill", "A": "Attitude"}[kind]
            see(s, name, e.get("code"), e.get("name"))
            see(s, name, e.get("code"), e.get("definition"))
            for item in e.get("items") or []:
                see(s, "CompetencyItem", None, item)
        for n in s.data["notes"]:
            see(s, "Note", None, n["text"])
            for item in n.get("items") or []:
                see(s, "Note", None, item)
    return rows(*found)


# -- trace -------------------------------------------------------------------------------------


def needs(c, standard, code):
    s = c.by[standard]
    found = []
    for u in s.units:
        above, here = [], u
        while here:
            above.append(here)
            here = here.above
        for o in u.outputs:
            if o.get("code") == code:
                found += [(k, e, n, "inherited", h.code) for h, k, e, n in _attached(s, above)]
        for p in u.indicators:
            if p.code == code:
                found += [
                    (k, e, n, "own" if h is p else "inherited", h.code)
                    for h, k, e, n in _attached(s, [p, *above])
                ]
        if u.code == code:
            below = [x for x in u.walk() if x is not u] + [
                p for x in u.walk() for p in x.indicators
            ]
            found += [
                (k, e, n, "own" if h is u else "inherited", h.code)
                for h, k, e, n in _attached(s, above)
            ]
            found += [(k, e, n, "below", h.code) for h, k, e, n in _attached(s, below)]
    return rows(*found)


def trace(c, standard, code):
    s = c.by[standard]
    found = []
    for kind, ref, e in s.elements:
        if kind == "A" or e.get("code") != code:
            continue
        for u in s.units:

            def link(node, u=u, kind=kind, ref=ref):
                if ref in node.own[kind]:
                    return "own"
                if ref in node.needs[kind]:
                    return "inherited"
                inside = [*node.walk()] if isinstance(node, Part) else []
                if any(ref in p.needs[kind] for x in inside for p in (x, *x.indicators)):
                    return "contains"
                return ""

            found.append(
                (u.task.code, u.code, u.kind, u.code, u.name or None, at(u.level), link(u))
            )
            here = ref in u.needs[kind] or any(ref in p.needs[kind] for p in u.indicators)
            found += [
                (
                    u.task.code,
                    u.code,
                    "Output",
                    o.get("code"),
                    o.get("name") or None,
                    None,
                    "output",
                )
                for o in u.outputs
                if here
            ]
            found += [
                (u.task.code, u.code, "Indicator", p.code, p.name or None, at(p.level), link(p))
                for p in u.indicators
            ]
    return rows(*(f for f in found if f[6]))


def trace_label(c, label, include="same"):
    meant, found = c.meant(label, include), set()
    for s in c.counted:
        for part in s.parts:
            kind, ref, code = part[:3]
            if kind != "A" and c.partly(part, include) & meant:
                for u in s.needing(kind, ref):
                    found.add(
                        (
                            s.id,
                            kind,
                            ref,
                            id(u),
                            s.code,
                            s.name or None,
                            code,
                            u.code,
                            u.name or None,
                            at(u.level),
                        )
                    )
    return rows(*(f[4:] for f in found))


# -- shared ------------------------------------------------------------------------------------


def attitudes(c, min_occupations=1, include="same"):
    return [(r[1], *r[2:]) for r in shared(c, min_occupations, "A", include)]


def shared(c, min_occupations=2, kind="any", include="same"):
    found = []
    for concept, users in c.users(include).items():
        if len(users) < min_occupations or kind not in ("any", c.kind(concept)):
            continue
        named = sorted((composed(c.by[i].name) or i, i) for i in users)
        codes = "|".join(c.by[i].code or name for name, i in named)
        listed = "|".join(name for name, _ in named)
        found.append((c.kind(concept), c.label(concept), len(users), codes, listed, concept))
    return rows(*found)


def by_category(c, category, min_occupations=2, kind="any", include="same"):
    inside = {
        s.id
        for s in c.counted
        if any(
            x.rsplit("/", 1)[-1] == category or x.rsplit("/", 1)[-1][0] == category
            for x in s.categories
        )
    }
    return _inside(c, {"": inside}, min_occupations, kind, include)


def _inside(c, groups, least, kind, include):
    found = []
    for group, inside in groups.items():
        for concept, users in c.users(include).items():
            n = len(users & inside)
            if n >= least and kind in ("any", c.kind(concept)):
                row = (c.kind(concept), c.label(concept), n, len(users) - n, concept)
                found.append((group, *row) if group != "" else row)
    return rows(*found)


def by_level(c, min_occupations=2, kind="any", include="same"):
    groups = defaultdict(set)
    for s in c.counted:
        if s.level is not None:
            groups[s.level].add(s.id)
    return _inside(c, groups, min_occupations, kind, include)


def competency_levels(c, label, include="same"):
    meant, units = c.meant(label, include), defaultdict(set)
    for s in c.counted:
        for part in s.parts:
            if part[0] != "A" and c.partly(part, include) & meant:
                for u in s.needing(part[0], part[1]):
                    units[at(u.level)].add((s.id, id(u)))
    return rows(*((n, len(f), len({i for i, _ in f})) for n, f in units.items()))


def gap(c, a, b, kind="any", include="same"):
    start, goal = c.by[a], c.by[b]
    found = []
    for concept in c.own(goal, include) - c.used(start, include):
        if kind not in ("any", c.kind(concept)):
            continue
        units = {
            id(u): u
            for p in goal.parts
            if p[0] != "A" and c.stands(p[5], include) == concept
            for u in goal.needing(p[0], p[1])
        }
        tasks = {id(u.task) for u in units.values()}
        found.append((c.kind(concept), c.label(concept), len(tasks), len(units), concept))
    return rows(*found)


def nearest(c, standard, kind="any", min_shared=1, include="same"):
    def wanted(concepts):
        return {x for x in concepts if kind in ("any", c.kind(x))}

    mine = wanted(c.own(c.by[standard], include))
    found = []
    for s in c.counted:
        held, both = wanted(c.own(s, include)), wanted(c.used(s, include)) & mine
        if s.id != standard and len(both) >= min_shared and held:
            likeness = len(both) / (len(mine) + len(held) - len(both))
            found.append(
                (
                    s.code,
                    s.name or None,
                    len(both),
                    len(held),
                    f"{math.floor(1000 * likeness + 0.5) / 1000:.3f}",
                    s.id,
                )
            )
    return rows(*found)


def reuse(c, include="same", min_occupations=1):
    found = Counter(
        (c.kind(concept), len(users))
        for concept, users in c.users(include).items()
        if len(users) >= min_occupations
    )
    return rows(*((kind, n, count) for (kind, n), count in found.items()))


def shared_between(c, a, b, kind="any", include="same"):
    found = []
    for p in c.by[a].parts:
        concept = c.stands(p[5], include)
        for q in c.by[b].parts:
            if concept in c.partly(q, include) and kind in ("any", c.kind(concept)):
                found.append((c.kind(concept), c.label(concept), p[2], p[3], q[2], q[3], concept))
    return rows(*found)


def specific(c, standard, kind="any", include="same"):
    others = {x for s in c.counted if s.id != standard for x in c.used(s, include)}
    return rows(
        *(
            (c.kind(concept), c.label(concept), concept)
            for concept in c.own(c.by[standard], include) - others
            if kind in ("any", c.kind(concept))
        )
    )


def usage(c, label, include="same"):
    meant, found = c.meant(label, include), []
    for s in c.counted:
        for p in s.parts:
            for kind in {c.kind(x) for x in c.partly(p, include) & meant}:
                found.append((s.code, s.name or None, kind, p[2], p[3], p[4] > 0))
    return rows(*found)


# -- quality -----------------------------------------------------------------------------------


def duplicates(c, standard):
    s = c.by[standard]
    count = Counter(p[5] for p in s.parts)
    return rows(*((p[0], c.label(p[5]), p[2], p[3], p[4] > 0) for p in s.parts if count[p[5]] > 1))


def incomplete(c, standard):
    found = []
    for u in c.by[standard].leaves:
        signs = u.indicators
        has = {
            "indicator": bool(signs),
            "output": bool(u.outputs),
            "knowledge": bool(u.needs["K"] or any(p.needs["K"] for p in signs)),
            "skill": bool(u.needs["S"] or any(p.needs["S"] for p in signs)),
            "level": bool(at(u.level) or any(at(p.level) for p in signs)),
        }
        found += [(u.code, u.name or None, name) for name, there in has.items() if not there]
    return rows(*found)


def once(c, standard):
    s, found = c.by[standard], []
    for kind, ref, e in s.elements:
        if kind != "A":
            units = s.needing(kind, ref)
            if len(units) < 2:
                found.append(
                    (
                        kind,
                        e.get("code"),
                        e.get("name") or None,
                        len(units),
                        units[0].code if units else None,
                    )
                )
    return rows(*found)


def versions(c, standard):
    series = code_series(c.by[standard].code or "")
    stated = defaultdict(set)
    for s in c.all:
        if s.code and code_series(s.code) == series:
            for v in s.data["versions"]:
                if not v.get("version"):
                    continue
                code = v.get("code") or None
                own = code and identity_of(code, "") == identity_of(s.code, "")
                held = bool(code) and (own or identity_of(code, "") in c.by)
                newer = v.get("replacedBy") and local_name(identity_of(v["replacedBy"], ""))
                row = (
                    v["version"],
                    code,
                    v.get("name") or None,
                    v.get("status") or None,
                    v.get("date") or None,
                    newer or None,
                    held,
                )
                stated[row].add(s.id)
    return rows(*((*row, len(by)) for row, by in stated.items()))


# -- over the corpus ---------------------------------------------------------------------------


def level_by_category(c, language="zh"):
    found = Counter((k, at(s.level)) for s in c.counted for k in s.categories or [""])
    return rows(
        *(
            (iri.rsplit("/", 1)[-1], c.named(iri, language), n, count)
            for (iri, n), count in found.items()
        )
    )


def stated_versions(s):
    """Of each version that a document states: which it is, and the year of its date."""
    for n, v in enumerate(s.data["versions"]):
        year = re.fullmatch(r"(\d{4})[/.-]\d{1,2}[/.-]\d{1,2}", (v.get("date") or "").strip())
        of = identity_of(v["code"], "") if v.get("code") else f"{s.id}, version {n}"
        own = s.code and of == identity_of(s.code, "")
        yield (s.id if own else of), year and year[1]


def changes_per_year(c):
    dated = {of for s in c.all for of, year in stated_versions(s) if year}
    years = defaultdict(set)
    for s in c.counted:
        for of, year in stated_versions(s):
            if year or of not in dated:
                years[year].add(of)
    return rows(*((y, len(of), len(of & set(c.by))) for y, of in years.items()))


def tasks_with_word(c, word):
    return rows(
        *(
            (s.code, s.name or None, u.code, u.name, at(u.level))
            for s in c.counted
            for u in s.units
            if searchable(word) in searchable(u.name or "")
        )
    )


def indicators_needing(c, label, at_level="any", include="same"):
    meant, found = c.meant(label, include), set()
    for s in c.counted:
        for part in s.parts:
            kind, ref, code = part[:3]
            if kind != "A" and c.partly(part, include) & meant:
                for u in s.units:
                    for p in u.indicators:
                        if ref in p.needs[kind] and at_level in ("any", str(at(p.level))):
                            row = (
                                s.code,
                                s.name or None,
                                code,
                                p.code,
                                p.name or None,
                                at(p.level),
                            )
                            found.add((s.id, kind, ref, id(p), *row))
    return rows(*(f[4:] for f in found))


# -- what was found ----------------------------------------------------------------------------


def findings_by_rule(c):
    found = [(f.rule, str(f.severity), s) for s in (o.id for o in c.counted) for f in c.findings[s]]
    counts = Counter(row[:2] for row in found)
    return rows(
        *((*row, n, len({s for *of, s in found if (*of,) == row})) for row, n in counts.items())
    )


def findings_by_category(c, language="zh"):
    of_each = [(s, k) for s in c.counted for k in s.categories or [""]]
    found, all_of = defaultdict(list), Counter(k for _, k in of_each)
    for s in c.counted:
        for category in s.categories or [""]:
            for f in c.findings[s.id]:
                found[category, f.rule].append(s.id)
    return rows(
        *(
            (k.rsplit("/", 1)[-1], c.named(k, language), rule, len(of), len(set(of)), all_of[k])
            for (k, rule), of in found.items()
        )
    )
