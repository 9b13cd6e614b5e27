"""Gathers names that say the same: stars around the most used name, never chains.

Every member of a cluster was judged the same as its *representative*. Nothing follows from a
member's other links, so that a row of small steps leads nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kps_graph.align.judging import Label
from kps_graph.align.matching import Form, Key, Link
from kps_graph.align.uncollected import uncollected

__all__ = ["Cluster", "Member", "cluster"]


@dataclass(frozen=True, slots=True)
class Member:
    """A form in a cluster, and the link that ties it to the representative."""

    form: Form
    link: Link


@dataclass(frozen=True, slots=True)
class Cluster:
    """Names that say the same.

    Attributes:
        representative: the most used of them; its text is the preferred label.
        members: the others, the most used first.
    """

    representative: Form
    members: tuple[Member, ...] = ()

    @property
    def kind(self) -> str:
        """K, S or A."""
        return self.representative.kind

    @property
    def label(self) -> str:
        """The preferred label: the most used spelling of the most used form."""
        return self.representative.text

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms, the representative first."""
        return (self.representative, *(m.form for m in self.members))

    @property
    def labels(self) -> tuple[tuple[str, int], ...]:
        """Every spelling and how often it is used, the most used first after the preferred."""
        counts: dict[str, int] = defaultdict(int)
        for form in self.forms:
            for text, count in form.spellings:
                counts[text] += count
        ranked = sorted(counts.items(), key=lambda s: (s[0] != self.label, -s[1], s[0]))
        return tuple(ranked)

    @property
    def spread(self) -> float:
        """The score of the loosest tie, 1 for a name by itself: how far the cluster reaches."""
        return min((m.link.score for m in self.members), default=1.0)


@uncollected()
def cluster(
    forms: Iterable[Form], links: Iterable[Link], apart: Collection[tuple[Key, Key]] = ()
) -> tuple[Cluster, ...]:
    """Each of ``forms`` in exactly one cluster, the most used clusters first.

    A form becomes a representative if none of the same is one already; all others go to the
    representative they are tied to best. What was decided to be ``apart`` shares no cluster.
    """
    order = sorted(forms, key=lambda f: (-f.uses, f.kind, f.key))
    ties: dict[Key, list[tuple[Key, Link]]] = defaultdict(list)
    for link in links:
        if link.label is Label.SAME and link.a.kind == link.b.kind:
            ties[link.a.end].append((link.b.end, link))
            ties[link.b.end].append((link.a.end, link))
    apart_from: dict[Key, set[Key]] = defaultdict(set)
    for one, two in apart:
        apart_from[one].add(two)
        apart_from[two].add(one)
    stars: dict[Key, list[Member]] = {}
    loose = []
    for form in order:
        if any(end in stars for end, _ in ties[form.end]):
            loose.append(form)
        else:
            stars[form.end] = []
    alone = []
    for form in loose:
        near = [(end, link) for end, link in ties[form.end] if end in stars]
        for end, link in sorted(near, key=lambda t: (t[1].method != "curated", -t[1].score, t[0])):
            inside = {end, *(m.form.end for m in stars[end])}
            if not inside & apart_from[form.end]:
                stars[end].append(Member(form, link))
                break
        else:
            alone.append(form)
    stars |= {form.end: [] for form in alone}
    found = [Cluster(f, tuple(stars[f.end])) for f in order if f.end in stars]
    return tuple(sorted(found, key=lambda c: -sum(f.uses for f in c.forms)))
