"""What one task does with its rows: reads them, sends them at its share of the pace, and says what became of them.

It is a function from batches of Arrow to batches of Arrow. It knows nothing of Spark; how many tasks there are, and
which rows each gets, is left to ``frames`` and ``data_source``.
"""

import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from itertools import chain
from typing import Any, Final

import attrs
import pyarrow as pa

from customer_profiles_sdk._core.requests import domain_name_problems
from customer_profiles_sdk._core.upsert import first_key, names_of
from customer_profiles_sdk.bulk.arrow_records import ArrowRecords
from customer_profiles_sdk.bulk.cells import Cells
from customer_profiles_sdk.bulk.checking import match_keys
from customer_profiles_sdk.bulk.columns import ColumnMapping, RowReader
from customer_profiles_sdk.bulk.errors import LoadStoppedError
from customer_profiles_sdk.bulk.loader import Loader, LoadSettings
from customer_profiles_sdk.bulk.rows import LoadSummary, Row, RowAction, RowOutcome
from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import CustomerProfilesError, InvalidRequestError, Problem

# pyarrow has no types: whatever comes from it is Any.

OUTCOME_FIELDS: Final = {
    "action": pa.string(),
    "profile_id": pa.string(),
    "problems": pa.list_(pa.struct({"path": pa.string(), "message": pa.string()})),
    "error": pa.string(),
    "attempt": pa.int32(),
}
"""The columns of an outcome, behind those that are carried."""

CLIENT_OPTIONS: Final = ("region_name", "endpoint_url", "config", "allow_insecure_endpoint")
"""The arguments of ``CustomerProfilesClient`` that can be sent to an executor."""

_MOST_TASKS: Final = 10_000
_MOST_OUTCOMES: Final = 500  # in a batch
_ADVICE: Final = (
    "each executor needs AWS credentials and a region of its own: a role of its machine, spark.executorEnv.AWS_..., or "
    "region_name among the client's options"
)


@attrs.frozen(kw_only=True)
class LoadTask:
    """What a task is told; it is pickled and sent to the executors.

    Attributes:
        domain_name: the domain.
        client_options: the other arguments of ``CustomerProfilesClient``.
        mapping: which column fills which field.
        settings: how rows are sent; the rate is this task's share.
        names: the columns' names, in the order in which they come. A frame's own names may not be fit for Spark.
        read: the columns that are read.
        carry: the columns that go into the outcomes as they are.
    """

    domain_name: str
    client_options: Mapping[str, Any]
    mapping: ColumnMapping
    settings: LoadSettings
    names: tuple[str, ...]
    read: tuple[str, ...]
    carry: tuple[str, ...] = ()

    def customers(self, batches: Iterable[Any], name: str) -> Iterator[Any]:
        """Yield the batches with one more column, a number that is the same for all rows of one customer.

        It is made of the first value under the first key that a row has. Rows without one have none.
        """
        for batch in batches:
            numbers = [self._customer(row) for row in self._rows([self._named(batch)])]
            field = pa.field(name, pa.int64())
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, pa.array(numbers, field.type)], schema=batch.schema.append(field)
            )

    def outcomes(self, batches: Iterable[Any], attempt: int) -> Iterator[Any]:
        """Send the rows of the batches and yield batches of outcomes."""
        carried: dict[int, Any] = {}
        named = map(self._named, batches)
        first = next(named, None)
        if first is None:
            return
        schema = pa.schema([*(first.schema.field(name) for name in self.carry), *OUTCOME_FIELDS.items()])
        ready: list[RowOutcome] = []
        with closing(self.send(self._noted(chain([first], named), carried))) as outcomes:
            for outcome in outcomes:
                ready.append(outcome)
                if len(ready) == _MOST_OUTCOMES:
                    yield self._batch(ready, carried, schema, attempt)
                    ready = []
        if ready:
            yield self._batch(ready, carried, schema, attempt)

    def send(self, batches: Iterable[Any]) -> Generator[RowOutcome, None, None]:
        """Send the rows of the batches and yield their outcomes, in the order in which they are known.

        It first waits until search shows what was created before: an earlier attempt at the same task, of which nobody
        knows how far it came, may have ended a moment ago, and so may an earlier action on the same frame.

        Raises:
            LoadStoppedError: the load cannot go on, because of the account or the executor.
        """
        rows = self._rows(batches)
        first = next(rows, None)
        if first is None:
            return
        time.sleep(self.settings.settle_seconds)
        counts: Counter[RowAction] = Counter()
        client = None
        try:
            client = CustomerProfilesClient(self.domain_name, **self.client_options)
            with closing(Loader(client, self.settings).load(chain([first], rows))) as outcomes:
                for outcome in outcomes:
                    counts[outcome.action] += 1
                    yield outcome
        except Exception as error:
            reason = _reason(error)
            if reason is None:
                raise
            raise LoadStoppedError(reason, summary_of(counts)) from error
        finally:
            if client is not None:
                client.boto3_client.close()

    def _rows(self, batches: Iterable[Any]) -> Iterator[Row]:
        batches = iter(batches)
        first = next(batches, None)
        if first is None:
            return
        reader = RowReader(self.mapping, Cells(), must_fit=False)
        records = ArrowRecords(pa, first.select(self.read))
        for record in records.records(batch.select(self.read) for batch in chain([first], batches)):
            yield reader.row(record, is_whole=False)

    def _named(self, batch: Any) -> Any:
        return batch.select(range(len(self.names))).rename_columns(self.names)

    def _customer(self, row: Row) -> int | None:
        key = None if row.profile is None else first_key(row.profile, self.settings.keys)
        if row.profile is None or key is None:
            return None
        name = names_of(self.domain_name, row.profile, [key])[0]
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)

    def _noted(self, batches: Iterable[Any], carried: dict[int, Any]) -> Iterator[Any]:
        """Yield the batches, and note what is carried of each row."""
        number = 1
        for batch in batches:
            cells = batch.select(self.carry)
            for position in range(batch.num_rows if self.carry else 0):
                carried[number + position] = cells.slice(position, 1)
            number += batch.num_rows
            yield batch

    def _batch(self, outcomes: Sequence[RowOutcome], carried: dict[int, Any], schema: Any, attempt: int) -> Any:
        cells = [carried.pop(outcome.row) for outcome in outcomes if self.carry]
        columns = pa.Table.from_batches(cells).combine_chunks().to_batches()[0].columns if cells else []
        own = {
            "action": [outcome.action.value for outcome in outcomes],
            "profile_id": [outcome.profile_id for outcome in outcomes],
            "problems": [[attrs.asdict(problem) for problem in outcome.problems] for outcome in outcomes],
            "error": [outcome.error for outcome in outcomes],
            "attempt": [attempt] * len(outcomes),
        }
        arrays = [*columns, *(pa.array(own[name], kind) for name, kind in OUTCOME_FIELDS.items())]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def load_task(
    operation: str,
    *,
    domain_name: str,
    match_on: SearchKey | Sequence[SearchKey],
    requests_per_second: float,
    tasks: int,
    concurrency: int,
    settle_seconds: float,
    client_options: Mapping[str, Any],
) -> LoadTask:
    """Return what each of the tasks is told, but for the columns.

    Raises:
        InvalidRequestError: an argument breaks a rule; all of them are named.
    """
    from customer_profiles_sdk._aws.pace import check_rate  # noqa: PLC0415 (the driver needs no boto3)

    problems = domain_name_problems(domain_name)
    keys: tuple[SearchKey, ...] = ()
    rate = 0.0
    settings = None
    with _noting(problems):
        keys = match_keys(operation, match_on)
    with _noting(problems):
        rate = check_rate(operation, requests_per_second)
    with _noting(problems):
        settings = LoadSettings(keys=keys, concurrency=concurrency, settle_seconds=settle_seconds)
    if type(tasks) is not int or not 1 <= tasks <= _MOST_TASKS:
        problems.append(Problem("tasks", f"expected a whole number from 1 to {_MOST_TASKS}"))
    problems += _client_problems(client_options)
    if problems or settings is None:
        raise InvalidRequestError(operation, problems)
    return LoadTask(
        domain_name=domain_name,
        client_options=dict(client_options),
        mapping=ColumnMapping(),
        settings=attrs.evolve(settings, requests_per_second=rate / tasks),
        names=(),
        read=(),
    )


@contextmanager
def _noting(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except InvalidRequestError as error:
        problems += error.problems


def _client_problems(options: Mapping[str, Any]) -> Iterator[Problem]:
    for name in options:
        path = f"client_options.{name}"
        if name == "requests_per_second":
            yield Problem(path, "is an argument of its own, of which each task has its share")
        elif name in {"boto3_client", "session"}:
            yield Problem(
                path, "cannot be sent to the executors: each builds its own from region_name and its credentials"
            )
        elif name not in CLIENT_OPTIONS:
            yield Problem(path, f"expected one of {', '.join(CLIENT_OPTIONS)}")


def summary_of(counts: Mapping[RowAction, int]) -> LoadSummary:
    """Return how many rows came to what."""
    by_action = {action.value: count for action, count in counts.items()}
    return LoadSummary(rows=sum(counts.values()), rejects_file=None, **by_action)


def _reason(error: Exception) -> str | None:
    """Return why the load stopped, or ``None`` for what has nothing to do with the load."""
    from customer_profiles_sdk._aws.config import is_configuration_failure  # noqa: PLC0415 (the driver needs no boto3)

    reason = f"{type(error).__name__}: {error}"
    if is_configuration_failure(error):
        return f"{reason} ({_ADVICE})"
    return reason if isinstance(error, CustomerProfilesError) else None
