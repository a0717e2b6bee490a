"""What the API requires of a request, read from botocore's service model: no route or constraint is written by hand.

What an operation then does is left to ``service``, the bytes of HTTP to ``wire``.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, cast
from urllib.parse import unquote

import botocore.session
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape

_JSON_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "double": (int, float),
}
OFFERED: Final[tuple[str, ...]] = (
    "CreateDomain",
    "GetDomain",
    "DeleteDomain",
    "ListDomains",
    "CreateProfile",
    "UpdateProfile",
    "DeleteProfile",
    "BatchGetProfile",
    "SearchProfiles",
    "AddProfileKey",
    "DeleteProfileKey",
    "MergeProfiles",
)
"""The operations that the embedded service carries out."""

_LABEL: Final = re.compile(r"\{(\w+)\}")


class ServiceException(Exception):  # noqa: N818 (an error response, as the API calls its own)
    """An error response of the service."""

    def __init__(self, code: str, http_status: int, message: str) -> None:
        super().__init__(code, http_status, message)
        self.code = code
        self.http_status = http_status
        self.message = message


class Contract:
    """The routes, constraints and errors of a service model."""

    def __init__(self, model: ServiceModel) -> None:
        self._model = model
        operations = map(model.operation_model, model.operation_names)
        routes = [(_pattern(operation), operation) for operation in operations]
        # A literal path wins over one with labels: "profiles/delete" over "profiles/{ProfileId}".
        self._routes = sorted(routes, key=lambda route: route[0].groups)
        self._matches = lru_cache(maxsize=1024)(self._match)

    def route(self, method: str, path: str) -> tuple[OperationModel, Mapping[str, str]]:
        """Return the operation behind a method and a path, and the parameters in the path."""
        matches = self._matches(path)
        for labels, operation in matches:
            if operation.http["method"] == method:
                return operation, labels
        if matches:
            raise ServiceException("MethodNotAllowedException", 405, f"{method} is not allowed here")
        raise ServiceException("UnknownOperationException", 404, "There is no operation at this path")

    def _match(self, path: str) -> list[tuple[Mapping[str, str], OperationModel]]:
        matches = ((pattern.fullmatch(path), operation) for pattern, operation in self._routes)
        return [
            ({label: unquote(text) for label, text in match.groupdict().items()}, operation)
            for match, operation in matches
            if match
        ]

    def error(self, code: str, message: str) -> ServiceException:
        """Return an error that the service model declares, with the HTTP status that it has there."""
        return ServiceException(code, self._model.shape_for(code).metadata["error"]["httpStatusCode"], message)

    def accepted(self, operation: OperationModel, parameters: Mapping[str, object]) -> dict[str, object]:
        """Return the parameters that the model knows and that are not null, at every level.

        Raises:
            ServiceException: the service's ``BadRequestException``, which counts all violations.
        """
        shape = cast("StructureShape", operation.input_shape)
        found = list(_structure_violations(shape, parameters, ""))
        if found:
            counted = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
            raise self.error("BadRequestException", f"{counted} detected: {'; '.join(found)}")
        return _known_members(shape, parameters)


@cache
def own_session() -> botocore.session.Session:
    """Return a botocore session that knows nothing of the machine's AWS settings; making one is slow."""
    variables = {
        name: (None, None, default, conversion)
        for name, (_, _, default, conversion) in botocore.session.Session.SESSION_VARIABLES.items()
    }
    no_file = (None, None, os.devnull, None)
    return botocore.session.Session(session_vars={**variables, "config_file": no_file, "credentials_file": no_file})


@cache
def customer_profiles() -> Contract:
    """Return the contract of Amazon Connect Customer Profiles as the installed botocore has it."""
    return Contract(own_session().get_service_model("customer-profiles"))


def _pattern(operation: OperationModel) -> re.Pattern[str]:
    return re.compile(_LABEL.sub(r"(?P<\1>[^/]+)", operation.http["requestUri"]))


def _violations(shape: Shape, value: object, path: str) -> Iterator[str]:
    if type(value) not in _JSON_TYPES[shape.type_name]:
        yield _violation(path, f"Member must be a {shape.type_name}")
    elif isinstance(shape, StructureShape):
        yield from _structure_violations(shape, cast("dict[str, object]", value), f"{path}.")
    elif isinstance(shape, MapShape):
        yield from _map_violations(shape, cast("dict[str, object]", value), path)
    elif isinstance(shape, ListShape):
        yield from _list_violations(shape, cast("list[object]", value), path)
    else:
        yield from _unmet(shape, value, path)


def _structure_violations(shape: StructureShape, members: Mapping[str, object], prefix: str) -> Iterator[str]:
    known, required = _members(shape)
    for name, value in members.items():
        if value is not None and name in known:
            yield from _violations(known[name], value, _path(prefix, name))
    for name in required:
        if members.get(name) is None:
            yield _violation(_path(prefix, name), "Member must not be null")


@cache
def _members(shape: StructureShape) -> tuple[Mapping[str, Shape], Sequence[str]]:
    return shape.members, shape.required_members


def _known_members(shape: StructureShape, members: Mapping[str, object]) -> dict[str, object]:
    known, _ = _members(shape)
    return {
        name: _known_value(known[name], value) for name, value in members.items() if value is not None and name in known
    }


def _known_value(shape: Shape, value: object) -> object:
    if isinstance(shape, StructureShape):
        return _known_members(shape, cast("dict[str, object]", value))
    if isinstance(shape, ListShape):
        return [_known_value(shape.member, item) for item in cast("list[object]", value)]
    return value


def _path(prefix: str, name: str) -> str:
    return f"{prefix}{name[0].lower()}{name[1:]}"


def _map_violations(shape: MapShape, entries: Mapping[str, object], path: str) -> Iterator[str]:
    yield from _unmet(shape, entries, path)
    for part, member, values in (("keys", shape.key, entries.keys()), ("value", shape.value, entries.values())):
        if _any_unmet(member, values):
            yield _violation(path, f"Map {part} must satisfy constraint: [{', '.join(_constraints(member))}]")


def _list_violations(shape: ListShape, items: list[object], path: str) -> Iterator[str]:
    yield from _unmet(shape, items, path)
    if isinstance(shape.member, StructureShape):
        for position, item in enumerate(items, start=1):
            yield from _violations(shape.member, item, f"{path}.{position}.member")
    elif _any_unmet(shape.member, items):
        yield _violation(path, f"Member must satisfy constraint: [{', '.join(_constraints(shape.member))}]")


def _any_unmet(shape: Shape, values: Iterable[object]) -> bool:
    return any(any(True for _ in _violations(shape, value, "")) for value in values)


def _unmet(shape: Shape, value: object, path: str) -> list[str]:
    return [_violation(path, constraint) for constraint, is_met in _constraints(shape).items() if not is_met(value)]


def _violation(path: str, constraint: str) -> str:
    return f"Value at '{path}' failed to satisfy constraint: {constraint}"


def _itself(number: float) -> float:
    return number


@cache
def _constraints(shape: Shape) -> dict[str, Callable[[Any], bool]]:
    """Return the constraints of a shape, in the service's words and order, each with its test."""
    limits = shape.metadata
    size, what = (len, "length") if shape.type_name in {"string", "list", "map"} else (_itself, "value")
    constraints: dict[str, Callable[[Any], bool]] = {}
    longest, shortest = limits.get("max"), limits.get("min")
    if longest is not None:
        constraints[f"Member must have {what} less than or equal to {longest}"] = lambda it: size(it) <= longest
    if shortest is not None:
        constraints[f"Member must have {what} greater than or equal to {shortest}"] = lambda it: size(it) >= shortest
    if pattern := limits.get("pattern"):
        constraints[f"Member must satisfy regular expression pattern: {pattern}"] = lambda it: (
            re.fullmatch(pattern, it) is not None
        )
    if values := limits.get("enum"):
        constraints[f"Member must satisfy enum value set: [{', '.join(values)}]"] = lambda it: it in values
    return constraints
