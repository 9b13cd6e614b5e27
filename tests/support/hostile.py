"""Queries that no engine ends in time, or in little memory; and what each is."""

_PATTERN = "?s{0} ?p{0} ?o{0}"


def _crossed(times):
    return " . ".join(_PATTERN.format(n) for n in range(times))


def _values(blocks, size=40):
    return " ".join(
        f"VALUES ?v{n} {{ {' '.join(str(size * n + i) for i in range(size))} }}"
        for n in range(blocks)
    )


HOSTILE = {
    "cross join, counted": f"SELECT (COUNT(*) AS ?n) {{ {_crossed(4)} }}",
    "cross join, ordered": f"SELECT * {{ {_crossed(3)} }} ORDER BY ?o0 ?o2",
    "cross join, streamed": f"SELECT * {{ {_crossed(4)} }}",
    "cross join, distinct": f"SELECT DISTINCT ?s0 ?p1 ?o2 {{ {_crossed(3)} }}",
    "cross join, constructed": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {_crossed(4)} }}",
    "nine VALUES blocks": f"SELECT (COUNT(*) AS ?n) {{ {_values(9)} }}",
    "deep OPTIONAL": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o "
    + "".join(f"OPTIONAL {{ {_PATTERN.format(n)} " for n in range(12))
    + "}" * 12
    + " }",
    "property path closure": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . "
    "?c (!<urn:x>|^!<urn:x>)* ?d . ?e (!<urn:x>|^!<urn:x>)* ?f }",
    "regex": f"SELECT (COUNT(*) AS ?n) {{ {_crossed(3)} "
    'FILTER(REGEX(CONCAT(STR(?o0), STR(?o1), STR(?o2)), "(.*a){9}z", "i")) }',
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(CONCAT(STR(?s0), STR(?s1), STR(?o2))) AS ?x) "
    f"{{ {_crossed(3)} }}",
    "GROUP BY": f"SELECT ?s0 ?s1 ?s2 (COUNT(*) AS ?n) {{ {_crossed(3)} }} GROUP BY ?s0 ?s1 ?s2",
    "a megabyte of query": "SELECT (COUNT(*) AS ?n) { VALUES ?v { "
    + " ".join(map(str, range(170_000)))
    + f" }} {_crossed(3)} }}",
}
