"""HTTP to and from the embedded service, as REST-JSON has it.

A request becomes an operation and its parameters; a result or a fault becomes a response. Where the bytes come from and
go to is left to ``inprocess`` and ``server``.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import cast
from urllib.parse import parse_qsl
from uuid import uuid4

import attrs
from botocore.model import OperationModel, StructureShape

from customer_profiles_sdk.local.contract import Contract, FaultError
from customer_profiles_sdk.local.faults import FAILURE, REFUSALS, Faults, Trouble
from customer_profiles_sdk.local.service import Service

_DIGITS = re.compile("[0-9]{1,9}")
MOST_BODY_BYTES = 1024 * 1024


@attrs.frozen
class Request:
    """An HTTP request; ``target`` is the path and the query, as they stand in the request line."""

    method: str
    target: str
    body: bytes


@attrs.frozen
class Response:
    """An HTTP response, and what is to happen to it on its way."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    lost: bool = False
    stalled_seconds: float = 0.0


@attrs.frozen
class ReceivedRequest:
    """A request as it arrived, before anything was found wrong with it."""

    operation: str
    """The operation of the API, as in ``"CreateProfile"``."""
    parameters: Mapping[str, object] = attrs.field(repr=False)
    """The parameters, by the API's names. They are customers' data."""


class Door:
    """What stands before the service: it reads requests, notes them, lets trouble happen and writes responses."""

    def __init__(self, contract: Contract, service: Service, *, keep_requests: bool = False) -> None:
        self.requests: list[ReceivedRequest] = []
        self._keep_requests = keep_requests
        self.faults: Faults = Faults()
        self._contract = contract
        self._service = service

    def answer(self, request: Request) -> Response:
        """Answer a request as the service would."""
        try:
            return self._answer(request)
        except FaultError as fault:
            return fault_response(fault)

    def _answer(self, request: Request) -> Response:
        if len(request.body) > MOST_BODY_BYTES:
            raise FaultError("RequestEntityTooLargeException", 413, f"The body is larger than {MOST_BODY_BYTES} bytes")
        operation, parameters = self._read(request)
        if self._keep_requests:
            self.requests.append(ReceivedRequest(operation.name, parameters))
        trouble = self.faults.strike(operation.name)
        if trouble in REFUSALS:
            raise REFUSALS[trouble]
        self._contract.check(operation, parameters)
        self._service.search_lag_seconds = self.faults.search_lag_seconds
        result = self._service.perform(operation.name, parameters)
        if trouble is Trouble.FAILED:
            raise FAILURE
        stalled_seconds = self.faults.stall_seconds if trouble is Trouble.STALLED else 0.0
        return attrs.evolve(_response(200, result), lost=trouble is Trouble.LOST, stalled_seconds=stalled_seconds)

    def _read(self, request: Request) -> tuple[OperationModel, dict[str, object]]:
        path, _, query = request.target.partition("?")
        operation, labels = self._contract.route(request.method, path)
        self._service.check_offered(operation.name)
        texts = {"uri": labels, "querystring": dict(parse_qsl(query, keep_blank_values=True)) if query else {}}
        in_body, elsewhere = _places(operation)
        parameters: dict[str, object] = {}
        for name, location, wire_name, is_number in elsewhere:
            if text := texts[location].get(wire_name):
                parameters[name] = int(text) if is_number and _DIGITS.fullmatch(text) else text
        body = self._body(request.body)
        parameters |= {name: value for name, value in body.items() if name in in_body and value is not None}
        return operation, parameters

    def _body(self, body: bytes) -> dict[str, object]:
        try:
            content = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            content = None
        if type(content) is not dict:
            raise self._contract.fault("BadRequestException", "The body of the request is not a JSON object")
        return content


@cache
def _places(operation: OperationModel) -> tuple[frozenset[str], list[tuple[str, str, str, bool]]]:
    """Return which parameters travel in the body, and for the others where, by which name and whether as a number."""
    members = cast("StructureShape", operation.input_shape).members
    places = {name: cast("dict[str, str]", shape.serialization) for name, shape in members.items()}
    elsewhere = [
        (name, place["location"], place["name"], members[name].type_name == "integer")
        for name, place in places.items()
        if "location" in place
    ]
    return frozenset(members) - {name for name, *_ in elsewhere}, elsewhere


def fault_response(fault: FaultError) -> Response:
    """Return the response that tells of a fault, in the service's shape."""
    return _response(fault.http_status, {"Message": fault.message}, {"x-amzn-ErrorType": fault.code})


def _response(status: int, content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    fixed = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid4())}
    return Response(status, {**fixed, **(headers or {})}, json.dumps(content).encode())
