"""How the predefined search keys find a profile: which fields each looks at, and how the service compares values.

The embedded service searches by these rules. They are too loose to decide whose profile it is: that is left to
``identity``.
"""

from collections.abc import Callable, Mapping
from typing import Final

from customer_profiles_sdk.enums import SearchKey

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SearchKey.ACCOUNT: ("account_number",),
    SearchKey.FULL_NAME: ("first_name", "middle_name", "last_name"),
    SearchKey.PHONE: ("phone_number", "mobile_phone_number", "home_phone_number", "business_phone_number"),
    SearchKey.EMAIL: ("email_address", "personal_email_address", "business_email_address"),
}
"""The fields of a profile that each key looks at; a key that is not here looks at none."""

_NORTH_AMERICAN_DIGITS: Final = 11


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
