"""Sends rows: many at a time, each customer's in their order, at a steady pace, and never one twice.

What is wrong with a row is found by ``checking``, what is sent for it is an upsert (``_core.upsert``), what is known of
it from an earlier run is in the ``journal``, how rows wait for each other in ``in_work``. Files are left to ``files``.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from threading import Event
from typing import Final, cast

import attrs

from customer_profiles_sdk._aws.pace import Pace, check_rate
from customer_profiles_sdk._core.operations import SearchPages
from customer_profiles_sdk._core.requests import settle_problem
from customer_profiles_sdk._core.tracebacks import raises_without_frames
from customer_profiles_sdk._core.upsert import first_key, upsert_profile
from customer_profiles_sdk.bulk.checking import Checked, checked, match_keys, numbered
from customer_profiles_sdk.bulk.in_work import RowsInWork
from customer_profiles_sdk.bulk.journal import Journal, PastRow
from customer_profiles_sdk.bulk.rows import Row, RowAction, RowOutcome
from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import (
    AccessDeniedError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesError,
    InvalidRequestError,
    OutcomeUnknownError,
    Problem,
    ProfileNotFoundError,
    ResourceNotFoundError,
    ThrottlingError,
)
from customer_profiles_sdk.models import Profile

_REPEATED: Final = (ThrottlingError, ConnectionFailedError, ConcurrentUpdateError)
"""Errors after which a row is tried again: the cause may pass, and a repeated upsert does no harm."""

_PAUSES: Final = (0.25, 0.5, 1.0, 2.0)
_MAX_CONCURRENCY: Final = 1000
_SECONDS_BETWEEN_TICKS: Final = 0.1


def load_rows(
    client: CustomerProfilesClient,
    rows: Iterable[Row | Profile],
    *,
    match_on: SearchKey | Sequence[SearchKey] = SearchKey.ACCOUNT,
    requests_per_second: float = 98.0,
    concurrency: int = 16,
    journal: str | os.PathLike[str] | None = None,
    settle_seconds: float = 10.0,
) -> Iterator[RowOutcome]:
    """Upsert rows and return what becomes of each, as soon as it is known.

    Rows are taken from the iterable as they are needed, so there can be any number of them. Rows of one customer are
    sent one after another, in their order. No row raises an error: its outcome says ``REJECTED``, ``FAILED`` or
    ``UNKNOWN``. What the iterable raises comes out as it is, after the rows before it are done. Abandoning the iterator
    ends the load after the rows that are in work.

    Args:
        client: the client to send with. If it has a pace of its own, that holds too.
        rows: rows of a file (``read_rows``), or profiles from anywhere.
        match_on: the key that finds a customer; of several, the first that a row has.
        requests_per_second: how many requests of each operation are sent in a second, retries included. The service's
            default quota is 100. While the service throttles, fewer are sent.
        concurrency: how many rows are in work at a time, 1 to 1,000. The connection pool of the client's boto3 client
            should be as wide.
        journal: a file that notes which rows are in. The same rows, loaded again with it, go on where they stopped.
        settle_seconds: how long to wait before rows are sent of which an earlier run left unknown whether their profile
            was created, and how long to search for a profile whose create ended like that.

    Raises:
        InvalidRequestError: an argument breaks a rule.
        JournalError: the journal is not of this load.
        AccessDeniedError, ResourceNotFoundError, ConnectionFailedError: the load cannot go on, because the account
            lacks a permission or the domain, or because the service is out of reach. With a journal it can be resumed.

    >>> from customer_profiles_sdk import CustomerProfilesClient, Profile
    >>> client = CustomerProfilesClient("acme", region_name="eu-central-1")
    >>> customers = [Profile(account_number=f"C-{number}", first_name="Ana") for number in (8, 9)]
    >>> [str(outcome.action) for outcome in load_rows(client, customers)]
    ['created', 'created']
    """
    settings = LoadSettings(
        keys=match_keys("load_rows", match_on),
        requests_per_second=requests_per_second,
        concurrency=concurrency,
        settle_seconds=settle_seconds,
    )
    loader = Loader(client, settings)
    if journal is not None:
        loader.journal = Journal(journal, loader.identity())
    return _closed_at_its_end(loader, loader.load(numbered(rows)))


def _closed_at_its_end(loader: "Loader", outcomes: Iterator[RowOutcome]) -> Iterator[RowOutcome]:
    with closing(loader):
        yield from outcomes


@attrs.frozen(kw_only=True)
class LoadSettings:
    """How rows are sent; the arguments of ``load_rows``."""

    keys: tuple[SearchKey, ...]
    requests_per_second: float = 98.0
    concurrency: int = 16
    settle_seconds: float = 10.0

    def __attrs_post_init__(self) -> None:
        problems = []
        if type(self.concurrency) is not int or not 1 <= self.concurrency <= _MAX_CONCURRENCY:
            problems.append(Problem("concurrency", f"expected a whole number from 1 to {_MAX_CONCURRENCY}"))
        if message := settle_problem(self.settle_seconds):
            problems.append(Problem("settle_seconds", message))
        if problems:
            raise InvalidRequestError("load_rows", problems)


@attrs.frozen(eq=False, repr=False)
class _Task:
    """A row to send, and the key that its customer is found by.

    Attributes:
        contents: the keyed hash of what is sent, where there is a journal.
        names: the keyed hashes of the customer's names.
    """

    row: Row
    key: SearchKey
    contents: bytes = b""
    names: tuple[bytes, ...] = ()


class Loader:
    """One load: its client, its pace, its journal.

    Attributes:
        pace: how fast requests are sent, and how many were.
        journal: notes what becomes of rows; it is closed with the loader.
        resumed: how many rows an earlier run has brought in.
        settled: how many rows that an earlier run left in doubt are in now.
    """

    def __init__(self, client: CustomerProfilesClient, settings: LoadSettings) -> None:
        self.pace: Pace = Pace(check_rate("load_rows", settings.requests_per_second))
        self.journal: Journal | None = None
        self.resumed: int = 0
        self.settled: int = 0
        self._client = client
        self._driver = client._driver  # noqa: SLF001 (the loader has flows of its own)
        self._driver.expect_pace()
        self._settings = settings
        self._stop = Event()
        self._doubtful: set[int] = set()
        self._resent: set[bytes] = set()

    def identity(self) -> dict[str, str]:
        """Return what a load must have in common with the one that it resumes."""
        meta = self._client.boto3_client.meta
        return {
            "domain": self._client.domain_name,
            "region": str(meta.region_name),
            "endpoint": str(meta.endpoint_url),
            "keys to match on": ", ".join(self._settings.keys),
        }

    def load(self, rows: Iterator[Row], tick: Callable[[], None] | None = None) -> Generator[RowOutcome, None, None]:
        """Send rows and yield their outcomes.

        Args:
            rows: the rows.
            tick: is called several times a second. What it raises ends the load after the rows that are in work.
        """
        with RowsInWork(self._settings.concurrency, self._stop, tick) as in_work:
            self._wait_for_search(in_work)
            yield from self._outcomes(rows, in_work)
        if in_work.failure is not None:
            raise in_work.failure

    def close(self) -> None:
        """Close the journal."""
        if self.journal is not None:
            self.journal.close()

    def _outcomes(self, rows: Iterator[Row], in_work: RowsInWork) -> Iterator[RowOutcome]:
        while in_work.failure is None:
            try:
                row = next(rows, None)
            except BaseException as error:  # noqa: BLE001 (raised after the rows before it)
                yield from self._counted(in_work.outcomes(of_all=True))
                in_work.fail(error)
                break
            if row is None:
                break
            try:
                outcome = self._begin(row, in_work)
            except Exception as error:  # noqa: BLE001 (raised after the rows that are in work)
                in_work.fail(error.with_traceback(None))  # the frames below hold a customer's values
                break
            if outcome is not None:
                yield outcome
            in_work.tick()
            yield from self._counted(in_work.outcomes())
        yield from self._counted(in_work.outcomes(of_all=True))

    def _wait_for_search(self, in_work: RowsInWork) -> None:
        """Wait until search shows what an earlier run may have created."""
        if self.journal is None or not self.journal.must_wait():
            return
        left = self._settings.settle_seconds
        while left > 0 and in_work.failure is None:
            time.sleep(min(left, _SECONDS_BETWEEN_TICKS))
            left -= _SECONDS_BETWEEN_TICKS
            in_work.tick()
        if in_work.failure is None:
            self.journal.note_wait()

    def _counted(self, outcomes: Iterator[RowOutcome]) -> Iterator[RowOutcome]:
        for outcome in outcomes:
            if outcome.row in self._doubtful and outcome.profile_id is not None:
                self._doubtful.remove(outcome.row)
                self.settled += 1
            yield outcome

    def _begin(self, row: Row, in_work: RowsInWork) -> RowOutcome | None:
        """Return the outcome of a row that needs no call, or begin to work on it."""
        check = checked(row, self._settings.keys, self._client.domain_name)
        if check.rejected is not None:
            return check.rejected
        task = _Task(row, cast("SearchKey", first_key(cast("Profile", row.profile), self._settings.keys)))
        if self.journal is not None:
            past, task = self._look_up(task, check, self.journal)
            if past.outcome is not None and self._resent.isdisjoint(task.names):
                self.resumed += 1
                return past.outcome
            if past.is_known:
                # What follows of this customer was sent before it, and must be sent after it.
                self._resent.update(task.names)
            if past.is_doubtful:
                self._doubtful.add(row.number)
        in_work.add(check.names, partial(self._send, task))
        return None

    def _look_up(self, task: _Task, check: Checked, journal: Journal) -> tuple[PastRow, _Task]:
        contents = journal.hash_of(json.dumps(check.members, sort_keys=True))
        hashes = tuple(map(journal.hash_of, check.names))
        return journal.past_row(task.row.number, contents), attrs.evolve(task, contents=contents, names=hashes)

    @raises_without_frames
    def _send(self, task: _Task) -> RowOutcome:
        journal = self.journal
        if journal is None:
            return self._outcome_of(task, ())
        journal.start(task.row.number, task.contents)
        try:
            outcome = self._outcome_of(task, journal.profile_ids(task.names))
        except CustomerProfilesError as error:
            # What stops the load was not executed: the row is not in doubt.
            journal.finish(_unsuccessful(task, RowAction.FAILED, error), task.contents, ())
            raise
        journal.finish(outcome, task.contents, task.names)
        return outcome

    def _outcome_of(self, task: _Task, known_ids: Sequence[str]) -> RowOutcome:
        pauses = iter(_PAUSES)
        while True:
            try:
                return self._upserted(task, known_ids)
            except _REPEATED as error:
                pause = next(pauses, None)
                if pause is not None and not self._stop.wait(pause):
                    continue
                if isinstance(error, ConnectionFailedError) and not self._is_in_reach():
                    raise  # it would be the same for every other row
                return _unsuccessful(task, RowAction.FAILED, error)
            except OutcomeUnknownError as error:
                return _unsuccessful(task, RowAction.UNKNOWN, error)
            except ProfileNotFoundError as error:
                return _unsuccessful(task, RowAction.FAILED, error)
            except (AccessDeniedError, ResourceNotFoundError):
                raise  # it would be the same for every other row
            except CustomerProfilesError as error:
                return _unsuccessful(task, RowAction.FAILED, error)

    def _is_in_reach(self) -> bool:
        """Search for nobody, to tell a service that is out of reach from a row whose requests are."""
        pages = SearchPages(self._client.domain_name, {SearchKey.ACCOUNT: secrets.token_hex()}, "any", 1)
        try:
            self._driver.run(pages.next_page(), pace=self.pace)
        except CustomerProfilesError as error:
            return not isinstance(error, ConnectionFailedError)
        return True

    def _upserted(self, task: _Task, known_ids: Sequence[str]) -> RowOutcome:
        flow = upsert_profile(
            self._client.domain_name,
            cast("Profile", task.row.profile),
            task.key,
            self._settings.settle_seconds,
            self._driver.recent,
            known_ids,
        )
        result = self._driver.run(flow, pace=self.pace)
        return RowOutcome(row=task.row.number, action=RowAction(result.action.value), profile_id=result.profile_id)


def _unsuccessful(task: _Task, action: RowAction, error: CustomerProfilesError) -> RowOutcome:
    return RowOutcome(row=task.row.number, action=action, error=f"{type(error).__name__}: {error}")
