"""What each client may do: requests in a second, and requests at once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from time import monotonic
from typing import Final

from kps_graph.web.served import Limits

__all__ = ["Clients"]

#: What a client may do at once of what it may do in a second, and how many clients are remembered.
_BURST: Final = 10.0
_REMEMBERED: Final = 10_000
_USUAL: Final = 100.0


@dataclass(slots=True)
class _Client:
    left: float
    seen: float
    busy: int = 0


class Clients:
    """Who asks how much.

    Args:
        limits: for each.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._clients: dict[str, _Client] = {}

    def enter(self, name: str) -> float:
        """A client asks; the seconds after which it may, 0 for now: then it must leave."""
        rate = self._rate(name)
        now = monotonic()
        client = self._clients.get(name)
        if client is None:
            if len(self._clients) >= _REMEMBERED:
                self._forget(now)
            client = self._clients[name] = _Client(rate * _BURST, now)
        if client.busy >= self._limits.requests > 0:
            return 1.0
        if rate:
            client.left = min(rate * _BURST, client.left + (now - client.seen) * rate)
            client.seen = now
            if client.left < 1:
                return (1 - client.left) / rate
            client.left -= 1
        client.busy += 1
        return 0.0

    def leave(self, name: str) -> None:
        """It has its answer."""
        self._clients[name].busy -= 1

    def _rate(self, name: str) -> float:
        if self._limits.rate is not None:
            return self._limits.rate
        return 0.0 if _is_here(name) else _USUAL

    def _forget(self, now: float) -> None:
        """Forgets those that have asked nothing for a while."""
        gone = [n for n, c in self._clients.items() if not c.busy and now - c.seen > _BURST]
        for name in gone or [n for n, c in self._clients.items() if not c.busy]:
            del self._clients[name]


def _is_here(name: str) -> bool:
    """Whether a client is on this machine."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return not name  # a socket of this machine has no address
