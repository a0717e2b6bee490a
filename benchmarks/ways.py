"""The ways to make the same call: boto3, the SDK, its peers, and the least that any of them could do.

All of them send real HTTP to the same server, over a connection that is kept.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import urlsplit

import boto3
import urllib3
from aws_resource_validator import wrap_client
from aws_resource_validator.pydantic_models.customer_profiles.customer_profiles_classes import (
    SearchProfilesResponseTypeDef,
)
from botocore.config import Config
from capo_customer_profiles import Credentials
from capo_customer_profiles import CustomerProfilesClient as CapoClient

from benchmarks.customers import DOMAIN, PROFILE_ID, members
from customer_profiles_sdk import CustomerProfilesClient, Profile

Call = Callable[[], object]
REGION: Final = "eu-central-1"
ACCESS_KEY: Final = "AKIDEXAMPLE"
SECRET_KEY: Final = "example"
ADDRESSES: Final = ("Address", "ShippingAddress", "MailingAddress", "BillingAddress")
KEYS: Final = {"_email": "ana@mail.example"}


def boto3_client(endpoint_url: str, config: Config | None = None) -> Any:  # boto3 makes its clients at run time
    """Return a boto3 client for the server."""
    session = boto3.Session(ACCESS_KEY, SECRET_KEY, region_name=REGION)
    return session.client("customer-profiles", endpoint_url=endpoint_url, config=config)


def sdk_client(endpoint_url: str) -> CustomerProfilesClient:
    """Return the SDK's client for the server."""
    session = boto3.Session(ACCESS_KEY, SECRET_KEY, region_name=REGION)
    return CustomerProfilesClient(DOMAIN, session=session, endpoint_url=endpoint_url)


def creates(endpoint_url: str, make: Callable[[], Profile]) -> dict[str, Call]:
    """Return the ways to create a profile; the first is what the others are compared with.

    The SDK makes its ``Profile`` in each call; every other way is handed the finished members, made once.
    """
    ready: dict[str, Any] = members(make())
    plain = boto3_client(endpoint_url)
    unvalidated = boto3_client(endpoint_url, Config(parameter_validation=False))
    sdk = sdk_client(endpoint_url)
    wrapped = wrap_client(boto3_client(endpoint_url))
    capo = capo_client(endpoint_url)
    in_snake_case = snake_case(ready)
    floor = Floor(endpoint_url)
    return {
        "boto3": lambda: plain.create_profile(**ready),
        "boto3, parameter_validation=False": lambda: unvalidated.create_profile(**ready),
        "customer_profiles_sdk": lambda: sdk.create_profile(make()),
        "aws-resource-validator": lambda: wrapped.create_profile(**ready),
        "capo-customer-profiles": lambda: capo.create_profile(**in_snake_case),
        "urllib3, signed by hand": lambda: floor.create_profile(ready),
    }


def updates(endpoint_url: str, make: Callable[[], Profile]) -> dict[str, Call]:
    """Return the ways to update a profile."""
    ready: dict[str, Any] = {**members(make()), "ProfileId": PROFILE_ID}
    plain, sdk = boto3_client(endpoint_url), sdk_client(endpoint_url)
    return {
        "boto3": lambda: plain.update_profile(**ready),
        "customer_profiles_sdk": lambda: sdk.update_profile(PROFILE_ID, make()),
    }


def searches(endpoint_url: str) -> dict[str, Call]:
    """Return the ways to read a page of 100 search results; boto3 and capo leave them as dicts."""
    [(key, value)] = KEYS.items()
    plain, sdk, capo = boto3_client(endpoint_url), sdk_client(endpoint_url), capo_client(endpoint_url)

    def search() -> Any:
        return plain.search_profiles(DomainName=DOMAIN, KeyName=key, Values=[value], MaxResults=100)

    return {
        "boto3": search,
        "customer_profiles_sdk": lambda: list(sdk.search_profiles(KEYS)),
        "aws-resource-validator's models": lambda: SearchProfilesResponseTypeDef(**search()),
        **_dataclasses(search),
        "capo-customer-profiles": lambda: capo.search_profiles(DOMAIN, key_name=key, values=[value], max_results=100),
    }


def _dataclasses(search: Callable[[], Any]) -> dict[str, Call]:
    """Return boto3-dataclass, where it is installed.

    Its objects are views of boto3's dicts, which read a member when it is asked for. So it is measured twice: the views
    alone, and with every member of every profile read, which is what the other packages do at once.

    It is not in the extra ``benchmarks``, because it requires stubs of boto3 1.40, which change how the code is
    type-checked. ``pip install --no-deps boto3-dataclass-customer-profiles`` installs what is needed here.
    """
    if find_spec("boto3_dataclass_customer_profiles") is None:
        return {}
    caster = import_module("boto3_dataclass_customer_profiles").caster

    def read(profile: Any, members: Mapping[str, object]) -> None:
        for name, value in members.items():
            found = getattr(profile, name)
            if name in ADDRESSES and isinstance(value, Mapping):
                read(found, value)

    def every_member() -> None:
        for profile in caster.search_profiles(search()).Items:
            read(profile, profile.boto3_raw_data)

    return {
        "boto3-dataclass, views": lambda: caster.search_profiles(search()).Items,
        "boto3-dataclass, every member read": every_member,
    }


def capo_client(endpoint_url: str) -> CapoClient:
    """Return capo's client for the server."""
    credentials = Credentials(access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    return CapoClient(region=REGION, endpoint=endpoint_url, credentials=credentials)


def snake_case(ready: Mapping[str, Any]) -> dict[str, Any]:
    """Return members under the names that capo has for them; an attribute's key is not a name."""

    def name(member: str) -> str:
        return re.sub("(?<!^)([A-Z])", r"_\1", member).lower()

    return {
        name(member): {name(line): text for line, text in value.items()} if member in ADDRESSES else value
        for member, value in ready.items()
    }


class Floor:
    """What a call costs at the least in Python: ``json``, a signature made with ``hmac``, and urllib3; nothing else."""

    def __init__(self, endpoint_url: str) -> None:
        self.pool = urllib3.connection_from_url(endpoint_url)
        self.host = urlsplit(endpoint_url).netloc
        self.day, self.key = "", b""

    def create_profile(self, ready: Mapping[str, Any]) -> object:
        """Send a profile."""
        body = json.dumps({name: value for name, value in ready.items() if name != "DomainName"}).encode()
        headers = self.signed("POST", path := f"/domains/{ready['DomainName']}/profiles", body)
        response = self.pool.urlopen("POST", path, body=body, headers=headers)
        return json.loads(response.data)

    def signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        """Return the headers of a request, with AWS Signature Version 4."""
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{moment[:8]}/{REGION}/profile/aws4_request"
        if moment[:8] != self.day:
            self.day, self.key = moment[:8], f"AWS4{SECRET_KEY}".encode()
            for part in scope.split("/"):
                self.key = hmac.digest(self.key, part.encode(), "sha256")
        names = "content-type;host;x-amz-date"
        lines = f"content-type:application/json\nhost:{self.host}\nx-amz-date:{moment}\n"
        request = "\n".join((method, path, "", lines, names, hashlib.sha256(body).hexdigest()))
        to_sign = "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.digest(self.key, to_sign.encode(), "sha256").hex()
        authorization = (
            f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
        return {"Content-Type": "application/json", "X-Amz-Date": moment, "Authorization": authorization}
