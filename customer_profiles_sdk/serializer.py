"""``Profile`` and friends <-> the dicts that boto3 takes and gives.

Every rule of the wire lives here:

- A member's name is the field's in PascalCase (``postal_code`` -> ``PostalCode``).
- ``None`` is not sent. ``CLEAR`` is sent as ``""`` by an update and not sent by a create. This holds for fields, lines
  of an address and values of attributes; a nested object left with nothing to send is not sent.
- Text goes out as plain ``str``, an enum member as its value.
- The twins, sending: a member of the enum goes out as ``PartyType``, free text and ``CLEAR`` as ``PartyTypeString``,
  never both. Reading: ``PartyTypeString`` counts where it is there and not empty, else ``PartyType``. ``Gender`` alike.
- Reading takes members and enum values that do not exist yet; only a value of a wrong type is refused.

Nothing is judged here: a value that cannot be converted is passed on, or ``Misfit`` stands in its place, for
``validation`` to name.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

import attrs
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.fns import identity
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from customer_profiles_sdk.choices import ContactType, Gender, PartyType, ProfileType, SearchKey
from customer_profiles_sdk.errors import Problem, UnexpectedResponseError
from customer_profiles_sdk.models import (
    Address,
    BatchGetResult,
    ContactPreference,
    CreateProfileResult,
    EngagementPreferences,
    FailedProfile,
    FoundBy,
    Profile,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
)

Members = dict[str, object]
NAME_LIKE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
"""An attribute's key that reads as a name may be shown; any other could be a customer's data."""

MatchMode = Literal["any", "all"]
_SendingHook = Callable[[Any], Any]
_ReadingHook = Callable[[object, object], object]
_Result = TypeVar("_Result")

TWINS: Final[Mapping[str, type[StrEnum]]] = {"PartyType": PartyType, "Gender": Gender}
"""The members for values of an enum; ``String`` behind the name makes the one for free text."""

_NOT_ANSWERED: Final = "the service answered with neither the profile nor an error"
_OPERATORS: Final = {"any": "OR", "all": "AND"}
_TEXTS: Final = (str | None, *(choice | str | None for choice in (PartyType, Gender, ProfileType, ContactType)))
_WIRE_NAMES: Final = {
    "http_status": "HTTPStatusCode",
    "metadata": "ResponseMetadata",
    "found": "Profiles",
    "failed": "Errors",
    "found_by": "FoundByItems",
    "key": "KeyName",
}


@attrs.frozen(kw_only=True)
class SearchPage:
    """A page of search results, and the token for the next one."""

    items: tuple[StoredProfile, ...] = ()
    next_token: str | None = None


@attrs.frozen
class Misfit:
    """Stands in a request where a value is of the wrong type, so that it cannot pass for a converted one."""

    expected: str
    got: str


@cache
def wire_name(field_name: str) -> str:
    """Return the API's member for a model's field."""
    return _WIRE_NAMES.get(field_name) or "".join(part.capitalize() for part in field_name.split("_"))


_TYPE_NAME: Final[Any] = type.__dict__["__name__"]  # a metaclass may have a __name__ of its own, which may fail


def type_name(value: object) -> str:
    """Return the name of a value's type, which is all that may be said of a value."""
    name: str = _TYPE_NAME.__get__(type(value))
    return name


# --- requests ---------------------------------------------------------------------------------------------------------


def create_profile_request(domain_name: str, profile: Profile) -> Members:
    """Return what boto3's ``create_profile`` takes."""
    return {"DomainName": _plain(domain_name), **_members("profile", profile, _profile_hook(sends_clear=False))}


def update_profile_request(domain_name: str, profile_id: str, changes: Profile) -> Members:
    """Return what boto3's ``update_profile`` takes."""
    changed = _members("changes", changes, _profile_hook(sends_clear=True))
    return {"DomainName": _plain(domain_name), "ProfileId": _plain(profile_id), **changed}


def upsert_profile_request(domain_name: str, profile: Profile) -> Members:
    """Return what an upsert may come to send, for the check of it as a whole."""
    return {"DomainName": _plain(domain_name), **_members("profile", profile, _profile_hook(sends_clear=True))}


def get_profile_request(domain_name: str, profile_id: str) -> Members:
    """Return what boto3's ``batch_get_profile`` takes for one profile."""
    return {"DomainName": _plain(domain_name), "ProfileIds": [_plain(profile_id)]}


def get_profiles_request(domain_name: str, profile_ids: Iterable[str]) -> Members:
    """Return what boto3's ``batch_get_profile`` takes, but for its greatest number of ids."""
    return {"DomainName": _plain(domain_name), "ProfileIds": _listed(profile_ids)}


def search_profiles_request(
    domain_name: str, keys: Mapping[SearchKey | str, str], match: MatchMode, page_size: int
) -> Members:
    """Return what boto3's ``search_profiles`` takes for the first page."""
    request: Members = {"DomainName": _plain(domain_name), "MaxResults": page_size}
    request["LogicalOperator"] = _OPERATORS.get(match) if type(match) is str else None
    try:
        first, *others = [{"KeyName": _plain(key), "Values": [_plain(value)]} for key, value in keys.items()]
    except Exception:  # noqa: BLE001 (untyped callers pass anything, and their own mappings raise anything)
        return {**request, "keys": Misfit("mapping of 1 to 5 search keys to values", type_name(keys))}
    return {**request, **first, **({"AdditionalSearchKeys": others} if others else {})}


def delete_profile_request(domain_name: str, profile_id: str) -> Members:
    """Return what boto3's ``delete_profile`` takes."""
    return {"DomainName": _plain(domain_name), "ProfileId": _plain(profile_id)}


def profile_key_request(domain_name: str, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> Members:
    """Return what boto3's ``add_profile_key`` and ``delete_profile_key`` take; a single text is one value."""
    listed = [_plain(values)] if issubclass(type(values), str) else _listed(values)
    members = {"ProfileId": _plain(profile_id), "KeyName": _plain(key), "Values": listed}
    return {"DomainName": _plain(domain_name), **members}


def merge_profiles_request(domain_name: str, main_profile_id: str, profile_ids: Iterable[str]) -> Members:
    """Return what boto3's ``merge_profiles`` takes."""
    listed = _listed(profile_ids)
    members = {"MainProfileId": _plain(main_profile_id), "ProfileIdsToBeMerged": listed}
    return {"DomainName": _plain(domain_name), **members}


def _listed(texts: Iterable[str]) -> object:
    misfit = Misfit("list of str", type_name(texts))
    if issubclass(type(texts), str | bytes | Mapping):  # which could be iterated, to no good end
        return misfit
    try:
        return [_plain(text) for text in texts]
    except Exception:  # noqa: BLE001 (untyped callers pass anything, and their own iterators raise anything)
        return misfit


def _members(parameter: str, profile: Profile, hook: _SendingHook) -> Members:
    converted = hook(profile)
    return {parameter: converted} if type(converted) is Misfit else cast("Members", converted)


def _sent(members: Mapping[Any, object], *, sends_clear: bool) -> Members:
    sent: Members = {}
    for name, value in members.items():
        if type(value) is str:
            if value or sends_clear:
                sent[name] = value
        elif value is not None:
            plain = _plain(value)
            if type(plain) is not str or plain or sends_clear:
                sent[name] = plain
    return sent


def _plain(value: object) -> object:
    # A StrEnum, of ours or of the caller's, goes out as the text that it is.
    return str.__str__(cast("str", value)) if issubclass(type(value), str) else value


def _with_twins(members: Members) -> Members:
    for name, choice in TWINS.items():
        if members[name] is not None and type(members[name]) is not choice:
            members[f"{name}String"] = members.pop(name)
    return members


def _optional(hook: _SendingHook) -> _SendingHook:
    return lambda value: None if value is None else hook(value) or None


def _items_hook(hook: _SendingHook) -> _SendingHook:
    def unstructure(value: object) -> object:
        if value is None:
            return None
        if type(value) is not tuple:
            return Misfit("list of ContactPreference", type_name(value))
        sent = [item for item in map(hook, value) if item]
        return sent if sent or not value else None  # an empty list that was given is a value like any other

    return unstructure


@cache
def _profile_hook(*, sends_clear: bool) -> _SendingHook:
    """Return what turns a ``Profile`` into its members, compiled by cattrs once for creates and once for updates."""
    converter = Converter()

    def model(
        kind: type[attrs.AttrsInstance], hooks: Mapping[object, _SendingHook], finish: _SendingHook = identity
    ) -> _SendingHook:
        overrides: dict[str, Any] = {
            each.name: override(rename=wire_name(each.name), unstruct_hook=hooks[each.type])
            for each in attrs.fields(kind)
        }
        compiled = make_dict_unstructure_fn(kind, converter, **overrides)

        def unstructure(value: Any) -> object:
            if not issubclass(type(value), kind):
                return Misfit(kind.__name__, type_name(value))
            return _sent(finish(compiled(value)), sends_clear=sends_clear)

        return unstructure

    def attributes(value: object) -> object:
        if type(value) is not dict:  # what the model could not copy
            return Misfit("mapping of str to str", type_name(value))
        return _sent({_plain(key): text for key, text in value.items()}, sends_clear=sends_clear)

    texts: dict[object, _SendingHook] = dict.fromkeys(_TEXTS, identity)
    preferences = _items_hook(model(ContactPreference, texts))
    engagement = model(EngagementPreferences, {tuple[ContactPreference, ...] | None: preferences})
    hooks = {
        **texts,
        Address | None: _optional(model(Address, texts)),
        Mapping[str, str] | None: _optional(attributes),
        EngagementPreferences | None: _optional(engagement),
    }
    return model(Profile, hooks, _with_twins)


# --- responses --------------------------------------------------------------------------------------------------------


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
        return cast("_Result", _reading_hooks()[kind](response, kind))
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


def _exactly(kind: type) -> _ReadingHook:
    def read(value: object, _: object) -> object:
        if type(value) is not kind:
            raise _UnreadableError(f"expected {kind.__name__}, got {type_name(value)}")
        return value

    return read


_read_text: Final = _exactly(str)
_read_list: Final = _exactly(list)
_read_members: Final = _exactly(dict)


def _required_text(value: object, kind: object) -> object:
    if not _read_text(value, kind):
        raise _UnreadableError("empty")
    return value


def _maybe(hook: _ReadingHook) -> _ReadingHook:
    return lambda value, kind: None if value is None else hook(value, kind)


def _tuple_of(hook: _ReadingHook) -> _ReadingHook:
    return lambda value, kind: tuple(hook(each, kind) for each in cast("list[object]", _read_list(value, kind)))


def _read_attributes(value: object, kind: object) -> object:
    members = cast("Members", _read_members(value, kind))
    return {key: _read_text(each, kind) for key, each in members.items() if each is not None}


def _one_of_twins(members: Members) -> Members:
    free_texts = {name: members.get(f"{name}String") for name in TWINS}
    return {**members, **{name: text for name, text in free_texts.items() if text}}


def _with_profile(members: Members) -> Members:
    return {**members, "Profile": members}  # the API has the id and the contents of a profile side by side


@cache
def _reading_hooks() -> Mapping[object, _ReadingHook]:
    """Return for each type the function that reads it, compiled by cattrs for the models."""
    converter = Converter()
    hooks: dict[object, _ReadingHook] = {
        str: _read_text,
        SearchKey | str: _read_text,
        tuple[str, ...]: _tuple_of(_read_text),
        int: _exactly(int),
        int | None: _maybe(_exactly(int)),
        Mapping[str, str] | None: _maybe(_read_attributes),
        **dict.fromkeys(_TEXTS, _maybe(_read_text)),
    }

    def add(kind: type[attrs.AttrsInstance], prepare: Callable[[Members], Members] = identity) -> _ReadingHook:
        overrides: dict[str, Any] = {
            each.name: override(
                rename=wire_name(each.name),
                struct_hook=_required_text if each.name == "profile_id" and each.type is str else hooks[each.type],
            )
            for each in attrs.fields(kind)
        }
        compiled = make_dict_structure_fn(kind, converter, _cattrs_detailed_validation=True, **overrides)

        def read(value: object, _: object) -> object:
            return compiled(prepare(cast("Members", _read_members(value, kind))), kind)

        hooks[kind] = read
        hooks[kind | None] = _maybe(read)
        return read

    hooks[tuple[ContactPreference, ...] | None] = _maybe(_tuple_of(add(ContactPreference)))
    hooks[tuple[FoundBy, ...]] = _tuple_of(add(FoundBy))
    hooks[tuple[FailedProfile, ...]] = _tuple_of(add(FailedProfile))
    add(Address)
    add(EngagementPreferences)
    add(Profile, _one_of_twins)
    hooks[tuple[StoredProfile, ...]] = _tuple_of(add(StoredProfile, _with_profile))
    add(ResponseMetadata)
    add(BatchGetResult)
    add(SearchPage)
    add(CreateProfileResult)
    add(UpdateProfileResult)
    return hooks
