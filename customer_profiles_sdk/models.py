"""What callers build: a customer as plain data.

Every model is frozen and keyword-only, compares by value, and shows in ``repr`` which fields are set and none of their
values. A model takes whatever it is given: a request is checked as a whole when it is made (``_core/requests.py``). A
field declares only the limits of its text.
"""

from collections.abc import Mapping
from typing import Final, Self, final

import attrs
from attrs import field

from customer_profiles_sdk import enums
from customer_profiles_sdk._core.changes import changes_between
from customer_profiles_sdk._core.members import LONG_TEXT, NAME, PROFILE_ID, REQUIRED_TEXT
from customer_profiles_sdk._core.reprs import RedactedRepr
from customer_profiles_sdk.enums import ContactType, Gender, PartyType, ProfileType

CLEAR: Final = ""
"""The empty string, named: "remove the stored value" (UpdateProfile's own rule)."""


@final
@attrs.frozen(kw_only=True, repr=False, slots=False)
class Address(RedactedRepr):
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
@attrs.frozen(kw_only=True, repr=False, slots=False)
class ContactPreference(RedactedRepr):
    """One preferred way of contact (API: ``ContactPreference``).

    The API has no way to remove one of its values, so ``CLEAR`` is a problem in an update.
    """

    key_name: str | None = field(default=None, metadata={"limits": NAME})
    """The search key of the profile that is meant, 1 to 64 letters, digits, ``_`` and ``-``."""
    key_value: str | None = field(default=None, metadata={"limits": REQUIRED_TEXT})
    """The value under that key, up to 255 characters."""
    profile_id: str | None = field(default=None, metadata={"limits": PROFILE_ID})
    """The id of the profile that is meant, 32 lower-case hexadecimal digits."""
    contact_type: ContactType | str | None = field(
        default=None, converter=enums.contact_type, metadata={"limits": REQUIRED_TEXT}
    )
    """Which of that profile's phone numbers or e-mail addresses is preferred."""


_Preferences = tuple[ContactPreference, ...]


def _preferences(value: list[ContactPreference] | _Preferences | None) -> _Preferences | None:
    return tuple(value) if isinstance(value, list) else value


@final
@attrs.frozen(kw_only=True, repr=False, slots=False)
class EngagementPreferences(RedactedRepr):
    """The preferred ways of contact for each channel (API: ``EngagementPreferences``).

    What an update does with a stored list is not documented and was not tried; most likely the list is replaced whole.
    """

    phone: _Preferences | None = field(default=None, converter=_preferences)
    """Preferences for calls, the first one first. A list becomes a tuple."""
    email: _Preferences | None = field(default=None, converter=_preferences)
    """Preferences for e-mails, the first one first. A list becomes a tuple."""


def _attributes(value: Mapping[str, str | None] | None) -> Mapping[str, str] | None:
    # A copy, so that the profile does not change with the caller's dict. What is no mapping is kept, for the check of
    # the request to name.
    if type(value) is not dict and not isinstance(value, Mapping):
        return value
    return {key: text for key, text in value.items() if text is not None}


@final
@attrs.frozen(kw_only=True, repr=False, slots=False)
class Profile(RedactedRepr):
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
    party_type: PartyType | str | None = field(default=None, converter=enums.party_type)
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
    gender: Gender | str | None = field(default=None, converter=enums.gender)
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
        default=None, converter=enums.profile_type, metadata={"limits": REQUIRED_TEXT}
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
        return changes_between(self, desired, absent=CLEAR)
