"""HTTP to and from the embedded service, as REST-JSON has it.

A request becomes an operation and its parameters; a result or a fault becomes a response. Where the bytes come from and
go to is left to ``inprocess``.
"""

import json
from collections.abc import Mapping
from typing import cast
from urllib.parse import parse_qsl
from uuid import uuid4

import attrs
from botocore.model import OperationModel, StructureShape

from customer_profiles_sdk.local.contract import Contract, FaultError
from customer_profiles_sdk.local.service import Service


@attrs.frozen
class Request:
    """An HTTP request; ``target`` is the path and the query, as they stand in the request line."""

    method: str
    target: str
    body: bytes


@attrs.frozen
class Response:
    """An HTTP response."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answer(contract: Contract, service: Service, request: Request) -> Response:
    """Answer a request as the service would."""
    try:
        operation, parameters = _read(contract, request)
        contract.check(operation, parameters)
        return _response(200, service.perform(operation.name, parameters))
    except FaultError as fault:
        return _response(fault.http_status, {"Message": fault.message}, {"x-amzn-ErrorType": fault.code})


def _response(status: int, content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    fixed = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid4())}
    return Response(status, {**fixed, **(headers or {})}, json.dumps(content).encode())


def _read(contract: Contract, request: Request) -> tuple[OperationModel, dict[str, object]]:
    path, _, query = request.target.partition("?")
    operation, labels = contract.route(request.method, path)
    texts = {"uri": labels, "querystring": dict(parse_qsl(query, keep_blank_values=True))}
    body = _body(contract, request.body)
    parameters: dict[str, object] = {}
    for name, shape in cast("StructureShape", operation.input_shape).members.items():
        location = cast("dict[str, str]", shape.serialization)
        wire_name = location.get("name", name)
        if "location" not in location:
            parameters[name] = body.get(wire_name)
        elif text := texts[location["location"]].get(wire_name):
            parameters[name] = int(text) if shape.type_name == "integer" and text.isdecimal() else text
    return operation, {name: value for name, value in parameters.items() if value is not None}


def _body(contract: Contract, body: bytes) -> dict[str, object]:
    try:
        content = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        content = None
    if type(content) is not dict:
        raise contract.fault("BadRequestException", "The body of the request is not a JSON object")
    return content
