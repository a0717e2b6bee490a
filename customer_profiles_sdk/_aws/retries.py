"""Which requests may be retried, when each attempt is sent, and what happened to it.

botocore retries by itself, and says of a call only how its last attempt ended. Handlers on its events keep a record of
every attempt (``Attempts``), on any client, and let it wait where the call has a pace; they change nothing else. On a
client that the SDK builds, two rules are added, in each of botocore's retry modes: a create whose outcome is unknown is
not retried, and an update that was rejected because of a concurrent one is.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar, Token
from functools import partial
from typing import Any, Final, cast

from botocore.client import BaseClient
from botocore.model import OperationModel, StructureShape

from customer_profiles_sdk._aws.cancellation import pause
from customer_profiles_sdk._aws.failures import CONNECTION_ERRORS, reason_of, was_never_sent
from customer_profiles_sdk._aws.pace import Pace
from customer_profiles_sdk._core.deserializer import no_result
from customer_profiles_sdk._core.flow import Call
from customer_profiles_sdk._core.members import member_name
from customer_profiles_sdk._core.service_errors import CONCURRENT_UPDATE, error_of_response, masked, was_not_executed
from customer_profiles_sdk.errors import OutcomeUnknownError, Problem, ThrottlingError, UnexpectedResponseError

_CONCURRENT_ATTEMPTS: Final = 6
_CONCURRENT_PAUSE_SECONDS: Final = 0.08
_FIRST_FINAL_STATUS: Final = 200
_FIRST_ERROR_STATUS: Final = 300

_Response = tuple[Any, dict[str, Any]]


class Attempts:
    """What happened to the attempts of one call.

    Attributes:
        call: the call.
        handled: the exception that the caller is handling while the call is made.
        paces: the paces of which each attempt waits for its turn.
        turns: the turns of the attempt that is being made, until it is sent.
        count: how many attempts there were.
        is_answered: whether a response arrived that is no error.
        unknown: the name and the reason of the first failure after which the request may have been executed.
        is_json: whether the last response was a JSON object.
    """

    def __init__(self, call: Call[Any], handled: BaseException | None, paces: Sequence[Pace]) -> None:
        self.call = call
        self.handled = handled
        self.paces = paces
        self.turns: Sequence[Iterator[float]] = ()
        self.count = 0
        self.is_answered = False
        self.unknown: tuple[str, str] | None = None
        self.is_json = True


_current: Final[ContextVar[Attempts | None]] = ContextVar("customer_profiles_sdk_attempts", default=None)


def begin(call: Call[Any], paces: Sequence[Pace] = ()) -> tuple[Attempts, Token[Attempts | None]]:
    """Begin the record of a call, whose attempts wait for the paces; ``end`` takes the token."""
    attempts = Attempts(call, sys.exception(), paces)
    return attempts, _current.set(attempts)


def end(token: Token[Attempts | None]) -> None:
    """End the record of a call, which gives back the turns that it has not used."""
    record = _current.get()
    if record is not None and record.turns:
        for pace in record.paces:
            pace.give_back(member_name(record.call.method))
    _current.reset(token)


def observe_boto3(client: BaseClient, *, adds_rules: bool = False) -> None:
    """Record and pace the attempts of the SDK's own calls through a client; nothing that others do with it changes.

    Args:
        client: a client of boto3's.
        adds_rules: add the SDK's rules too, as on a client that it built.
    """
    observe(client, _wait_for_turn, _send_in_turn, client.close, adds_rules=adds_rules)


def observe(
    client: BaseClient,
    wait_for_turn: Callable[..., object],
    send_in_turn: Callable[..., object],
    drop_connections: Callable[[], object],
    *,
    adds_rules: bool,
) -> None:
    """Do the same with any client.

    Args:
        client: a client of boto3's or of aiobotocore's.
        wait_for_turn: a handler that waits as ``before_signing`` says.
        send_in_turn: a handler that waits as ``before_sending`` says.
        drop_connections: closes its connections.
        adds_rules: add the SDK's rules too.
    """
    # It waits before the request is signed, for AWS accepts a signature for five minutes only.
    _register(client, "request-created.customer-profiles", wait_for_turn, "wait")
    _register(client, "before-send.customer-profiles", send_in_turn, "send")
    _register(client, "before-parse.customer-profiles", partial(_check_body, drop_connections), "check")
    _register(client, "needs-retry.customer-profiles", _rules(client) if adds_rules else _note_attempt, "note")


def _rules(client: BaseClient) -> Callable[..., float | None]:
    """Return what notes an attempt and adds the SDK's rules.

    A create whose outcome is unknown ends, because a retry could create a second profile. What was rejected because of
    a concurrent update is retried. Everything else is left to botocore.
    """
    retries: Mapping[str, Any] = getattr(client.meta.config, "retries", None) or {}
    limit = min(_CONCURRENT_ATTEMPTS, retries.get("total_max_attempts") or _CONCURRENT_ATTEMPTS)

    def decide(
        response: _Response | None,
        caught_exception: Exception | None,
        attempts: int,
        operation: OperationModel,
        event_name: str,
        **_: object,
    ) -> float | None:
        if _is_success(response):
            return None
        _note_attempt(response, caught_exception, event_name)
        if operation.name == "CreateProfile" and (unknown := _unknown_outcome(response, caught_exception)):
            raise OutcomeUnknownError("create_profile", *unknown)
        if response is None or attempts >= limit:
            return None
        if CONCURRENT_UPDATE not in str(response[1].get("Error", {}).get("Message")):
            return None
        return random.uniform(0, _CONCURRENT_PAUSE_SECONDS * 2 ** (attempts - 1))  # noqa: S311 (full jitter, no secret)

    return decide


def _register(client: BaseClient, event: str, handler: Callable[..., object], name: str) -> None:
    # First, so that it sees what any other handler sees; once, however many clients share it.
    client.meta.events.register_first(event, cast("Any", handler), unique_id=f"customer-profiles-sdk {name}")


def _wait_for_turn(event_name: str, **_: object) -> None:
    for seconds in before_signing(event_name):
        pause(seconds)


def _send_in_turn(**_: object) -> None:
    for seconds in before_sending():
        pause(seconds)


def before_signing(event_name: str) -> Iterator[float]:
    """Yield the seconds to wait for the turns of an attempt."""
    record = _current.get()
    if record is None or not record.paces:
        return
    operation = _operation(event_name)
    record.turns = [pace.turn(operation) for pace in record.paces]
    yield max([next(turn) for turn in record.turns])


def before_sending() -> Iterator[float]:
    """Yield none, unless a turn was missed: threads wake up late, and credentials take time."""
    record = _current.get()
    if record is None:
        return
    for turn in record.turns:
        yield from turn
    record.turns = ()


def _operation(event_name: str) -> str:
    return event_name.rpartition(".")[2]


def _note_attempt(response: _Response | None, caught_exception: Exception | None, event_name: str, **_: object) -> None:
    record = _current.get()
    if record is None or _is_success(response):
        return
    if record.paces and response is not None and _is_throttled(record, response):
        for pace in record.paces:
            pace.throttled(_operation(event_name))
    record.count += response is None  # the others were counted with their body
    if record.unknown is None and (unknown := _unknown_outcome(response, caught_exception)):
        cause_name, reason = unknown
        record.unknown = masked(cause_name, record.call.request), reason


def _is_success(response: _Response | None) -> bool:
    return response is not None and response[0].status_code < _FIRST_ERROR_STATUS


def _is_throttled(record: Attempts, response: _Response) -> bool:
    return isinstance(error_of_response(record.call, response[1], is_json=record.is_json), ThrottlingError)


def _unknown_outcome(response: _Response | None, caught_exception: Exception | None) -> tuple[str, str] | None:
    """Return the cause and the reason of a failed attempt that may have been executed."""
    if response is None:
        handled = sys.exception()  # the caller's: botocore handles none here
        # An exception that is none of botocore's own is no cause to retry, and comes out as it is.
        if isinstance(caught_exception, CONNECTION_ERRORS) and not was_never_sent(caught_exception, handled):
            return type(caught_exception).__name__, reason_of(caught_exception, handled)
        return None
    http_status = response[0].status_code
    code = str(response[1].get("Error", {}).get("Code") or http_status)
    if was_not_executed(code, http_status):
        return None
    return code, f"the response has the HTTP status {http_status}"


def _check_body(
    drop_connections: Callable[[], object],
    operation_model: OperationModel,
    response_dict: Mapping[str, Any],
    **_: object,
) -> None:
    """Reject a body that botocore would take for an empty response: one cut short, or no JSON object at all."""
    attempts = _current.get()
    if attempts is None:
        return
    attempts.count += 1
    body: bytes = response_dict["body"]
    status = response_dict["status_code"]
    if status >= _FIRST_ERROR_STATUS:
        attempts.is_json = not body or _json_object(body) is not None
        return
    attempts.is_answered = True
    problem = None
    announced = _announced_length(response_dict["headers"])
    if status < _FIRST_FINAL_STATUS:
        drop_connections()  # the final response is still to come, and must not be taken for the next call's
        problem = f"is the interim one with the HTTP status {status}"
    elif len(body) < announced:
        problem = f"{len(body)} bytes where {announced} were announced"
    # Where the operation has a result, a body without it is rejected when the result is read.
    elif attempts.call.read is no_result and not _is_output(operation_model, _json_object(body)):
        problem = f"is not what {operation_model.name} responds with"
    if problem:
        raise UnexpectedResponseError(attempts.call.operation, [Problem("response", problem)])


def _announced_length(headers: Mapping[str, str]) -> int:
    value = headers.get("Content-Length", "")
    if value.isdecimal():
        return int(value)
    # A proxy may repeat the header; its values then stand in one.
    lengths = [each.strip() for each in value.split(",")]
    return max((int(each) for each in lengths if each.isdecimal()), default=0)


def _is_output(operation_model: OperationModel, content: dict[str, object] | None) -> bool:
    """Tell whether a JSON object is an operation's output: empty, or with at least one of its members."""
    members = cast("StructureShape", operation_model.output_shape).members
    return content is not None and (not content or not content.keys().isdisjoint(members))


def _json_object(body: bytes) -> dict[str, object] | None:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
