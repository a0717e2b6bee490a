"""How the predefined search keys find a profile: which fields each looks at, and which values are the same.

There are two comparisons. ``indexed`` is how the service is documented to compare, and how the embedded service does.
It is too loose to decide whose profile it is: ``compare`` does that for the client, and takes two values for the same
only where that is certain.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Final

from customer_profiles_sdk.enums import SearchKey

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SearchKey.ACCOUNT: ("account_number",),
    SearchKey.FULL_NAME: ("first_name", "middle_name", "last_name"),
    SearchKey.PHONE: ("phone_number", "mobile_phone_number", "home_phone_number", "business_phone_number"),
    SearchKey.EMAIL: ("email_address", "personal_email_address", "business_email_address"),
}
"""The fields of a profile that each key looks at; a key that is not here looks at none."""

IDENTIFYING_KEYS: Final = (SearchKey.ACCOUNT, SearchKey.EMAIL, SearchKey.PHONE)
"""The keys that tell one customer from another. A name does not."""

_FILLERS: Final = frozenset(
    {
        *("anonymous", "blocked", "empty", "hidden", "keine", "keine angabe", "n.a", "n.a.", "n/a", "na", "nil"),
        *("no e-mail", "no email", "no number", "no phone", "none", "not applicable", "not available", "not given"),
        *("not provided", "null", "private", "tba", "tbd", "unavailable", "unbekannt", "undefined", "unknown"),
        *("withheld", "#n/a", "(none)", "<none>", "[none]"),
    }
)
"""What people write where there is no value."""

_NORTH_AMERICAN: Final = re.compile(r"\+1([2-9][0-9]{2}[2-9][0-9]{6})")
_NORTH_AMERICAN_DIGITS: Final = 11
_SHORTEST_LOCAL_NUMBER: Final = 6


class Match(IntEnum):
    """How sure it is that two values are the same."""

    DIFFERENT = 0
    ALIKE = 1
    """They may be two spellings of one value."""
    SAME = 2


def values_for_key(key: str, field: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the values that a profile has under a key; ``field`` returns a field's text by the field's name."""
    texts = tuple(text for name in FIELDS.get(key, ()) if (text := field(name)))
    return (" ".join(texts),) if texts and key == SearchKey.FULL_NAME else texts


def indexed(key: str, text: str) -> str | None:
    """Return the form in which the service is documented to compare a value, or ``None`` where there is none.

    ``_email`` ignores case, ``_fullName`` case and repeated spaces, ``_phone`` everything but digits, and the country
    code +1 (``+1 (206) 345-7890`` finds ``2063457890``); any other key compares to the letter. Other country codes are
    compared as they stand: the documented examples are all of +1.
    """
    match key:
        case SearchKey.EMAIL:
            return text.lower()
        case SearchKey.FULL_NAME:
            return " ".join(text.lower().split()) or None
        case SearchKey.PHONE:
            digits = "".join(character for character in text if character.isdecimal())
            has_country_code = len(digits) == _NORTH_AMERICAN_DIGITS and digits.startswith("1")
            return (digits[1:] if has_country_code else digits) or None
        case _:
            return text


def normalized(key: str, text: str) -> str | None:
    """Return a form that is equal only for values that are certainly the same, or ``None`` where there is no value.

    White space around a value does not count, and a filler such as ``n/a`` is no value. An e-mail address has an ``@``
    and ignores case. A phone number has a digit; its letters and its ``+`` count, its punctuation does not, and ``+1``
    before a valid North American number equals the ten digits alone. An account number is compared to the letter.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if text.casefold() in _FILLERS or not any(map(str.isalnum, text)):
        return None
    if key == SearchKey.EMAIL:
        return text.lower() if "@" in text else None
    if key == SearchKey.PHONE:
        plus = "+" if text.startswith("+") else ""
        number = plus + "".join(str(unicodedata.decimal(each, each)) for each in text if each.isalnum()).upper()
        if not any(map(str.isdecimal, number)):
            return None
        north_american = _NORTH_AMERICAN.fullmatch(number)
        return north_american[1] if north_american else number
    return text


def compare(key: str, wanted: Iterable[str], found: Iterable[str]) -> Match:
    """Return how sure it is that a profile that was found has one of the values that are wanted."""
    found = list(found)
    return max((_compare(key, one, other) for one in wanted for other in found), default=Match.DIFFERENT)


def _compare(key: str, one: str, other: str) -> Match:
    first, second = normalized(key, one), normalized(key, other)
    if first is None or second is None:
        return Match.DIFFERENT
    if first == second:
        return Match.SAME
    return Match.ALIKE if _alike(key, first, second) else Match.DIFFERENT


def _alike(key: str, one: str, other: str) -> bool:
    if key != SearchKey.PHONE:
        return one.casefold() == other.casefold()
    if not (one + other).replace("+", "").isdecimal():
        return False
    # With and without a country code or a leading 0: one number ends with the other.
    shorter, longer = sorted((one.lstrip("+0"), other.lstrip("+0")), key=len)
    return len(shorter) >= _SHORTEST_LOCAL_NUMBER and longer.endswith(shorter)
