"""A store as a folder of pages for any web host: the same pages, with a search in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kps_graph.exports.site import static
from kps_graph.exports.site.frame import ASSETS, Frame, asset, file_of, findings_of, part_of
from kps_graph.exports.site.standard import MOST
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.rules import catalogue
from kps_graph.saving import replace_file
from kps_graph.web.views import asking, competencies, home, learning, standards
from kps_graph.web.views.asked import Asked
from kps_graph.words import Language

__all__ = ["LISTED", "write"]

#: So many standards the search lists at once, until something is typed.
LISTED: Final = 400


def write(
    graph: KnowledgeGraph, folder: Path, progress: Callable[[int, int], object] | None = None
) -> int:
    """Writes the pages of a store below ``folder``; how many there are.

    Competencies that one occupation alone uses have no page: they stand in that of its standard.

    Args:
        graph: the store.
        folder: where to; what is there of earlier is written over.
        progress: told after each page how many are done, and of how many.
    """
    asked = Asked(graph)
    texts = static.texts(_texts(asked))
    pages = list(_pages(asked, texts))
    for name in ASSETS:
        _put(folder, f"assets/{name}", asset(name))
    for number, script in enumerate(texts.scripts):
        _put(folder, f"assets/texts/{number}.js", script.encode("utf-8", "replace"))
    for number, (path, page) in enumerate(pages, 1):
        for lang in Language:
            frame = Frame(lang, path, asked.held, static=True)
            _put(folder, file_of(path, lang), page(frame).encode("utf-8", "replace"))
        if progress:
            progress(number, len(pages))
    if len(asked.usage.occupations) > 1:
        for lang in Language:
            frame = Frame(lang, "/map/picture.svg", asked.held, static=True)
            _put(folder, file_of(frame.path, lang), asking.map_picture(asked, frame).encode())
    for identity in asked.facts:
        for ending in standards.DOWNLOADS:
            data = standards.download(asked, identity, ending)
            _put(folder, file_of(f"/download/{identity}.{ending}", Language.CHINESE), data)
    return len(pages) * len(Language)


def _put(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data)


def _pages(asked: Asked, texts: static.Texts) -> Iterator[tuple[str, Callable[[Frame], str]]]:
    """The address of each page, and what makes it."""
    yield "/", partial(home.page, asked)
    listed = [(f.code, f.name, f.identity) for f in asked.facts.values()]
    parts = max(1, -(-len(listed) // LISTED))
    for n in range(1, parts + 1):
        part = static.Part(listed[(n - 1) * LISTED : n * LISTED], n, parts)
        yield part_of("/search", n), partial(_search, asked, part=part, texts=texts)
    yield "/map", partial(asking.map_page, asked)
    yield "/rules", learning.rules_page
    for rule in (*catalogue.rules(), *catalogue.course_rules()):
        yield f"/rules/{rule.number}", partial(learning.rule_page, number=rule.number)
    yield "/glossary", learning.glossary_page
    yield "/about", partial(learning.about_page, asked)
    yield "/accessibility", learning.accessibility_page
    for identity in asked.facts:
        yield f"/id/{identity}", partial(standards.page, asked, identity=identity)
        for n in range(2, -(-len(asked.identities[identity].findings) // MOST) + 1):
            made = partial(standards.page, asked, identity=identity, findings=n)
            yield findings_of(identity, n), made
    for competency in asked.usage.competencies:
        users = len(asked.usage.by(competency.id))
        path = f"/id/{competency.id.removeprefix(asked.graph.base)}"
        for n in range(1, -(-users // competencies.PAGE) + 1 if users > 1 else 1):
            made = partial(competencies.page, asked, iri=competency.id, number=n)
            yield part_of(path, n), made


def _classes(asked: Asked, lang: Language) -> dict[str, dict[str, str]]:
    """By scheme and code, the names of the classes that standards of the store state."""
    return {
        scheme: {
            code: names[code]
            for code in sorted(
                {c for facts in asked.facts.values() for c in getattr(facts, scheme)}
            )
            if code in names
        }
        for scheme in ("category", "occupation", "industry")
        for names in (asked.classes(scheme, lang),)
    }


def _search(asked: Asked, frame: Frame, part: static.Part, texts: static.Texts) -> str:
    """The search, with a part of the standards."""
    return static.search_page(frame, part, texts, _classes(asked, frame.lang))


def _texts(asked: Asked) -> Iterator[static.Entry]:
    """What the search in the browser looks through."""
    for facts in asked.facts.values():
        classes = (*facts.category, *facts.occupation, *facts.industry)
        address = _address(facts.identity)
        yield "W", facts.name, facts.code or facts.identity, address, classes
        for unit in asked.standard(facts.identity).units():
            if unit.code:
                where = f"{facts.name} {unit.code}"
                yield "T", unit.name[:200], where, f"{address}#{unit.code}", ()
    base = asked.graph.base
    for competency in asked.usage.competencies:
        users = sorted(asked.usage.by(competency.id))
        where = "、".join(asked.usage.occupation(u).name for u in users[:3])
        several = len(users) > 1
        address = _address(competency.id.removeprefix(base) if several else users[0])
        yield competency.kind, competency.name[:200], where, address, ()


def _address(identity: str) -> str:
    """Where the page of a standard or competency is, from the root of its language."""
    return quote(file_of(f"/id/{identity}", Language.CHINESE), safe="/~=")
