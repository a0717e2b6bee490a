"""What each operation of the embedded service does, on a store. Requests arrive checked against the ``contract``.

The behaviour is the documented one where there is a document, else the one with the best evidence; where nobody knows,
the likeliest was chosen. ``docs/local-service.md`` has the table of what is known, likely and unknown.
"""

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, cast
from uuid import uuid4

import attrs

from customer_profiles_sdk._core.members import (
    ENUM_OR_TEXT_MEMBERS,
    MAX_PROFILE_BYTES,
    member_name,
    text_member,
)
from customer_profiles_sdk._core.search_keys import FIELDS, indexed, values_for_key
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.local.contract import OFFERED, Contract, ServiceException
from customer_profiles_sdk.local.page_tokens import PageTokens
from customer_profiles_sdk.local.store import Contents, Entry, Store, StoredRow

Members = Mapping[str, Any]
Result = dict[str, object]

_SHOWN_BY_A_WRITE: Final = 50
_SHOWN_AT_ONCE: Final = 500
_READING: Final = frozenset({"GetDomain", "ListDomains", "BatchGetProfile", "SearchProfiles"})
_DOMAIN_MEMBERS: Final = ("DefaultExpirationDays", "DefaultEncryptionKey", "DeadLetterQueueUrl", "Tags")


class Service:
    """The operations that are offered.

    Args:
        contract: the API, for the errors that it declares.
        store: where domains and profiles are kept.
        search_keys: keys that are defined in every domain besides the predefined ones, as object types do on AWS.
    """

    def __init__(self, contract: Contract, store: Store, search_keys: Iterable[str] = ()) -> None:
        self._search_lag_seconds = 0.0  # of the operation that is carried out
        self._contract = contract
        self._store = store
        self._search_keys = {*SearchKey, *search_keys}
        self._tokens = PageTokens(store.page_token_secret)
        methods: Sequence[Callable[[str, Members], Result]] = (
            self._create_domain,
            self._get_domain,
            self._delete_domain,
            self._list_domains,
            self._create_profile,
            self._update_profile,
            self._delete_profile,
            self._batch_get_profile,
            self._search_profiles,
            self._add_profile_key,
            self._delete_profile_key,
            self._merge_profiles,
        )
        self._operations = dict(zip(OFFERED, methods, strict=True))

    def check_offered(self, operation: str) -> None:
        """Raise an error that names the operation unless it is offered."""
        if operation not in self._operations:
            message = f"{operation} is not offered by the embedded service"
            raise ServiceException("NotImplementedException", 501, message)

    def perform(self, operation: str, parameters: Members, *, search_lag_seconds: float = 0.0) -> Result:
        """Carry out an operation of the API, whole or not at all, and return its output.

        Args:
            operation: the operation, as in ``"CreateProfile"``.
            parameters: its parameters, checked against the contract.
            search_lag_seconds: how long after a write search sees it.
        """
        members = dict(parameters)
        domain = members.pop("DomainName", "")
        if operation == "SearchProfiles":
            self._show_pending(search_lag_seconds)
        is_reading = operation in _READING
        with self._store.reading() if is_reading else self._store.transaction():  # one thread at a time
            self._search_lag_seconds = search_lag_seconds
            if operation not in {"CreateDomain", "ListDomains"} and not self._store.has_domain(domain):
                raise self._not_found(f"DomainName {domain} is not found in account")
            result = self._operations[operation](domain, members)
            if not is_reading:
                self._store.purge()
            if not is_reading and search_lag_seconds:
                # So that a search has not all of them to show, however long there was none.
                self._store.show_pending(time.time() - search_lag_seconds, _SHOWN_BY_A_WRITE)
            return result

    def _show_pending(self, search_lag_seconds: float) -> None:
        # Without a lag everything is seen, also what was written while there was one.
        written_until = time.time() - search_lag_seconds if search_lag_seconds else math.inf
        with self._store.reading():
            has_more = self._store.has_pending(written_until)
        while has_more:
            with self._store.transaction():
                has_more = self._store.show_pending(written_until, _SHOWN_AT_ONCE)

    # Domains

    def _create_domain(self, domain: str, members: Members) -> Result:
        if self._store.domain(domain) is not None:
            raise self._bad_request(f"DomainName {domain} already exists")
        now = time.time()
        kept = {name: members[name] for name in _DOMAIN_MEMBERS if name in members}
        self._store.put_domain(domain, {**kept, "CreatedAt": now, "LastUpdatedAt": now})
        return {"DomainName": domain, **kept, "CreatedAt": now, "LastUpdatedAt": now}

    def _get_domain(self, domain: str, _: Members) -> Result:
        profiles, size = self._store.size(domain)
        stats = {"ProfileCount": profiles, "MeteringProfileCount": profiles, "ObjectCount": 0, "TotalSize": size}
        return {"DomainName": domain, **cast("Contents", self._store.domain(domain)), "Stats": stats}

    def _delete_domain(self, domain: str, _: Members) -> Result:
        self._store.delete_domain(domain)
        return {"Message": "OK"}

    def _list_domains(self, _: str, members: Members) -> Result:
        count, after = self._page({}, members, first="", size=100)
        found = self._store.domains(after, count + 1)
        listed = ("CreatedAt", "LastUpdatedAt", "Tags")
        items = [
            {"DomainName": name, **{member: contents[member] for member in listed if member in contents}}
            for name, contents in found[:count]
        ]
        return self._paged({}, items, found[count - 1][0] if len(found) > count else None)

    # Profiles

    def _create_profile(self, domain: str, members: Members) -> Result:
        profile_id = uuid4().hex
        contents = _updated({}, self._as_stored(members))
        text, size = self._encoded(contents)
        number = self._store.add_profile(domain, profile_id, text, size)
        entries = _own_entries(profile_id, contents)
        if self._search_lag_seconds:
            self._store.postpone(number, time.time(), text, entries)
        else:
            self._store.set_entries(domain, number, entries, is_new=True)
        return {"ProfileId": profile_id}

    def _update_profile(self, domain: str, members: Members) -> Result:
        changes = dict(members)
        row = self._profile(domain, changes.pop("ProfileId"))
        self._set_contents(domain, row, _updated(row.contents, self._as_stored(changes)))
        return {"ProfileId": row.id}

    def _delete_profile(self, domain: str, members: Members) -> Result:
        self._delete(self._profile(domain, members["ProfileId"]))
        return {"Message": "OK"}

    def _batch_get_profile(self, domain: str, members: Members) -> Result:
        ids: Iterable[str] = dict.fromkeys(members["ProfileIds"])
        rows = {profile_id: self._store.profile(domain, profile_id) for profile_id in ids}
        return {
            "Profiles": [_as_read(row) for row in rows.values() if row is not None],
            "Errors": [
                {"Code": "ResourceNotFoundException", "Message": _no_profile(profile_id), "ProfileId": profile_id}
                for profile_id, row in rows.items()
                if row is None
            ],
        }

    def _merge_profiles(self, domain: str, members: Members) -> Result:
        main = self._profile(domain, members["MainProfileId"])
        others = [self._profile(domain, each) for each in dict.fromkeys(members["ProfileIdsToBeMerged"])]
        if main in others:
            raise self._bad_request("A profile cannot be merged into itself")
        rows = {row.id: row for row in (main, *others)}
        sources = dict(members.get("FieldSourceProfileIds", {}))
        attribute_sources = sources.pop("Attributes", {})
        for source in (*sources.values(), *attribute_sources.values()):
            if source not in rows:
                raise self._bad_request("A source of a field is none of the profiles to be merged")
        all_contents = {row.id: row.contents for row in rows.values()}
        all_attributes = {
            each: cast("Contents", contents.get("Attributes", {})) for each, contents in all_contents.items()
        }
        contents = _merged(all_contents, {_stored_member(name): source for name, source in sources.items()})
        attributes = _merged(all_attributes, attribute_sources)
        for row in others:
            for entry in self._entries(row):
                self._store.change_key(main.number, entry, added=True)
            self._delete(row)
        contents.pop("Attributes", None)
        self._set_contents(domain, main, {**contents, "Attributes": attributes} if attributes else contents)
        return {"Message": "OK"}

    # Search

    def _add_profile_key(self, domain: str, members: Members) -> Result:
        row, key, value = self._key_of_a_profile(domain, members)
        if (form := indexed(key, value)) is not None:
            self._store.change_key(row.number, (key, form), added=True)
            self._changed(domain, row)
        return {"KeyName": key, "Values": [value]}

    def _delete_profile_key(self, domain: str, members: Members) -> Result:
        row, key, value = self._key_of_a_profile(domain, members)
        entry = (key, indexed(key, value) or "")
        if entry in _own_entries(row.id, row.contents):
            self._store.change_key(row.number, entry, added=False)
        else:
            self._store.forget_key(row.number, entry)
        self._changed(domain, row)
        return {"Message": "OK"}

    def _search_profiles(self, domain: str, members: Members) -> Result:
        query = {name: value for name, value in members.items() if name not in {"NextToken", "MaxResults"}}
        query["DomainName"] = domain
        searched = [self._key_and_value(each) for each in (members, *members.get("AdditionalSearchKeys", []))]
        compared = [(key, indexed(key, value)) for key, value in searched]
        count, after = self._page(query, members, first="0", size=20)
        match_all = members.get("LogicalOperator") == "AND"
        found = self._store.search(domain, compared, match_all=match_all, after=int(after), count=count + 1)
        items = []
        for row in found[:count]:
            entries = self._store.entries(row.number)
            matched = [pair for pair, entry in zip(searched, compared, strict=True) if entry in entries]
            items.append(
                {**_as_read(row), "FoundByItems": [{"KeyName": key, "Values": [value]} for key, value in matched]}
            )
        return self._paged(query, items, str(found[count - 1].number) if len(found) > count else None)

    def _key_of_a_profile(self, domain: str, members: Members) -> tuple[StoredRow, str, str]:
        key, value = self._key_and_value(members)
        return self._profile(domain, members["ProfileId"]), key, value

    def _key_and_value(self, members: Members) -> tuple[str, str]:
        key, values = members["KeyName"], members["Values"]
        if key not in self._search_keys:
            raise self._not_found(f"KeyName {key} is not defined in the domain")
        if len(values) != 1:
            raise self._bad_request("Values must hold exactly one value")
        return key, values[0]

    def _page(self, query: Members, members: Members, *, first: str, size: int) -> tuple[int, str]:
        token = members.get("NextToken")
        try:
            after = self._tokens.position(query, token) if token is not None else first
        except ValueError:
            raise self._bad_request("NextToken is not valid for this request") from None
        return members.get("MaxResults", size), after

    def _paged(self, query: Members, items: Sequence[object], last: str | None) -> Result:
        return {"Items": items, **({} if last is None else {"NextToken": self._tokens.make(query, last)})}

    def _changed(self, domain: str, row: StoredRow, text: str | None = None) -> None:
        """Let search see, now or later, what is stored of a profile, and its keys."""
        entries = self._entries(row)
        if self._search_lag_seconds:
            self._store.postpone(row.number, time.time(), text or json.dumps(row.contents), entries)
        else:
            self._store.set_entries(domain, row.number, entries)

    def _entries(self, row: StoredRow) -> set[Entry]:
        added, deleted = self._store.changed_keys(row.number)
        return _own_entries(row.id, row.contents) - deleted | added

    # What several operations need

    def _profile(self, domain: str, profile_id: str) -> StoredRow:
        row = self._store.profile(domain, profile_id)
        if row is None:
            raise self._not_found(_no_profile(profile_id))
        return row

    def _set_contents(self, domain: str, row: StoredRow, contents: Contents) -> None:
        text, size = self._encoded(contents)
        if self._search_lag_seconds:
            self._store.keep_searched(row.number)
        self._store.set_contents(row.number, text, size)
        # A key that was taken away comes back with a new value of its field, not with the one that it was taken from.
        gone = _own_entries(row.id, row.contents) - _own_entries(row.id, contents)
        for entry in gone & self._store.changed_keys(row.number)[1]:
            self._store.forget_key(row.number, entry)
        self._changed(domain, attrs.evolve(row, contents=contents), text)

    def _delete(self, row: StoredRow) -> None:
        self._store.delete_profile(row.number, time.time() if self._search_lag_seconds else None)

    def _encoded(self, contents: Contents) -> tuple[str, int]:
        """Return a profile as it is kept, and its size in bytes."""
        text = json.dumps(contents, ensure_ascii=False)
        size = len(text.encode())
        if size > MAX_PROFILE_BYTES:
            raise self._bad_request("The profile is larger than 250 KB")
        return text, size

    def _as_stored(self, members: Members) -> Contents:
        stored = dict(members)
        for enum_member in ENUM_OR_TEXT_MEMBERS:
            free_text_member = text_member(enum_member)
            if enum_member in stored and free_text_member in stored:
                raise self._bad_request(f"Only one of {enum_member} and {free_text_member} can be given")
            if enum_member in stored:
                stored[free_text_member] = stored.pop(enum_member)
        return stored

    def _bad_request(self, message: str) -> ServiceException:
        return self._contract.error("BadRequestException", message)

    def _not_found(self, message: str) -> ServiceException:
        return self._contract.error("ResourceNotFoundException", message)


def _no_profile(profile_id: str) -> str:
    return f"ProfileId {profile_id} is not found in domain"


def _stored_member(name: str) -> str:
    return text_member(name) if name in ENUM_OR_TEXT_MEMBERS else name


def _own_entries(profile_id: str, contents: Contents) -> set[Entry]:
    """Return the keys and values that a profile has by its id and its contents, in the form that is compared."""
    entries: set[Entry] = {(SearchKey.PROFILE_ID, profile_id)}
    for key in FIELDS:
        for value in values_for_key(key, lambda name: cast("str | None", contents.get(member_name(name)))):
            if (form := indexed(key, value)) is not None:
                entries.add((key, form))
    return entries


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


def _merged(contents: Mapping[str, Contents], sources: Mapping[str, str]) -> Contents:
    """Return the union of contents; the first wins, but for members that have a source, even one that lacks them."""
    merged = {name: value for each in reversed(list(contents.values())) for name, value in each.items()}
    for name, source in sources.items():
        merged.pop(name, None)
        if name in contents[source]:
            merged[name] = contents[source][name]
    return merged


def _as_read(row: StoredRow) -> Contents:
    """Return the profile as the service returns it: with both members of a pair where the enum has the text."""
    read = {"ProfileId": row.id, **row.contents}
    for enum_member, enum in ENUM_OR_TEXT_MEMBERS.items():
        text = row.contents.get(text_member(enum_member))
        if text in set(enum):
            read[enum_member] = text
    return read
