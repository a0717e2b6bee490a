"""HTTP requests and responses of the embedded service, in the form that REST-JSON gives them.

Which operation a request is for and what it does is left to ``dispatcher``; where the bytes come from and go to, to
``inprocess`` and ``server``.
"""

import json
from collections.abc import Mapping
from typing import Final
from uuid import uuid4

import attrs

from customer_profiles_sdk.local.contract import ServiceException

MAX_BODY_BYTES: Final = 1024 * 1024


@attrs.frozen
class Request:
    """An HTTP request; ``target`` is the path and the query, as they stand in the request line."""

    method: str
    target: str
    body: bytes


@attrs.frozen
class Response:
    """An HTTP response, and what is to happen to it on its way."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    lost: bool = False
    stalled_seconds: float = 0.0


def json_response(status: int, content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    """Return a response with a JSON body."""
    fixed = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid4())}
    return Response(status, {**fixed, **(headers or {})}, json.dumps(content).encode())


def error_response(exception: ServiceException) -> Response:
    """Return the response for an error, in the service's form."""
    return json_response(exception.http_status, {"Message": exception.message}, {"x-amzn-ErrorType": exception.code})
