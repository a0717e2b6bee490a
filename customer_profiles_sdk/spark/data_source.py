"""``df.write.format("customer_profiles")``: Spark's Python Data Source API, for those who want no outcome of each row.

Options are texts here. What one task does is left to ``tasks``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, NoReturn, cast

import attrs
from pyspark import TaskContext
from pyspark.sql import SparkSession
from pyspark.sql.datasource import DataSource, DataSourceArrowWriter, WriterCommitMessage
from pyspark.sql.types import StructType

from customer_profiles_sdk.bulk.columns import ColumnMapping
from customer_profiles_sdk.bulk.limits import RejectLimit
from customer_profiles_sdk.bulk.rows import NOT_IN, LoadSummary, RowAction
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import CustomerProfilesError, InvalidRequestError, Problem
from customer_profiles_sdk.spark.cluster import check_speculation
from customer_profiles_sdk.spark.columns import checked_columns
from customer_profiles_sdk.spark.tasks import LoadTask, load_task, summary_of

NAME: Final = "customer_profiles"

_DEFAULTS: Final = {
    "domain": "",
    "match_on": SearchKey.ACCOUNT.value,
    "mapping": "{}",
    "requests_per_second": "98",
    "tasks": "1",
    "concurrency": "8",
    "settle_seconds": "10",
    "max_rejects": "0",
}
_CLIENT_OPTIONS: Final = ("region_name", "endpoint_url", "allow_insecure_endpoint")


def register(session: SparkSession) -> None:
    """Let a Spark session write with ``df.write.format("customer_profiles")``.

    The counts of the rows go to the driver's standard error, and there are no outcomes of single rows. Prefer
    ``load_profiles``. The mode is ``append``, and the options, all of them texts, are:

    ``domain``
        the domain.
    ``tasks``
        how many partitions the frame has at most, 1 where not given; each sends at its share of the pace.
    ``match_on``, ``requests_per_second``, ``concurrency``, ``settle_seconds``
        as in ``load_profiles``; several keys are separated by commas.
    ``region_name``, ``endpoint_url``, ``allow_insecure_endpoint``
        as in ``CustomerProfilesClient``.
    ``mapping``
        the columns and their fields as JSON.
    ``max_rejects``
        how many rows, or which share of them (``"5%"``), may not be in; 0 where not given. Where there are more,
        ``save`` fails at the end, after all rows were tried.

    Put all rows of a customer into one partition: ``df.repartition(4, "account_number")`` with ``tasks`` 4.

    Raises:
        InvalidRequestError: ``spark.speculation`` is on.
    """
    check_speculation("register", session)
    session.dataSource.register(CustomerProfilesDataSource)


class CustomerProfilesDataSource(DataSource):
    """What ``register`` registers."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return NAME

    def schema(self) -> NoReturn:
        """Tell that there is nothing to read."""
        self._cannot_read()

    def reader(self, schema: StructType) -> NoReturn:
        """Tell that there is nothing to read."""
        del schema
        self._cannot_read()

    def writer(self, schema: StructType, overwrite: bool) -> "ProfilesWriter":  # noqa: FBT001 (Spark's signature)
        """Return what writes a frame with these columns.

        Raises:
            InvalidRequestError: an option breaks a rule, or the mode is not ``append``.
            ColumnsError: columns and mapping do not fit together.
        """
        options = _Options(self.options)
        if overwrite:
            message = 'expected "append": profiles are updated one by one, and nothing is deleted'
            raise InvalidRequestError(NAME, [Problem("mode", message)])
        task = options.task()
        columns = checked_columns(schema, options.mapping(), task.settings.keys)
        task = attrs.evolve(task, mapping=columns.mapping, names=tuple(schema.names), read=columns.read)
        return ProfilesWriter(task, options.number("tasks"), RejectLimit.parsed(options.text("max_rejects")))

    def _cannot_read(self) -> NoReturn:
        message = "profiles can be written and not read: the API cannot list them"
        raise InvalidRequestError(NAME, [Problem("format", message)])


@attrs.frozen
class LoadCounts(WriterCommitMessage):
    """How many rows of a task came to what."""

    counts: Mapping[RowAction, int]


class ProfilesWriter(DataSourceArrowWriter):
    """Writes a frame; it is pickled and sent to the executors."""

    def __init__(self, task: LoadTask, tasks: int, limit: RejectLimit) -> None:
        self._task = task
        self._tasks = tasks
        self._limit = limit

    def write(self, iterator: Iterator[Any]) -> LoadCounts:
        """Send the rows of a task; the batches are pyarrow's, which has no types."""
        context = TaskContext.get()
        if context is not None and context.partitionId() >= self._tasks:
            raise CustomerProfilesError(
                f"the frame has more partitions than tasks={self._tasks}, and each sends at its share of the pace: "
                'write df.repartition(4, "account_number") with option("tasks", 4), or as many as you like in both'
            )
        return LoadCounts(Counter(outcome.action for outcome in self._task.send(iterator)))

    def commit(self, messages: Sequence[WriterCommitMessage | None]) -> None:
        """Say how many rows came to what.

        Raises:
            CustomerProfilesError: more rows are not in than ``max_rejects`` allows.
        """
        summary = _sum_of(messages)
        _print(f"loaded: {_as_text(summary)}")
        count = sum(getattr(summary, action.value) for action in NOT_IN)
        if self._limit.is_exceeded(count, summary.rows):
            raise CustomerProfilesError(
                f"{count} rows are not in, all others are ({_as_text(summary)}); max_rejects is {self._limit}. "
                "load_profiles says of each row what became of it"
            )

    def abort(self, messages: Sequence[WriterCommitMessage | None]) -> None:
        """Say how far it came: nothing is taken back."""
        _print(f"failed; rows of the tasks that ended before, all of which are kept: {_as_text(_sum_of(messages))}")


def _sum_of(messages: Sequence[WriterCommitMessage | None]) -> LoadSummary:
    counts: Counter[RowAction] = Counter()
    for each in messages:
        if isinstance(each, LoadCounts):
            counts.update(each.counts)
    return summary_of(counts)


def _as_text(summary: LoadSummary) -> str:
    return ", ".join(f"{name} {getattr(summary, name)}" for name in ("rows", *RowAction))


def _print(text: str) -> None:
    sys.stderr.write(f"{NAME}: {text}\n")
    sys.stderr.flush()


class _Options:
    """The options of a write, as the values that they stand for."""

    def __init__(self, options: MutableMapping[str, str]) -> None:
        known = (*_DEFAULTS, *_CLIENT_OPTIONS)
        self._given = {name.lower(): value for name, value in options.items()}
        problems = []
        for name in self._given:
            if name not in known:
                nearest = get_close_matches(name, known, n=1)
                hint = f"the nearest is {nearest[0]}" if nearest else f"expected one of {', '.join(known)}"
                problems.append(Problem(name, f"there is no such option; {hint}"))
        if problems:
            raise InvalidRequestError(NAME, problems)

    def text(self, name: str) -> str:
        """Return an option as it was given, or its default."""
        return self._given.get(name, _DEFAULTS.get(name, ""))

    def number(self, name: str) -> int:
        """Return an option that is a whole number; what is none is 0, which is found to be wrong later."""
        text = self.text(name)
        return int(text) if text.isdecimal() else 0

    def mapping(self) -> ColumnMapping:
        """Return the mapping."""
        try:
            columns = json.loads(self.text("mapping"))
        except ValueError:
            columns = None
        if not isinstance(columns, dict):
            raise InvalidRequestError(
                NAME, [Problem("mapping", 'expected a JSON object, as in {"Ort": "address.city"}')]
            )
        return ColumnMapping(columns)

    def task(self) -> LoadTask:
        """Return what each task is told, but for the columns."""
        client: dict[str, Any] = {name: self._given[name] for name in _CLIENT_OPTIONS if name in self._given}
        if "allow_insecure_endpoint" in client:
            client["allow_insecure_endpoint"] = client["allow_insecure_endpoint"].lower() == "true"
        return load_task(
            NAME,
            domain_name=self.text("domain"),
            match_on=cast("list[SearchKey]", [each.strip() for each in self.text("match_on").split(",")]),
            requests_per_second=self._float("requests_per_second"),
            tasks=self.number("tasks"),
            concurrency=self.number("concurrency"),
            settle_seconds=self._float("settle_seconds"),
            client_options=client,
        )

    def _float(self, name: str) -> float:
        try:
            return float(self.text(name))
        except ValueError:
            return -1.0  # found to be wrong later
