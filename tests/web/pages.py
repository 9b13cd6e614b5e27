"""What the tests of pages look at: all pages of the example store, and a page as elements."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: An address of each kind of page, states of some of them included.
PAGES = (
    "/",
    "/search",
    "/search?q=客戶抱怨",
    "/search?q=zzzqqq&kind=K",
    "/search?q=客戶&level=4-5&sort=name",
    "/id/KPS1420-001v2?light=K10&findings=1",
    "/id/ZZZ3331-905v1",
    "/id/concept/S-b51a6d98f625ecc8",
    "/compare",
    "/compare?with=KPS1420-001v2&with=ZZZ1499-903v1",
    "/gap?from=KPS1420-001v2&to=ZZZ1499-903v1",
    "/path?from=KPS1420-001v2&to=ZZZ4323-901v2",
    "/trace?in=KPS1420-001v2&code=S13",
    "/diff?v=KPS1420-001v2&v=ZZZ1499-903v1",
    "/map",
    "/overlap",
    "/overlap?in=level%3D3-5",
    "/queries",
    "/queries/standards",
    "/queries/gap?a=KPS1420-001v2&b=ZZZ1499-903v1",
    "/editor?query=SELECT+*+WHERE+{?s+?p+?o}+LIMIT+5",
    "/editor?example=gap",
    "/api",
    "/rules",
    "/rules/R07",
    "/rules/C06",
    "/glossary",
    "/ontology",
    "/scheme/level/3",
    "/query/gap",
    "/about",
    "/accessibility",
    "/check",
    "/course?standard=KPS1420-001v2&tasks=T1",
)

#: Addresses that have no page of their own: data, files, pictures, and what only programs ask.
NO_PAGES = re.compile(
    r"/(sparql|graph-store|health|metrics|openapi|api/|reconcile|mcp|robots|sitemap|assets|download"
    r"|suggest|graph/|check/file|course/(file|template)|ontology(\.|/)|(map|overlap)/picture"
    r"|queries/\{name\}/)"
)


class Page(HTMLParser):
    """A page as what a reader meets: elements with their attributes, and their texts.

    Attributes:
        elements: name and attributes of each, in order.
        text: everything that is written, white space joined.
    """

    def __init__(self, html):
        super().__init__()
        self.elements, self._texts = [], []
        self.feed(html)
        self.text = " ".join("".join(self._texts).split())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self._texts.append(data)

    def all(self, tag, **wanted):
        """The attributes of every element of a name that has these values."""
        return [
            a
            for t, a in self.elements
            if t == tag and all(a.get(k.rstrip("_")) == v for k, v in wanted.items())
        ]

    @property
    def links(self):
        """Where links lead."""
        return [a["href"] for a in self.all("a") if "href" in a]

    @property
    def ids(self):
        """Every anchor, in order."""
        return [a["id"] for _, a in self.elements if "id" in a]
