"""A frame of customers in, a frame of outcomes out: what a frame goes through, and in how many tasks.

What one task does is left to ``tasks``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs
from pyspark import BarrierTaskContext
from pyspark.sql import DataFrame, types
from pyspark.sql.functions import col

from customer_profiles_sdk.bulk.columns import ColumnMapping, as_mapping
from customer_profiles_sdk.bulk.rules import ColumnRule
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import InvalidRequestError, Problem
from customer_profiles_sdk.spark.attempts import begin_attempt
from customer_profiles_sdk.spark.cluster import check_cluster
from customer_profiles_sdk.spark.columns import checked_columns
from customer_profiles_sdk.spark.tasks import LoadTask, load_task

_OPERATION: Final = "load_profiles"
_CUSTOMER: Final = "customer"

OUTCOME_COLUMNS: Final = types.StructType(
    [
        types.StructField("action", types.StringType()),
        types.StructField("profile_id", types.StringType()),
        types.StructField(
            "problems",
            types.ArrayType(
                types.StructType(
                    [types.StructField("path", types.StringType()), types.StructField("message", types.StringType())]
                )
            ),
        ),
        types.StructField("error", types.StringType()),
        types.StructField("attempt", types.IntegerType()),
    ]
)
"""The columns of an outcome, behind those that are carried."""


def load_profiles(  # noqa: PLR0913 (each is a choice of its own, and has a name)
    df: DataFrame,
    *,
    domain_name: str,
    match_on: SearchKey | Sequence[SearchKey] = SearchKey.ACCOUNT,
    mapping: ColumnMapping | Mapping[str, ColumnRule] | None = None,
    requests_per_second: float = 98.0,
    tasks: int = 4,
    concurrency: int = 8,
    carry: Sequence[str] = (),
    client_options: Mapping[str, Any] | None = None,
    settle_seconds: float = 10.0,
) -> DataFrame:
    """Return a frame that, when it is written, upserts each row and says what became of it.

    Nothing is sent before an action, and **each action loads again**: write the frame once, and read what was written.
    A second load does no harm, because an upsert finds what the first created.

    The frame has the carried columns, then ``action`` (as in ``RowAction``), ``profile_id``, ``problems`` of a rejected
    row (``path`` and ``message``), ``error`` of one that failed or whose outcome is unknown, and ``attempt``: above 0
    where Spark ran the tasks again, so that ``unchanged`` may mean that an earlier attempt created the profile. No
    customer's value is in it but for carried ones.

    All rows with the same first value under the first key that they have are in the same task. All tasks run at the
    same time, in a barrier stage, and each sends at its share of the pace. A row that is rejected or fails is an
    outcome. A task fails only for a cause that lies in the account or the executor. Spark then runs all tasks again.

    Args:
        df: the customers. Members of a struct are columns with dotted names, so that a struct ``address`` fills the
            address; a map ``attributes`` fills the attributes. ``null`` and blank cells keep what is stored.
        domain_name: the domain.
        match_on: the key that finds a customer; of several, the first that a row has.
        mapping: which column fills which field. A column that is named like a field maps itself; a carried column
            that is not mapped is ignored; any other one is an error.
        requests_per_second: how many requests of each operation all tasks together send in a second, retries included.
            The service's default quota is 100.
        tasks: how many tasks there are, 1 to 10,000. There must be a core for each.
        concurrency: how many rows each task has in work at a time, 1 to 1,000. Above 10, give ``client_options`` a
            ``config`` with as many ``max_pool_connections``.
        carry: columns that go into the outcomes as they are, such as a row's own id.
        client_options: the arguments ``region_name``, ``endpoint_url``, ``config`` and ``allow_insecure_endpoint`` of
            ``CustomerProfilesClient``. Credentials are not among them: each executor finds its own.
        settle_seconds: how long each task waits before its first request, so that search shows what an earlier
            attempt, action or application created; and how long to search for a profile whose create has an unknown
            outcome.

    Raises:
        InvalidRequestError: an argument breaks a rule, there are too few cores, or Spark's dynamic allocation is on.
        ColumnsError: a column is neither mapped nor ignored, two fill one field, or a column's type does not fit.
    """
    problems = list(_carry_problems(carry))
    task = None
    try:
        task = load_task(
            _OPERATION,
            domain_name=domain_name,
            match_on=match_on,
            requests_per_second=requests_per_second,
            tasks=tasks,
            concurrency=concurrency,
            settle_seconds=settle_seconds,
            client_options=client_options or {},
        )
    except InvalidRequestError as error:
        problems += error.problems
    if problems or task is None:
        raise InvalidRequestError(_OPERATION, problems)
    case_sensitive = str(df.sparkSession.conf.get("spark.sql.caseSensitive", "false")).lower() == "true"
    columns = checked_columns(
        df.schema, as_mapping(mapping), task.settings.keys, tuple(carry), case_sensitive=case_sensitive
    )
    check_cluster(_OPERATION, df.sparkSession, tasks)
    task = attrs.evolve(task, mapping=columns.mapping, read=columns.read, carry=columns.carry)
    return _loaded(df, task, tasks)


def _loaded(df: DataFrame, task: LoadTask, tasks: int) -> DataFrame:
    used = [field for field in df.schema.fields if field.name in {*task.read, *task.carry}]
    fields = {field.name: field for field in used}
    # mapInArrow looks columns up by names that it does not quote: so they get names without dots and backticks.
    plain = [types.StructField(f"c{position}", field.dataType) for position, field in enumerate(used)]
    columns = [col(_quoted(name)).alias(alias.name) for name, alias in zip(fields, plain, strict=True)]
    task = attrs.evolve(task, names=tuple(fields))
    with_customers = df.select(columns).mapInArrow(
        partial(task.customers, name=_CUSTOMER),
        types.StructType([*plain, types.StructField(_CUSTOMER, types.LongType())]),
    )
    outcomes = with_customers.repartition(tasks, _CUSTOMER).mapInArrow(
        _sender(task),
        types.StructType([*(fields[name] for name in task.carry), *OUTCOME_COLUMNS.fields]),
        barrier=True,
    )
    # So that the stage that sends always runs as a whole, and is not run again for what is done with the outcomes: an
    # action that takes a few rows, or puts partitions together, would otherwise run a part of it, or be rejected.
    return outcomes.repartition(tasks)


def _sender(task: LoadTask) -> Callable[[Iterator[Any]], Iterator[Any]]:
    # The batches are pyarrow's, which has no types.
    def send(batches: Iterator[Any]) -> Iterator[Any]:
        return task.outcomes(batches, begin_attempt(BarrierTaskContext.get()))

    return send


def _quoted(name: str) -> str:
    escaped = name.replace("`", "``")
    return f"`{escaped}`"


def _carry_problems(carry: Sequence[str]) -> Iterator[Problem]:
    if isinstance(carry, str) or not all(isinstance(name, str) for name in carry):
        yield Problem("carry", "expected a list of columns' names")
        return
    for name in carry:
        if name in OUTCOME_COLUMNS.names:
            yield Problem("carry", f"{name} is a column of the outcomes: rename the frame's")
    if len(set(carry)) != len(carry):
        yield Problem("carry", "the same column twice")
