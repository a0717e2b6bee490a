"""The things that callers hold: a customer as plain data, and the results of operations.

Every model is frozen and keyword-only and compares by value. A model of a customer shows in ``repr`` which fields are
set and none of their values; a result shows its ids, which are not customers' data.

A model takes whatever it is given: what may be sent is decided by ``validation``, over the whole request. All that is
known of the wire here is the ``Limits`` that a field declares for itself.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, Self, cast, final

import attrs
from attrs import field

from customer_profiles_sdk import choices
from customer_profiles_sdk.choices import ContactType, Gender, PartyType, ProfileType, SearchKey

CLEAR: Final = ""
"""The empty string, named: "remove the stored value" (UpdateProfile's own rule)."""


@attrs.frozen(kw_only=True)
class Limits:
    """What the API lets a text be.

    Attributes:
        most: the greatest length, in characters.
        pattern: a regular expression that the whole text must match, if there is one.
        pattern_words: the same, in words.
        clearable: whether UpdateProfile takes ``CLEAR``, which removes the stored value.
    """

    most: int = 255
    pattern: str | None = None
    pattern_words: str = ""
    clearable: bool = True


TEXT: Final = Limits()
LONG_TEXT: Final = Limits(most=1000)
KEPT_TEXT: Final = Limits(clearable=False)
NAME: Final = Limits(most=64, pattern="[a-zA-Z0-9_-]+", pattern_words="letters, digits, _ and - only", clearable=False)
PROFILE_ID: Final = Limits(
    most=32, pattern="[a-f0-9]{32}", pattern_words="32 lower-case hexadecimal digits", clearable=False
)


def declared_limits(attribute: "attrs.Attribute[object]") -> Limits:
    """Return the limits that a model's field declares: ``TEXT`` where it declares none."""
    return cast("Limits", attribute.metadata.get("limits", TEXT))


def _hides_values(_: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    # For subclasses, which get a repr from attrs unless they decline it.
    return [each.evolve(repr=lambda _: "...") for each in fields]


class _Veiled:
    """The ``repr`` of what holds customers' data: the names of the fields that are set."""

    __slots__ = ()

    def __repr__(self) -> str:
        values = (
            (each.name, getattr(self, each.name))
            for each in attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        )
        shown = (
            f"{name}={value!r}" if issubclass(type(value), _Veiled) else f"{name}=..."
            for name, value in values
            if value is not None
        )
        return f"{type(self).__name__}({', '.join(shown)})"


@final
@attrs.frozen(kw_only=True, repr=False, field_transformer=_hides_values)
class Address(_Veiled):
    """Ten optional lines of an address, up to 255 characters each (API: ``Address``, ``UpdateAddress``).

    In an update a line that is ``None`` keeps what is stored and one that is ``CLEAR`` removes it.
    """

    address1: str | None = None
    """The first line of the street address."""
    address2: str | None = None
    """The second line."""
    address3: str | None = None
    """The third line."""
    address4: str | None = None
    """The fourth line."""
    city: str | None = None
    """The city."""
    county: str | None = None
    """The county."""
    state: str | None = None
    """The state."""
    province: str | None = None
    """The province."""
    country: str | None = None
    """The country, as text; the API has no list of countries."""
    postal_code: str | None = None
    """The postal code."""

    @classmethod
    def cleared(cls) -> Self:
        """Return the address with all ten lines ``CLEAR``: in an update it removes a stored address."""
        return cls(**{each.name: CLEAR for each in attrs.fields(cls)})


@final
@attrs.frozen(kw_only=True, repr=False, field_transformer=_hides_values)
class ContactPreference(_Veiled):
    """One preferred way of contact (API: ``ContactPreference``).

    The API has no way to remove one of its values, so ``CLEAR`` is a problem in an update.
    """

    key_name: str | None = field(default=None, metadata={"limits": NAME})
    """The search key of the profile that is meant, 1 to 64 letters, digits, ``_`` and ``-``."""
    key_value: str | None = field(default=None, metadata={"limits": KEPT_TEXT})
    """The value under that key, up to 255 characters."""
    profile_id: str | None = field(default=None, metadata={"limits": PROFILE_ID})
    """The id of the profile that is meant, 32 lower-case hexadecimal digits."""
    contact_type: ContactType | str | None = field(
        default=None, converter=choices.contact_type, metadata={"limits": KEPT_TEXT}
    )
    """Which of that profile's phone numbers or e-mail addresses is preferred."""


_Preferences = tuple[ContactPreference, ...]


def _preferences(value: list[ContactPreference] | _Preferences | None) -> _Preferences | None:
    # list's own iterator: a caller's subclass may have one that fails.
    return tuple(list.__iter__(cast("list[Any]", value))) if issubclass(type(value), list) else cast("Any", value)


@final
@attrs.frozen(kw_only=True, repr=False, field_transformer=_hides_values)
class EngagementPreferences(_Veiled):
    """The preferred ways of contact for each channel (API: ``EngagementPreferences``).

    What an update does with a stored list is not documented and was not tried; most likely the list is replaced whole.
    """

    phone: _Preferences | None = field(default=None, converter=_preferences)
    """Preferences for calls, the first one first. A list becomes a tuple."""
    email: _Preferences | None = field(default=None, converter=_preferences)
    """Preferences for e-mails, the first one first. A list becomes a tuple."""


def _attributes(value: Mapping[str, str | None] | None) -> Mapping[str, str] | None:
    # A copy, so that the profile stays what it is when the caller's dict changes. None means "not given" for an
    # attribute as it does for a field. What cannot be read as a mapping is kept, for validation to name.
    if value is None or not issubclass(type(value), Mapping):
        return cast("Mapping[str, str] | None", value)
    try:
        return {key: each for key, each in value.items() if each is not None}
    except Exception:  # noqa: BLE001 (a caller's own mapping can raise anything)
        return cast("Mapping[str, str]", value)


@final
@attrs.frozen(kw_only=True, repr=False, field_transformer=_hides_values)
class Profile(_Veiled):
    """The contents of a standard profile, to create, to update and to read it (API: the members of ``CreateProfile``).

    Every field is optional. ``None``, the default, is not sent: an update keeps what is stored. ``CLEAR`` removes the
    stored value in an update and is not sent in a create. The same holds for each line of an address and for each
    value of ``attributes``.

    A field is the API's member in snake_case: ``business_email_address`` is ``BusinessEmailAddress``. A text has up to
    255 characters, ``additional_information`` up to 1,000. Nothing is checked here: a method of the client that sends
    a profile reports everything that is wrong with it in one ``InvalidRequestError``.

    >>> ana = Profile(first_name="Ana", gender="FEMALE", address=Address(city="Cork"))
    >>> ana
    Profile(first_name=..., gender=..., address=Address(city=...))
    >>> ana.gender
    <Gender.FEMALE: 'FEMALE'>
    """

    account_number: str | None = None
    """A unique account number that you have given to the customer. The service does not enforce that it is unique."""
    additional_information: str | None = field(default=None, metadata={"limits": LONG_TEXT})
    """Anything else about the customer, up to 1,000 characters."""
    party_type: PartyType | str | None = field(default=None, converter=choices.party_type)
    """What kind of party the customer is, as a ``PartyType`` or any other text.

    Text equal to a member's value becomes the member; any other text stays as it is, to the letter.
    """
    business_name: str | None = None
    """The name of the customer's business."""
    first_name: str | None = None
    """The customer's first name."""
    middle_name: str | None = None
    """The customer's middle name."""
    last_name: str | None = None
    """The customer's last name."""
    birth_date: str | None = None
    """The customer's birth date, as text; the API has no format for it."""
    gender: Gender | str | None = field(default=None, converter=choices.gender)
    """The gender that the customer identifies with, as a ``Gender`` or any other text.

    Text equal to a member's value becomes the member; any other text stays as it is, to the letter.
    """
    phone_number: str | None = None
    """A phone number that is not known to be a mobile, home or business number."""
    mobile_phone_number: str | None = None
    """The customer's mobile phone number."""
    home_phone_number: str | None = None
    """The customer's home phone number."""
    business_phone_number: str | None = None
    """The customer's business phone number."""
    email_address: str | None = None
    """An e-mail address that is not known to be a personal or business address."""
    personal_email_address: str | None = None
    """The customer's personal e-mail address."""
    business_email_address: str | None = None
    """The customer's business e-mail address."""
    address: Address | None = None
    """An address that is not known to be a shipping, mailing or billing address."""
    shipping_address: Address | None = None
    """The customer's shipping address."""
    mailing_address: Address | None = None
    """The customer's mailing address."""
    billing_address: Address | None = None
    """The customer's billing address."""
    attributes: Mapping[str, str] | None = field(default=None, converter=_attributes, hash=False)
    """Your own keys and values, 1 to 255 characters each. The mapping is copied; a value of ``None`` is left out.

    An update is believed, but not documented, to merge them key by key: keys that it does not name are kept.
    """
    profile_type: ProfileType | str | None = field(
        default=None, converter=choices.profile_type, metadata={"limits": KEPT_TEXT}
    )
    """Whether this is a person's profile or an account's. The API has no way to remove it."""
    engagement_preferences: EngagementPreferences | None = None
    """The customer's preferred ways of contact. The API has no way to remove them."""

    def changes_to(self, desired: "Profile") -> "Profile":
        """Return the smallest update that turns this whole profile into another.

        What is equal is left out; what ``desired`` does not have becomes ``CLEAR``, line by line in an address and key
        by key in ``attributes``. What the API has no way to remove (``profile_type``, the channels of
        ``engagement_preferences``) is left alone where ``desired`` does not have it. Where nothing changes the update
        is ``Profile()``, which need not be sent.

        >>> stored = Profile(first_name="Ana", email_address="ana@mail.example", phone_number="555 0100")
        >>> changes = stored.changes_to(Profile(first_name="Ana", phone_number="555 0199"))
        >>> changes.first_name, changes.phone_number, changes.email_address == CLEAR
        (None, '555 0199', True)
        """
        return changes(self, desired, absent=CLEAR)


def changes(stored: Profile, wanted: Profile, *, absent: str | None) -> Profile:
    """Return the smallest update from what is stored to what is wanted.

    What ``wanted`` does not have is taken for ``absent``: ``CLEAR`` removes it, ``None`` keeps it. A value of a type
    that no profile can have is passed on, for the check of the request to name.
    """
    changed: dict[str, Any] = {}
    for each in attrs.fields(Profile):
        old, new = getattr(stored, each.name), getattr(wanted, each.name)
        if each.type in _NESTED and (new is None or issubclass(type(new), _NESTED[each.type])):
            changed[each.name] = _NESTED_CHANGES[each.type](old, new, absent)
        elif each.type in _NESTED:
            changed[each.name] = new
        else:
            changed[each.name] = _changed_text(old, new, absent if declared_limits(each).clearable else None)
    return attrs.evolve(wanted, **changed)


def _changed_text(old: str | None, new: str | None, absent: str | None) -> str | None:
    wanted = absent if new is None else new
    if wanted is None or not issubclass(type(wanted), str):
        return wanted
    return None if wanted == (old or CLEAR) else wanted


def _changed_address(old: Address | None, new: Address | None, absent: str | None) -> Address | None:
    old, new = old or Address(), new or Address()
    names = [each.name for each in attrs.fields(Address)]
    lines = {name: _changed_text(getattr(old, name), getattr(new, name), absent) for name in names}
    return Address(**lines) if any(line is not None for line in lines.values()) else None


def _changed_attributes(
    old: Mapping[str, str] | None, new: Mapping[str, str] | None, absent: str | None
) -> Mapping[str, str] | None:
    old, new = old or {}, new or {}
    changed = {key: _changed_text(old.get(key), new.get(key), absent) for key in {**old, **new}}
    return {key: text for key, text in changed.items() if text is not None} or None


def _changed_preferences(
    old: EngagementPreferences | None, new: EngagementPreferences | None, _: str | None
) -> EngagementPreferences | None:
    old, new = old or EngagementPreferences(), new or EngagementPreferences()
    phone = None if new.phone == old.phone else new.phone
    email = None if new.email == old.email else new.email
    return None if phone is email is None else EngagementPreferences(phone=phone, email=email)


_NESTED: Final[Mapping[object, type]] = {
    Address | None: Address,
    Mapping[str, str] | None: dict,
    EngagementPreferences | None: EngagementPreferences,
}
_NESTED_CHANGES: Final[Mapping[object, Callable[..., Any]]] = {
    Address | None: _changed_address,
    Mapping[str, str] | None: _changed_attributes,
    EngagementPreferences | None: _changed_preferences,
}


@attrs.frozen(kw_only=True)
class ResponseMetadata:
    """What came with an answer besides its contents (botocore: ``ResponseMetadata``)."""

    request_id: str | None = None
    """The id that AWS support asks for."""
    http_status: int | None = None
    """The answer's HTTP status."""
    retry_attempts: int = 0
    """How often botocore sent the request again before this answer."""


@attrs.frozen(kw_only=True)
class CreateProfileResult:
    """The answer to ``create_profile`` (API: ``CreateProfileResponse``)."""

    profile_id: str
    """The id that the service gave to the new profile, 32 lower-case hexadecimal digits."""
    metadata: ResponseMetadata = ResponseMetadata()
    """The answer's request id, HTTP status and retries."""


@attrs.frozen(kw_only=True)
class UpdateProfileResult:
    """The answer to ``update_profile`` (API: ``UpdateProfileResponse``)."""

    profile_id: str
    """The id of the profile that was updated."""
    metadata: ResponseMetadata = ResponseMetadata()
    """The answer's request id, HTTP status and retries."""


@final
@attrs.frozen(kw_only=True, repr=False, field_transformer=_hides_values)
class FoundBy(_Veiled):
    """A search key and the values under it that a search matched (API: ``FoundByKeyValue``)."""

    key: SearchKey | str = field(default="", converter=choices.search_key)
    """The key that matched."""
    values: tuple[str, ...] = ()
    """The values that matched. They are customers' data."""


@attrs.frozen(kw_only=True)
class StoredProfile:
    """A profile as the service holds it (API: ``Profile``)."""

    profile_id: str
    """The profile's id."""
    profile: Profile
    """The profile's contents."""
    found_by: tuple[FoundBy, ...] = ()
    """What a search found it by; empty where it was not searched for."""


class UpsertAction(StrEnum):
    """What ``upsert_profile`` did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@attrs.frozen(kw_only=True)
class UpsertResult:
    """The answer to ``upsert_profile``."""

    profile_id: str
    """The id of the profile that was created or found."""
    action: UpsertAction
    """What was done, which is a text too (``"created"``, ``"updated"`` or ``"unchanged"``)."""


@attrs.frozen(kw_only=True)
class FailedProfile:
    """A profile that could not be read together with others (API: ``BatchGetProfileError``)."""

    profile_id: str
    """The id that was asked for."""
    code: str
    """The service's error code for it."""
    message: str = ""
    """The service's text for it."""


@attrs.frozen(kw_only=True)
class BatchGetResult:
    """Profiles that were asked for by id (API: ``BatchGetProfileResponse``)."""

    found: tuple[StoredProfile, ...] = ()
    """The profiles that there are."""
    failed: tuple[FailedProfile, ...] = ()
    """The ids for which there is an error instead."""
