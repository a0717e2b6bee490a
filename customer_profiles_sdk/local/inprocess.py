"""The embedded service inside a boto3 client: botocore serializes, signs and parses, and no socket is opened."""

import math
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import cast
from urllib.parse import urlsplit

import attrs
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HTTPHeaders
from botocore.client import BaseClient
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from customer_profiles_sdk.local.wire import Request, Response


@attrs.frozen
class Exchange:
    """A request of botocore's and the response to it.

    Attributes:
        url: where the request was sent.
        response: the response of the embedded service.
        pause_seconds: how long it takes.
        failure: what the client sees in place of the response.
    """

    url: str
    response: Response
    pause_seconds: float
    failure: Exception | None


def exchange(request: AWSPreparedRequest, handle: Callable[[Request], Response], client: BaseClient) -> Exchange:
    """Let the embedded service handle a request, and return what comes of it on its way to the client."""
    # The stubs lack it; ``None`` is no limit.
    read_timeout = cast("float | None", getattr(client.meta.config, "read_timeout"))  # noqa: B009
    limit = math.inf if read_timeout is None else read_timeout
    url = urlsplit(request.url)
    target = f"{url.path}?{url.query}" if url.query else url.path
    response = handle(Request(request.method, target, _bytes(cast("str | bytes | None", request.body))))
    failure: Exception | None = None
    if response.stalled_seconds >= limit:
        failure = ReadTimeoutError(endpoint_url=request.url)
    elif response.lost:
        failure = ConnectionClosedError(endpoint_url=request.url)
    return Exchange(request.url, response, min(response.stalled_seconds, limit), failure)


def connect(boto3_client: BaseClient, handle: Callable[[Request], Response]) -> None:
    """Let a boto3 client get its responses in process from now on."""

    def before_send(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        made = exchange(request, handle, boto3_client)
        time.sleep(made.pause_seconds)
        if made.failure is not None:
            raise made.failure
        response = made.response
        return AWSResponse(made.url, response.status, cast("HTTPHeaders", response.headers), _Body(response.body))

    boto3_client.meta.events.register("before-send.customer-profiles", cast("Callable[..., None]", before_send))


def _bytes(body: str | bytes | None) -> bytes:
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body or b""


class _Body(BytesIO):
    """A response's bytes, as urllib3 would hand them out."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()
