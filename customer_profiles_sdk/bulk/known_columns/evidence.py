"""What the cells of a sample say about a column: whether they fit its field, and what a rule must take off them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from customer_profiles_sdk.bulk.known_columns.spelling import word_set
from customer_profiles_sdk.enums import ProfileType

MAX_SAMPLE: Final = 200
MAX_ATTRIBUTE: Final = 255

_FEWEST: Final = 3
_FLAGS: Final = word_set(
    "true false yes no y n t f 0 1 ja nein oui non si sì sí wahr falsch vrai faux verdadero falso on off x -"
)
_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})( .*)?")
_EMPTY_DATE: Final = re.compile(r"0+([./-])0+\1?0*( 0+:0+(:0+)?)?|-+")
_APOSTROPHE: Final = re.compile(r"'[+\-=@]?[\d#]")
_PHONE: Final = re.compile(r"\+?[\d()/.\- ]{6,24}")
_SEVERAL: Final = (" ::: ", ";", ",", "|")
_LONGEST_GENDER: Final = 30


def texts_of(cells: Sequence[object]) -> tuple[str, ...]:
    """Return the cells that hold something, as texts without blanks and a spreadsheet's apostrophe around them."""
    return tuple(text for cell in cells if isinstance(cell, str | int | float) and (text := str(cell).strip()))


def has_structure(cells: Sequence[object]) -> bool:
    """Whether a cell holds a list or a table, which no text can be."""
    return any(isinstance(cell, list | dict | tuple) for cell in cells)


def doubt(field: str, texts: Sequence[str]) -> bool:
    """Whether most of the cells cannot be what the field holds."""
    fits = _FITS.get(field.rpartition(".")[2])
    if fits is None or not texts or field.startswith("attributes."):
        return False
    if field == "account_number" and len(texts) > _FEWEST and len(set(texts)) * 2 < len(texts):
        return True  # many customers share it
    return sum(not fits(text.lstrip("'").strip()) for text in texts) * 2 > len(texts)


def resembles(texts: Sequence[str]) -> str | None:
    """Return what the cells of a column look like whose name says nothing, or ``None``."""
    if len(texts) >= _FEWEST:
        if all("@" in text and "." in text and " " not in text for text in texts):
            return "e-mail addresses"
        if all(_PHONE.fullmatch(text) and not _DATE.fullmatch(text) and not text.isdecimal() for text in texts):
            return "phone numbers"
    return None


def has_apostrophes(texts: Sequence[str]) -> bool:
    """Whether cells begin with the apostrophe that keeps a spreadsheet from changing them."""
    return any(_APOSTROPHE.match(text) for text in texts)


def empty_dates(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of nothing but zeros that stand for no date."""
    return tuple(sorted({text for text in texts if _EMPTY_DATE.fullmatch(text)}))


def separator(field: str, texts: Sequence[str]) -> str:
    """Return what separates several values in a cell, or nothing where there is one."""
    if field.endswith("email_address"):
        several = [text for text in texts if text.count("@") > 1]
        return next((each for each in _SEVERAL if several and all(each in text for text in several)), "")
    return _SEVERAL[0] if any(_SEVERAL[0] in text for text in texts) else ""


def _is_plain(text: str) -> bool:
    return text.lower() not in _FLAGS


def _is_email(text: str) -> bool:
    return "@" in text


def _is_phone(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits > _FEWEST and "@" not in text and not (_DATE.fullmatch(text) and digits != len(text))


def _is_date(text: str) -> bool:
    if _EMPTY_DATE.fullmatch(text):
        return True
    return len(text) > _FEWEST and any(map(str.isdigit, text)) and "@" not in text


def _is_gender(text: str) -> bool:
    return len(text) <= _LONGEST_GENDER and "@" not in text


def _is_name(text: str) -> bool:
    return _is_plain(text) and "@" not in text and sum(map(str.isdigit, text)) * 2 <= len(text)


def _is_business(text: str) -> bool:
    return _is_plain(text) and not _DATE.fullmatch(text) and not (text.isdecimal() and len(text) > _FEWEST + 1)


def _is_place(text: str) -> bool:
    return _is_name(text) and not text.isdecimal()


def _is_line(text: str) -> bool:
    return _is_plain(text) and "@" not in text and not _DATE.fullmatch(text)


def _is_postal_code(text: str) -> bool:
    return any(map(str.isdigit, text)) and _is_plain(text) and not _DATE.fullmatch(text)


def _is_number(text: str) -> bool:
    return "@" not in text and not _DATE.fullmatch(text) and text.lower() not in _FLAGS - {"0", "1"}


_FITS: Final[Mapping[str, Callable[[str], bool]]] = {
    "account_number": _is_number,
    "email_address": _is_email,
    "personal_email_address": _is_email,
    "business_email_address": _is_email,
    "phone_number": _is_phone,
    "mobile_phone_number": _is_phone,
    "home_phone_number": _is_phone,
    "business_phone_number": _is_phone,
    "birth_date": _is_date,
    "gender": _is_gender,
    "first_name": _is_name,
    "middle_name": _is_name,
    "last_name": _is_name,
    "business_name": _is_business,
    "additional_information": _is_plain,
    "address1": _is_line,
    "address2": _is_line,
    "city": _is_place,
    "county": _is_place,
    "state": _is_plain,
    "province": _is_plain,
    "country": _is_place,
    "postal_code": _is_postal_code,
    "profile_type": lambda text: text in {each.value for each in ProfileType},
}
