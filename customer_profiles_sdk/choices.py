"""The values that the API defines for some of its texts, and how a text finds its member.

A field typed ``Gender | str | None`` holds the member where the text is the member's value and the text itself, to the
letter, where it is anything else. What a member or a text becomes on the wire is left to ``serializer``.
"""

from enum import StrEnum
from typing import Final, TypeVar, cast


class PartyType(StrEnum):
    """The type of party a profile describes (API: ``PartyType``; any other text goes as ``PartyTypeString``)."""

    INDIVIDUAL = "INDIVIDUAL"
    BUSINESS = "BUSINESS"
    OTHER = "OTHER"


class Gender(StrEnum):
    """The gender with which a customer identifies (API: ``Gender``; any other text goes as ``GenderString``)."""

    MALE = "MALE"
    FEMALE = "FEMALE"
    UNSPECIFIED = "UNSPECIFIED"


class ProfileType(StrEnum):
    """Whether a profile is a person's or an account's (API: ``ProfileType``)."""

    PROFILE = "PROFILE"
    ACCOUNT_PROFILE = "ACCOUNT_PROFILE"


class ContactType(StrEnum):
    """The profile field that a contact preference points at (API: ``ContactType``)."""

    PHONE_NUMBER = "PhoneNumber"
    MOBILE_PHONE_NUMBER = "MobilePhoneNumber"
    HOME_PHONE_NUMBER = "HomePhoneNumber"
    BUSINESS_PHONE_NUMBER = "BusinessPhoneNumber"
    EMAIL_ADDRESS = "EmailAddress"
    PERSONAL_EMAIL_ADDRESS = "PersonalEmailAddress"
    BUSINESS_EMAIL_ADDRESS = "BusinessEmailAddress"


class SearchKey(StrEnum):
    """The search keys that every domain has (API: ``KeyName``); a domain's own keys are plain text beside them."""

    ACCOUNT = "_account"
    PROFILE_ID = "_profileId"
    FULL_NAME = "_fullName"
    PHONE = "_phone"
    EMAIL = "_email"
    ASSET_ID = "_assetId"
    CASE_ID = "_caseId"
    ORDER_ID = "_orderId"
    CTR_CONTACT_ID = "_ctrContactId"
    MARKETO_LEAD_ID = "_marketoLeadId"
    SALESFORCE_ACCOUNT_ID = "_salesforceAccountId"
    SALESFORCE_CONTACT_ID = "_salesforceContactId"
    SALESFORCE_ASSET_ID = "_salesforceAssetId"
    ZENDESK_USER_ID = "_zendeskUserId"
    ZENDESK_EXTERNAL_ID = "_zendeskExternalId"
    ZENDESK_TICKET_ID = "_zendeskTicketId"
    SERVICE_NOW_SYSTEM_ID = "_serviceNowSystemId"
    SERVICE_NOW_INCIDENT_ID = "_serviceNowIncidentId"
    SEGMENT_USER_ID = "_segmentUserId"
    SHOPIFY_CUSTOMER_ID = "_shopifyCustomerId"
    SHOPIFY_ORDER_ID = "_shopifyOrderId"


_PARTY_TYPES: Final = {member.value: member for member in PartyType}
_GENDERS: Final = {member.value: member for member in Gender}
_PROFILE_TYPES: Final = {member.value: member for member in ProfileType}
_CONTACT_TYPES: Final = {member.value: member for member in ContactType}
_SEARCH_KEYS: Final = {member.value: member for member in SearchKey}

_Choice = TypeVar("_Choice", bound=StrEnum)
_Text = TypeVar("_Text", bound=str | None)


def _resolve(known: dict[str, _Choice], value: _Text) -> _Choice | _Text:
    # The type is asked, not isinstance: an untyped caller passes anything, and a proxy's __class__ may raise.
    if issubclass(type(value), str):
        # A StrEnum of the caller's own is text too, but hashes by its name: so the plain text is looked up.
        return known.get(str.__str__(cast("str", value)), value)
    return value


def party_type(value: str | None) -> PartyType | str | None:
    """Return the ``PartyType`` whose value the text is, else what was given."""
    return _resolve(_PARTY_TYPES, value)


def gender(value: str | None) -> Gender | str | None:
    """Return the ``Gender`` whose value the text is, else what was given."""
    return _resolve(_GENDERS, value)


def profile_type(value: str | None) -> ProfileType | str | None:
    """Return the ``ProfileType`` whose value the text is, else what was given."""
    return _resolve(_PROFILE_TYPES, value)


def contact_type(value: str | None) -> ContactType | str | None:
    """Return the ``ContactType`` whose value the text is, else what was given."""
    return _resolve(_CONTACT_TYPES, value)


def search_key(value: str) -> SearchKey | str:
    """Return the ``SearchKey`` whose value the text is, else what was given."""
    return _resolve(_SEARCH_KEYS, value)
