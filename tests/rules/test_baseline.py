"""Which known findings a check finds again: the index says what comparing each with each would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kps_graph.document import Span
from kps_graph.report import Finding, Severity
from kps_graph.rules import baseline
from kps_graph.rules.baseline import Draft

NAMES = st.sampled_from(("", "咖啡師", "調酒師"))
DRAFTS = st.builds(Draft, NAMES, st.sampled_from(("", "FBS5131-001", "FBS5131-002")))
KEYS = st.tuples(
    st.sampled_from(("R07", "R10")),
    st.sampled_from(("K01", "K02")),
    st.just("name"),
    st.sampled_from(("", "甲學", "乙學")),
    st.sampled_from(("", "備料")),
)
ENTRIES = st.lists(st.tuples(KEYS, DRAFTS), max_size=12)
VIEWS = (
    lambda key: key,
    lambda key: (key[0], *key[2:]) if key[4] else (),
    lambda key: key[:4],
    lambda key: (key[0], *key[2:4]) if key[3] else (),
)


def compared_with_each(now, before):
    """By their numbers, which of ``before`` each of ``now`` is, as the baseline is defined."""
    found = {}
    for view in VIEWS:
        for number, (key, draft) in enumerate(now):
            alike = [
                (before[n][1] != draft, n)
                for n in range(len(before))
                if n not in found.values()
                and view(key)
                and view(before[n][0]) == view(key)
                and draft.may_be(before[n][1])
            ]
            if number not in found and alike:
                found[number] = min(alike)[1]
    return found


def finding(number, key):
    rule, code, path, value, about = key
    return Finding(
        rule,
        Severity.WARNING,
        {},
        code=code,
        path=path,
        value=value,
        about=about or value,
        span=Span(f"{number}.docx"),
    )


@given(now=ENTRIES, before=ENTRIES)
def test_the_same_findings_are_known_as_if_each_were_compared_with_each(now, before):
    findings = [finding(n, key) for n, (key, _) in enumerate(now)]
    drafts = {f"{n}.docx": draft for n, (_, draft) in enumerate(now)}
    expected = compared_with_each(now, before)
    told = baseline.compare(findings, before, drafts)
    assert told.new == tuple(f for n, f in enumerate(findings) if n not in expected)
    assert told.in_baseline == len(expected)
    assert told.gone == sum(
        any(draft.may_be(d) for d in drafts.values())
        for n, (_, draft) in enumerate(before)
        if n not in expected.values()
    )
