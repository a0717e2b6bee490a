"""What is checked before a load from Spark, and what each task does with its rows; for this there need be no Java."""

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Self

import pytest

pytest.importorskip("pyspark", reason="PySpark is missing: install the extra test-spark")

import attrs
import pyarrow as pa
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st
from pyspark import BarrierTaskContext, SparkFiles, TaskContext
from pyspark.sql import types
from pyspark.sql.pandas.types import to_arrow_schema
from test_documentation import SPARK_PAGE, as_module, type_errors

from benchmarks.network import closed_port
from customer_profiles_sdk import CustomerProfilesError, InvalidRequestError, SearchKey
from customer_profiles_sdk.bulk import ColumnMapping, ColumnsError, LoadStoppedError, RowAction
from customer_profiles_sdk.bulk.rules import ColumnRule
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles
from customer_profiles_sdk.spark import CustomerProfilesDataSource
from customer_profiles_sdk.spark.attempts import begin_attempt
from customer_profiles_sdk.spark.columns import FrameColumns, checked_columns
from customer_profiles_sdk.spark.data_source import LoadCounts, ProfilesWriter
from customer_profiles_sdk.spark.frames import OUTCOME_COLUMNS, _carry_problems
from customer_profiles_sdk.spark.tasks import OUTCOME_FIELDS, LoadTask, load_task

ACCOUNT = types.StructField("account_number", types.StringType())
NAMED = types.StructType([ACCOUNT, types.StructField("first_name", types.StringType())])
ROWS = [{"account_number": f"C-{number}", "first_name": "Ana"} for number in range(4)]


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the tasks credentials that open nothing."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


@pytest.fixture
def url(service: LocalCustomerProfiles) -> Iterator[str]:
    """Return the address of the service."""
    with service.serve() as server:
        yield server.url


def struct(*fields: types.StructField) -> types.StructType:
    """Return a schema with a column for the account number, and others."""
    return types.StructType([ACCOUNT, *fields])


def column(name: str, kind: types.DataType) -> types.StructField:
    """Return a column."""
    return types.StructField(name, kind)


def checked(schema: types.StructType, mapping: dict[str, ColumnRule] | None = None, **options: Any) -> FrameColumns:
    """Check columns that are matched on the account number."""
    return checked_columns(schema, ColumnMapping(mapping), [SearchKey.ACCOUNT], **options)


def problems(schema: types.StructType, mapping: dict[str, ColumnRule] | None = None, **options: Any) -> list[str]:
    """Return what is wrong with columns."""
    with pytest.raises(ColumnsError) as raised:
        checked(schema, mapping, **options)
    return [str(problem) for problem in raised.value.problems]


def task(url: str = "https://profile.invalid", **changes: Any) -> LoadTask:
    """Return a task that sends as fast as it can."""
    arguments: dict[str, Any] = {
        "domain_name": "acme",
        "match_on": SearchKey.ACCOUNT,
        "requests_per_second": 10_000,
        "tasks": 1,
        "concurrency": 4,
        "settle_seconds": 0,
        "client_options": {"endpoint_url": url, "region_name": "eu-central-1"},
    }
    columns = {name: changes.pop(name) for name in ("read", "carry", "mapping") if name in changes}
    made = load_task("load_profiles", **{**arguments, **changes})
    read = columns.get("read", ("account_number", "first_name"))
    carry = columns.get("carry", ())
    names = tuple(dict.fromkeys([*read, *carry]))
    mapping = columns.get("mapping", ColumnMapping())
    return attrs.evolve(made, mapping=mapping, names=names, read=read, carry=carry)


def batch(rows: list[dict[str, Any]], schema: Any = None) -> Any:
    """Return rows as a batch."""
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def outcomes(load: LoadTask, *batches: Any, attempt: int = 0) -> list[dict[str, Any]]:
    """Send batches and return the rows of the outcomes."""
    return [row for each in load.outcomes(iter(batches), attempt) for row in each.to_pylist()]


class TestColumns:
    """What is checked of a frame's columns."""

    def test_structs_and_maps(self) -> None:
        """A struct's members are columns with dotted names, and a map ``attributes`` fills the attributes."""
        schema = struct(
            column("address", types.StructType([column("city", types.StringType())])),
            column("attributes", types.MapType(types.StringType(), types.DoubleType())),
        )

        assert ("account_number", "address", "attributes") == checked(schema).read

    @pytest.mark.parametrize(
        "kind",
        [
            types.StringType(),
            types.LongType(),
            types.ShortType(),
            types.DecimalType(9, 0),
            types.DateType(),
            types.TimestampNTZType(),
            types.NullType(),
        ],
        ids=types.DataType.simpleString,
    )
    def test_types_with_a_text(self, kind: types.DataType) -> None:
        """A column whose values have one text fills a field."""
        assert checked(struct(column("first_name", kind))).read == ("account_number", "first_name")

    @pytest.mark.parametrize(
        "kind",
        [types.DoubleType(), types.BooleanType(), types.BinaryType(), types.ArrayType(types.StringType())],
        ids=types.DataType.simpleString,
    )
    def test_types_without_a_text(self, kind: types.DataType) -> None:
        """A column of another type is named, with what to do."""
        schema = struct(column("birth_date", kind))

        assert [f"birth_date: is {kind.simpleString()}, which is no text: cast the column to string"] == problems(
            schema
        )

    def test_numbers_are_attributes(self) -> None:
        """An attribute may be a number or a truth value, and no list."""
        schema = struct(column("a", types.BooleanType()), column("b", types.ArrayType(types.StringType())))
        mapping: dict[str, ColumnRule] = {"a": "attributes.a", "b": "attributes.b"}

        assert ["b: is array<string>, which is no text: cast the column to string"] == problems(schema, mapping)

    def test_types_in_maps_and_structs(self) -> None:
        """Types within a map and a struct are checked too."""
        schema = struct(
            column("address", types.StructType([column("city", types.BinaryType())])),
            column("Attributes", types.MapType(types.StringType(), types.BinaryType())),
        )

        assert [
            "address.city: is binary, which is no text: cast the column to string",
            "attributes.*: is binary, which is no text: cast the column to string",
        ] == problems(schema)

    def test_columns_that_are_not_mapped(self) -> None:
        """A column that neither maps nor is carried is an error, with the nearest field."""
        schema = struct(column("firstname", types.StringType()), column("id", types.LongType()))

        assert ["firstname: is not mapped: map it to a field (the nearest is first_name) or to ignore"] == problems(
            schema, carry=["id"]
        )

    def test_a_carried_column_may_fill_a_field(self) -> None:
        """A carried column that is mapped fills its field too; another one is ignored, whatever its type."""
        schema = struct(column("id", types.ArrayType(types.LongType())), column("more", types.VariantType()))
        found = checked(schema, carry=["id", "more", "account_number"])

        assert ("id", "more", "account_number") == found.carry
        assert ("account_number",) == found.read
        assert {"id": "ignore", "more": "ignore"} == found.mapping.columns

    def test_a_label_is_read(self) -> None:
        """A text that is carried or ignored may be the label of another column, and so is read."""
        schema = struct(column("label", types.StringType()), column("phone", types.StringType()))
        mapping: dict[str, ColumnRule] = {"phone": {"field_by": "label", "labels": {"Work": "business_phone_number"}}}

        assert ("account_number", "label", "phone") == checked(schema, mapping, carry=["label"]).read

    def test_a_map_must_be_mapped(self) -> None:
        """A map's entries are known in the rows alone, so it says what becomes of them; or it is not read."""
        schema = struct(column("extra", types.MapType(types.StringType(), types.StringType())))

        assert [
            "extra: is a map whose entries are not mapped: map them, as in extra.key, or map the column to ignore"
        ] == problems(schema)
        assert ("account_number",) == checked(schema, {"extra": "ignore"}).read
        assert ("account_number", "extra") == checked(schema, {"extra.tier": "attributes.tier"}).read
        assert ("account_number", "extra") == checked(schema, {"*": "attributes"}).read

    @pytest.mark.parametrize(
        "kind",
        [types.MapType(types.StringType(), types.StringType()), types.VariantType()],
        ids=types.DataType.simpleString,
    )
    def test_what_has_names_of_its_own_in_a_struct(self, kind: types.DataType) -> None:
        """It is ignored with all of its struct, or by ``*``; alone it cannot be, and the struct's others are kept."""
        schema = struct(column("address", types.StructType([column("city", types.StringType()), column("more", kind)])))

        expected = f"cannot be ignored alone, as it is {kind.simpleString()}: ignore all of its struct, or drop it"

        assert [f"address.more: {expected}"] == problems(schema, {"address.more": "ignore", "*": "attributes"})
        assert ("account_number",) == checked(schema, {"address.city": "ignore", "address.more": "ignore"}).read
        assert ("account_number", "address") == checked(schema, {"address.more": "ignore", "*": "ignore"}).read

    def test_no_column_for_the_key(self) -> None:
        """A frame in which nothing can find a customer is rejected."""
        assert [
            "match_on: no column fills account_number to find a customer by: map one, or match on another key"
        ] == problems(types.StructType([column("first_name", types.StringType())]))

    def test_names_that_spark_cannot_tell_apart(self) -> None:
        """Two columns of one name are an error; case counts where Spark says so."""
        twice = struct(column("Account_Number", types.StringType()))
        mapping: dict[str, ColumnRule] = {"Account_Number": "ignore"}

        assert ["Account_Number: is the name of two columns: rename one"] == problems(twice, mapping)
        assert checked(twice, mapping, case_sensitive=True).read == ("account_number", "Account_Number")

    def test_a_column_that_is_named_like_a_member(self) -> None:
        """A column with a dot in its name and a member of a struct can have the same name, which is an error."""
        address = types.StructType([column("city", types.StringType())])
        schema = struct(column("address", address), column("address.city", types.StringType()))

        assert ["address.city: is the name of two columns: rename one"] == problems(schema)

    def test_carried_columns_must_exist(self) -> None:
        """A carried column that the frame lacks is named."""
        assert ["carry: there is no column 'nothing'"] == problems(struct(), carry=["nothing"])

    @pytest.mark.parametrize(
        ("carry", "expected"),
        [
            ("id", ["carry: expected a list of columns' names"]),
            ([1], ["carry: expected a list of columns' names"]),
            (["action"], ["carry: action is a column of the outcomes: rename the frame's"]),
            (["id", "id"], ["carry: the same column twice"]),
        ],
    )
    def test_what_cannot_be_carried(self, carry: Any, expected: list[str]) -> None:
        """Carried columns are a list of names, each once, and no column of the outcomes."""
        assert expected == [str(problem) for problem in _carry_problems(carry)]


class TestArguments:
    """What is checked of the other arguments."""

    def test_all_problems_at_once(self) -> None:
        """Everything that is wrong is named at once, and for settings that cannot be sent, what to do instead."""
        options = {"session": None, "requests_per_second": 5, "colour": "red"}
        with pytest.raises(InvalidRequestError) as raised:
            task(
                domain_name="no domain",
                match_on="_nobody",
                requests_per_second=0,
                tasks=0,
                concurrency=0,
                settle_seconds=-1,
                client_options=options,
            )

        assert [
            "domain_name",
            "match_on",
            "requests_per_second",
            "concurrency",
            "settle_seconds",
            "tasks",
            "client_options.session",
            "client_options.requests_per_second",
            "client_options.colour",
        ] == [problem.path for problem in raised.value.problems]

    def test_each_task_has_its_share(self) -> None:
        """The rate is divided by the number of tasks."""
        assert 24.5 == task(requests_per_second=98, tasks=4).settings.requests_per_second

    def test_a_task_can_be_sent(self) -> None:
        """What a task is told can be pickled, with a mapping of every kind of rule and a botocore ``Config``."""
        mapping = ColumnMapping(
            {
                "a": "address.city",
                "b": {"split": ["first_name", "last_name"]},
                "c": {"field_by": "d", "labels": {"Work": "business_phone_number"}},
                "*": "ignore",
            }
        )
        options = {"config": Config(max_pool_connections=3)}
        sent = pickle.loads(pickle.dumps(task(mapping=mapping, client_options=options)))

        assert mapping == sent.mapping
        assert 3 == sent.client_options["config"].max_pool_connections

    def test_the_outcomes_columns_are_the_same_for_spark_and_arrow(self) -> None:
        """The columns of an outcome are declared alike for Spark and for Arrow."""
        assert pa.schema(OUTCOME_FIELDS) == to_arrow_schema(OUTCOME_COLUMNS)


class TestTask:
    """What a task does with its batches."""

    def test_outcomes(self, service: LocalCustomerProfiles, url: str) -> None:
        """Each row of each batch is loaded, and has an outcome with what is carried of it."""
        load = task(url, read=("account_number", "first_name"), carry=("id",))
        rows = [{**row, "id": number} for number, row in enumerate([*ROWS, {"first_name": "A" * 300}])]
        found = sorted(
            outcomes(load, batch(rows[:2]), batch([], batch(rows).schema), batch(rows[2:])), key=lambda row: row["id"]
        )

        assert [0, 1, 2, 3, 4] == [row["id"] for row in found]
        assert ["created"] * 4 + ["rejected"] == [row["action"] for row in found]
        assert [{"path": "first_name", "message": "300 characters, at most 255"}] == found[4]["problems"]
        assert {"C-0", "C-1", "C-2", "C-3"} == {
            request.parameters["AccountNumber"] for request in service.requests if request.operation == "CreateProfile"
        }
        assert all(row["profile_id"] and row["problems"] == [] and row["error"] is None for row in found[:4])

    def test_carried_columns_keep_their_types(self, url: str) -> None:
        """What is carried comes out as it is, whatever its type, and columns that are not read are left alone."""
        values = {
            "when": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "price": Decimal("1.50"),
            "tags": ["a", None],
            "more": {"deep": {"bytes": b"\x00"}},
            "void": None,
        }
        given_batch = batch([{**ROWS[0], **values}, {**ROWS[1], **dict.fromkeys(values)}])
        load = task(url, carry=tuple(values))
        [found] = load.outcomes(iter([given_batch]), 0)

        assert [given_batch.schema.field(name) for name in values] == [found.schema.field(name) for name in values]
        assert {**values} in [{name: row[name] for name in values} for row in found.to_pylist()]

    def test_many_outcomes_are_several_batches(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Outcomes go out while rows are still sent."""
        monkeypatch.setattr("customer_profiles_sdk.spark.tasks._MOST_OUTCOMES", 3)
        sizes = [each.num_rows for each in task(url).outcomes(iter([batch(ROWS)]), 0)]

        assert [3, 1] == sizes

    def test_batches_that_are_all_full(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is no empty batch behind full ones."""
        monkeypatch.setattr("customer_profiles_sdk.spark.tasks._MOST_OUTCOMES", 2)

        assert [2, 2] == [each.num_rows for each in task(url).outcomes(iter([batch(ROWS)]), 0)]

    @pytest.mark.parametrize("batches", [[], [[]]])
    def test_nothing_to_do(self, batches: list[list[dict[str, Any]]]) -> None:
        """Without rows there are no outcomes, no wait and no client."""
        schema = batch(ROWS).schema
        load = task("https://profile.invalid", settle_seconds=10_000)

        assert [] == list(load.outcomes((batch(rows, schema) for rows in batches), 0))
        assert [] == list(load.send(batch(rows, schema) for rows in batches))
        assert [] == list(load.customers([], "customer"))

    def test_every_outcome_says_the_attempt(self, url: str) -> None:
        """Each row says at which attempt its outcome came."""
        assert {2} == {row["attempt"] for row in outcomes(task(url), batch(ROWS), attempt=2)}

    def test_it_waits_before_it_sends(self, service: LocalCustomerProfiles, url: str) -> None:
        """What an earlier attempt created a moment ago is found, because a task waits until search shows it."""
        service.faults = Faults(search_lag_seconds=0.5)
        first = outcomes(task(url), batch(ROWS))
        second = outcomes(task(url, settle_seconds=1), batch(ROWS), attempt=1)

        assert ["created"] * 4 == [row["action"] for row in first]
        assert ["unchanged"] * 4 == [row["action"] for row in second]

    def test_entries_that_do_not_fit(self, url: str) -> None:
        """An entry of a map whose key is no attribute, or is not mapped, makes its row a rejected one and no more."""
        kind = pa.map_(pa.string(), pa.string())
        schema = pa.schema([("account_number", pa.string()), ("attributes", kind), ("extra", kind)])
        rows: list[dict[str, Any]] = [
            {"account_number": "C-1", "attributes": [("tier", "gold")], "extra": [("a", "1")]},
            {"account_number": "C-2", "attributes": [("", "gold")], "extra": None},
            {"account_number": "C-3", "attributes": None, "extra": [("b", "1")]},
        ]
        load = task(
            url, read=("account_number", "attributes", "extra"), mapping=ColumnMapping({"extra.a": "first_name"})
        )
        found = Counter(
            (row["action"], *(each["path"] for each in row["problems"])) for row in outcomes(load, batch(rows, schema))
        )

        assert {("created",): 1, ("rejected", "attributes."): 1, ("rejected", "extra.b"): 1} == found

    def test_dates_and_numbers(self, service: LocalCustomerProfiles, url: str) -> None:
        """Dates, numbers and decimals are sent as texts."""
        row = {"account_number": 17, "birth_date": date(1980, 2, 3), "attributes.price": Decimal("1.50")}
        outcomes(task(url, read=tuple(row)), batch([row]))
        [stored] = service.client("acme").search_profiles({SearchKey.ACCOUNT: "17"})

        assert ("1980-02-03", {"price": "1.50"}) == (stored.profile.birth_date, stored.profile.attributes)

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({"domain_name": "nobody"}, "DomainNotFoundError: search_profiles: .*nobody"),
            (
                {"client_options": {"region_name": None}},
                "NoRegionError: .*each executor needs AWS credentials and a region",
            ),
            (
                {"client_options": {"endpoint_url": "http://profile.invalid", "region_name": "eu-central-1"}},
                "InvalidRequestError: .*endpoint_url",
            ),
        ],
    )
    def test_what_stops_a_task(self, url: str, options: dict[str, Any], expected: str) -> None:
        """A cause in the account or the executor fails the task, and the message says what to change."""
        with pytest.raises(LoadStoppedError, match=f"(?s)the load stopped: {expected}"):
            outcomes(task(url, **options), batch(ROWS))

    def test_no_credentials(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """An executor without credentials says so."""
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

        with pytest.raises(LoadStoppedError, match=r"NoCredentialsError.*spark\.executorEnv\.AWS_"):
            outcomes(task(url), batch(ROWS))

    def test_out_of_reach(self) -> None:
        """A service that is out of reach fails the task: Spark tries again later."""
        with closed_port() as port:
            options = {
                "endpoint_url": f"http://127.0.0.1:{port}",
                "region_name": "eu-central-1",
                "config": Config(retries={"total_max_attempts": 1}),
            }
            with pytest.raises(LoadStoppedError, match="ConnectionFailedError"):
                outcomes(task(client_options=options, concurrency=1), batch(ROWS[:1]))

    def test_an_exception_of_spark_comes_out_as_it_is(self, url: str) -> None:
        """What the batches raise is not taken for a failure of the load."""

        def broken() -> Iterator[Any]:
            yield batch(ROWS)
            raise EOFError

        with pytest.raises(EOFError):
            list(task(url).outcomes(broken(), 0))


class TestCustomers:
    """How the rows of one customer are recognized."""

    @staticmethod
    def numbers(rows: list[dict[str, Any]], **options: Any) -> list[int | None]:
        """Return the number of each row's customer."""
        names = dict.fromkeys(chain.from_iterable(rows))
        given_batch = batch([{name: row.get(name) for name in names} for row in rows])
        [found] = task(read=tuple(names), **options).customers([given_batch], "customer")
        assert [*names, "customer"] == found.schema.names
        return [row["customer"] for row in found.to_pylist()]

    def test_spellings_of_one_key(self) -> None:
        """Two spellings of one value are one customer, also where they stand in two columns."""
        rows = [
            {"email_address": " Ana@Mail.example"},
            {"personal_email_address": "ana@mail.example"},
            {"email_address": "b@c.example"},
        ]
        first, second, third = self.numbers(rows, match_on=SearchKey.EMAIL)

        assert first == second != third

    def test_the_first_key_that_a_row_has(self) -> None:
        """Of several keys, the first that a row has a value for counts."""
        rows = [
            {"account_number": "C-1", "email_address": "a@b.example"},
            {"account_number": "C-1"},
            {"email_address": "a@b.example"},
        ]
        first, second, third = self.numbers(rows, match_on=[SearchKey.ACCOUNT, SearchKey.EMAIL])

        assert first == second != third

    def test_rows_without_a_customer(self) -> None:
        """A row without a value for the key, or that cannot be read, belongs to nobody; it is no reason to fail."""
        kind = pa.map_(pa.string(), pa.string())
        schema = pa.schema([("account_number", pa.string()), ("attributes", kind)])
        rows = batch([{"account_number": "n/a"}, {"account_number": "C-1", "attributes": [("", "")]}], schema)
        [found] = task(read=("account_number", "attributes")).customers([rows], "customer")

        assert [None, None] == found.column("customer").to_pylist()

    @given(st.lists(st.text(max_size=5), min_size=1, max_size=20))
    def test_any_text(self, texts: list[str]) -> None:
        """Any text is a customer or none, and equal ones are the same."""
        texts = [text.encode("utf-8", "replace").decode() for text in texts]
        found = self.numbers([{"account_number": text} for text in texts * 2])

        assert found[: len(texts)] == found[len(texts) :]


class Barrier(BarrierTaskContext):
    """A task of a barrier stage whose neighbours say that this is a certain attempt."""

    def __new__(cls, _others: int = 0) -> Self:
        """Return one that is not the process's own."""
        return object.__new__(cls)

    def __init__(self, others: int = 0) -> None:
        self._others = others

    def stageId(self) -> int:  # noqa: N802 (Spark's name)
        """Return the stage."""
        return 7

    def allGather(self, message: str = "") -> list[str]:  # noqa: N802 (Spark's name)
        """Return what all tasks say."""
        return [message, str(self._others)]


class TestAttempts:
    """Which attempt it is."""

    @pytest.fixture(autouse=True)
    def _folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(SparkFiles, "_root_directory", str(tmp_path))
        monkeypatch.setattr(SparkFiles, "_is_running_on_worker", True)

    def test_attempts_are_counted(self) -> None:
        """Each attempt at a stage has the next number."""
        assert [0, 1, 2] == [begin_attempt(Barrier()) for _ in range(3)]

    def test_the_executors_agree(self) -> None:
        """A new executor learns from the others which attempt it is."""
        assert [3, 4] == [begin_attempt(Barrier(3)), begin_attempt(Barrier())]

    def test_a_folder_that_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing can be noted, the load goes on."""
        monkeypatch.setattr(SparkFiles, "_root_directory", "/nonexistent")

        assert [0, 0] == [begin_attempt(Barrier()) for _ in range(2)]


class TestDataSource:
    """What ``df.write.format("customer_profiles")`` does."""

    @staticmethod
    def writer(**options: str) -> ProfilesWriter:
        """Return the writer for a frame with account numbers and first names."""
        return CustomerProfilesDataSource({"domain": "acme", **options}).writer(NAMED, overwrite=False)

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({"domian": "acme"}, "domian: there is no such option; the nearest is domain"),
            ({"zzz": ""}, "zzz: there is no such option; expected one of domain, .*allow_insecure_endpoint"),
            ({"domain": ""}, "domain_name: "),
            ({"tasks": "many"}, "tasks: expected a whole number"),
            ({"concurrency": "-1"}, "concurrency: expected a whole number"),
            ({"requests_per_second": "fast"}, "requests_per_second: expected a number above 0"),
            ({"settle_seconds": "long"}, "settle_seconds: expected a number of seconds"),
            ({"match_on": "_nobody"}, "match_on: expected one or more of"),
            ({"mapping": "first_name"}, "mapping: expected a JSON object"),
            ({"mapping": "[]"}, "mapping: expected a JSON object"),
            ({"mapping": '{"first_name": "nothing"}'}, "first_name: there is no field of this name"),
            ({"match_on": "_email"}, "match_on: no column fills"),
            ({"max_rejects": "some"}, "max_rejects: expected a number of rows"),
        ],
    )
    def test_options(self, options: dict[str, str], expected: str) -> None:
        """An option that breaks a rule is named before anything is sent."""
        with pytest.raises(ValueError, match=f"(?s){expected}"):
            self.writer(**options)

    def test_append_alone(self) -> None:
        """Nothing can be overwritten or read."""
        with pytest.raises(InvalidRequestError, match='mode: expected "append"'):
            CustomerProfilesDataSource({"domain": "acme"}).writer(NAMED, overwrite=True)
        source = CustomerProfilesDataSource({})
        for call in (source.schema, partial(source.reader, struct())):
            with pytest.raises(InvalidRequestError, match="the API cannot list them"):
                call()

    def test_a_task_counts(self, url: str) -> None:
        """A task sends its rows and says how many came to what; its writer can be pickled."""
        writer = self.writer(
            match_on="_account, _email",
            mapping='{"first_name": "last_name"}',
            settle_seconds="0",
            endpoint_url=url,
            region_name="eu-central-1",
            allow_insecure_endpoint="false",
        )
        sent = pickle.loads(pickle.dumps(writer)).write(iter([batch([*ROWS, {"first_name": "Zoe"}])]))

        assert {RowAction.CREATED: 4, RowAction.REJECTED: 1} == sent.counts

    def test_more_partitions_than_tasks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A partition too many is not sent, so that the pace holds."""
        context = object.__new__(TaskContext)
        context._partitionId = 2
        monkeypatch.setattr(TaskContext, "_taskContext", context)

        with pytest.raises(CustomerProfilesError, match="more partitions than tasks=2"):
            self.writer(tasks="2").write(iter([]))
        assert LoadCounts({}) == self.writer(tasks="3").write(iter([]))

    def test_counts_are_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The sum of all tasks is printed; a task that failed has none."""
        messages = [
            LoadCounts({RowAction.CREATED: 2, RowAction.UNKNOWN: 1}),
            LoadCounts({RowAction.CREATED: 1}),
            None,
        ]
        self.writer(max_rejects="25%").commit(messages)
        self.writer().abort(messages)
        counts = "rows 4, created 3, updated 0, unchanged 0, rejected 0, failed 0, unknown 1"

        assert [
            f"customer_profiles: loaded: {counts}",
            f"customer_profiles: failed; rows of the tasks that ended before, all of which are kept: {counts}",
        ] == capsys.readouterr().err.splitlines()

    def test_rows_that_are_not_in(self) -> None:
        """More of them than ``max_rejects`` allows fail the write at its end, so that none is lost silently."""
        with pytest.raises(
            CustomerProfilesError, match=r"1 rows are not in, all others are .*failed 1.*max_rejects is 0"
        ):
            self.writer().commit([LoadCounts({RowAction.FAILED: 1, RowAction.UPDATED: 9})])


@pytest.mark.parametrize("missing", ["pyspark", "pandas", "pyarrow"])
def test_without_the_extra(missing: str) -> None:
    """Without what the extra brings, importing the module says what to install."""
    script = f"import sys; sys.modules[{missing!r}] = None; import customer_profiles_sdk.spark"
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=False
    )

    assert f"({missing} is missing): pip install 'customer-profiles-sdk[spark]'" in process.stderr


def test_the_guide_is_type_checked(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """The Python blocks of the guide pass ``mypy --strict``."""
    cache = pytestconfig.cache.mkdir("mypy")

    assert [] == type_errors({"guide": as_module(SPARK_PAGE)}, tmp_path, cache)
