"""The pages of questions about occupations: comparison, gap, path, trace, difference, map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kps_graph.exports.pictures import tree_layout
from kps_graph.exports.pictures.render import figure
from kps_graph.exports.site.frame import Frame, render
from kps_graph.sharing import Comparison, Gap, Occupation, Standing
from kps_graph.standards.trace import Branch
from kps_graph.standards.versions import KINDS, Change, Status, Version, wording

__all__ = [
    "Chosen",
    "Group",
    "compare_page",
    "diff_page",
    "gap_page",
    "map_page",
    "overlap_page",
    "path_page",
    "trace_page",
]


#: A trace of more parts is no picture.
_DRAWN = 120
#: Longer texts are not compared word by word.
_LONG = 4000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader may choose from, and chose.

    Attributes:
        names: code and name of occupations to choose from, where these are few.
        values: what is in each field.
    """

    names: Sequence[tuple[str, str]]
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of occupations: its number and name, its members, and what tells it apart."""

    number: int
    name: str
    members: Sequence[Occupation]
    telling: Sequence[tuple[str, str, str]]


def compare_page(
    frame: Frame,
    chosen: Chosen,
    found: Comparison | None,
    names: Mapping[str, str],
    different: bool,
) -> str:
    """Two to four occupations side by side.

    Args:
        frame: where the page stands.
        chosen: what is compared.
        found: the comparison; None if fewer than two are chosen.
        names: the local name of each competency by its IRI.
        different: whether only what differs is shown.
    """
    groups: list[tuple[str, str, Sequence[Standing]]] = []
    if found:
        shared = [s for s in found.shared if s.spread] if different else found.shared
        groups = [("compare-all", "", shared), ("compare-some", "", found.some)]
        groups += [("compare-only", o.name, found.only[o.id]) for o in found.occupations]
    return render(
        "compare.html",
        frame,
        frame.word("compare"),
        chosen=chosen,
        found=found,
        groups=groups,
        names=names,
        different=different,
    )


def gap_page(
    frame: Frame,
    chosen: Chosen,
    found: Gap | None,
    covered: Sequence[tuple[str, str, str]],
    names: Mapping[str, str],
) -> str:
    """What a move from one occupation to another needs.

    Args:
        frame: where the page stands.
        chosen: from where to where.
        found: the gap; None if nothing is chosen.
        covered: local name, kind and text of what is there already.
        names: the local name of each competency by its IRI.
    """
    title = frame.word("gap-title")
    return render(
        "gap.html", frame, title, chosen=chosen, found=found, covered=covered, names=names
    )


def path_page(
    frame: Frame,
    chosen: Chosen,
    steps: Sequence[Gap],
    direct: Gap | None,
    why: str,
    names: Mapping[str, str],
) -> str:
    """The steps of the way from one occupation to another, the direct way, and why they go so."""
    return render(
        "path.html",
        frame,
        frame.word("path-title"),
        chosen=chosen,
        steps=steps,
        direct=direct,
        why=why,
        names=names,
    )


def trace_page(
    frame: Frame,
    chosen: Chosen,
    identity: str,
    name: str,
    branch: Branch | None,
    sharers: Sequence[tuple[str, str, str, str, str]],
    codes: Sequence[tuple[str, str]],
) -> str:
    """What a code of a standard touches, as a list that one can walk.

    Args:
        frame: where the page stands.
        chosen: the standard and the code.
        identity: of the standard; "" if none is chosen.
        name: of the standard.
        branch: the tree; None if no code is chosen.
        sharers: identity, code and name of each standard that says the same, code and text there.
        codes: the codes of the standard, each with its text.
    """
    return render(
        "trace.html",
        frame,
        frame.word("trace-title"),
        chosen=chosen,
        identity=identity,
        name=name,
        branch=branch,
        picture=_traced(frame, identity, branch),
        sharers=sharers,
        codes=codes,
    )


def _traced(frame: Frame, identity: str, branch: Branch | None) -> Markup:
    """The picture of a trace: each code leads to what it touches in turn."""
    if branch is None:
        return Markup("")
    parts = list(_parts(branch))
    if len(parts) > _DRAWN:
        return Markup("")  # the list says the same, and a reader can still find something in it
    leads = {}
    for number, part in enumerate(parts, 1):
        if part.kind == "standard":
            leads[f"n{number}"] = frame.href(f"/id/{identity}")
        elif part.code and number > 1:
            leads[f"n{number}"] = frame.listed("/trace", [("in", identity), ("code", part.code)])
    title = " ".join(filter(None, (branch.code, branch.text)))[:60]
    return Markup(figure(tree_layout.layout([branch], title, frame.lang), "", leads))


def _parts(branch: Branch) -> Iterator[Branch]:
    """A branch and all below it, as they are drawn one after the other."""
    yield branch
    for below in branch.children:
        yield from _parts(below)


def diff_page(frame: Frame, chosen: Chosen, found: Version | None, ids: tuple[str, str]) -> str:
    """What became of every part from one version to another.

    Args:
        frame: where the page stands.
        chosen: the old and the new one.
        found: the changes; None if nothing is chosen.
        ids: the identities of both.
    """
    groups = list(_changed(found)) if found else []
    return render(
        "diff.html",
        frame,
        frame.word("diff-title"),
        chosen=chosen,
        found=found,
        ids=ids,
        groups=groups,
        statuses=[str(s) for s in Status if s is not Status.KEPT],
    )


def _changed(
    found: Version,
) -> Iterator[tuple[str, int, list[tuple[Change, list[tuple[str, str]]]]]]:
    """By kind: how many parts are kept, and each other change with its words in runs."""
    for kind in KINDS:
        of = [c for c in found.changes if c.part.kind == kind]
        kept = sum(1 for c in of if c.status is Status.KEPT)
        rest = [c for c in of if c.status is not Status.KEPT]
        if of:
            yield kind, kept, [(c, _runs(c)) for c in rest]


def _runs(change: Change) -> list[tuple[str, str]]:
    """The words of a part that is in both versions: ``=``, ``-`` or ``+``, and the words."""
    if change.old is None or change.new is None:
        return []
    old, new = change.old.text, change.new.text
    if len(old) + len(new) > _LONG:
        return [("-", old), ("+", new)]
    return list(wording(old, new))


def map_page(frame: Frame, groups: Sequence[Group]) -> str:
    """The map of occupations: its groups as a list, and the picture of it, which is a file."""
    return render(
        "map.html", frame, frame.word("map"), groups=groups, picture=_file(frame, "/map", [])
    )


def _file(frame: Frame, page: str, params: list[tuple[str, str]]) -> str:
    """The address of the picture of a page, which would be too large to stand in it."""
    params = [*params, ("in", frame.part)] if frame.part else params
    return frame.listed(f"{page}/picture.svg", params)


def overlap_page(
    frame: Frame,
    chosen: Chosen,
    drawn: bool,
    pairs: Sequence[tuple[Occupation, Occupation, int, float]],
    of: int,
) -> str:
    """How much occupations share: the strongest pairs as a table, and the picture of all."""
    return render(
        "overlap.html",
        frame,
        frame.word("overlap"),
        chosen=chosen,
        picture=_file(frame, "/overlap", [("with", v) for v in chosen.values]) if drawn else "",
        pairs=pairs,
        of=of,
    )
