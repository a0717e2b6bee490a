"""The dicts that boto3 gives -> results; the other way is ``serializer``.

Every rule of reading lives here:

- Of the twins ``PartyTypeString`` counts where it is there and not empty, else ``PartyType``. ``Gender`` alike.
- ``None`` is what is not there.
- Members and enum values that do not exist yet are taken; only a value of a wrong type is refused, with its place.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any, Final, TypeVar, cast, get_args, get_origin

import attrs
from cattrs import BaseValidationError, transform_error
from cattrs.gen import make_dict_structure_fn, override

from customer_profiles_sdk.choices import SearchKey
from customer_profiles_sdk.errors import Problem, UnexpectedResponseError
from customer_profiles_sdk.models import (
    BatchGetResult,
    CreateProfileResult,
    FailedProfile,
    Profile,
    StoredProfile,
    UpdateProfileResult,
)
from customer_profiles_sdk.serializer import TEXTS, TWINS, Members, converter, free_text_member, type_name, wire_name

_ReadingHook = Callable[[object, object], object]
_Result = TypeVar("_Result")

_NOT_ANSWERED: Final = "the service answered with neither the profile nor an error"


@attrs.frozen(kw_only=True)
class SearchPage:
    """A page of search results, and the token for the next one."""

    items: tuple[StoredProfile, ...] = ()
    next_token: str | None = None


def create_profile_result(response: Mapping[str, object]) -> CreateProfileResult:
    """Read boto3's answer to ``create_profile``; ``UnexpectedResponseError`` where it has no ``ProfileId``."""
    return _read(CreateProfileResult, "create_profile", response)


def update_profile_result(response: Mapping[str, object]) -> UpdateProfileResult:
    """Read boto3's answer to ``update_profile``; ``UnexpectedResponseError`` where it has no ``ProfileId``."""
    return _read(UpdateProfileResult, "update_profile", response)


def nothing(_: Mapping[str, object]) -> None:
    """Read an answer that has nothing to say but that it is there."""


def batch_get_result(operation: str, response: Mapping[str, object]) -> BatchGetResult:
    """Read boto3's answer to ``batch_get_profile``; ``UnexpectedResponseError`` where a profile cannot be read."""
    return _read(BatchGetResult, operation, response)


def joined_batches(profile_ids: Iterable[str], batches: Sequence[BatchGetResult]) -> BatchGetResult:
    """Return several answers as one, in the order of the ids, with an error for each id that no answer has."""
    found = {each.profile_id: each for batch in batches for each in batch.found}
    failed = {each.profile_id: each for batch in batches for each in batch.failed}
    return BatchGetResult(
        found=tuple(found[profile_id] for profile_id in profile_ids if profile_id in found),
        failed=tuple(
            failed.get(profile_id) or FailedProfile(profile_id=profile_id, code="NotAnswered", message=_NOT_ANSWERED)
            for profile_id in profile_ids
            if profile_id not in found
        ),
    )


def search_page(response: Mapping[str, object]) -> SearchPage:
    """Read boto3's answer to ``search_profiles``; ``UnexpectedResponseError`` where a profile cannot be read."""
    return _read(SearchPage, "search_profiles", response)


def _read(kind: type[_Result], operation: str, response: object) -> _Result:
    try:
        return cast("_Result", _reading_hook(cast("Hashable", kind))(response, kind))
    except (BaseValidationError, _UnreadableError) as error:
        lines = transform_error(error, path="", format_exception=_in_words)
    raise UnexpectedResponseError(operation, [_problem(line) for line in lines])


class _UnreadableError(Exception):
    pass


def _in_words(error: BaseException, _: type | None) -> str:
    # The text of any other error could hold the value; here it is only ever a KeyError.
    return str(error) if type(error) is _UnreadableError else "missing"


def _problem(line: str) -> Problem:
    words, _, path = line.rpartition(" @ ")
    return Problem(path.lstrip(".") or "response", words)


def _exactly(kind: type, *others: type) -> _ReadingHook:
    def read(value: object, _: object) -> object:
        if type(value) is not kind and type(value) not in others:
            raise _UnreadableError(f"expected {kind.__name__}, got {type_name(value)}")
        return value

    return read


_read_text: Final = _exactly(str)
_read_text_or_none: Final = _exactly(str, NoneType)
_read_list: Final = _exactly(list)
_read_members: Final = _exactly(dict)


def _required_text(value: object, kind: object) -> object:
    if not _read_text(value, kind):
        raise _UnreadableError("empty")
    return value


def _maybe(hook: _ReadingHook) -> _ReadingHook:
    return lambda value, kind: None if value is None else hook(value, kind)


def _tuple_of(hook: _ReadingHook) -> _ReadingHook:
    return lambda value, kind: tuple([hook(each, kind) for each in cast("list[object]", _read_list(value, kind))])


def _read_attributes(value: object, kind: object) -> object:
    members = cast("Members", _read_members(value, kind))
    for each in members.values():
        _read_text_or_none(each, kind)
    return members  # the model makes a copy without what is None


def _one_of_twins(members: Members) -> Members:
    for name in TWINS:
        if text := members.get(free_text_member(name)):
            members = {**members, name: text}
    return members


def _with_profile(members: Members) -> Members:
    return {**members, "Profile": members}  # the API has the id and the contents of a profile side by side


_HOOKS: Final[Mapping[object, _ReadingHook]] = {
    str: _read_text,
    SearchKey | str: _read_text,
    int: _exactly(int),
    int | None: _exactly(int, NoneType),
    Mapping[str, str] | None: _maybe(_read_attributes),
    **dict.fromkeys(TEXTS, _read_text_or_none),
}
_PREPARED: Final[Mapping[object, Callable[[Members], Members]]] = {
    Profile: _one_of_twins,
    StoredProfile: _with_profile,
}


@cache
def _reading_hook(kind: Any) -> _ReadingHook:
    """Return what reads a type, compiled by cattrs for a model; made when it is needed first."""
    if kind in _HOOKS:
        return _HOOKS[kind]
    if attrs.has(kind):
        return _model_hook(kind)
    inner = _reading_hook(get_args(kind)[0])
    return _tuple_of(inner) if get_origin(kind) is tuple else _maybe(inner)


def _model_hook(kind: type[attrs.AttrsInstance]) -> _ReadingHook:
    overrides: dict[str, Any] = {
        each.name: override(
            rename=wire_name(each.name),
            struct_hook=_required_text if each.name == "profile_id" and each.type is str else _reading_hook(each.type),
        )
        for each in attrs.fields(kind)
    }
    compiled = make_dict_structure_fn(kind, converter(), _cattrs_detailed_validation=True, **overrides)
    prepare = _PREPARED.get(kind)

    def read(value: object, _: object) -> object:
        members = cast("Members", _read_members(value, kind))
        return compiled(prepare(members) if prepare else members, kind)

    return read
