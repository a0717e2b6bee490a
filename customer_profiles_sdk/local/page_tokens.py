"""Page tokens of the embedded service: opaque, valid for one query only, and rejected when they were changed.

A token is made of letters and digits only: a ``-`` in front would be an option to a command line.
"""

import hmac
import json
from collections.abc import Mapping
from typing import Final

_SIGNATURE_BYTES: Final = 32


class PageTokens:
    """The tokens of one service; it does not accept those of another.

    Args:
        secret: what the tokens are signed with; kept where what they lead to is kept.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def make(self, query: Mapping[str, object], position: str) -> str:
        """Return the token that continues a query after a position."""
        signed = json.dumps([query, position], sort_keys=True).encode()
        return (hmac.digest(self._secret, signed, "sha256") + position.encode()).hex()

    def position(self, query: Mapping[str, object], token: str) -> str:
        """Return the position that a token stands for; ``ValueError`` unless it was made for this query."""
        position = bytes.fromhex(token)[_SIGNATURE_BYTES:].decode()
        if not hmac.compare_digest(self.make(query, position), token):
            raise ValueError("not a token of this query")
        return position
