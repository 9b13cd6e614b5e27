"""What stands around every page: its language, its links, and the state of the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final
from urllib.parse import quote, quote_plus, unquote

from markupsafe import Markup

from kps_graph.exports import pages
from kps_graph.exports.pictures.theme import either
from kps_graph.exports.site.words import named, word
from kps_graph.printable import printable
from kps_graph.report import Severity
from kps_graph.saving import refused_by_windows
from kps_graph.words import Language

__all__ = [
    "ASSETS",
    "POLICY",
    "SLICED",
    "Frame",
    "Held",
    "asset",
    "file_of",
    "findings_of",
    "part_of",
    "render",
]

#: What every page may use: what comes from its own host, and nothing inline.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The files that pages load.
ASSETS: Final = (
    "tokens.css",
    "components.css",
    "pictures.css",
    "explorer.js",
    "icon.svg",
    "static.js",
)
#: What the editor of queries loads besides: Yasqe of @zazuko/yasgui, and its licence.
EDITOR: Final = (
    "editor.css",
    "editor.js",
    "yasqe.min.css",
    "yasqe.min.js",
    "yasqe.LICENSE.txt",
)
#: The pages that answer for a slice; they carry it among each other.
SLICED: Final = ("/map", "/overlap", "/compare", "/queries")
#: A text is cut for display beyond so many characters: a browser takes 22 s to break 100,000.
_LONG: Final = 2000
#: Bytes of the name of a file, of 255 that file systems take: an ending and a mark may follow.
_NAMED: Final = 200
_ENDING: Final = re.compile(r"\.(css|js|json|yaml|ttl|csv|xlsx|graphml|svg)$")
_SIGNS: Final = {Severity.VIOLATION: "bad", Severity.WARNING: "warn", Severity.INFO: "info"}
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
#: What may stand in the path of an address as it is.
_PATH: Final = "/%~:@!$&'()*+,;=-._"


@dataclass(frozen=True, slots=True)
class Held:
    """What the store of a site holds.

    Attributes:
        standards: how many.
        occupations: how many, each counted once.
        built: the date that it was built at; "" if that is not known.
        only: the identity of the one standard that it holds; "" if it holds none or several.
    """

    standards: int = 0
    occupations: int = 0
    built: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page stands.

    Attributes:
        lang: of the page; texts of documents stay Chinese.
        path: its own address, such as ``/id/KPS1420-001v2``.
        held: what the store holds.
        params: the parameters of its address, without the language.
        carried: whether links carry the language, because the reader chose it.
        static: whether it is a file of a static site, without a server that answers.
        part: the slice that the page answers for, in its written form; "" for the usual one.
        among: how many occupations that slice has.
    """

    lang: Language
    path: str = "/"
    held: Held = field(default_factory=Held)
    params: tuple[tuple[str, str], ...] = ()
    carried: bool = False
    static: bool = False
    part: str = ""
    among: int = 0

    def word(self, key: str, /, **values: Any) -> str:
        """A text of the interface in the language of the page."""
        return word(self.lang, key, **values)

    def named(self, kind: str, name: str) -> str:
        """What one of a kind is called in the language of the page."""
        return named(self.lang, kind, name)

    def text(self, text: str) -> str | Markup:
        """A text as it is shown: the beginning of one that no browser breaks into lines in time."""
        if len(text) <= _LONG:
            return text
        said = self.word("cut", n=f"{len(text):,}")
        return Markup('{} <span class="quiet">{}</span>').format(printable(cut(text)), said)

    def tongue(self, text: str) -> Markup:
        """The attribute that says that a text on an English page is Chinese; nothing if it is not."""
        chinese = not self.lang.chinese and _CHINESE.search(text)
        return Markup(' lang="zh-Hant"') if chinese else Markup("")

    def href(self, path: str, fragment: str = "", /, **params: str | int | None) -> str:
        """The address of a page: a path of the site, with parameters that are not empty."""
        given = [(k, str(v)) for k, v in params.items() if v not in (None, "")]
        return self._address(path, given, fragment, self.lang, self.carried)

    def listed(self, path: str, params: list[tuple[str, str]], fragment: str = "") -> str:
        """As :meth:`href`, with parameters that may stand several times."""
        return self._address(path, params, fragment, self.lang, self.carried)

    def turned(self, path: str, number: int) -> str:
        """The address of a part of a page that is shown in parts: in a static site a file of its own."""
        if self.static:
            return self.href(part_of(path, number))
        return self.href(path, page=number if number > 1 else None)

    def findings(self, identity: str, number: int) -> str:
        """The address of the page of a standard with a part of its findings."""
        if self.static:
            return self.href(findings_of(identity, number))
        return self.href(f"/id/{identity}", findings=number)

    def in_language(self, lang: Language) -> str:
        """The address of this page in a language."""
        return self._address(self.path, list(self.params), "", lang, True)

    @property
    def whole(self) -> str:
        """The address of this page for all that the store holds, instead of a slice."""
        left = [p for p in self.params if p[0] != "in"]
        return replace(self, part="")._address(self.path, left, "", self.lang, self.carried)

    def linked(self, users: int) -> bool:
        """Whether a competency with so many users has a page."""
        return users > 1 or not self.static

    def asset(self, name: str) -> str:
        """The address of a file that pages load."""
        return f"{self._root}assets/{name}" if self.static else f"/assets/{name}"

    @property
    def _root(self) -> str:
        return "../" * file_of(self.path, self.lang).count("/")

    def _address(
        self,
        path: str,
        params: list[tuple[str, str]],
        fragment: str,
        lang: Language,
        carried: bool,
    ) -> str:
        end = f"#{quote(fragment, safe=_PATH)}" if fragment else ""
        if self.part and path.startswith(SLICED) and "in" not in dict(params):
            params = [*params, ("in", self.part)]
        if self.static:
            asked = _query(params)
            return self._root + quote(file_of(path, lang), safe="/~=") + asked + end
        if carried:
            params = [*params, ("lang", str(lang))]
        asked = _query(params)
        return quote(path, safe=_PATH) + asked + end


def _query(params: list[tuple[str, str]]) -> str:
    """Parameters as they stand in an address."""
    return f"?{'&'.join(f'{_plus(k)}={_plus(v)}' for k, v in params)}" if params else ""


@lru_cache(maxsize=1024)
def _plus(text: str) -> str:
    # a page of results has a hundred links with the same words in them
    return quote_plus(text, safe=":")


def part_of(path: str, number: int) -> str:
    """The path of a part of a page in a static site: of the second of ``/search`` ``/search-2``."""
    return path if number == 1 else f"{path}-{number}"


def findings_of(identity: str, number: int) -> str:
    """The path of a part of the findings of a standard in a static site."""
    return f"/id/{identity}" if number == 1 else f"/id/{identity}/findings-{number}"


def file_of(path: str, lang: Language) -> str:
    """The file that a page is in a static site: Chinese at the root, English below ``en/``.

    Its parts hold codes from documents: they are names on every platform, none of which leads out
    of the folder of the site.
    """
    below = "/".join(map(_segment, path.strip("/").split("/"))) or "index"
    named = below if _ENDING.search(below) else (f"{below}.html")
    own = named == f"{below}.html" or named.endswith(".svg")  # a picture has words too
    return f"en/{named}" if own and not lang.chinese else named


def _segment(escaped: str) -> str:
    """A part of an address as the name of a file: what is none on some platform is written ``=3A``.

    A name that is longer than file systems take ends with a digest of what is left out.
    """
    name = "".join(c if c.isalnum() or c in "-._~" else f"={ord(c):X}" for c in unquote(escaped))
    if name.endswith("."):
        name = f"{name[:-1]}=2E"
    if len(name.encode()) > _NAMED:
        ending = _ENDING.search(name)
        digest = sha256(name.encode()).hexdigest()[:16]
        head = name.encode()[: _NAMED // 2].decode(errors="ignore")
        name = f"{head}~{digest}{ending[0] if ending else ''}"
    return f"={ord(name[0]):X}{name[1:]}" if refused_by_windows(name) else name


def asset(name: str) -> bytes:
    """The content of a file that pages load.

    Raises:
        FileNotFoundError: if there is none of that name.
    """
    if name not in (*ASSETS, *EDITOR):
        raise FileNotFoundError(name)
    if name == "pictures.css":  # of the colours that pictures have in files too
        return either(".picture").encode()
    return resources.files("kps_graph.exports.site").joinpath("assets", name).read_bytes()


def render(template: str, frame: Frame, title: str, /, **values: Any) -> str:
    """The page that ``template`` makes of ``values``."""
    shown: Mapping[str, Any] = {
        "frame": frame,
        "title": title,
        "word": frame.word,
        "href": frame.href,
        "text": frame.text,
        "en": Language.ENGLISH,
        "zh": Language.CHINESE,
        "documents": "" if frame.lang.chinese else "zh-Hant",
        **values,
    }
    made: str = _templates().get_template(template).render(shown)
    return made


def _templates() -> Any:
    templates = pages.environment("kps_graph.exports.site")
    templates.filters.setdefault("sign", sign)
    templates.filters.setdefault("cut", cut)
    return templates


def sign(severity: Severity | str) -> str:
    """What the style sheet calls a severity: ``bad``, ``warn`` or ``info``."""
    return _SIGNS[severity if isinstance(severity, Severity) else Severity.of(severity)]


def cut(text: str) -> str:
    """The beginning of a text that no browser could break into lines in time; else all of it."""
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
