"""The neighbourhood of a competency: who uses it on the left, what goes with it on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kps_graph.exports.pictures import page, render
from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.columns import badge
from kps_graph.exports.pictures.scene import (
    Box,
    Curve,
    Frozen,
    Link,
    Node,
    Scene,
    Shape,
    Text,
)
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.sharing.neighbourhoods import Companion, Neighbourhood, User, neighbourhood
from kps_graph.sharing.usage import Usage
from kps_graph.words import Language

__all__ = ["html", "layout", "svg"]

MARGIN: Final = 32.0
USERS: Final = 620.0
CENTRE: Final = 240.0
COMPANIONS: Final = 420.0
GAP: Final = 90.0
#: Where the centre begins.
TOP: Final = 64.0
#: The radius of the corner where a line leaves its trunk.
BEND: Final = 10.0
#: The id of the competency itself in the picture.
SELF: Final = "-self"
#: The key of the group of categories that have a single user, where there are more than a few.
OTHERS: Final = "-others"
FEW: Final = 3
KINDS: Final = {"K": "knowledge", "S": "skill", "A": "attitude"}


def svg(
    usage: Usage,
    competency: str,
    lang: Language = Language.CHINESE,
    categories: Mapping[str, str] | None = None,
) -> str:
    """The neighbourhood as an SVG file; ``categories`` are names for 職類別 codes."""
    return render.svg(layout(usage, competency, lang, categories))


def html(
    usage: Usage,
    competency: str,
    lang: Language = Language.CHINESE,
    categories: Mapping[str, str] | None = None,
) -> str:
    """The neighbourhood as a page: pointing at a companion lights up who needs both."""
    return page.html(layout(usage, competency, lang, categories))


def layout(
    usage: Usage,
    competency: str,
    lang: Language = Language.CHINESE,
    categories: Mapping[str, str] | None = None,
) -> Scene:
    """The picture of a competency's users, by category, and of its companions.

    Raises:
        ModelError: if there is no such competency.
    """
    return _Star(usage, neighbourhood(usage, competency), lang, categories or {}).scene()


class _Star:
    """Draws one neighbourhood."""

    def __init__(
        self, usage: Usage, around: Neighbourhood, lang: Language, categories: Mapping[str, str]
    ) -> None:
        self._usage = usage
        self._around = around
        self._lang = Language.of(lang)
        self._own = words(lang)
        self._categories = categories
        self._middle = MARGIN + USERS + GAP
        self._right = self._middle + CENTRE + GAP
        self._top = TOP
        self._ground: list[Shape] = []
        self._links: list[Link] = []
        self._nodes: list[Node] = []

    def scene(self) -> Scene:
        own, centre = self._own, self._around.competency
        title = f"{own['neighbourhood']} · {clean(centre.name)}"
        right = self._right + COMPANIONS
        summary = f"{len(self._around.users)} {own['occupations']}"
        self._ground.append(Text(MARGIN, 44, wrap(title, right - MARGIN, 22)[:1], "title", 22))
        self._centre()
        heads = (
            *self._heading(MARGIN, f"{own['used-by']} {len(self._around.users)}", USERS),
            *self._heading(self._right, own["together"], COMPANIONS),
        )
        bottom = max(self._users(), self._companions())
        return Scene(
            title,
            summary,
            self._lang,
            right + MARGIN,
            bottom + MARGIN,
            tuple(self._ground),
            tuple(self._links),
            tuple(self._nodes),
            frozen=Frozen(0, self._top - 14, TOP - 8, heads),
        )

    def _heading(self, x: float, text: str, wide: float) -> tuple[Shape, ...]:
        y = self._top - 30
        return (
            Text(x, y, (fit(text, wide, 13),), "heading", 13, own=True),
            Curve(f"M{x:.1f} {y + 10:.1f}H{x + wide:.1f}", "rule"),
        )

    def _centre(self) -> None:
        """The competency, which stays in view with the headings; the columns begin below it."""
        centre = self._around.competency
        kind = KINDS.get(centre.kind, "knowledge")
        lines = wrap(centre.name, CENTRE - 32, 17)
        box = Box(self._middle, TOP, CENTRE, 64 + 23.8 * len(lines), kind, 8)
        facts = (
            f"{self._own['rarity']} {self._usage.rarity(centre.id):.1f}"
            f" · {len(self._around.users)} {self._own['occupations']}"
        )
        shapes = (
            box,
            Text(
                box.x + 16,
                TOP + 26,
                (f"{centre.kind} {self._own[kind]}",),
                f"{kind}-code",
                12,
                own=True,
            ),
            Text(box.x + 16, TOP + 50, lines, "title", 17),
            Text(box.x + 16, box.bottom - 12, (facts,), "soft", 11.5, own=True),
        )
        others = (
            *(u.occupation.id for u in self._around.users),
            *(c.competency.id for c in self._around.companions),
        )
        self._nodes.append(Node(SELF, clean(centre.name), box, shapes, others))
        self._top = box.bottom + 16

    def _users(self) -> float:
        """The occupations by category, the largest first; returns where they end."""
        groups: dict[str, list[User]] = {}
        for user in self._around.users:
            categories = user.occupation.categories
            groups.setdefault(categories[0] if categories else "", []).append(user)
        alone = [c for c, users in groups.items() if len(users) == 1]
        if len(alone) > FEW:
            groups[OTHERS] = [user for c in alone for user in groups.pop(c)]
        shared: dict[str, list[str]] = {}
        for companion in self._around.companions:
            for occupation in self._usage.by(companion.competency.id):
                shared.setdefault(occupation, []).append(companion.competency.id)
        y = self._top
        for category in sorted(groups, key=lambda c: (c == OTHERS, -len(groups[c]), c)):
            bottom = self._group(category, groups[category], y, shared)
            self._join(
                [u.occupation.id for u in groups[category]], MARGIN + USERS, (y + bottom) / 2
            )
            y = bottom + 10
        return y

    def _group(
        self, category: str, users: Sequence[User], top: float, shared: Mapping[str, list[str]]
    ) -> float:
        name = self._categories.get(category, "")
        title = f"{category} {name}".strip() or self._own["no-category"]
        if category == OTHERS:
            title = self._own["other-categories"]
        title = fit(f"{title}　{len(users)}", USERS - 24, 12)
        y, x = top + 28, MARGIN + 10
        made: list[Node] = []
        for user in sorted(users, key=lambda u: (u.occupation.name, u.occupation.id)):
            code = user.occupation.categories[:1] if category == OTHERS else ()
            label = fit(" ".join((*code, user.occupation.name)), USERS - 80, 12.5)
            level = badge(user.use.level, 0, 0)
            wide = width(label, 12.5) + 16 + (34 if level else 0)
            if x + wide > MARGIN + USERS - 8:
                x, y = MARGIN + 10, y + 28
            made.append(
                self._user(
                    user, label, Box(x, y, wide, 23, "card", 5), shared.get(user.occupation.id, [])
                )
            )
            x += wide + 6
        bottom = y + 31
        self._ground += [
            Box(MARGIN, top, USERS, bottom - top, "group", 8),
            Text(MARGIN + 12, top + 19, (title,), "heading", 12, own=not name),
        ]
        self._nodes += made
        return bottom

    def _user(self, user: User, label: str, box: Box, shared: Sequence[str]) -> Node:
        facts = [user.occupation.id, *user.occupation.categories, *user.use.units[:12]]
        if user.use.level is not None:
            facts.append(f"L{user.use.level}")
        shapes = (
            box,
            Text(box.x + 8, box.y + 16, (label,), "ink", 12.5),
            *badge(user.use.level, box.right - 3, box.y + 2.5),
        )
        return Node(
            user.occupation.id,
            clean(user.occupation.name),
            box,
            shapes,
            (SELF, *shared),
            (" · ".join(map(clean, facts)),),
        )

    def _companions(self) -> float:
        """What is needed together with it, each with a bar; returns where they end."""
        around = self._around
        users = {u.occupation.id for u in around.users}
        y = self._top
        for companion in around.companions:
            both = [o for o in self._usage.by(companion.competency.id) if o in users]
            node = self._companion(companion, both, y)
            self._nodes.append(node)
            self._join([node.id], self._right, node.box.middle)
            y = node.box.bottom + 6
        return y

    def _companion(self, companion: Companion, both: Sequence[str], top: float) -> Node:
        other = companion.competency
        kind = KINDS.get(other.kind, "knowledge")
        count = f"{companion.together}" + self._lang.aside(f"×{companion.lift:.1f}")
        lines = wrap(other.name, COMPANIONS - 48 - width(count, 11), 12.5)
        box = Box(self._right, top, COMPANIONS, 18 + 17.5 * len(lines), kind, 5)
        part = companion.together / max(1, len(self._around.users))
        shapes = (
            box,
            Box(box.x, box.bottom - 4, COMPANIONS * part, 4, "bar", 2),
            Text(box.x + 10, top + 18, (other.kind,), f"{kind}-code", 12, own=True),
            Text(box.x + 28, top + 18, lines, "ink", 12.5),
            Text(box.right - 10, top + 18, (count,), "soft", 11, anchor="end", own=True),
        )
        says = (f"{companion.together} {self._own['together-summary']}",)
        return Node(other.id, clean(other.name), box, shapes, (SELF, *both), says)

    def _join(self, targets: Sequence[str], x: float, y: float) -> None:
        """A line between the centre and something beside it, along the trunk of its side.

        Lines of one side run in one trunk below the centre, so that many are no thicket.
        """
        left = x < self._middle
        trunk = self._middle + (CENTRE / 3 if left else CENTRE * 2 / 3)
        turn = -BEND if left else BEND
        path = (
            f"M{trunk:.1f} {self._top - 16:.1f}V{y - BEND:.1f}Q{trunk:.1f} {y:.1f} "
            f"{trunk + turn:.1f} {y:.1f}H{x:.1f}"
        )
        self._links.append(Link(SELF, tuple(targets), Curve(path, "trunk")))
