"""Which columns are lines of one address, and which of a profile's addresses it becomes."""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from customer_profiles_sdk.bulk.known_columns.addresses import PARTS
from customer_profiles_sdk.bulk.known_columns.lookup import Meaning
from customer_profiles_sdk.bulk.known_columns.spelling import words

_FREE: Final = ("address", "mailing_address")
_OWN: Final = ("address", "mailing_address", "billing_address", "shipping_address")
_MAIN: Final = ("main", "primary", "address 1")
_MAY_BE_ONE_LINE: Final = (*_MAIN, "home")
"""Addresses of which a single line says something: ``City``, but not ``Work City``."""
_CERTAIN: Final = frozenset({"city", "postal_code"})
_LINES: Final = ("address3", "address4", "address2")


def joined(meanings: Sequence[Meaning | None]) -> list[Meaning | None]:
    """Return the meanings with the lines of an address that the system's table names, and the others, in one."""
    named, others = (
        {each.target for each in meanings if each and each.block == block} for block in ("=address", "main")
    )
    if not named or len(named & others) > 1:
        return list(meanings)
    return [attrs.evolve(each, block="=address") if each and each.block == "main" else each for each in meanings]


def numbered(names: Sequence[str], meanings: Sequence[Meaning | None]) -> list[Meaning | None]:
    """Return the meanings with a street in the address of its number: ``Street 2`` beside ``City 2``."""
    blocks = {each.block for each in meanings if each and each.target in {"city", "postal_code"}}
    moved: list[Meaning | None] = []
    for name, meaning in zip(names, meanings, strict=True):
        number = words(name)[-1] if meaning and meaning.block == "main" else ""
        block = f"address {number}"
        if meaning and number.isdecimal() and block in blocks and PARTS.get("".join(words(name)[:-1])):
            line = PARTS["".join(words(name)[:-1])]
            moved.append(attrs.evolve(meaning, target=line, block=block, is_weak=False))
        else:
            moved.append(meaning)
    return moved


def fields_of_blocks(meanings: Sequence[Meaning | None]) -> Mapping[str, str]:
    """Return the profile's address for each block that has one; no address has two."""
    order = list(dict.fromkeys(each.block for each in meanings if each and each.block))
    fields = {block: block.removeprefix("=") for block in order if block.removeprefix("=") in _OWN}
    others = [block for block in order if block not in fields]
    whole = [block for block in others if _has_lines(block, meanings)]
    candidates = whole or [block for block in others if block in _MAY_BE_ONE_LINE]
    for wanted in _MAIN:
        if wanted in candidates and "address" not in fields.values():
            fields[wanted] = "address"
    free = [field for field in (_FREE if whole else _FREE[:1]) if field not in fields.values()]
    rest = [block for block in candidates if block not in fields]
    rest.sort(key=lambda block: block == "other")
    # An address book's other address comes last, except where it is one of two.
    fields.update(zip(rest, free, strict=False))
    return fields


def _has_lines(block: str, meanings: Sequence[Meaning | None]) -> bool:
    """Whether it has several lines: ``Work City`` or ``Zip 4`` alone is no address."""
    return len({each.target for each in meanings if each and each.block == block}) > 1


def is_alone(meaning: Meaning, meanings: Sequence[Meaning | None]) -> bool:
    """Whether a line that may mean something else has no certain line beside it."""
    if not meaning.is_weak:
        return False
    return not any(
        other
        and other is not meaning
        and other.block == meaning.block
        and other.target in _CERTAIN
        and not other.is_weak
        for other in meanings
    )


def free_line(block: str, meanings: Sequence[Meaning | None]) -> str:
    """Return the line for a post office box: the first after the lines of the street."""
    taken = {each.target for each in meanings if each and each.block == block}
    return next((line for line in _LINES if line not in taken), "address4")
