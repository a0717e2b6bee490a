"""When each attempt is sent: handlers of botocore's events let it wait for its turn, where the call has a pace.

How long that is, ``pace`` knows. The handlers are registered only on a client that is used with a pace.
"""

from collections.abc import Callable, Iterator

from botocore.client import BaseClient

from customer_profiles_sdk._aws.attempts import current_attempts, register
from customer_profiles_sdk._aws.cancellation import pause


def pace_boto3(client: BaseClient) -> None:
    """Let the calls that have a pace keep to it; nothing that others do with the client changes."""
    keep_pace(client, _wait_for_turn, _send_in_turn)


def keep_pace(client: BaseClient, wait_for_turn: Callable[..., object], send_in_turn: Callable[..., object]) -> None:
    """Do the same with any client.

    Args:
        client: a client of boto3's or of aiobotocore's.
        wait_for_turn: a handler that waits as ``before_signing`` says.
        send_in_turn: a handler that waits as ``before_sending`` says.
    """
    # It waits before the request is signed, for AWS accepts a signature for five minutes only.
    register(client, "request-created", wait_for_turn)
    register(client, "before-send", send_in_turn)


def before_signing(event_name: str) -> Iterator[float]:
    """Yield the seconds to wait for the turns of an attempt."""
    attempts = current_attempts()
    if attempts is None or not attempts.paces:
        return
    operation = operation_of(event_name)
    attempts.turns = [pace.turn(operation) for pace in attempts.paces]
    yield max([next(turn) for turn in attempts.turns])


def before_sending() -> Iterator[float]:
    """Yield none, unless a turn was missed: threads wake up late, and credentials take time."""
    attempts = current_attempts()
    if attempts is None:
        return
    for turn in attempts.turns:
        yield from turn
    attempts.turns = ()


def operation_of(event_name: str) -> str:
    """Return the API's operation that an event is about."""
    return event_name.rpartition(".")[2]


def _wait_for_turn(event_name: str, **_: object) -> None:
    for seconds in before_signing(event_name):
        pause(seconds)


def _send_in_turn(**_: object) -> None:
    for seconds in before_sending():
        pause(seconds)
