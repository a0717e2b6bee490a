"""boto3's responses -> results.

Every rule of reading lives here:

- Of the members ``PartyTypeString`` and ``PartyType`` the first counts where it is present and not empty, else the
  second. ``Gender`` works the same way.
- What is not there is ``None``.
- Members and enum values that do not exist yet are accepted; a value of a wrong type is rejected, with its place.
- A response lacks nothing that the operation promises and is about the profile that was asked for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final, TypeVar

import attrs

from customer_profiles_sdk._core.members import ENUM_OR_TEXT_MEMBERS, Field, Kind, fields_of, text_member
from customer_profiles_sdk._core.problems import put_under
from customer_profiles_sdk._core.reprs import PlainRepr
from customer_profiles_sdk.errors import Problem, UnexpectedResponseError
from customer_profiles_sdk.models import Profile
from customer_profiles_sdk.results import (
    BatchGetResult,
    CreateProfileResult,
    FailedProfile,
    StoredProfile,
    UpdateProfileResult,
)

_Model = TypeVar("_Model", bound=attrs.AttrsInstance)

_NOT_IN_RESPONSE: Final = "the response contains neither the profile nor an error"


@attrs.frozen(kw_only=True, repr=False, slots=False)
class SearchPage(PlainRepr):
    """A page of search results, and the token for the next one."""

    items: tuple[StoredProfile, ...]
    next_token: str | None = None


def profile_from_members(members: Mapping[str, object]) -> Profile:
    """Read the API's members of a profile."""
    return _read(Profile, "profile_from_members", members)


def create_profile_result(response: Mapping[str, object]) -> CreateProfileResult:
    """Read boto3's response to ``create_profile``."""
    return _read(CreateProfileResult, "create_profile", response)


def update_profile_result(profile_id: str, response: Mapping[str, object]) -> UpdateProfileResult:
    """Read boto3's response to an ``update_profile`` of this profile."""
    result = _read(UpdateProfileResult, "update_profile", response)
    _check_ids("update_profile", {profile_id}, [result.profile_id])
    return result


def no_result(_: Mapping[str, object]) -> None:
    """Read a response that says only that all is done."""


def batch_get_result(operation: str, profile_ids: Iterable[str], response: Mapping[str, object]) -> BatchGetResult:
    """Read boto3's response to a ``batch_get_profile`` of these profiles."""
    result = _read(BatchGetResult, operation, response)
    if not {"Profiles", "Errors"} & response.keys():
        raise UnexpectedResponseError(operation, [Problem("response", "contains neither profiles nor errors")])
    asked = set(profile_ids)
    _check_ids(operation, asked, [each.profile_id for each in result.found])
    _check_ids(operation, asked, [each.profile_id for each in result.failed])
    return result


def joined_batches(profile_ids: Iterable[str], batches: Sequence[BatchGetResult]) -> BatchGetResult:
    """Return several responses as one, in the order of the ids, with an error for each id that no response has."""
    found = {each.profile_id: each for batch in batches for each in batch.found}
    failed = {each.profile_id: each for batch in batches for each in batch.failed}
    return BatchGetResult(
        found=tuple(found[profile_id] for profile_id in profile_ids if profile_id in found),
        failed=tuple(
            failed.get(profile_id)
            or FailedProfile(profile_id=profile_id, code="NotInResponse", message=_NOT_IN_RESPONSE)
            for profile_id in profile_ids
            if profile_id not in found
        ),
    )


def search_page(response: Mapping[str, object]) -> SearchPage:
    """Read boto3's response to ``search_profiles``."""
    return _read(SearchPage, "search_profiles", response)


def _check_ids(operation: str, asked: set[str], received: Iterable[str]) -> None:
    if not asked.issuperset(received):
        raise UnexpectedResponseError(operation, [Problem("profile_id", "is not the profile that was asked for")])


def _read(model: type[_Model], operation: str, response: object) -> _Model:
    problems: list[Problem] = []
    result: Any = _model_reader(model)(response, problems)
    if problems:
        raise UnexpectedResponseError(operation, [each if each.path else _of_whole(each) for each in problems])
    read: _Model = result
    return read


def _of_whole(problem: Problem) -> Problem:
    return attrs.evolve(problem, path="response")


_Reader = Callable[[Any, list[Problem]], object]
"""Returns what is made of a member's content, or lists what is wrong with it."""


class _ModelReader:
    """Reads a model; its table is taken apart once, for the loop that every member goes through.

    The fields of an instance are set through its ``__dict__``: to call a model with 25 arguments takes as long as to
    read them. So the models have no slots, and the defaults and converters of their ``__init__`` are applied here.
    """

    def __init__(self, model: type[attrs.AttrsInstance]) -> None:
        fields = fields_of(model)
        # A stored profile's contents have no member of their own: they stand beside its id.
        self._contents = next(((each.name, _model_reader(Profile)) for each in fields if each.model is Profile), None)
        own = [each for each in fields if each.model is not Profile]
        self._model = model
        self._fields = [(each.name, each.member, each.default, _plain_type(each), _reader(each)) for each in own]
        self._preferred = [(each.name, text_member(each.member)) for each in own if each.member in ENUM_OR_TEXT_MEMBERS]
        self._converters = [(each.name, each.converter) for each in own if each.converter and each.kind is Kind.TEXT]
        self._needs_finish = bool(self._converters or self._contents)

    def __call__(self, members: Any, problems: list[Problem]) -> object:
        """Return the model that the members make, and list what is wrong with them."""
        if type(members) is not dict and not isinstance(members, Mapping):
            problems.append(_wrong_type("dict", members))
            return None
        model = object.__new__(self._model)
        values = model.__dict__
        for name, member, default, plain, read in self._fields:
            content = members.get(member)
            if type(content) is plain:
                values[name] = content
            elif content is None:
                values[name] = default
                if default is attrs.NOTHING:
                    problems.append(Problem(name, "missing"))
            else:
                start = len(problems)
                values[name] = read(content, problems)
                if len(problems) > start:
                    put_under(name, problems, start)
        if self._needs_finish:
            self._finish(values, members, problems)
        return model

    def _finish(self, values: dict[str, Any], members: Mapping[str, Any], problems: list[Problem]) -> None:
        for name, member in self._preferred:
            text = members.get(member)
            if text and type(text) is str:
                values[name] = text
            elif text:
                _add(values, name, _read_text, text, problems)
        for name, convert in self._converters:
            if values[name] is not None:
                values[name] = convert(values[name])
        if self._contents:
            name, read = self._contents
            _add(values, name, read, members, problems)


@cache
def _model_reader(model: type[attrs.AttrsInstance]) -> _ModelReader:
    return _ModelReader(model)


def _reader(field: Field) -> _Reader:
    if field.model is not None:
        read = _model_reader(field.model)
        return read if field.kind is Kind.MODEL else partial(_read_items, read)
    return _read_required_text if _is_required_text(field) else _READERS[field.kind]


def _plain_type(field: Field) -> type | None:
    """Return the type of what is taken as it is; whatever else is there, the reader sees."""
    return None if _is_required_text(field) else _PLAIN.get(field.kind)


def _is_required_text(field: Field) -> bool:
    return field.is_required and field.kind is Kind.TEXT


def _add(values: dict[str, Any], name: str, read: _Reader, content: object, problems: list[Problem]) -> None:
    start = len(problems)
    values[name] = read(content, problems)
    if len(problems) > start:
        put_under(name, problems, start)


def _wrong_type(expected: str, value: object) -> Problem:
    return Problem("", f"expected {expected}, got {type(value).__name__}")


def _read_text(value: Any, problems: list[Problem]) -> object:
    if not isinstance(value, str):
        problems.append(_wrong_type("str", value))
    return value


def _read_required_text(value: Any, problems: list[Problem]) -> object:
    if value == "":
        problems.append(Problem("", "empty"))
    return _read_text(value, problems)


def _no_number(value: Any, problems: list[Problem]) -> object:
    problems.append(_wrong_type("int", value))
    return value


def _read_map(value: Any, problems: list[Problem]) -> object:
    if type(value) is not dict and not isinstance(value, Mapping):
        problems.append(_wrong_type("dict", value))
        return None
    texts = {}
    for key, text in value.items():
        if not type(key) is type(text) is str:
            if text is None:
                continue
            problems += [_wrong_type("str", each) for each in (text, key) if not isinstance(each, str)]
        texts[key] = text
    return texts


def _read_items(read: _Reader, value: Any, problems: list[Problem]) -> tuple[Any, ...]:
    if type(value) is not list and not isinstance(value, list | tuple):
        problems.append(_wrong_type("list", value))
        return ()
    items = []
    for position, each in enumerate(value):
        start = len(problems)
        items.append(read(each, problems))
        if len(problems) > start:
            put_under(f"[{position}]", problems, start)
    return tuple(items)


_PLAIN: Final[Mapping[Kind, type]] = {Kind.TEXT: str, Kind.NUMBER: int}

_READERS: Final[Mapping[Kind, _Reader]] = {
    Kind.TEXT: _read_text,
    Kind.NUMBER: _no_number,
    Kind.MAP: _read_map,
    Kind.TEXTS: partial(_read_items, _read_text),
}
