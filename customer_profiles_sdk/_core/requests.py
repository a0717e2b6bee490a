"""The request of each operation, checked while it is made.

Every function returns what boto3's method takes, or raises one ``InvalidRequestError`` with all problems. How a single
value is checked is left to ``rules``.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, cast

from customer_profiles_sdk._core.members import (
    MAX_BATCH_SIZE,
    MAX_PAGE_SIZE,
    MAX_PROFILE_BYTES,
    NAME,
    PROFILE_ID,
    REQUIRED_TEXT,
)
from customer_profiles_sdk._core.rules import (
    NumberRule,
    OneTextRule,
    RequiredTextRule,
    SearchKeysRule,
    TextsRule,
    WordRule,
    model_rule,
)
from customer_profiles_sdk._core.walk import Members, NamedRule, UpdateWalk, Walk
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import InvalidRequestError, Problem
from customer_profiles_sdk.models import Profile

MatchMode = Literal["any", "all"]
SearchKeys = Mapping[SearchKey, str] | Mapping[str, str]
"""Values by search key. A mapping's key type is invariant, so a ``dict[SearchKey, str]`` needs a type of its own."""

_SMALL_NUMBER_OF_ATTRIBUTES: Final = 50
"""So many attributes cannot reach the quota, whatever they and all other texts hold."""


_PROFILE: Final = model_rule(Profile)
_DOMAIN_NAME: Final = NamedRule("domain_name", "DomainName", RequiredTextRule(NAME))
_PROFILE_ID: Final = NamedRule("profile_id", "ProfileId", RequiredTextRule(PROFILE_ID))
_KEY: Final = (
    _DOMAIN_NAME,
    _PROFILE_ID,
    NamedRule("key", "KeyName", RequiredTextRule(NAME)),
    NamedRule("values", "Values", TextsRule(REQUIRED_TEXT, min_items=1, takes_one_text=True)),
)
PARAMETERS: Final[Mapping[str, Sequence[NamedRule]]] = {
    "create_profile": (_DOMAIN_NAME,),
    "update_profile": (_DOMAIN_NAME, _PROFILE_ID),
    "upsert_profile": (_DOMAIN_NAME,),
    "get_profile": (_DOMAIN_NAME, NamedRule("profile_id", "ProfileIds", OneTextRule(PROFILE_ID))),
    "get_profiles": (_DOMAIN_NAME, NamedRule("profile_ids", "ProfileIds", TextsRule(PROFILE_ID))),
    "search_profiles": (
        _DOMAIN_NAME,
        NamedRule("keys", "AdditionalSearchKeys", SearchKeysRule()),
        NamedRule("match", "LogicalOperator", WordRule({"any": "OR", "all": "AND"})),
        NamedRule("page_size", "MaxResults", NumberRule(1, MAX_PAGE_SIZE)),
    ),
    "delete_profile": (_DOMAIN_NAME, _PROFILE_ID),
    "add_profile_key": _KEY,
    "delete_profile_key": _KEY,
    "merge_profiles": (
        _DOMAIN_NAME,
        NamedRule("main_profile_id", "MainProfileId", RequiredTextRule(PROFILE_ID)),
        NamedRule("profile_ids", "ProfileIdsToBeMerged", TextsRule(PROFILE_ID, min_items=1, max_items=MAX_BATCH_SIZE)),
    ),
}
"""What each operation takes besides the contents of a profile."""


def create_profile_request(domain_name: str, profile: Profile) -> Members:
    """Return what boto3's ``create_profile`` takes."""
    walk = Walk()
    request: Members = {}
    _DOMAIN_NAME.add(request, domain_name, walk)
    return _with_profile("create_profile", walk, request, "profile", profile)


def update_profile_request(domain_name: str, profile_id: str, changes: Profile) -> Members:
    """Return what boto3's ``update_profile`` takes."""
    walk = UpdateWalk()
    request: Members = {}
    _DOMAIN_NAME.add(request, domain_name, walk)
    _PROFILE_ID.add(request, profile_id, walk)
    return _with_profile("update_profile", walk, request, "changes", changes)


def check_upsert(domain_name: str, profile: Profile) -> None:
    """Check everything that an upsert may come to send."""
    walk = UpdateWalk()
    request: Members = {}
    _DOMAIN_NAME.add(request, domain_name, walk)
    _with_profile("upsert_profile", walk, request, "profile", profile)


def profile_members(profile: Profile) -> Members:
    """Return all that an upsert may come to send of a profile, whatever the domain."""
    return _with_profile("upsert_profile", UpdateWalk(), {}, "profile", profile)


def domain_name_problems(domain_name: object) -> list[Problem]:
    """Return what is wrong with the name of a domain."""
    walk = Walk()
    _DOMAIN_NAME.add({}, domain_name, walk)
    return walk


def settle_problem(seconds: object) -> str | None:
    """Return what is wrong with a number of seconds to settle."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < math.inf:
        return "expected a number of seconds, 0 or more"
    return None


def get_profile_request(domain_name: str, profile_id: str) -> Members:
    """Return what boto3's ``batch_get_profile`` takes for one profile."""
    return _request("get_profile", (domain_name, profile_id))


def get_profiles_request(domain_name: str, profile_ids: Iterable[str]) -> Members:
    """Return what boto3's ``batch_get_profile`` takes, with any number of ids."""
    return _request("get_profiles", (domain_name, profile_ids))


def search_profiles_request(domain_name: str, keys: SearchKeys, match: MatchMode, page_size: int) -> Members:
    """Return what boto3's ``search_profiles`` takes for the first page."""
    return _request("search_profiles", (domain_name, keys, match, page_size))


def delete_profile_request(domain_name: str, profile_id: str) -> Members:
    """Return what boto3's ``delete_profile`` takes."""
    return _request("delete_profile", (domain_name, profile_id))


def profile_key_request(
    operation: str, domain_name: str, profile_id: str, key: SearchKey | str, values: Iterable[str]
) -> Members:
    """Return what boto3's ``add_profile_key`` and ``delete_profile_key`` take; a single text is one value."""
    return _request(operation, (domain_name, profile_id, key, values))


def merge_profiles_request(domain_name: str, main_profile_id: str, profile_ids: Iterable[str]) -> Members:
    """Return what boto3's ``merge_profiles`` takes."""
    request = _request("merge_profiles", (domain_name, main_profile_id, profile_ids))
    merged = cast("list[object]", request["ProfileIdsToBeMerged"])
    if request["MainProfileId"] in merged:
        path = f"profile_ids[{merged.index(request['MainProfileId'])}]"
        message = "is the main profile, which cannot be merged into itself"
        raise InvalidRequestError("merge_profiles", [Problem(path, message)])
    return request


def _request(operation: str, values: Sequence[Any]) -> Members:
    walk = Walk()
    request: Members = {}
    for parameter, value in zip(PARAMETERS[operation], values, strict=True):
        parameter.add(request, value, walk)
    if walk:
        raise InvalidRequestError(operation, walk)
    return request


def _with_profile(operation: str, walk: Walk, request: Members, argument: str, profile: object) -> Members:
    if isinstance(profile, Profile):
        _PROFILE.add(request, "", profile, walk)
        if not walk and _may_be_too_large(request):
            _check_size(request, argument, walk)
    else:
        walk.append(Problem(argument, f"expected Profile, got {type(profile).__name__}"))
    if walk:
        raise InvalidRequestError(operation, walk)
    return request


def _may_be_too_large(request: Members) -> bool:
    attributes: Any = request.get("Attributes", ())
    return len(attributes) > _SMALL_NUMBER_OF_ATTRIBUTES or "EngagementPreferences" in request


def _check_size(request: Members, argument: str, walk: Walk) -> None:
    size = len(json.dumps(request, ensure_ascii=False).encode())
    if size > MAX_PROFILE_BYTES:
        walk.append(Problem(argument, f"{size} bytes, at most {MAX_PROFILE_BYTES}"))
