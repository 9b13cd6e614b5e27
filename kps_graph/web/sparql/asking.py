"""What a request of the SPARQL 1.1 Protocol asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from kps_graph import sparql
from kps_graph.errors import QuerySyntax
from kps_graph.sparql import Dataset
from kps_graph.web.problems import Refusal
from kps_graph.words import Sentence

__all__ = ["Operation", "body", "named_graph", "operation", "parameters"]

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASET: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_UTF8: Final = frozenset(("", "utf-8", "utf8", "us-ascii"))
_FIELDS: Final = 1_000
#: How many times what a request may have is taken from it.
_HEARD: Final = 8


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update.

    Attributes:
        kind: which of them.
        text: SPARQL.
        dataset: what it is asked of, if the request says so.
        seconds: how long it may take, if the request says so.
        format: the format that the request names; "" if it names none.
    """

    kind: Literal["query", "update"]
    text: str
    dataset: Dataset | None
    seconds: float | None
    format: str = ""


def parameters(query: bytes | str) -> list[tuple[str, str]]:
    """The parameters of an address, or of a form.

    Raises:
        Refusal: 400, if they are not UTF-8, or too many.
    """
    text = query.decode("latin-1") if isinstance(query, bytes) else query
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, encoding="utf-8"
        )
    except ValueError as error:
        raise Refusal(
            HTTPStatus.BAD_REQUEST,
            Sentence("the parameters of the request cannot be read: {reason}", reason=str(error)),
        ) from error


async def body(request: Request, most: int) -> bytes:
    """The whole body of a request.

    Raises:
        Refusal: 413, if it has more than ``most`` bytes.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= most:
            parts.append(part)
        elif size > _HEARD * most:  # who is heard a while longer can be told why
            break
    if size > most:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Sentence("the request has more than {most:,} bytes", most=most),
            headers={"Connection": "close"},
        )
    return b"".join(parts)


async def operation(
    request: Request, given: list[tuple[str, str]], most: int, writable: bool
) -> Operation | None:
    """What a request asks for; None if for nothing.

    Args:
        request: GET, HEAD or POST.
        given: the parameters of its address.
        most: bytes of its body.
        writable: whether there are updates at all.

    Raises:
        Refusal: if it is not as the protocol says.
        QuerySyntax: with the place of the byte that is no UTF-8.
    """
    if request.method != "POST":
        if any(name == "update" for name, _ in given):
            raise _refused_update(writable, Sentence("an update is sent by POST"))
        return _operation(given, writable)
    media_type, charset = _content_type(request)
    if media_type == _FORM:
        _only_utf8(charset)
        return _operation(given + parameters(await body(request, most)), writable)
    kind = _DIRECT.get(media_type)
    content = await body(request, most)
    if kind is None:
        raise _unknown(media_type, content, writable)
    if kind == "update" and not writable:
        raise _read_only()
    _only_utf8(charset)
    return _operation([*given, (kind, _decoded(content))], writable)


def named_graph(given: Iterable[tuple[str, str]]) -> tuple[bool, str | None]:
    """Whether parameters name a graph of the Graph Store Protocol, and which: None for the default.

    Raises:
        Refusal: 400, if they name several, or none that can be.
    """
    graphs = [value for name, value in given if name == "graph"]
    default = [value for name, value in given if name == "default"]
    if not graphs and not default:
        return False, None
    if len(graphs) + len(default) > 1:
        raise Refusal(HTTPStatus.BAD_REQUEST, Sentence("name one graph"))
    if default:
        return True, None
    if not sparql.is_iri(graphs[0]):
        raise Refusal(
            HTTPStatus.BAD_REQUEST,
            Sentence("{value!r} is not an absolute IRI", value=graphs[0]),
        )
    return True, graphs[0]


def _operation(given: list[tuple[str, str]], writable: bool) -> Operation | None:
    """What all parameters together ask for."""
    texts = [(name, value) for name, value in given if name in _DATASET]
    updates = any(name == "update" for name, _ in texts)
    if updates and not writable:
        raise _read_only()
    if not texts:
        return None
    if len(texts) > 1:
        raise Refusal(
            HTTPStatus.BAD_REQUEST, Sentence("a request has one query or one update, not several")
        )
    ((kind, text),) = texts
    default, named = (tuple(v for n, v in given if n == name) for name in _DATASET[kind])
    for graph in (*default, *named):
        if not sparql.is_iri(graph):
            raise Refusal(
                HTTPStatus.BAD_REQUEST, Sentence("{value!r} is not an absolute IRI", value=graph)
            )
    dataset = Dataset(default, named) if default or named else None
    format = next((value for name, value in given if name == "format"), "")
    return Operation("update" if updates else "query", text, dataset, _seconds(dict(given)), format)


def _seconds(given: dict[str, str]) -> float | None:
    if (said := given.get("timeout")) is None:
        return None
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise Refusal(
            HTTPStatus.BAD_REQUEST,
            Sentence("timeout={value} is no number of seconds", value=said[:40]),
        )
    return seconds


def _content_type(request: Request) -> tuple[str, str]:
    """The media type of the body, and its charset."""
    media_type, _, rest = request.headers.get("content-type", "").partition(";")
    fields = (part.partition("=") for part in rest.split(";"))
    charset = next((v for n, _, v in fields if n.strip().lower() == "charset"), "")
    return media_type.strip().lower(), charset.strip().strip('"').lower()


def _only_utf8(charset: str) -> None:
    if charset not in _UTF8:
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            Sentence("SPARQL is sent as UTF-8, not as {charset}", charset=charset[:40]),
        )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise QuerySyntax(
            "this is not UTF-8",
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
        ) from error


def _unknown(media_type: str, content: bytes, writable: bool) -> Refusal:
    """Why a body is not taken: it is no query; where nothing is written, an update least of all."""
    text = content.decode("utf-8", "replace")
    if not writable:
        if text.startswith("update="):
            return _read_only()
        try:
            sparql.refuse_update(text)
        except QuerySyntax:
            return _read_only()
    return Refusal(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        Sentence("a request is not sent as {media_type}", media_type=media_type[:80] or "-"),
        hint=Sentence("send it as one of {names}", names=(_FORM, *_DIRECT)),
        headers={"Accept-Post": ", ".join((_FORM, *_DIRECT))},
    )


def _refused_update(writable: bool, said: Sentence) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, said) if writable else _read_only()


def _read_only() -> Refusal:
    return Refusal(
        HTTPStatus.FORBIDDEN,
        Sentence("this service only reads"),
        hint=Sentence("kps-graph serve --writable takes updates from who shows its token"),
    )
