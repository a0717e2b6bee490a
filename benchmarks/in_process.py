"""boto3 clients whose requests are answered in this process, without a socket."""

from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config

from customer_profiles_sdk.local import inprocess
from customer_profiles_sdk.local.wire import Request, Response


def boto3_client(handle: Callable[[Request], Response], config: Config | None = None) -> Any:
    """Return a boto3 client; a function answers what it sends."""
    session = boto3.Session("access", "secret", region_name="us-east-1")
    client = session.client("customer-profiles", endpoint_url="https://profile.invalid", config=config)
    inprocess.connect(client, handle)
    return client
