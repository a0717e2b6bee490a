"""Profiles to and from the members of the API, for those who call boto3 themselves.

The clients use the same functions. The rules:

- A member's name is the field's in PascalCase (``postal_code`` is ``PostalCode``).
- ``None`` is not sent. ``CLEAR`` is sent as ``""`` by an update and not sent by a create. This holds for fields, lines
  of an address and values of attributes; a nested object left with nothing to send is not sent.
- Text is sent as plain ``str``, an enum member as its value.
- A member of ``PartyType`` is sent as ``PartyType``, free text and ``CLEAR`` as ``PartyTypeString``, never both.
  ``Gender`` works the same way. When both are present, ``PartyTypeString`` counts if it is not empty.
"""

from collections.abc import Mapping
from typing import Any

from customer_profiles_sdk._core import deserializer, requests
from customer_profiles_sdk._core.tracebacks import raises_without_frames
from customer_profiles_sdk.models import Profile

__all__ = ["create_profile_kwargs", "profile_from_members", "update_profile_kwargs"]


@raises_without_frames
def create_profile_kwargs(domain_name: str, profile: Profile) -> dict[str, Any]:
    """Return the keyword arguments of boto3's ``create_profile`` (API: ``CreateProfile``).

    The values are ``Any``, because boto3's stubs type each of them differently.

    Args:
        domain_name: the domain, 1 to 64 letters, digits, ``_`` and ``-``.
        profile: the customer. Fields that are ``None`` or ``CLEAR`` are left out.

    Raises:
        InvalidRequestError: a rule of the API is broken; ``.problems`` has every place.

    >>> create_profile_kwargs("acme", Profile(first_name="Ana", gender="non-binary"))
    {'DomainName': 'acme', 'FirstName': 'Ana', 'GenderString': 'non-binary'}
    """
    return requests.create_profile_request(domain_name, profile)


@raises_without_frames
def update_profile_kwargs(domain_name: str, profile_id: str, changes: Profile) -> dict[str, Any]:
    """Return the keyword arguments of boto3's ``update_profile`` (API: ``UpdateProfile``).

    The values are ``Any``, because boto3's stubs type each of them differently.

    Args:
        domain_name: the domain, 1 to 64 letters, digits, ``_`` and ``-``.
        profile_id: the profile's id, 32 lower-case hexadecimal digits.
        changes: what to set and what to remove. Fields that are ``None`` are left out, ``CLEAR`` is ``""``.

    Raises:
        InvalidRequestError: a rule of the API is broken; ``.problems`` has every place.

    >>> from customer_profiles_sdk import CLEAR
    >>> update_profile_kwargs("acme", "6dc80ee3fa874a9e84457a8b81d35f3e", Profile(email_address=CLEAR))["EmailAddress"]
    ''
    """
    return requests.update_profile_request(domain_name, profile_id, changes)


@raises_without_frames
def profile_from_members(members: Mapping[str, object]) -> Profile:
    """Return the profile that the API's members describe: of a response, of a stream record, or of your own kwargs.

    Members that a profile does not have, such as ``ProfileId`` and ``DomainName``, are left out. What is absent or
    ``None`` is ``None``. No length or format is checked.

    Args:
        members: the members by their names in the API (API: ``Profile``).

    Raises:
        UnexpectedResponseError: a member has the wrong type; ``.problems`` has every place.

    >>> profile_from_members({"ProfileId": "6dc8", "Gender": "FEMALE", "GenderString": "FEMALE"}).gender
    <Gender.FEMALE: 'FEMALE'>
    """
    return deserializer.profile_from_members(members)
