"""The values that the API defines for some of its members.

A field of type ``Gender | str | None`` holds the enum's member where the text is that member's value, and the text
itself, to the letter, where it is anything else.
"""

from enum import StrEnum
from typing import Final, TypeVar

from customer_profiles_sdk._core.text import plain_text


class PartyType(StrEnum):
    """The type of party a profile describes (API: ``PartyType``; any other text is sent as ``PartyTypeString``)."""

    INDIVIDUAL = "INDIVIDUAL"
    BUSINESS = "BUSINESS"
    OTHER = "OTHER"


class Gender(StrEnum):
    """The gender with which a customer identifies (API: ``Gender``; any other text is sent as ``GenderString``)."""

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
    """The search keys that every domain has (API: ``KeyName``). A domain's own keys are given as plain text."""

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

_Enum = TypeVar("_Enum", bound=StrEnum)
_Value = TypeVar("_Value", bound=str | None)


def _member_or_value(enum: type[_Enum], value: _Value) -> _Enum | _Value:
    # The plain text is looked up, because a StrEnum of the caller's own hashes by its name.
    text = plain_text(value)
    return next((member for member in enum if member.value == text), value)


# Nearly every text is a plain str, so each function looks that up itself: a further call would cost as much again.


def party_type(value: str | None) -> PartyType | str | None:
    """Return the ``PartyType`` whose value the text is, else the value as it is."""
    if value is None or type(value) is PartyType:
        return value
    return _PARTY_TYPES.get(value, value) if type(value) is str else _member_or_value(PartyType, value)


def gender(value: str | None) -> Gender | str | None:
    """Return the ``Gender`` whose value the text is, else the value as it is."""
    if value is None or type(value) is Gender:
        return value
    return _GENDERS.get(value, value) if type(value) is str else _member_or_value(Gender, value)


def profile_type(value: str | None) -> ProfileType | str | None:
    """Return the ``ProfileType`` whose value the text is, else the value as it is."""
    if value is None or type(value) is ProfileType:
        return value
    return _PROFILE_TYPES.get(value, value) if type(value) is str else _member_or_value(ProfileType, value)


def contact_type(value: str | None) -> ContactType | str | None:
    """Return the ``ContactType`` whose value the text is, else the value as it is."""
    if value is None or type(value) is ContactType:
        return value
    return _CONTACT_TYPES.get(value, value) if type(value) is str else _member_or_value(ContactType, value)


def search_key(value: str) -> SearchKey | str:
    """Return the ``SearchKey`` whose value the text is, else the value as it is."""
    return _SEARCH_KEYS.get(value, value) if type(value) is str else _member_or_value(SearchKey, value)
