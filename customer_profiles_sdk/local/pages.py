"""Page tokens of the embedded service: opaque, good for one query only, and refused when tampered with."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping


class PageTokens:
    """The tokens of one service; those of another, or of an earlier process, are not known to it."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def make(self, query: Mapping[str, object], position: str) -> str:
        """Return the token that continues a query behind a position."""
        signed = json.dumps([query, position], sort_keys=True).encode()
        signature = hmac.digest(self._secret, signed, "sha256")
        return base64.urlsafe_b64encode(signature + position.encode()).decode()

    def position(self, query: Mapping[str, object], token: str) -> str:
        """Return the position that a token stands for; ``ValueError`` unless it was made for this query."""
        position = base64.urlsafe_b64decode(token)[32:].decode()
        if not hmac.compare_digest(self.make(query, position), token):
            raise ValueError("not a token of this query")
        return position
