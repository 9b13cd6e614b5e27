"""Requests to a server, and what is said of those that fail; the home of the HTTP library."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import httpx2

from kps_graph.errors import QueryTimeout, StoreError, StoreMissing
from kps_graph.store.embedded import not_sparql
from kps_graph.store.remote.credentials import Credentials
from kps_graph.version import __version__
from kps_graph.words import Sentence, system_reason

__all__ = ["Body", "Requests"]

#: Seconds to reach a server, and to wait for what it says where no query bounds it.
_CONNECT: Final = 10.0
_PATIENCE: Final = 600.0
#: Seconds to wait before a request is sent again.
_BACK_OFF: Final = (0.5, 1.0, 2.0)
_BUSY: Final = frozenset((429, 502, 503, 504))
_LONGEST_WAIT: Final = 30.0
_TAGS: Final = re.compile(r"<[^>]+>")
_SAID: Final = 300
_DESCRIBED: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"


class Requests:
    """Sends requests over connections that are kept, again where that is safe.

    Args:
        place: the server's address.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._client = httpx2.Client(
            auth=Credentials(httpx2.URL(place).host),
            headers={"User-Agent": f"kps-graph/{__version__}"},
            timeout=httpx2.Timeout(_PATIENCE, connect=_CONNECT),
            follow_redirects=False,
            # certificates take a fifth of a second to read, and are of no use without TLS
            verify=not place.startswith("http:"),
        )

    def close(self) -> None:
        """Lets go of the connections."""
        self._client.close()

    def send(
        self, method: str, address: str, *, again: bool, missing: bool = False, **more: Any
    ) -> httpx2.Response:
        """The whole answer to a request.

        Args:
            method: of HTTP.
            address: where it is sent.
            again: whether it may be sent twice: a question, or what comes to the same.
            missing: whether there may be nothing at the address.
            more: what the HTTP library takes.

        Raises:
            StoreError: if it is not answered, or refused.
        """
        with self.opened(method, address, again=again, missing=missing, **more) as response:
            with self.speaking(None):
                response.read()
            return response

    def said(self, address: str) -> tuple[Mapping[str, str], bytes]:
        """Whatever a server says of an address: its headers tell what server it is.

        What it says may be the description of its service.
        """
        with self.speaking(None):
            response = self._client.get(address, headers={"Accept": _DESCRIBED})
            headers = {name.lower(): value for name, value in response.headers.items()}
            return headers, response.content if response.is_success else b""

    @contextmanager
    def opened(
        self,
        method: str,
        address: str,
        *,
        again: bool,
        missing: bool = False,
        seconds: float | None = None,
        **more: Any,
    ) -> Iterator[httpx2.Response]:
        """The answer to a request, whose content is still to be read; as :meth:`send`.

        Args:
            method: of HTTP.
            address: where it is sent.
            again: as there.
            missing: as there.
            seconds: how long it may take.
            more: what the HTTP library takes.
        """
        if seconds is not None:
            more["timeout"] = httpx2.Timeout(seconds, connect=min(seconds, _CONNECT))
        waits = iter(_BACK_OFF if again else ())
        while True:
            request = self._client.build_request(method, address, **more)
            try:
                with self.speaking(seconds):
                    response = self._client.send(request, stream=True)
            except StoreError as error:
                refused = isinstance(error.__cause__, httpx2.ConnectError)
                wait = next(waits, None) if again or refused else None
                if wait is None or isinstance(error, QueryTimeout):
                    raise
                time.sleep(wait)
                continue
            wait = next(waits, None) if response.status_code in _BUSY else None
            if wait is None:
                break
            response.close()
            time.sleep(_after(response.headers, wait))
        try:
            if not (missing and response.status_code == 404):
                self._refuse(response, address)
            yield response
        finally:
            response.close()

    @contextmanager
    def speaking(self, seconds: float | None) -> Iterator[None]:
        """Says what went wrong on the way as an error of ours."""
        try:
            yield
        except httpx2.TimeoutException as error:
            if seconds is not None and not isinstance(error, httpx2.ConnectTimeout):
                raise timed_out(seconds) from error
            raise StoreError(
                "the server does not answer", source=self.place, hint=_REACH
            ) from error
        except httpx2.HTTPError as error:
            raise StoreError(
                "the server cannot be reached: {reason}",
                reason=system_reason(str(error) or type(error).__name__),
                source=self.place,
                hint=_REACH,
            ) from error
        except RuntimeError as error:  # what the library says of a client that is closed
            raise StoreError("the store is closed", source=self.place, hint=_AGAIN) from error

    def _refuse(self, response: httpx2.Response, address: str) -> None:
        """Raises what the server says where it did not do as it was asked."""
        status = response.status_code
        if response.is_success:
            return
        with self.speaking(None):
            said = " ".join(_TAGS.sub(" ", response.read().decode("utf-8", "replace")).split())
        if status in (401, 403):
            raise StoreError(
                "the server wants to know who asks, or refuses it (HTTP {status})",
                status=status,
                source=address,
                hint=Sentence("set KPS_STORE_USER and KPS_STORE_PASSWORD, or KPS_STORE_TOKEN"),
            )
        if status in (404, 405):
            raise StoreMissing(
                "there is no SPARQL service at this address (HTTP {status})",
                status=status,
                source=address,
                hint=Sentence(
                    "give the address of its queries as --store, and those of its updates and "
                    "graphs as --store-update and --store-data"
                ),
            )
        if response.is_redirect:
            raise StoreError(
                "the server sends us to another address: {address}",
                address=response.headers.get("location", ""),
                source=address,
                hint=Sentence("give that address, if you trust it"),
            )
        if status == 400:
            raise not_sparql(said or "HTTP 400")
        raise StoreError(
            "the server answers HTTP {status}: {reason}",
            status=status,
            reason=said[:_SAID],
            source=address,
        )


_REACH: Final = Sentence("see whether it runs, and whether the address is right")
_AGAIN: Final = Sentence("open it again")


def timed_out(seconds: float) -> QueryTimeout:
    """The error that says that a server took too long."""
    return QueryTimeout(
        "the query was ended: it took longer than {seconds:g} seconds",
        seconds=seconds,
        hint=Sentence(
            "name what is looked for more closely, or allow more with --timeout; the server may "
            "go on with it unless it has a limit of its own"
        ),
    )


def _after(headers: Mapping[str, str], wait: float) -> float:
    """How long a busy server wants us to wait."""
    said = headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else wait


class Body(io.RawIOBase):
    """What a server sends, as a file that is read while it comes, until a deadline."""

    def __init__(self, response: httpx2.Response, seconds: float | None) -> None:
        self._parts = response.iter_bytes()
        self._seconds = seconds
        self._end = time.monotonic() + seconds if seconds is not None else float("inf")
        self._rest = b""

    def readable(self) -> bool:
        """It can only be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills ``buffer`` with what has come."""
        while not self._rest:
            if time.monotonic() > self._end:
                raise timed_out(self._seconds or 0.0)
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count
