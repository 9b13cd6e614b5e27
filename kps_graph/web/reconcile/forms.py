"""The requests of the Reconciliation API, read from the forms in which clients send them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kps_graph.printable import json_text
from kps_graph.search import THINGS
from kps_graph.web.answers import answer
from kps_graph.web.problems import Refusal
from kps_graph.web.reconcile.properties import PROPERTIES
from kps_graph.web.sparql.asking import body
from kps_graph.web.sparql.asking import parameters as form_in
from kps_graph.words import Sentence

__all__ = ["Asked", "Extension", "asked_in", "extension_in", "number_in", "parameters", "told"]

#: Bytes of a request.
_BODY: Final = 4 << 20
#: The names of functions that an answer may be given to.
_FUNCTION: Final = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST: Final = 200
#: More names, or candidates of one, than these are not looked for at once.
_MOST: Final = 5000
_CANDIDATES: Final = 100
#: Candidates of one where it is not said how many.
_USUAL: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that is looked for, and what is known of the thing that it means.

    Attributes:
        name: as written; "" if only properties are given.
        kinds: what it may be; all if there is none.
        limit: how many candidates are wanted.
        properties: by their id what a candidate should have: texts, numbers and IRIs as text. No
            candidate has a property that there is not.
    """

    name: str
    kinds: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """Values that are wanted: of which things, and of which properties.

    Attributes:
        ids: IRIs.
        properties: by their ids, with how many values are wanted; 0 for all.
    """

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


async def parameters(request: Request) -> Mapping[str, str]:
    """The parameters of a request, in its address, or in the form or the JSON that it sends.

    Raises:
        Refusal: 413, if it sends too much; 400, if its JSON is no object.
    """
    given = dict(request.query_params)
    if request.method != "POST":
        return given
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        async with request.form(max_files=0, max_fields=20, max_part_size=_BODY) as form:
            return given | {n: v for n, v in form.items() if isinstance(v, str)}
    content = await body(request, _BODY)
    if media_type != "application/json":
        return given | dict(form_in(content))
    said = _read("queries", content.decode("utf-8", "replace"))
    if not isinstance(said, dict):
        raise _bad(Sentence("{name} is no JSON object", name="queries"))
    if not said.keys() & {"queries", "extend"}:
        said = {"queries": said}  # the batch by itself
    return given | {n: v if isinstance(v, str) else json.dumps(v) for n, v in said.items()}


def told(given: Mapping[str, str], data: Any) -> Response:
    """An answer in JSON; as a call of the function that ``callback`` names, to who asks for it.

    Raises:
        Refusal: 400, if that is no name of a function.
    """
    called = given.get("callback", "")
    if not called:
        return answer(data)
    if len(called) > _LONGEST or not _FUNCTION.fullmatch(called):
        raise _bad(Sentence("{name} names no function", name="callback"))
    # a comment first, so that no content may be taken for another format
    return Response(
        f"/**/{called}({json_text(data, None)});",
        headers={"X-Content-Type-Options": "nosniff"},
        media_type="application/javascript",
    )


def number_in(given: Mapping[str, str], name: str, default: int, most: int = _CANDIDATES) -> int:
    """A whole number among ``given``.

    Raises:
        Refusal: 400, if it is none, or less than 0.
    """
    text = given.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise _bad(Sentence("{name} is no whole number", name=name))
    return min(int(text), most)


def asked_in(text: str) -> dict[str, Asked | Sentence]:
    """The queries of a batch in JSON; of one that cannot be answered, why: others are answered.

    Raises:
        Refusal: 400, if it is no batch of queries; 413, if it is long.
    """
    batch = _read("queries", text)
    if not isinstance(batch, dict):
        raise _bad(Sentence("{name} is no JSON object", name="queries"))
    if len(batch) > _MOST:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Sentence("at most {count} queries are answered at once", count=_MOST),
        )
    return {key: _asked_or_why(key, query) for key, query in batch.items()}


def _asked_or_why(key: str, query: Any) -> Asked | Sentence:
    try:
        return _asked(key, query)
    except Refusal as refused:
        return refused.said


def _asked(key: str, query: Any) -> Asked:
    """One query of a batch; an older client sends it as text.

    Raises:
        Refusal: if it is not as the API describes it.
    """
    if isinstance(query, str):
        query = {"query": query}
    if not isinstance(query, dict):
        raise _bad(Sentence("the query {name} is no JSON object", name=key))
    name, kinds = query.get("query"), query.get("type") or []
    name = "" if name is None else name
    if isinstance(name, int | float) and not isinstance(name, bool):
        name = str(name)  # the cell of a table may be a number
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not isinstance(name, str):
        raise _bad(Sentence("the query {name} has a value of the wrong type", name=key))
    wanted = tuple(_id(kind, key) for kind in kinds)
    for kind in wanted:
        if kind not in THINGS:
            raise _bad(
                Sentence("the query {name} asks for the unknown type {kind}", name=key, kind=kind),
                Sentence("one of {names}", names=tuple(THINGS)),
            )
    properties = query.get("properties") or []
    if not isinstance(properties, list) or not all(isinstance(p, dict) for p in properties):
        raise _bad(Sentence("the query {name} has a value of the wrong type", name=key))
    known = tuple((_id(p.get("pid"), key), _texts(p.get("v"))) for p in properties)
    return Asked(name.strip(), wanted, _limit(query.get("limit")), known)


def _limit(given: Any) -> int:
    """How many candidates are wanted; as many as usual, if that is no number of them."""
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        return _USUAL
    return int(min(number, _CANDIDATES)) if number >= 1 else _USUAL


def _id(given: Any, key: str) -> str:
    """An id, which some clients send with its name."""
    found = given.get("id") if isinstance(given, dict) else given
    if not isinstance(found, str):
        raise _bad(Sentence("the query {name} has a value of the wrong type", name=key))
    return found


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for one in value for text in _texts(one))
    if isinstance(value, dict):
        return _texts(value.get("id"))
    return () if value is None else (str(value),)


def extension_in(text: str) -> Extension:
    """The request for values in JSON.

    Raises:
        Refusal: 400, if it is not one as the API describes it; 413, if it is long.
    """
    given = _read("extend", text)
    ids = given.get("ids") if isinstance(given, dict) else None
    properties = given.get("properties") if isinstance(given, dict) else None
    if (
        not isinstance(ids, list)
        or not isinstance(properties, list)
        or not all(isinstance(i, str) for i in ids)
        or not all(isinstance(p, dict) and isinstance(p.get("id"), str) for p in properties)
    ):
        raise _bad(
            Sentence(
                "{name} lacks {names}",
                name="extend",
                names=("ids", "properties"),
            )
        )
    if len(ids) > _MOST:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Sentence("at most {count} queries are answered at once", count=_MOST),
        )
    wanted = []
    for given_property in properties:
        _known(given_property["id"])
        settings = given_property.get("settings")
        limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
        whole = str(limit).isascii() and str(limit).isdecimal()
        wanted.append((given_property["id"], int(limit) if whole else 0))
    return Extension(tuple(ids), tuple(wanted))


def _known(pid: str) -> None:
    if pid not in PROPERTIES:
        raise _bad(
            Sentence("there is no property {name}", name=pid),
            Sentence("one of {names}", names=tuple(PROPERTIES)),
        )


def _read(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(Sentence("{name} is no JSON", name=name)) from None


def _bad(said: Sentence, hint: Sentence | None = None) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, said, hint=hint)
