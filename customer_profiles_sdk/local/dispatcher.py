"""From an HTTP request to the operation that it is for, and from its result to an HTTP response.

On the way it records the request, checks it against the ``contract`` and lets ``faults`` happen. What an operation does
is left to ``service``.
"""

import json
import logging
import re
from collections import deque
from collections.abc import Mapping, Sequence
from functools import cache
from threading import Lock
from traceback import extract_tb
from typing import Final, NoReturn, cast
from urllib.parse import parse_qsl

import attrs
from botocore.model import OperationModel, StructureShape

from customer_profiles_sdk.local.contract import Contract, ServiceException
from customer_profiles_sdk.local.faults import FAILURE, REJECTIONS, Faults, FaultType
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import ClosedError
from customer_profiles_sdk.local.wire import MAX_BODY_BYTES, Request, Response, error_response, json_response

_DIGITS: Final = re.compile("[0-9]{1,9}")
_LOGGER: Final = logging.getLogger("customer_profiles_sdk.local")


@attrs.frozen
class ReceivedRequest:
    """A request as it arrived, before it was checked."""

    operation: str
    """The operation of the API, as in ``"CreateProfile"``."""
    parameters: Mapping[str, object] = attrs.field(repr=False)
    """The parameters, by the API's names. They are customers' data."""


class Dispatcher:
    """Handles the requests to one service.

    Args:
        contract: the API, for routes and constraints.
        service: what carries the operations out.
        keep_requests: how many of the latest requests ``requests`` has.
    """

    def __init__(self, contract: Contract, service: Service, *, keep_requests: int = 0) -> None:
        self.faults: Faults = Faults()
        self._requests: deque[ReceivedRequest] = deque(maxlen=keep_requests)
        self._requests_lock = Lock()
        self._contract = contract
        self._service = service

    @property
    def requests(self) -> Sequence[ReceivedRequest]:
        """The latest requests, in the order of their arrival."""
        with self._requests_lock:
            return list(self._requests)

    def handle(self, request: Request) -> Response:
        """Return the service's response to a request.

        Raises:
            ClosedError: the service is closed.
        """
        try:
            return self._handle(request)
        except ServiceException as exception:
            return error_response(exception)
        except ClosedError:
            raise
        except Exception as error:  # noqa: BLE001 (a defect of this service is a response, as one of the real service)
            # Neither the message nor the frames: they can have customers' data.
            place = extract_tb(error.__traceback__)[-1]
            _LOGGER.error("%s in %s, line %s", type(error).__name__, place.name, place.lineno)  # noqa: TRY400
            return error_response(FAILURE)

    def _handle(self, request: Request) -> Response:
        if len(request.body) > MAX_BODY_BYTES:
            raise ServiceException(
                "RequestEntityTooLargeException", 413, f"The body is larger than {MAX_BODY_BYTES} bytes"
            )
        operation, parameters = self._read(request)
        with self._requests_lock:
            self._requests.append(ReceivedRequest(operation.name, parameters))
        faults = self.faults
        fault = faults.next_fault(operation.name)
        if fault in REJECTIONS:
            raise REJECTIONS[fault]
        try:
            accepted = self._contract.accepted(operation, parameters)
            result = self._service.perform(operation.name, accepted, search_lag_seconds=faults.search_lag_seconds)
        except ServiceException:
            if fault is not None:
                faults.give_back(operation.name, fault)
            raise
        if fault is FaultType.FAILED:
            raise FAILURE
        stalled_seconds = faults.stall_seconds if fault is FaultType.STALLED else 0.0
        return attrs.evolve(json_response(200, result), lost=fault is FaultType.LOST, stalled_seconds=stalled_seconds)

    def _read(self, request: Request) -> tuple[OperationModel, dict[str, object]]:
        path, _, query = request.target.partition("?")
        operation, labels = self._contract.route(request.method, path)
        self._service.check_offered(operation.name)
        texts = {"uri": labels, "querystring": dict(parse_qsl(query, keep_blank_values=True)) if query else {}}
        in_body, elsewhere = _locations(operation)
        parameters: dict[str, object] = {}
        for name, location, wire_name, is_number in elsewhere:
            if (text := texts[location].get(wire_name)) is not None:
                parameters[name] = int(text) if is_number and _DIGITS.fullmatch(text) else text
        body = self._body(request.body)
        parameters |= {name: value for name, value in body.items() if name in in_body and value is not None}
        return operation, parameters

    def _body(self, body: bytes) -> dict[str, object]:
        try:
            text = body.decode() or "{}"
            content: object = _DECODER.decode(text)
            if "\\u" in text:
                # Half a pair of surrogates, such as "\\ud83d", is no character and fits into no UTF-8.
                json.dumps(content, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            content = None
        if type(content) is not dict:
            raise self._contract.error("BadRequestException", "The body of the request is not a JSON object in UTF-8")
        return content


def _reject_constant(_: str) -> NoReturn:
    raise ValueError


_DECODER: Final = json.JSONDecoder(parse_constant=_reject_constant)  # NaN and Infinity are no JSON


@cache
def _locations(operation: OperationModel) -> tuple[frozenset[str], list[tuple[str, str, str, bool]]]:
    """Return which parameters travel in the body, and for the others where, by which name and whether as a number."""
    members = cast("StructureShape", operation.input_shape).members
    locations = {name: cast("dict[str, str]", shape.serialization) for name, shape in members.items()}
    elsewhere = [
        (name, location["location"], location["name"], members[name].type_name == "integer")
        for name, location in locations.items()
        if "location" in location
    ]
    return frozenset(members) - {name for name, *_ in elsewhere}, elsewhere
