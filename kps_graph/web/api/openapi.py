"""The description of the API in OpenAPI 3.1, made of what can be asked: nothing is said twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from kps_graph import resources
from kps_graph.store.rows import NO_LISTS
from kps_graph.version import __version__
from kps_graph.web.api.parameters import COMMON, Parameter
from kps_graph.web.api.question import Question
from kps_graph.words import Bilingual

__all__ = ["PAGING", "described"]

#: How an answer of many rows is cut into pages.
PAGING: Final = (
    Parameter(
        "limit", Bilingual("一頁幾列", "rows of a page"), "integer", 100, least=1, most=10_000
    ),
    Parameter("offset", Bilingual("略過幾列", "rows left out before it"), "integer", 0, least=0),
)
_PROBLEMS: Final = {
    "400": Bilingual("參數不合", "a parameter that cannot be what it is"),
    "404": Bilingual("沒有此名稱", "a name that the store does not hold, with what could be meant"),
    "405": Bilingual("不是 GET", "another method"),
    "406": Bilingual("沒有可接受的格式", "no media type that is accepted"),
    "429": Bilingual("請求太多", "too many requests"),
    "503": Bilingual("超過上限或無法讀取", "a bound was met, or the store cannot be read"),
}


def described(questions: Iterable[Question], where: str) -> dict[str, Any]:
    """The description of the API at the address ``where``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kps-graph",
            "version": __version__,
            "summary": "職能基準知識圖譜 · Competency standards as a knowledge graph",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": where}],
        "paths": {f"/api/{q.path}": {"get": _operation(q)} for q in questions},
        "components": {"schemas": {"Problem": _PROBLEM, **_shapes()}, "responses": _responses()},
    }


_HERE: Final = "#/components/schemas/"
_PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "source": {"type": "string"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
}


#: The schemas of the package, what its definitions are called here, and which of them are needed.
_SCHEMAS: Final = (
    ("answers", "", "Answers"),
    ("standard", "Standard.", "Standard"),
    ("documents", "Document.", "Document.difference"),
)


def _shapes() -> dict[str, Any]:
    """The shapes of answers, as commands print them: the schemas that the package ships."""
    found: dict[str, Any] = {}
    for name, prefix, wanted in _SCHEMAS:
        found |= _needed(_definitions(name, prefix), wanted)
    return found


def _definitions(name: str, prefix: str) -> dict[str, Any]:
    """A schema and its definitions, by their names in this description."""
    (file,) = (p for p in resources.files("ontology", "*.json") if p.name == f"{name}.schema.json")
    text = file.read_text("utf-8").replace("#/$defs/", f"{_HERE}{prefix}")
    schema = json.loads(text)
    shapes = {f"{prefix}{each}": said for each, said in schema.pop("$defs").items()}
    # a part of this description is no document of its own
    whole = {k: v for k, v in schema.items() if k not in ("$schema", "$id")}
    return {name.capitalize(): whole, **shapes}


def _needed(shapes: dict[str, Any], name: str) -> dict[str, Any]:
    """A shape with all that it refers to."""
    found: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = shapes[name]
            waiting += re.findall(f'"{_HERE}([^"]+)"', json.dumps(shapes[name]))
    return found


def _responses() -> dict[str, Any]:
    schema = {"$ref": f"{_HERE}Problem"}
    return {
        f"Problem{status}": {
            "description": _said(said),
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status, said in _PROBLEMS.items()
    }


def _said(text: Bilingual) -> str:
    return f"{text.chinese} · {text.english}"


def _operation(question: Question) -> dict[str, Any]:
    listed = (*question.parameters, *(() if question.single else PAGING), *COMMON)
    fault = {s: {"$ref": f"#/components/responses/Problem{s}"} for s in _PROBLEMS}
    return {
        "operationId": re.sub(r"\W+", "-", question.path).strip("-"),
        "summary": _said(question.title),
        "tags": [question.path.partition("/")[0]],
        "parameters": [_parameter(p, question.path) for p in listed],
        "responses": {"200": _answer(question), **fault},
    }


def _parameter(parameter: Parameter, path: str) -> dict[str, Any]:
    place = "path" if f"{{{parameter.name}}}" in path else "query"
    more = {"style": "form", "explode": True} if parameter.many else {}
    return {
        "name": parameter.name,
        "in": place,
        "required": parameter.required,
        "description": _said(parameter.description),
        "schema": parameter.schema(),
        **more,
    }


def _answer(question: Question) -> dict[str, Any]:
    schema = {"$ref": f"{_HERE}{question.document}"} if question.document else _listed(question)
    content = {"application/json": {"schema": schema}}
    if not question.document:
        content["text/csv"] = {"schema": {"type": "string"}}
    said = {"description": _said(question.title), "content": content}
    if question.single:
        return said
    total = {
        "description": _said(Bilingual("各頁的總列數", "rows in all pages")),
        "schema": {"type": "integer"},
    }
    link = {"description": "RFC 8288", "schema": {"type": "string"}}
    return {**said, "headers": {"Link": link, "X-Total-Count": total}}


#: The entries of a list, as JSON Schema calls them.
_ENTRIES: Final = {str: "string", int: "integer"}


def _listed(question: Question) -> dict[str, Any]:
    """The schema of answers, each of the shape that the question has."""
    lists = question.query.lists if question.query else NO_LISTS
    columns = {
        name: {
            **(
                {"type": ["array", "null"], "items": {"type": _ENTRIES[lists[name]]}}
                if name in lists
                else {}
            ),
            "description": _said(text),
        }
        for name, text in question.columns
    }
    one: dict[str, Any] = {"$ref": f"{_HERE}{question.shape}"}
    if columns:
        one |= {"required": list(columns), "properties": columns}
    return {"$ref": f"{_HERE}Answers", "properties": {"answers": {"items": one}}}
