"""The embedded service inside a boto3 client: botocore serializes, signs and parses, and no socket is opened."""

import math
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import cast
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HTTPHeaders
from botocore.client import BaseClient
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from customer_profiles_sdk.local.wire import Request, Response


def connect(boto3_client: BaseClient, handle: Callable[[Request], Response]) -> None:
    """Let a boto3 client get its responses in process from now on."""
    # The stubs lack it; ``None`` is no limit.
    read_timeout = cast("float | None", getattr(boto3_client.meta.config, "read_timeout"))  # noqa: B009
    limit = math.inf if read_timeout is None else read_timeout

    def before_send(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        url = urlsplit(request.url)
        target = f"{url.path}?{url.query}" if url.query else url.path
        response = handle(Request(request.method, target, _bytes(cast("str | bytes | None", request.body))))
        time.sleep(min(response.stalled_seconds, limit))
        if response.stalled_seconds >= limit:
            raise ReadTimeoutError(endpoint_url=request.url)
        if response.lost:
            raise ConnectionClosedError(endpoint_url=request.url)
        return AWSResponse(request.url, response.status, cast("HTTPHeaders", response.headers), _Body(response.body))

    boto3_client.meta.events.register("before-send.customer-profiles", cast("Callable[..., None]", before_send))


def _bytes(body: str | bytes | None) -> bytes:
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body or b""


class _Body(BytesIO):
    """A response's bytes, as urllib3 would hand them out."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()
