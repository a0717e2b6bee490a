"""The embedded service inside an aiobotocore client: no socket is opened, and a stall does not block the event loop.

It needs the extra ``aio``.
"""

# pyright: reportMissingImports=false
# aiobotocore pins botocore, so it is not installed where the code is type-checked.

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
import boto3
from aiobotocore.awsrequest import AioAWSResponse
from botocore.awsrequest import AWSPreparedRequest

from customer_profiles_sdk._aws.aiobotocore_transport import AiobotocoreTransport
from customer_profiles_sdk._aws.config import ClientSettings
from customer_profiles_sdk.local.inprocess import exchange
from customer_profiles_sdk.local.wire import Request, Response


def connect(aiobotocore_client: Any, handle: Callable[[Request], Response]) -> None:
    """Let an aiobotocore client get its responses in process from now on."""

    async def before_send(request: AWSPreparedRequest, **_: object) -> Any:
        made = exchange(request, handle, aiobotocore_client)
        await asyncio.sleep(made.pause_seconds)
        if made.failure is not None:
            raise made.failure
        response = made.response
        return AioAWSResponse(made.url, response.status, response.headers, _Body(response.body))

    aiobotocore_client.meta.events.register("before-send.customer-profiles", before_send)


def new_transport(settings: ClientSettings, session: boto3.Session, handle: Callable[[Request], Response]) -> object:
    """Return a transport whose clients get their responses in process."""
    return AiobotocoreTransport(settings, session, partial(connect, handle=handle))


@attrs.frozen
class _Body:
    """A response's bytes, as aiohttp would hand them out."""

    content: bytes

    async def read(self) -> bytes:
        return self.content
