"""Whether two values mean the same customer: strictly, since a wrong guess overwrites somebody else's profile.

In doubt two values are different, or ``ALIKE`` where a person should look. How the service itself compares is in
``search_keys``.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from customer_profiles_sdk.enums import SearchKey

IDENTIFYING_KEYS: Final = (SearchKey.ACCOUNT, SearchKey.EMAIL, SearchKey.PHONE)
"""The keys that tell one customer from another. A name does not."""

_FILLERS: Final = frozenset(
    {
        *("anonymous", "blocked", "empty", "guest", "hidden", "k.a", "keine", "keineangabe", "n.a", "n/a"),
        *("na", "nan", "nat", "nil", "noaccount", "no-email", "noemail", "nomail", "none", "nonumber", "nophone"),
        *("notapplicable", "notavailable", "notgiven", "notprovided", "null", "private", "tba", "tbd"),
        *("unavailable", "unbekannt", "undefined", "unknown", "withheld"),
    }
)
"""What people and programs write where there is no value, without white space and the punctuation around it."""

_PUNCTUATION: Final = "!#()*-.,:;<>?[]_{}\"'"
_SHORTEST_NUMBER: Final = 5
_SHORTEST_ALIKE: Final = 7
_NO_NUMBERS: Final[tuple[set[str], ...]] = (set(), {"0"}, {"9"})
"""The digits of what is no phone number, such as ``000-000-0000``."""

_NORTH_AMERICAN: Final = re.compile(r"\+1([2-9][0-9]{2}[2-9][0-9]{6})")
_SEVERAL_NUMBERS: Final = re.compile(r"\w.*[+,;/|]", re.DOTALL)


class Match(IntEnum):
    """How sure it is that two values are the same."""

    DIFFERENT = 0
    ALIKE = 1
    """They may be two spellings of one value."""
    SAME = 2


def cleaned(key: str, text: str) -> str:
    """Return a value without what nobody sees: white space around it and, but for accounts, other invisible marks."""
    if key == SearchKey.ACCOUNT:
        return text.strip()
    return unicodedata.normalize("NFKC", _visible(text)).strip()


def normalized(key: str, text: str) -> str | None:
    """Return a form that is equal only for values that are certainly the same, or ``None`` where there is no value.

    A filler such as ``n/a`` or ``nan`` is no value. Nor is an e-mail address without a local part or a domain, a phone
    number of fewer than five characters or of zeros, or a text with several phone numbers. E-mail addresses ignore
    case. In a phone number letters and ``+`` count, other punctuation does not, and ``+1`` before a valid North
    American number equals the ten digits alone. Account numbers are compared to the letter.
    """
    value = cleaned(key, text)
    if _is_filler(value):
        return None
    if key == SearchKey.EMAIL:
        return _normalized_email(value)
    if key == SearchKey.PHONE:
        return _normalized_phone(value)
    return value


def compare(key: str, wanted: Iterable[str], found: Iterable[str]) -> Match:
    """Return how sure it is that a profile that was found has one of the values that are wanted."""
    found = list(found)
    return max((_compare(key, one, other) for one in wanted for other in found), default=Match.DIFFERENT)


def _visible(text: str) -> str:
    if text.isascii():  # a load asks this of every key of every row
        return text
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _is_filler(text: str) -> bool:
    word = "".join(_visible(text).casefold().split()).strip(_PUNCTUATION)
    return word in _FILLERS or not any(map(str.isalnum, word))


def _normalized_email(text: str) -> str | None:
    local_part, _, domain = text.rpartition("@")
    return None if _is_filler(local_part) or _is_filler(domain) else text.lower()


def _normalized_phone(text: str) -> str | None:
    text = text.removeprefix("tel:")
    if _SEVERAL_NUMBERS.search(text):
        return None
    characters = "".join(str(unicodedata.decimal(each, each)) for each in text if each.isalnum()).upper()
    digits = "".join(filter(str.isdecimal, characters))
    if len(characters) < _SHORTEST_NUMBER or set(digits) in _NO_NUMBERS:
        return None
    number = f"+{characters}" if "+" in text else characters
    north_american = _NORTH_AMERICAN.fullmatch(number)
    return north_american[1] if north_american else number


def _compare(key: str, one: str, other: str) -> Match:
    first, second = normalized(key, one), normalized(key, other)
    if first is None or second is None:
        return Match.DIFFERENT
    if first == second:
        return Match.SAME
    alike = _alike_phones(first, second) if key == SearchKey.PHONE else first.casefold() == second.casefold()
    return Match.ALIKE if alike else Match.DIFFERENT


def _alike_phones(one: str, other: str) -> bool:
    # With and without a country code, a leading 0 or the word for an extension: the digits of one end with the other's.
    digits = ["".join(filter(str.isdecimal, each)).lstrip("0") for each in (one, other)]
    shorter, longer = sorted(digits, key=len)
    return len(shorter) >= _SHORTEST_ALIKE and longer.endswith(shorter)
