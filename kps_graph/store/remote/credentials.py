"""Who we are to a server: from the environment, else from the keyring; never shown, never kept."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import httpx2

__all__ = ["Credentials"]


class Credentials(httpx2.Auth):
    """Answers a server that asks who we are, in the way that it asks: Basic or Digest.

    ``KPS_STORE_TOKEN`` is sent as a bearer token with every request; ``KPS_STORE_USER`` and
    ``KPS_STORE_PASSWORD`` only when they are asked for. What the environment does not say, the
    keyring may (extra ``keyring``; service ``kps-graph:HOST``).

    Args:
        host: of the server.
    """

    requires_response_body = True

    def __init__(self, host: str) -> None:
        self._token = os.environ.get("KPS_STORE_TOKEN", "")
        self._user = os.environ.get("KPS_STORE_USER", "")
        self._password = os.environ.get("KPS_STORE_PASSWORD", "")
        if not (self._token or self._password):
            self._user, self._password = _from_keyring(host, self._user)
        self._chosen: httpx2.Auth | None = None

    def sync_auth_flow(self, request: Any) -> Generator[Any, Any, None]:
        """The requests that are sent for one, each with the answer to the one before."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
            return
        if self._chosen is not None:
            yield from self._chosen.sync_auth_flow(request)
            return
        response = yield request
        if response.status_code != 401 or not self._user:
            return
        asked = response.headers.get("www-authenticate", "").lower()
        self._chosen = (
            httpx2.DigestAuth(self._user, self._password)
            if asked.startswith("digest")
            else httpx2.BasicAuth(self._user, self._password)
        )
        yield from self._chosen.sync_auth_flow(request)

    def __repr__(self) -> str:
        """Nothing that is secret."""
        return "<Credentials>"


def _from_keyring(host: str, user: str) -> tuple[str, str]:
    """User and password for a server; "" if there is no keyring, or it knows none."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return user, ""
    try:
        kept = keyring.get_credential(f"kps-graph:{host}", user or None)
    except KeyringError:
        return user, ""
    return (kept.username, kept.password) if kept else (user, "")
