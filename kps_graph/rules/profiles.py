"""Profiles: how severe each rule is in a check, which are switched off and why, what is added.

Three come with kps-graph, in ``shapes/profiles/``: ``draft``, ``review`` and ``import``. A user's
own is a TOML file::

    base = "review"                   # the profile that it changes; by default draft
    shapes = ["mine.ttl"]             # SHACL, by path from this file
    queries = ["mine.rq"]             # see kps_graph.shacl.asked
    idle = true                       # a shape may meet no node, as SHACL allows

    [severity]
    R08 = "violation"
    mine = "info"                     # a rule of one's own: dcterms:identifier, or the query's name

    [off]
    R13 = "本會之職責名稱依公會慣例"      # the reason must be stated
    R20-name-broader = "…"            # one shape of a rule (docs/rules.md) alone

What is said of a shape goes before what is said of its rule.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kps_graph import resources
from kps_graph.errors import BadProfile, UnknownRule
from kps_graph.formats import SourceFormat
from kps_graph.report import Finding, Severity
from kps_graph.rules import catalogue as rules
from kps_graph.saving import content_of
from kps_graph.words import Language, Sentence, closest, did_you_mean, parser_reason, reason

if TYPE_CHECKING:
    from kps_graph.queries.library import Query
    from kps_graph.shacl import Shapes

__all__ = ["Profile", "applied", "default", "load", "names"]

#: So many bytes of a profile are read; what is written by hand is far shorter.
_MOST: Final = 2**20
_KEYS: Final = ("base", "title", "severity", "off", "shapes", "queries", "idle")
_LANGUAGES: Final = tuple(language.value for language in Language)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a check is to be made.

    Attributes:
        name: ``draft``, ``review``, ``import``, or the name of a user's file.
        title: what it is for, by language tag.
        severity: the severity of the findings of a rule or shape, where it is not its own.
        off: the rules and shapes that are switched off, and why.
        shapes: a user's own shapes; None if there are none.
        queries: a user's own queries, each row of which is a finding.
    """

    name: str
    title: Mapping[str, str]
    severity: Mapping[str, Severity] = field(default_factory=dict)
    off: Mapping[str, str] = field(default_factory=dict)
    shapes: Shapes | None = None
    queries: tuple[Query, ...] = ()

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """``findings`` as this profile grades them, with what to do, without what it switches off."""
        remedies = {rule.number: rule.remedy for rule in rules.rules()}
        return [
            replace(
                f,
                severity=self._severity(f, shape),
                remedy=remedies.get(f.rule, {}),
                details=tuple(self.apply(f.details)),
            )
            for f in findings
            if self.wants(f.rule, shape := f.shape.rpartition("#")[2])
        ]

    def wants(self, rule: str, shape: str) -> bool:
        """Whether what ``shape`` of ``rule`` finds is said: neither is switched off."""
        return shape not in self.off and (rule not in self.off or shape in self.severity)

    def _severity(self, finding: Finding, shape: str) -> Severity:
        return self.severity.get(shape, self.severity.get(finding.rule, finding.severity))


def names() -> tuple[str, ...]:
    """The profiles that come with kps-graph."""
    return tuple(_files())


def default(format: str) -> Profile:
    """The profile of a document in ``format`` if none is named; ``import`` for a third party's."""
    return load("import" if format == str(SourceFormat.ICAP_JSON) else "draft")


def applied(profile: Profile | None, formats: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles that apply to documents in ``formats``, each once."""
    used = (profile or default(f) for f in sorted(set(formats)))
    return tuple({p.name: p for p in used}.values())


def load(name: str) -> Profile:
    """The profile called ``name``, or in the TOML file of that path.

    Raises:
        BadProfile: if there is none, or something in it is unknown or malformed.
    """
    if name in names():
        return _shipped(name)
    path = Path(name)
    if path.suffix.lower() != ".toml":
        raise BadProfile(
            "there is no profile {name!r}",
            name=name,
            hint=did_you_mean(closest(name, names()))
            or Sentence("use {names}, or a file ending in .toml", names=tuple(names())),
        )
    return _own(path, ())


def _own(path: Path, above: tuple[Path, ...]) -> Profile:
    """A user's profile; ``above`` are those that are based on it."""
    if path.resolve() in above:
        raise BadProfile(
            "this profile is based on itself",
            source=str(path),
            hint=Sentence("name another profile as base, or take the line out"),
        )
    data = _read(path)
    base = _text(path, data, "base") or "draft"
    if Path(base).suffix.lower() == ".toml":
        return _changed(_own(path.parent / base, (*above, path.resolve())), path, data)
    return _changed(load(base), path, data)


@cache
def _shipped(name: str) -> Profile:
    """The profile that comes with kps-graph under ``name``, read once: its file does not change."""
    path = _files()[name]
    return _changed(Profile(name, {}), path, _read(path))


@cache
def _files() -> Mapping[str, Path]:
    """The files of the profiles that come with kps-graph, by name."""
    return {p.stem: p for p in resources.files("shapes", "profiles/*.toml")}


def _changed(base: Profile, path: Path, data: Mapping[str, object]) -> Profile:
    """``base`` as the file at ``path`` with the keys ``data`` changes it."""
    shapes, queries = _shapes(path, data, base.shapes), _queries(path, data)
    mine = {s.rule for s in shapes.shapes} if shapes else set()
    mine |= {q.name for q in queries}
    graded = {
        _rule(path, number, mine): _severity(path, number, word)
        for number, word in _table(path, data, "severity").items()
    }
    off = {
        _rule(path, number, mine): _reason(path, number, reason)
        for number, reason in _table(path, data, "off").items()
    }
    kept = {number: reason for number, reason in base.off.items() if number not in graded}
    return Profile(
        path.stem,
        _title(path, data) or dict.fromkeys(_LANGUAGES, path.name),
        {**base.severity, **graded},
        {**kept, **off},
        shapes,
        queries or base.queries,
    )


def _read(path: Path) -> dict[str, object]:
    try:
        data = tomllib.loads(content_of(path, most=_MOST).decode("utf-8-sig"))
    except OSError as error:
        raise BadProfile(
            "the profile cannot be read: {reason}", reason=reason(error), source=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise BadProfile(
            "the profile is not UTF-8", source=str(path), hint=Sentence("save it as UTF-8")
        ) from error
    except (ValueError, RecursionError) as error:  # numbers without end too
        raise BadProfile(
            "the profile is not TOML: {reason}",
            reason=parser_reason(str(error)),
            source=str(path),
        ) from error
    _refuse_unknown(path, Sentence("key"), data, _KEYS)
    return data


def _refuse_unknown(
    path: Path, kind: Sentence, given: Iterable[str], known: Collection[str]
) -> None:
    for name in given:
        if name not in known:
            raise BadProfile(
                "unknown {kind} {name!r}",
                kind=kind,
                name=name,
                source=str(path),
                hint=did_you_mean(closest(name, known))
                or Sentence("use {names}", names=tuple(known)),
            )


def _text(path: Path, data: Mapping[str, object], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise BadProfile("{key!r} must be a text", key=key, source=str(path))
    return value


def _table(path: Path, data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise BadProfile("{key!r} must be a table: [{key}]", key=key, source=str(path))
    return value


def _title(path: Path, data: Mapping[str, object]) -> Mapping[str, str]:
    title = data.get("title", {})
    if isinstance(title, str):
        return dict.fromkeys(_LANGUAGES, title) if title else {}
    found = _table(path, data, "title")
    _refuse_unknown(path, Sentence("language"), found, _LANGUAGES)
    texts = all(isinstance(text, str) for text in found.values())
    if found and not (texts and set(found) == set(_LANGUAGES)):
        raise BadProfile(
            "'title' must be one text, or one each in zh-Hant and en", source=str(path)
        )
    return {lang: str(text) for lang, text in found.items()}


def _rule(path: Path, number: str, mine: Collection[str]) -> str:
    if number in mine or ("-" in number and any(number in r.shapes for r in rules.rules())):
        return number
    try:
        return rules.get(number).number
    except UnknownRule as error:
        raise BadProfile(
            error.said,
            source=str(path),
            hint=did_you_mean(closest(number, mine)) or error.advice,
        ) from error


def _severity(path: Path, number: str, word: object) -> Severity:
    try:
        return Severity.of(word if isinstance(word, str) else "")
    except KeyError as error:
        known = [str(s) for s in sorted(Severity, reverse=True)]
        raise BadProfile(
            "{number} has the unknown severity {word!r}",
            number=number,
            word=str(word),
            source=str(path),
            hint=did_you_mean(closest(str(word), known))
            or Sentence("use {names}", names=tuple(known)),
        ) from error


def _reason(path: Path, number: str, reason: object) -> str:
    if not isinstance(reason, str) or not reason.strip():
        raise BadProfile(
            "{number} is switched off without a reason",
            number=number,
            source=str(path),
            hint=Sentence('write {number} = "the reason" below [off]', number=number),
        )
    return reason.strip()


def _paths(path: Path, data: Mapping[str, object], key: str) -> list[Path]:
    given = data.get(key, [])
    if not isinstance(given, list) or not all(isinstance(g, str) for g in given):
        raise BadProfile("{key!r} must be a list of paths", key=key, source=str(path))
    return [path.parent / str(g) for g in given]


def _shapes(path: Path, data: Mapping[str, object], above: Shapes | None) -> Shapes | None:
    """The shapes of the profile at ``path``, else those ``above``, of the one that it changes."""
    paths = _paths(path, data, "shapes")
    idle = data.get("idle", bool(above and not paths and above.idle))
    if not isinstance(idle, bool):
        raise BadProfile("{key!r} must be true or false", key="idle", source=str(path))
    if paths:
        from kps_graph import shacl

        return shacl.load_shapes(paths, idle=idle)
    if above is None and "idle" in data:
        raise BadProfile(
            "'idle' says nothing without shapes",
            source=str(path),
            hint=Sentence('name the files: shapes = ["mine.ttl"]'),
        )
    return above and replace(above, idle=idle)


def _queries(path: Path, data: Mapping[str, object]) -> tuple[Query, ...]:
    paths = _paths(path, data, "queries")
    if not paths:
        return ()
    from kps_graph.shacl.asked import read_query

    return tuple(map(read_query, paths))
