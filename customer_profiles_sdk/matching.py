"""How the predefined search keys find a profile: which fields each looks at, and which texts it takes for equal.

The embedded service searches by these rules, and the client holds a hit against them before it trusts it. What the real
service does beyond the documented examples is not known: see ``comparable``.
"""

from collections.abc import Callable, Mapping
from typing import Final

from customer_profiles_sdk.choices import SearchKey

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SearchKey.ACCOUNT: ("account_number",),
    SearchKey.FULL_NAME: ("first_name", "middle_name", "last_name"),
    SearchKey.PHONE: ("phone_number", "mobile_phone_number", "home_phone_number", "business_phone_number"),
    SearchKey.EMAIL: ("email_address", "personal_email_address", "business_email_address"),
}
"""The fields of a profile that each key looks at; a key that is not here looks at none."""

_NORTH_AMERICAN_DIGITS: Final = 11


def values_under(key: str, field: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the values that a profile has under a key; ``field`` returns a field's text by the field's name."""
    texts = tuple(text for name in FIELDS.get(key, ()) if (text := field(name)))
    return (" ".join(texts),) if texts and key == SearchKey.FULL_NAME else texts


def comparable(key: str, text: str) -> str:
    """Return a form of the text that is equal for all texts that the key takes for equal.

    ``_email`` ignores case, ``_fullName`` case and repeated spaces, ``_phone`` everything but digits, and the country
    code +1 (``+1 (206) 345-7890`` is ``2063457890``); any other key compares to the letter. Other country codes are
    compared as they stand: the documented examples are all of +1.
    """
    match key:
        case SearchKey.EMAIL:
            return text.lower()
        case SearchKey.FULL_NAME:
            return " ".join(text.lower().split())
        case SearchKey.PHONE:
            digits = "".join(character for character in text if character.isdecimal())
            return digits[1:] if len(digits) == _NORTH_AMERICAN_DIGITS and digits.startswith("1") else digits
        case _:
            return text
