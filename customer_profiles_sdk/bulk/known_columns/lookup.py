"""What the name of a single column says, without a look at the other columns."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import attrs

from customer_profiles_sdk.bulk.fields import FieldPath, field_path
from customer_profiles_sdk.bulk.known_columns import addresses, attributes, names
from customer_profiles_sdk.bulk.known_columns import words as known
from customer_profiles_sdk.bulk.known_columns.spelling import compact, names_in, words
from customer_profiles_sdk.bulk.rules import IGNORE

PERSON: Final = "person"
"""The target of a whole name in one cell."""

NOT_CERTAIN: Final = "the name alone does not say it"
WHOLE_ADDRESS: Final = "a whole address in one cell"

_METAFIELD: Final = re.compile(r"\s*\([^()]*metafields\.[^()]*\)$")
_CUSTOM_FIELD: Final = re.compile(r"^(?:custom[_ ]?fields?|cf|cust|properties|attributes)[._](?=.)|__c$", re.IGNORECASE)
_NUMBERED: Final = frozenset({"city", "postal_code", "country", "state", "province", "county", "pobox"})
_MAX_KEY_WORDS: Final = 8
_MAX_KEY: Final = 60
_PHONE_KINDS: Final[Sequence[tuple[Collection[str], str]]] = (
    (known.MOBILE, "mobile_phone_number"),
    (known.HOME, "home_phone_number"),
    (known.BUSINESS, "business_phone_number"),
)
_EMAIL_KINDS: Final[Sequence[tuple[Collection[str], str]]] = (
    (known.HOME, "personal_email_address"),
    (known.BUSINESS, "business_email_address"),
)


@attrs.frozen
class Meaning:
    """What a column is for.

    Attributes:
        target: a field, ``attributes.`` and a key, ``ignore``, ``PERSON``, or nothing where a person must say.
        reason: why it is ignored or left to a person.
        rank: how certain it is, 0 for the most: of two columns for a field the lower one has it.
        block: whose or what address it is a line of; the target is the line.
        is_weak: whether it is a line only beside others of its address.
        suggestion: what a person would probably choose.
    """

    target: str
    reason: str = ""
    rank: float = 0
    block: str = ""
    is_weak: bool = False
    suggestion: str | None = None


def meaning_of(name: str) -> Meaning | None:
    """Return what a name says on its own, or ``None`` where it says nothing that is known."""
    if path := field_path(name):
        return _own(path)
    found = words(_METAFIELD.sub("", name))
    if not found:
        return None
    if meaning := _single_names().get("".join(found)) or _address(found):
        return meaning
    is_one_of_several = any(map(str.isdecimal, found)) and not known.PEOPLE.isdisjoint(found)  # Contact 1 Email
    customer = None if is_one_of_several else _phone_or_email(name, found) or _of_the_customer(found)
    return customer or _by_words(name, found)


def meaning_of_target(target: str, rank: float = 0) -> Meaning:
    """Return the meaning that a table states."""
    path = field_path(target)
    return attrs.evolve(_own(path), rank=rank) if path else Meaning(target, rank=rank)


def attribute(name: str) -> str:
    """Return a readable attribute for a column: ``attributes.loyalty_tier`` for ``Loyalty Tier``."""
    found = words(_CUSTOM_FIELD.sub("", _METAFIELD.sub("", name)))[:_MAX_KEY_WORDS]
    return f"attributes.{'_'.join(found)[:_MAX_KEY] or 'column'}"


def is_fax(label: str) -> bool:
    """Whether a label or a name says that a number is a fax or a pager."""
    key = compact(label)
    return "fax" in key or not (known.FAX | known.PAGER).isdisjoint({*words(label), key})


def phone_kind(label: str) -> str | None:
    """Return the field for a phone number with a label, or ``None`` where the label does not say its kind."""
    found = _parts_of(words(label))
    nouns = known.PHONE | known.NUMBERS | known.ARTICLES
    if found - nouns - known.MOBILE - known.HOME - known.BUSINESS:
        return None
    return _kind(found, _PHONE_KINDS)


def _own(path: FieldPath) -> Meaning:
    return Meaning(path.key, block=f"={path.group}") if path.group.endswith("address") else Meaning(str(path))


@cache
def _single_names() -> Mapping[str, Meaning]:
    return dict(reversed(list(_named_meanings())))  # the first of a name counts


def _named_meanings() -> Iterator[tuple[str, Meaning]]:
    for field, text in names.FIELDS.items():
        yield from _all(text, Meaning(field, rank=1))
    yield from _all(names.PERSON_NAMES, Meaning(PERSON, rank=2))
    yield from _all(names.RECORD_IDS, Meaning("account_number", rank=3))
    yield from _all(names.FOREIGN_IDS, Meaning("account_number", rank=5))
    yield from _all(names.WHOLE_ADDRESS, Meaning("attributes.full_address", WHOLE_ADDRESS))
    for key, text in attributes.ATTRIBUTES.items():
        yield from _all(text, Meaning(f"attributes.{key}"))
    for reason, text in attributes.IGNORED.items():
        yield from _all(text, Meaning(IGNORE, reason))
    for field, text in names.OPEN.items():
        yield from _all(text, Meaning("", NOT_CERTAIN, suggestion=field))


def _all(text: str, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    for name in names_in(text):
        yield compact(name), meaning


def _parts_of(found: Sequence[str]) -> set[str]:
    return {part for word in found for part in known.COMPOUNDS.get(word, word).split()}


def _kind(found: set[str], kinds: Sequence[tuple[Collection[str], str]]) -> str | None:
    return next((field for kind, field in kinds if not found.isdisjoint(kind)), None)


def _address(found: Sequence[str]) -> Meaning | None:
    rest = [word for word in found if word not in known.ARTICLES]
    nouns = [word in addresses.NOUNS for word in rest]
    plain = [word for word in rest if word not in addresses.NOUNS]
    if meaning := _line(plain, is_noun=any(nouns), block=""):
        return meaning
    for position in range(len(rest) - 2):
        if nouns[position] and rest[position + 1].isdecimal():  # Address 2 - Street
            block = f"address {rest.pop(position + 1)}"
            return _line([word for word in rest if word not in addresses.NOUNS], is_noun=True, block=block)
    if len(plain) > 1 and plain[-1].isdecimal() and addresses.PARTS.get("".join(plain[:-1])) in _NUMBERED:  # City 2
        return Meaning(addresses.PARTS["".join(plain[:-1])], block=f"address {plain[-1]}", rank=1)
    return None


def _line(plain: Sequence[str], *, is_noun: bool, block: str) -> Meaning | None:
    for kept, kind in (*_without_kinds(plain), *_without_stem(plain)):
        text = "".join(kept)
        part = addresses.PARTS.get(text) if text or not is_noun else "address1"
        if part and (is_noun or text not in addresses.NUMBERS):
            is_weak = text in addresses.WEAK or (not text and kind not in {"", "primary"})
            rank = 3 if text in addresses.CODES else 1 if text else 2
            return Meaning(part, block=kind or block or "main", is_weak=is_weak, rank=rank)
    return None


def _without_kinds(plain: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    yield plain, ""
    for stays in ("postal", ""):
        kinds = {kind for word in plain if word != stays and (kind := _address_kind(word))}
        kept = [word for word in plain if word == stays or not _address_kind(word)]
        certain = kinds - {"primary"} or kinds
        if len(certain) == 1:
            yield kept, certain.pop()


def _without_stem(plain: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    text = "".join(plain)
    for stem, kind in addresses.STEMS.items():
        if text.startswith(stem) and text != stem:
            yield [text.removeprefix(stem)], kind


@cache
def _address_kind(word: str) -> str:
    if word.isdecimal():
        return ""
    for kind, text in addresses.KINDS.items():
        if word in text.split():
            return kind
    kinds = {"home": known.HOME, "business": known.BUSINESS, "other": known.OTHER, "primary": known.MAIN}
    return next((kind for kind, of_kind in kinds.items() if word in of_kind), "")


def _phone_or_email(name: str, found: Sequence[str]) -> Meaning | None:
    parts = _parts_of(found) - known.ARTICLES
    is_email = not parts.isdisjoint(known.EMAIL)
    nouns = known.EMAIL | known.EMAIL_EXTRAS if is_email else known.PHONE | known.MOBILE | known.NUMBERS
    if not is_email and parts.isdisjoint(known.PHONE | known.MOBILE):
        return None
    if parts - nouns - known.HOME - known.BUSINESS - known.MAIN - known.OTHER:
        return None
    if not parts.isdisjoint(known.OTHER):
        return Meaning(attribute(name))
    if not parts.isdisjoint(known.HOME) and not parts.isdisjoint(known.BUSINESS):
        return Meaning("", NOT_CERTAIN, suggestion=attribute(name))
    if is_email:
        return Meaning(_kind(parts, _EMAIL_KINDS) or "email_address", rank=1)
    return Meaning(_kind(parts, _PHONE_KINDS) or "phone_number", rank=1)


def _of_the_customer(found: Sequence[str]) -> Meaning | None:
    rest = [word for word in found if word not in known.MAIN]
    meaning = _single_names().get("".join(rest)) if 0 < len(rest) < len(found) else None
    return attrs.evolve(meaning, rank=meaning.rank + 1) if meaning else None


def _by_words(name: str, found: Sequence[str]) -> Meaning | None:
    parts = _parts_of(found) | set(found)
    text = "".join(found)
    is_standard = not parts.isdisjoint(known.STANDARD) or any(each in text for each in ("firstname", "lastname"))
    is_time = not parts.isdisjoint(known.TIMES) or found[-1].endswith(("datum", "date", "time"))
    is_birth = not parts.isdisjoint(known.BIRTH)
    reasons = (
        (not parts.isdisjoint(known.BANK), "a bank account or an official number"),
        (not parts.isdisjoint(known.INTERNALS), "an internal of the system"),
        (is_standard and not parts.isdisjoint(known.OF_ANOTHER), "of somebody or something else, not of the customer"),
        (is_standard and not parts.isdisjoint(known.FLAGS), "a flag, no value of the customer"),
        (is_standard and not parts.isdisjoint(known.TYPES), "only says what another column holds"),
        (not parts.isdisjoint(known.OWNERS), "who is responsible, not the customer"),
        (is_time and not is_birth, "a time of the record"),
        (not known.IDS.isdisjoint({found[0], found[-1]}) and not is_birth, "the number of another record"),
    )
    if is_fax(name):
        return Meaning(attribute(name))
    if reason := next((reason for applies, reason in reasons if applies), None):
        return Meaning(IGNORE, reason)
    is_birth_date = is_birth and parts.isdisjoint(known.STANDARD - known.BIRTH)
    suggestion = "birth_date" if is_birth_date else attribute(name)
    return Meaning("", NOT_CERTAIN, suggestion=suggestion) if is_birth or is_standard else None
