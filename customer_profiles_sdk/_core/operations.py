"""Every operation of the SDK as a flow: make a checked request, call, read the response.

``upsert`` is made of these. How a step is carried out is left to the drivers in ``_aws``.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, cast

from customer_profiles_sdk._core import deserializer, requests
from customer_profiles_sdk._core.deserializer import SearchPage
from customer_profiles_sdk._core.flow import Call, Repeat, Steps
from customer_profiles_sdk._core.members import MAX_BATCH_SIZE
from customer_profiles_sdk._core.requests import MatchMode, SearchKeys
from customer_profiles_sdk._core.service_errors import error_of_single_item
from customer_profiles_sdk._core.walk import Members
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import Problem, UnexpectedResponseError
from customer_profiles_sdk.models import Profile
from customer_profiles_sdk.results import BatchGetResult, CreateProfileResult, StoredProfile, UpdateProfileResult


def create_profile(domain_name: str, profile: Profile) -> Call[CreateProfileResult]:
    """Create a profile."""
    return Call(
        operation="create_profile",
        method="create_profile",
        request=requests.create_profile_request(domain_name, profile),
        read=deserializer.create_profile_result,
        repeat=Repeat.CREATES_AGAIN,
    )


def update_profile(domain_name: str, profile_id: str, changes: Profile) -> Call[UpdateProfileResult]:
    """Update a profile."""
    return Call(
        operation="update_profile",
        method="update_profile",
        request=requests.update_profile_request(domain_name, profile_id, changes),
        read=partial(deserializer.update_profile_result, profile_id),
    )


def get_profile(domain_name: str, profile_id: str) -> Call[StoredProfile]:
    """Read one profile; an error in its place is raised."""

    def read(response: Mapping[str, Any]) -> StoredProfile:
        found = deserializer.batch_get_result("get_profile", [profile_id], response).found
        if not found:
            raise error_of_single_item(step, response)
        return found[0]

    step = Call(
        operation="get_profile",
        method="batch_get_profile",
        request=requests.get_profile_request(domain_name, profile_id),
        read=read,
    )
    return step


def get_profiles(domain_name: str, profile_ids: Iterable[str]) -> Steps[BatchGetResult]:
    """Read many profiles, as many at a time as the API takes."""
    request = requests.get_profiles_request(domain_name, profile_ids)
    return _batches(request, list(dict.fromkeys(cast("list[str]", request["ProfileIds"]))))


def _batches(request: Members, ids: list[str]) -> Steps[BatchGetResult]:
    results: list[BatchGetResult] = []
    for start in range(0, len(ids), MAX_BATCH_SIZE):
        batch = ids[start : start + MAX_BATCH_SIZE]
        result: BatchGetResult = yield Call(
            operation="get_profiles",
            method="batch_get_profile",
            request={**request, "ProfileIds": batch},
            read=partial(deserializer.batch_get_result, "get_profiles", batch),
        )
        results.append(result)
    return deserializer.joined_batches(ids, results)


class SearchPages:
    """The pages of a search, each a flow of its own, so that no page is asked for before it is needed."""

    def __init__(self, domain_name: str, keys: SearchKeys, match: MatchMode, page_size: int) -> None:
        self._request: Members | None = requests.search_profiles_request(domain_name, keys, match, page_size)
        self._tokens: set[str] = set()

    def next_page(self) -> Steps[SearchPage | None]:
        """Return the next page, or ``None`` after the last one."""
        if self._request is None:
            return None
        page: SearchPage = yield Call(
            operation="search_profiles",
            method="search_profiles",
            request=self._request,
            read=deserializer.search_page,
        )
        if page.next_token in self._tokens:
            raise UnexpectedResponseError("search_profiles", [Problem("next_token", "is one that was used before")])
        if page.next_token:
            self._tokens.add(page.next_token)
        self._request = {**self._request, "NextToken": page.next_token} if page.next_token else None
        return page


def delete_profile(domain_name: str, profile_id: str) -> Call[None]:
    """Delete a profile."""
    request = requests.delete_profile_request(domain_name, profile_id)
    return _call_without_result("delete_profile", request, Repeat.NOT_FOUND_IS_DONE)


def add_profile_key(domain_name: str, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> Call[None]:
    """Add a search key to a profile."""
    request = requests.profile_key_request("add_profile_key", domain_name, profile_id, key, values)
    return _call_without_result("add_profile_key", request)


def delete_profile_key(domain_name: str, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> Call[None]:
    """Delete a search key of a profile."""
    request = requests.profile_key_request("delete_profile_key", domain_name, profile_id, key, values)
    return _call_without_result("delete_profile_key", request, Repeat.NOT_FOUND_IS_DONE)


def merge_profiles(domain_name: str, main_profile_id: str, profile_ids: Iterable[str]) -> Call[None]:
    """Merge profiles into one."""
    request = requests.merge_profiles_request(domain_name, main_profile_id, profile_ids)
    return _call_without_result("merge_profiles", request, Repeat.NOT_FOUND_IS_UNKNOWN)


def _call_without_result(operation: str, request: Members, repeat: Repeat = Repeat.HARMLESS) -> Call[None]:
    return Call(operation=operation, method=operation, request=request, read=deserializer.no_result, repeat=repeat)
