"""Reads YAML and JSON sources into a Record, with the line of every value.

YAML is the authoring format: codes are texts however they look (``1420`` is the occupation
"1420", not a number), only levels are integers. What the schema does not allow is an error that
names its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kps_graph import resources
from kps_graph.document import Json, Record, Span
from kps_graph.errors import TooLarge, Undecodable
from kps_graph.words import Lines, Sentence, closest, parser_reason

if TYPE_CHECKING:
    import jsonschema
    import yaml

__all__ = ["read_json", "read_yaml"]

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
#: A level that is a number; more digits than this are text.
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
#: Characters of a value or complaint that are shown.
_LONG: Final = 200
_MAX_DEPTH: Final = 60
_MAX_NODES: Final = 100_000
#: So many digits of a number are read; Python takes a time with the square of them.
_MAX_DIGITS: Final = 1000

Path = tuple[str | int, ...]


def read_json(text: str, source: str) -> Record:
    """The record in a JSON text: ours, checked against the schema, or the third party's.

    Raises:
        Undecodable: if it is no JSON object, or one of ours that breaks the schema.
    """
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise Undecodable(
            "this is not valid JSON: {reason}",
            reason=parser_reason(error.msg),
            source=source,
            line=error.lineno,
            column=error.colno,
        ) from error
    except _Twice as error:
        _compose(text.replace("\t", " "), source)  # knows the line
        raise Undecodable(
            "the key {reason} stands twice in one object", reason=str(error), source=source
        ) from error
    except ValueError as error:
        raise Undecodable("a number in this JSON is too long to be one", source=source) from error
    except RecursionError as error:
        raise TooLarge("the JSON is nested too deeply", source=source) from error
    _refuse_half_characters(text, data, source)
    if not isinstance(data, dict):
        raise Undecodable("a JSON object was expected", source=source, line=1)
    # before each value but the first stands one of these; they are counted at once
    if sum(map(text.count, "[,:")) >= _MAX_NODES and _is_endless(data):
        raise TooLarge("the JSON has more parts than any standard", source=source)
    if "competency_tasks" in data and "metadata" in data:
        return Record(source, data, "icap-json")
    lines = _json_lines(text, source)
    _check(data, source, lines)
    return Record(source, data, "json", lines)


class _Twice(Exception):
    """A key that stands twice in one object."""


def _is_endless(data: Json) -> bool:
    """Whether there are more values in ``data`` than are read."""
    found: list[Json] = [data]
    for value in found:
        if isinstance(value, (dict, list)):  # a union of types would be made for each value
            found += value.values() if isinstance(value, dict) else value
        if len(found) > _MAX_NODES:
            return True
    return False


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(digits[:_LONG])
    return int(digits)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(repr(next(key for key in keys if keys.count(key) > 1)))
    return made


def _refuse_half_characters(text: str, data: Json, source: str) -> None:
    """Refuses half of a surrogate pair, which only an escape can bring in: it is no text."""
    if _SURROGATE.search(text):
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise Undecodable(
                "an escape in this JSON is half a character (\\ud800 to \\udfff without its pair)",
                source=source,
            ) from error


def _json_lines(text: str, source: str) -> Mapping[Path, int]:
    """The lines of a JSON text's values; JSON is YAML, except that it may indent by tabs."""
    try:
        return _compose(text.replace("\t", " "), source)[1]
    except Undecodable:
        return {}


def read_yaml(text: str, source: str) -> Record:
    """The record in a YAML text of the authoring format.

    Raises:
        Undecodable: if it is no YAML mapping or breaks the schema; with the line.
        TooLarge: if it is nested or aliased beyond any real standard.
    """
    record = read_mapping(
        text,
        source,
        Sentence("a mapping with code, name, tasks, … was expected"),
        Sentence("kps-graph parse --format yaml shows the authoring format"),
    )
    _check(dict(record.data), source, record.lines)
    return record


def read_mapping(
    text: str, source: str, expected: Sentence, hint: Sentence, listed: str = ""
) -> Record:
    """The record in a YAML or JSON text, whatever its keys.

    Args:
        text: the text.
        source: its name, for messages.
        expected: what is said if it is no mapping.
        hint: what to do then.
        listed: the key below which a list stands that is all of the text; "" to refuse one.

    Raises:
        Undecodable: if it is none; with the line.
        TooLarge: if it is nested or aliased beyond any real document.
    """
    data, lines, warnings = _compose(text, source)
    if listed and isinstance(data, list):
        data, lines = {listed: data}, {(listed, *path): line for path, line in lines.items()}
    if not isinstance(data, dict):
        raise Undecodable(expected, source=source, line=1, hint=hint)
    return Record(source, data, "yaml", lines, tuple(warnings))


def _compose(
    text: str, source: str
) -> tuple[Json, dict[Path, int], list[tuple[str, str | Sentence, Span]]]:
    """The data of a YAML text, the line of each path, and what is odd about it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Undecodable(
            "this is not valid YAML: {reason}",
            reason=parser_reason(error.problem or error.context or ""),
            source=source,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from error
    except yaml.YAMLError as error:
        raise Undecodable(
            "this is not valid YAML: {reason}", reason=parser_reason(str(error)), source=source
        ) from error
    except RecursionError as error:
        raise TooLarge("the YAML is nested too deeply", source=source) from error
    if root is None:
        return None, {}, []
    builder = _Builder(source)
    return builder.build(root, ()), builder.lines, builder.warnings


class _Builder:
    """Turns YAML nodes into data, scalars as texts except null and the integers of levels."""

    __slots__ = ("_count", "_source", "lines", "warnings")

    def __init__(self, source: str) -> None:
        self._source = source
        self._count = 0
        self.lines: dict[Path, int] = {}
        self.warnings: list[tuple[str, str | Sentence, Span]] = []

    def build(self, node: yaml.Node, path: Path) -> Json:
        """The data of ``node``, which stands at ``path``."""
        import yaml

        self._count += 1
        line = node.start_mark.line + 1
        if len(path) > _MAX_DEPTH or self._count > _MAX_NODES:
            raise TooLarge(
                "the YAML is nested or repeated beyond any standard", source=self._source, line=line
            )
        self.lines.setdefault(path, line)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if node.tag == "tag:yaml.org,2002:null" and not node.value.strip("~"):
            return None
        if node.tag == "tag:yaml.org,2002:null" and node.value.lower() == "null":
            return None
        text = str(node.value)
        # json.dumps quotes what is a text, so a bare number is a number only where one is meant
        if (
            node.tag == "tag:yaml.org,2002:int"
            and path[-1:] == ("level",)
            and _NUMBER.fullmatch(text)
        ):
            return int(text)
        return text

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Json]:
        made: dict[str, Json] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node.value, str):
                raise Undecodable("a key must be a text", source=self._source, line=line)
            key = key_node.value
            if key in made:
                raise Undecodable(
                    "the key {key!r} stands twice in one mapping",
                    key=key,
                    source=self._source,
                    line=line,
                )
            self.lines[(*path, key)] = line
            made[key] = self.build(value_node, (*path, key))
        return made


@lru_cache(maxsize=1)
def _validator() -> jsonschema.protocols.Validator:
    import jsonschema

    schema = json.loads((resources.folder("ontology") / "standard.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _check(data: Json, source: str, lines: Mapping[Path, int]) -> None:
    """Holds ``data`` against the schema.

    Raises:
        Undecodable: with every breach, at the line of the first.
    """
    errors = sorted(_validator().iter_errors(data), key=lambda e: _line(lines, e.absolute_path))
    if not errors:
        return
    found = []
    for error in errors[:20]:
        line = _line(lines, error.absolute_path)
        where = ".".join(str(p) for p in error.absolute_path) or Sentence("the document")
        found.append(
            Sentence("line {line}: {where}: {fault}", line=line, where=where, fault=_explain(error))
        )
    first = _line(lines, errors[0].absolute_path)
    raise Undecodable(
        "this is not the shape of a standard:\n  {faults}",
        faults=Lines(tuple(found), "\n  "),
        source=source,
        line=first or None,
        hint=Sentence("the shape is described by ontology/standard.schema.json"),
    )


def _line(lines: Mapping[Path, int], path: Iterable[str | int]) -> int:
    where = tuple(path)
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 0)


def _explain(error: jsonschema.ValidationError) -> Sentence | Lines:
    """The schema's complaint, with a suggestion for a misspelled key."""
    value = repr(error.instance)[:_LONG]
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties" if isinstance(error.instance, dict):
            schema = error.schema if isinstance(error.schema, dict) else {}
            known = list(schema.get("properties", {}))
            unknown = sorted(set(map(str, error.instance)) - set(known))
            return Lines(tuple(_unknown(key, known) for key in unknown), "; ")
        case "required":
            missing = (key for key in wanted if error.message.startswith(repr(key)))
            return Sentence("{key!r} is a required property", key=next(missing, ""))
        case "type":
            types = (wanted,) if isinstance(wanted, str) else tuple(wanted)
            return Sentence(
                "{value} is not of type {types}", value=value, types=tuple(map(repr, types))
            )
        case "enum":
            return Sentence(
                "{value} is not one of {values}", value=value, values=tuple(map(repr, wanted))
            )
        case _:
            return Sentence(str(error.message)[:_LONG])


def _unknown(key: str, known: Sequence[str]) -> Sentence:
    if close := closest(key, known, 1):
        return Sentence("unknown key {key!r}, did you mean {name!r}?", key=key, name=close[0])
    return Sentence("unknown key {key!r}", key=key)
