"""The facts of the API that several modules share: names of members, limits of texts, pairs of members, quotas.

``fields_of`` returns the table of a model, read once from its attrs fields. What a request may hold is checked by
``rules``, which walks over these tables.
"""

import re
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum, auto
from functools import cache
from types import UnionType
from typing import Any, Final, NamedTuple, cast, get_args, get_origin

import attrs

from customer_profiles_sdk.enums import Gender, PartyType

MAX_PROFILE_BYTES: Final = 250 * 1024
"""The service's quota for one profile, taken as the UTF-8 JSON of its contents."""

MAX_BATCH_SIZE: Final = 20
"""How many ids the API takes in one request, to read and to merge."""

MAX_SEARCH_KEYS: Final = 5
MAX_PAGE_SIZE: Final = 100

ENUM_OR_TEXT_MEMBERS: Final[Mapping[str, type[PartyType] | type[Gender]]] = {"PartyType": PartyType, "Gender": Gender}
"""The members that take an enum's value; each has a second member for free text, see ``text_member``."""


class Limits(NamedTuple):
    """What the API accepts as a text.

    Attributes:
        max_length: the greatest length, in characters.
        pattern: a regular expression that the whole text must match, if there is one.
        pattern_words: the pattern in words, for error messages.
        clearable: whether UpdateProfile takes ``CLEAR``, which removes the stored value.
    """

    max_length: int = 255
    pattern: re.Pattern[str] | None = None
    pattern_words: str = ""
    clearable: bool = True


TEXT: Final = Limits()
LONG_TEXT: Final = Limits(max_length=1000)
REQUIRED_TEXT: Final = Limits(clearable=False)
NAME: Final = Limits(
    max_length=64, pattern=re.compile("[a-zA-Z0-9_-]+"), pattern_words="letters, digits, _ and - only", clearable=False
)
PROFILE_ID: Final = Limits(
    max_length=32, pattern=re.compile("[a-f0-9]{32}"), pattern_words="32 lower-case hexadecimal digits", clearable=False
)


class Kind(Enum):
    """What a field of a model holds."""

    TEXT = auto()
    NUMBER = auto()
    MODEL = auto()
    """Another model."""
    MAP = auto()
    """A mapping of texts to texts."""
    TEXTS = auto()
    """A tuple of texts."""
    MODELS = auto()
    """A tuple of another model."""


class Field(NamedTuple):
    """A field of a model and the member of the API that it stands for.

    Attributes:
        name: the field, as in ``postal_code``.
        member: the member, as in ``PostalCode``.
        kind: what it holds.
        enum: the enum of a text, whose members it may hold too.
        limits: the limits of a text.
        model: the model that it holds, where it holds one or several.
        default: what it holds where nothing is given; ``attrs.NOTHING`` where it is required.
        converter: what is made of a value that is given, if anything.
    """

    name: str
    member: str
    kind: Kind
    enum: type[StrEnum] | None
    limits: Limits
    model: type[attrs.AttrsInstance] | None
    default: object
    converter: Callable[[Any], object] | None

    @property
    def is_required(self) -> bool:
        """Whether it has no default."""
        return self.default is attrs.NOTHING


_MEMBERS_OF_RESULTS: Final = {
    "failed": "Errors",
    "found": "Profiles",
    "found_by": "FoundByItems",
    "http_status": "HTTPStatusCode",
    "key": "KeyName",
    "metadata": "ResponseMetadata",
}
"""The fields of results that are not named after their member."""


@cache
def member_name(field_name: str) -> str:
    """Return the API's member for a field: ``postal_code`` is ``PostalCode``."""
    return _MEMBERS_OF_RESULTS.get(field_name) or "".join(part.capitalize() for part in field_name.split("_"))


def text_member(member: str) -> str:
    """Return the member that holds the free text beside an enum's member: ``Gender`` has ``GenderString``."""
    return f"{member}String"


@cache
def fields_of(model: type[attrs.AttrsInstance]) -> tuple[Field, ...]:
    """Return the table of a model."""
    return tuple(_field(each) for each in attrs.fields(model))


def _field(attribute: "attrs.Attribute[Any]") -> Field:
    kind, model = _kind(attribute.type)
    enum = next(
        (each for each in get_args(attribute.type) if isinstance(each, type) and issubclass(each, StrEnum)), None
    )
    limits = cast("Limits", attribute.metadata.get("limits", TEXT))
    name, default = attribute.name, attribute.default
    converter = cast("Callable[[Any], object] | None", attribute.converter)
    return Field(name, member_name(name), kind, enum, limits, model, default, converter)


def _kind(annotation: Any) -> tuple[Kind, type[attrs.AttrsInstance] | None]:
    parts = get_args(annotation) if get_origin(annotation) is UnionType else (annotation,)
    for part in parts:
        origin = get_origin(part)
        if attrs.has(part):
            return Kind.MODEL, part
        if origin is tuple:
            item = get_args(part)[0]
            return (Kind.MODELS, item) if attrs.has(item) else (Kind.TEXTS, None)
        if origin is Mapping:
            return Kind.MAP, None
        if part is int:
            return Kind.NUMBER, None
    return Kind.TEXT, None
