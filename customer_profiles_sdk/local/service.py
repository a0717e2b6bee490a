"""What each operation of the embedded service does, on a store. Requests arrive checked against the ``contract``.

The behaviour is the documented one where there is a document, else the one with the best evidence. Nobody knows, and so
these are chosen: a request with both twins (``PartyType`` and ``PartyTypeString``) is refused; free text leaves the
enum's member absent when read; an update replaces a list of contact preferences whole; the text for an unknown profile.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, cast
from uuid import uuid4

from customer_profiles_sdk.choices import Gender, PartyType
from customer_profiles_sdk.local.contract import Contract, FaultError
from customer_profiles_sdk.local.store import Contents, Store

Members = Mapping[str, object]
Result = dict[str, object]

_TWINS: Final[Mapping[str, type[StrEnum]]] = {"PartyType": PartyType, "Gender": Gender}


class Service:
    """The operations that are offered."""

    def __init__(self, contract: Contract, store: Store) -> None:
        self._contract = contract
        self._store = store
        self._operations: Mapping[str, Callable[[str, Members], Result]] = {
            "CreateProfile": self._create_profile,
            "UpdateProfile": self._update_profile,
            "BatchGetProfile": self._batch_get_profile,
        }

    def perform(self, operation: str, parameters: Members) -> Result:
        """Carry out an operation of the API, whole or not at all, and return its output."""
        if operation not in self._operations:
            raise FaultError("NotImplementedException", 501, f"{operation} is not offered by the embedded service")
        members = dict(parameters)
        domain = cast("str", members.pop("DomainName"))
        with self._store.transaction():
            if not self._store.has_domain(domain):
                raise self._not_found(f"DomainName {domain} is not found in account")
            return self._operations[operation](domain, members)

    def _create_profile(self, domain: str, members: Members) -> Result:
        profile_id = uuid4().hex
        self._store.put_profile(domain, profile_id, _updated({}, self._as_stored(members)))
        return {"ProfileId": profile_id}

    def _update_profile(self, domain: str, members: Members) -> Result:
        changes = dict(members)
        profile_id = cast("str", changes.pop("ProfileId"))
        stored = self._store.profile(domain, profile_id)
        if stored is None:
            raise self._not_found(_no_profile(profile_id))
        self._store.put_profile(domain, profile_id, _updated(stored, self._as_stored(changes)))
        return {"ProfileId": profile_id}

    def _batch_get_profile(self, domain: str, members: Members) -> Result:
        ids = cast("list[str]", members["ProfileIds"])
        stored = {profile_id: self._store.profile(domain, profile_id) for profile_id in ids}
        return {
            "Profiles": [
                _as_read(profile_id, contents) for profile_id, contents in stored.items() if contents is not None
            ],
            "Errors": [
                {"Code": "ResourceNotFoundException", "Message": _no_profile(profile_id), "ProfileId": profile_id}
                for profile_id, contents in stored.items()
                if contents is None
            ],
        }

    def _as_stored(self, members: Members) -> Contents:
        stored = dict(members)
        for enum_member in _TWINS:
            text_member = f"{enum_member}String"
            if enum_member in stored and text_member in stored:
                message = f"Only one of {enum_member} and {text_member} can be given"
                raise self._contract.fault("BadRequestException", message)
            if enum_member in stored:
                stored[text_member] = stored.pop(enum_member)
        return stored

    def _not_found(self, message: str) -> FaultError:
        return self._contract.fault("ResourceNotFoundException", message)


def _no_profile(profile_id: str) -> str:
    return f"ProfileId {profile_id} is not found in domain"


def _updated(stored: Contents, changes: Members) -> Contents:
    """Return the contents after an update: absence keeps, empty text removes, an object is updated by its members."""
    updated = dict(stored)
    for name, value in changes.items():
        new = _updated(cast("Contents", updated.get(name, {})), value) if type(value) is dict else value
        if new in ("", {}):
            updated.pop(name, None)
        else:
            updated[name] = new
    return updated


def _as_read(profile_id: str, contents: Contents) -> Contents:
    """Return the profile as reading answers it: with both twins, where the text is one of the enum's values."""
    read = {"ProfileId": profile_id, **contents}
    for enum_member, choice in _TWINS.items():
        text = contents.get(f"{enum_member}String")
        if text in set(choice):
            read[enum_member] = text
    return read
