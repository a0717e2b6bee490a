"""``Profile`` and friends -> the dicts that boto3 takes; the way back is ``deserializer``.

Every rule of sending lives here, and what both ways share: the members' names and the twins.

- A member's name is the field's in PascalCase (``postal_code`` -> ``PostalCode``).
- ``None`` is not sent. ``CLEAR`` is sent as ``""`` by an update and not sent by a create. This holds for fields, lines
  of an address and values of attributes; a nested object left with nothing to send is not sent.
- Text goes out as plain ``str``, an enum member as its value.
- The twins: a member of the enum goes out as ``PartyType``, free text and ``CLEAR`` as ``PartyTypeString``, never both.
  ``Gender`` alike.

Nothing is judged here: a value that cannot be converted is passed on, or ``Misfit`` stands in its place, for
``validation`` to name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, cast

import attrs
from cattrs import Converter
from cattrs.fns import identity
from cattrs.gen import make_dict_unstructure_fn, override

from customer_profiles_sdk.choices import ContactType, Gender, PartyType, ProfileType, SearchKey
from customer_profiles_sdk.models import (
    Address,
    ContactPreference,
    EngagementPreferences,
    Profile,
)

Members = dict[str, object]
NAME_LIKE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
"""An attribute's key that reads as a name may be shown; any other could be a customer's data."""

MatchMode = Literal["any", "all"]
_SendingHook = Callable[[Any], Any]

TWINS: Final[Mapping[str, type[StrEnum]]] = {"PartyType": PartyType, "Gender": Gender}
"""The members for values of an enum; ``String`` behind the name makes the one for free text."""

TEXTS: Final = (str | None, *(choice | str | None for choice in (PartyType, Gender, ProfileType, ContactType)))
"""The types of the fields that are texts on the wire."""

_OPERATORS: Final = {"any": "OR", "all": "AND"}
_WIRE_NAMES: Final = {
    "http_status": "HTTPStatusCode",
    "metadata": "ResponseMetadata",
    "found": "Profiles",
    "failed": "Errors",
    "found_by": "FoundByItems",
    "key": "KeyName",
}


@attrs.frozen
class Misfit:
    """Stands in a request where a value is of the wrong type, so that it cannot pass for a converted one."""

    expected: str
    got: str


@cache
def converter() -> Converter:
    """Return cattrs' converter, the one for both ways: making it takes longer than compiling a model."""
    return Converter()


@cache
def free_text_member(name: str) -> str:
    """Return the member for the free text of a twin."""
    return f"{name}String"


@cache
def wire_name(field_name: str) -> str:
    """Return the API's member for a model's field."""
    return _WIRE_NAMES.get(field_name) or "".join(part.capitalize() for part in field_name.split("_"))


_TYPE_NAME: Final[Any] = type.__dict__["__name__"]  # a metaclass may have a __name__ of its own, which may fail


def type_name(value: object) -> str:
    """Return the name of a value's type, which is all that may be said of a value."""
    name: str = _TYPE_NAME.__get__(type(value))
    return name


def create_profile_request(domain_name: str, profile: Profile) -> Members:
    """Return what boto3's ``create_profile`` takes."""
    return {"DomainName": _plain(domain_name), **_members("profile", profile, _profile_hook(_for_create))}


def update_profile_request(domain_name: str, profile_id: str, changes: Profile) -> Members:
    """Return what boto3's ``update_profile`` takes."""
    changed = _members("changes", changes, _profile_hook(_for_update))
    return {"DomainName": _plain(domain_name), "ProfileId": _plain(profile_id), **changed}


def upsert_profile_request(domain_name: str, profile: Profile) -> Members:
    """Return what an upsert may come to send, for the check of it as a whole."""
    return {"DomainName": _plain(domain_name), **_members("profile", profile, _profile_hook(_for_update))}


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


def _for_create(members: Mapping[Any, object]) -> Members:
    # Here and below the type is asked without a call for each text: a profile can have sixty of them.
    return {
        name: value if type(value) is str else _plain(value)
        for name, value in members.items()
        if value is not None and (value if type(value) is str else _is_no_blank(value))
    }


def _for_update(members: Mapping[Any, object]) -> Members:
    return {
        name: value if type(value) is str else _plain(value) for name, value in members.items() if value is not None
    }


def _is_no_blank(value: object) -> bool:
    return not issubclass(type(value), str) or str.__len__(cast("str", value)) > 0


def _plain(value: object) -> object:
    # A StrEnum, of ours or of the caller's, goes out as the text that it is.
    return str.__str__(cast("str", value)) if issubclass(type(value), str) else value


def _with_twins(members: Members) -> Members:
    for name, choice in TWINS.items():
        if members[name] is not None and type(members[name]) is not choice:
            members[free_text_member(name)] = members.pop(name)
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
def _profile_hook(sent: Callable[[Mapping[Any, object]], Members]) -> _SendingHook:
    """Return what turns a ``Profile`` into its members, compiled by cattrs once for creates and once for updates.

    Args:
        sent: what leaves out of an object's members those that are not sent: ``_for_create`` or ``_for_update``.
    """

    def model(
        kind: type[attrs.AttrsInstance], hooks: Mapping[object, _SendingHook], finish: _SendingHook | None = None
    ) -> _SendingHook:
        overrides: dict[str, Any] = {
            each.name: override(rename=wire_name(each.name), unstruct_hook=hooks[each.type])
            for each in attrs.fields(kind)
        }
        compiled = make_dict_unstructure_fn(kind, converter(), **overrides)

        def unstructure(value: Any) -> object:
            if not issubclass(type(value), kind):
                return Misfit(kind.__name__, type_name(value))
            return sent(finish(compiled(value)) if finish else compiled(value))

        return unstructure

    def attributes(value: object) -> object:
        if type(value) is not dict:  # what the model could not copy
            return Misfit("mapping of str to str", type_name(value))
        return sent({key if type(key) is str else _plain(key): text for key, text in value.items()})

    texts: dict[object, _SendingHook] = dict.fromkeys(TEXTS, identity)
    preferences = _items_hook(model(ContactPreference, texts))
    engagement = model(EngagementPreferences, {tuple[ContactPreference, ...] | None: preferences})
    hooks = {
        **texts,
        Address | None: _optional(model(Address, texts)),
        Mapping[str, str] | None: _optional(attributes),
        EngagementPreferences | None: _optional(engagement),
    }
    return model(Profile, hooks, _with_twins)
