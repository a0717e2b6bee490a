"""The service that the suite is run on: requests, what they left behind, and waiting for search."""

import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Final
from uuid import uuid4

import attrs
import pytest
from botocore.exceptions import ClientError

UNKNOWN_ID: Final = "0" * 32
MARK: Final = "made by the conformance suite of customer-profiles-sdk"
"""The ``AdditionalInformation`` of every profile that the suite creates."""

_AREA_CODES: Final = (206, 212, 213, 214, 215, 216, 217, 302, 303, 304, 305, 307, 308, 309, 402, 404, 406, 408, 412)
_FICTIONAL_NUMBERS: Final = 100  # 555-0100 to 555-0199
_SERVER_ERROR: Final = 500
_ID: Final = re.compile(r"\b[0-9a-f]{32}\b")


def masked(text: str) -> str:
    """Return a text without the ids in it, which are others in each run."""
    return _ID.sub("<id>", text)


@attrs.frozen
class Wait:
    """How long the suite waits for search, and how often it asks."""

    seconds: float
    interval: float


@attrs.define
class Target:
    """A domain of a service, through plain boto3.

    Attributes:
        client: the boto3 client.
        domain_name: the domain.
        wait: how long search is waited for.
        pace_seconds: the least time between two requests.
        run: a text of this run only, in every value by which the suite finds what it made.
        made: the profiles that were created and not deleted yet.
        uncertain: account numbers of creates whose outcome is unknown.
    """

    client: Any  # boto3 makes its methods at run time
    domain_name: str
    wait: Wait
    pace_seconds: float = 0.0
    run: str = attrs.field(factory=lambda: uuid4().hex[:12])
    made: set[str] = attrs.field(factory=set)
    uncertain: set[str] = attrs.field(factory=set)
    _numbers: int = 0

    def unique(self, prefix: str = "c") -> str:
        """Return a value that no other profile has."""
        self._numbers += 1
        return f"{prefix}-{self.run}-{self._numbers}"

    def email(self) -> str:
        """Return an e-mail address that no other profile has."""
        return f"{self.unique('Ana')}@mail.example"

    def phone(self) -> str:
        """Return the ten digits of a phone number of this run, of those that no area code gives to anybody."""
        self._numbers += 1
        area, last = divmod(int(self.run, 16) + self._numbers, _FICTIONAL_NUMBERS)
        return f"{_AREA_CODES[area % len(_AREA_CODES)]}5550{_FICTIONAL_NUMBERS + last}"

    def call(self, method: str, **parameters: Any) -> Any:
        """Send one request about the domain."""
        time.sleep(self.pace_seconds)
        return getattr(self.client, method)(DomainName=self.domain_name, **parameters)

    # Profiles

    def create(self, **members: Any) -> str:
        """Create a profile that bears the suite's mark, and return its id."""
        number = members.setdefault("AccountNumber", self.unique())
        was_uncertain = number in self.uncertain
        self.uncertain.add(number)
        try:
            response = self.call("create_profile", AdditionalInformation=MARK, **members)
        except ClientError as error:
            metadata: Any = error.response.get("ResponseMetadata")
            if metadata["HTTPStatusCode"] < _SERVER_ERROR and not was_uncertain:
                self.uncertain.discard(number)
            raise
        if not (response["ResponseMetadata"].get("RetryAttempts") or was_uncertain):
            self.uncertain.discard(number)  # otherwise an attempt without a response may have created another
        profile_id: str = response["ProfileId"]
        self.made.add(profile_id)
        return profile_id

    def update(self, profile_id: str, **members: Any) -> None:
        """Update a profile."""
        self.call("update_profile", ProfileId=profile_id, **members)

    def delete(self, profile_id: str) -> Any:
        """Delete a profile."""
        response = self.call("delete_profile", ProfileId=profile_id)
        self.made.discard(profile_id)
        return response

    def read_all(self, profile_id: str) -> dict[str, Any]:
        """Return a profile as it is read by its id."""
        (members,) = self.call("batch_get_profile", ProfileIds=[profile_id])["Profiles"]
        return dict(members)

    def read(self, profile_id: str, *names: str) -> dict[str, Any]:
        """Return these members of a profile, as far as they are there."""
        return {name: value for name, value in self.read_all(profile_id).items() if name in names}

    # Search

    def hits(self, key: str, value: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the first page of a search."""
        items: list[dict[str, Any]] = self.call("search_profiles", KeyName=key, Values=[value], **parameters)["Items"]
        return items

    def search(self, key: str, value: str, **parameters: Any) -> list[str]:
        """Return the ids on the first page of a search."""
        return [item["ProfileId"] for item in self.hits(key, value, **parameters)]

    def eventually(self, look: Callable[[], Any], expected: Any) -> Any:
        """Return what is seen once it is as expected, or what was seen last."""
        ends_at = time.monotonic() + self.wait.seconds
        while (seen := look()) != expected and time.monotonic() < ends_at:
            time.sleep(self.wait.interval)
        return seen

    def found(self, key: str, value: str, ids: Iterable[str], **parameters: Any) -> set[str]:
        """Return which ids a search finds, once they are the expected ones or the time is over."""
        seen: set[str] = self.eventually(lambda: set(self.search(key, value, **parameters)), set(ids))
        return seen

    def seconds_until(self, look: Callable[[], Any], expected: Any) -> float:
        """Return how long it takes until something is seen as expected; the test fails if it never is."""
        started = time.monotonic()
        if self.eventually(look, expected) != expected:
            pytest.fail(f"not seen within {self.wait.seconds:g} s")
        return time.monotonic() - started

    def rejection(self, method: str, **parameters: Any) -> tuple[str, str]:
        """Return the code and the text with which a request is rejected, or that it was accepted."""
        try:
            if method == "create_profile":
                self.create(**parameters)
            else:
                self.call(method, **parameters)
        except ClientError as error:
            response_error: Any = error.response.get("Error")
            return response_error["Code"], masked(response_error["Message"])
        return "accepted", ""

    # What is left behind

    def delete_all(self) -> None:
        """Delete what the suite created and has not deleted, also what it does not know whether it created."""
        for number in tuple(self.uncertain):
            self.eventually(partial(self._has_others, number), expected=True)
            self.made.update(self._marked(number))
            self.uncertain.discard(number)
        for profile_id in tuple(self.made):
            with suppress(self.client.exceptions.ResourceNotFoundException):
                self.delete(profile_id)
            self.made.discard(profile_id)

    def _has_others(self, number: str) -> bool:
        """Return whether search shows profiles of an account number whose creates had no response."""
        return not self._marked(number) <= self.made

    def _marked(self, number: str) -> set[str]:
        """Return which profiles of an account number search shows as the suite's own."""
        hits = self.hits("_account", number, MaxResults=100)
        return {hit["ProfileId"] for hit in hits if hit.get("AdditionalInformation") == MARK}
