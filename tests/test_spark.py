"""A load from Spark, with real tasks in processes of their own, against the embedded service over HTTP.

Spark takes a while to start, so all tests of a run share one session. Workers of xdist could not: there the tests are
skipped. Run them with ``pytest --no-cov --numprocesses=0 tests/test_spark.py``.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest

pytest.importorskip("pyspark", reason="PySpark is missing: install the extra test-spark")

from pyspark.errors import PySparkAttributeError, PySparkException
from pyspark.sql import DataFrame, SparkSession
from test_documentation import SPARK_PAGE, SYBIL

import customer_profiles_sdk
from benchmarks.network import connected_processes
from customer_profiles_sdk import InvalidRequestError, SearchKey
from customer_profiles_sdk.bulk import ColumnsError
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles
from customer_profiles_sdk.local.server import Server
from customer_profiles_sdk.local.wire import Request, Response
from customer_profiles_sdk.spark import load_profiles, register
from customer_profiles_sdk.spark.cluster import check_cluster

_OLDEST_JAVA = 17


def java_version() -> int:
    """Return the version of the Java that Spark would start, or 0."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return 0
    process = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', process.stderr)
    return int(found[1]) if found else 0


pytestmark = [
    pytest.mark.skipif("PYTEST_XDIST_WORKER" in os.environ, reason="one session for all: --numprocesses=0"),
    pytest.mark.skipif(java_version() < _OLDEST_JAVA, reason="Spark needs Java 17 or later"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    # PySpark 4.0 leaves the socket open through which it collected rows.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}
NO_OTHERS = {
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java's options for programs that run for a short time: half the CPU time of these tests."""
SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": QUICK_START,
    "spark.executor.extraJavaOptions": QUICK_START,
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}
SETTLE_SECONDS = 4
"""Longer than the search's lag of these tests, and the 2 seconds that Spark lets the other tasks go on."""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Return the session of this run: two tasks at a time, two attempts at a stage, a folder for files."""
    builder = SparkSession.builder.master("local[2,4]").config("spark.stage.maxConsecutiveAttempts", "2")
    for name, value in {**SETTINGS, "spark.driver.memory": "700m"}.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
            patch.delenv(name)
        for name, value in {**NO_OTHERS, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}.items():
            patch.setenv(name, value)
        patch.chdir(tmp_path_factory.mktemp("spark"))
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.environment.update(CREDENTIALS)
    yield session
    session.stop()


class Wire:
    """The service over HTTP, with what arrived and when, and where a request can be answered otherwise.

    Attributes:
        answer: returns the response to a request, or ``None`` where the service is to respond.
        creates: when each profile was created.
    """

    def __init__(self, service: LocalCustomerProfiles) -> None:
        self.answer: Callable[[], Response | None] = lambda: None
        self.creates: list[float] = []
        self._handle = service._dispatcher.handle
        self.server = Server(self._respond)

    @property
    def options(self) -> dict[str, Any]:
        """The options of a client that reaches it."""
        return {"endpoint_url": self.server.url, "region_name": "eu-central-1"}

    def _respond(self, request: Request) -> Response:
        response = self.answer() or self._handle(request)
        if request.method == "POST" and request.target.endswith("/profiles") and response.status == 200:
            self.creates.append(time.monotonic())
        return response


@pytest.fixture
def wire(service: LocalCustomerProfiles) -> Iterator[Wire]:
    """Serve the service ``service``."""
    wire = Wire(service)
    with wire.server:
        yield wire


Load = Callable[..., DataFrame]


@pytest.fixture
def load(wire: Wire) -> Load:
    """Return ``load_profiles`` with the settings of these tests: two tasks, as fast as they can."""

    def load(df: DataFrame, **options: Any) -> DataFrame:
        settings: dict[str, Any] = {
            "domain_name": "acme",
            "tasks": 2,
            "requests_per_second": 10_000,
            "settle_seconds": 0,
            "client_options": wire.options,
            "carry": ["id"] if "id" in df.columns else [],
        }
        return load_profiles(df, **{**settings, **options})

    return load


def customers(spark: SparkSession, count: int, *, times: int = 1) -> DataFrame:
    """Return a frame of customers, each so many times."""
    return spark.range(count * times).selectExpr(
        "id", f"concat('C-', id % {count}) AS account_number", "'Ana' AS first_name"
    )


def actions(outcomes: list[Any]) -> Counter[str]:
    """Count what became of rows."""
    return Counter(row.action for row in outcomes)


def created(service: LocalCustomerProfiles) -> Counter[object]:
    """Count the profiles that were created by their account numbers."""
    return Counter(each.parameters["AccountNumber"] for each in service.requests if each.operation == "CreateProfile")


def below(ancestor: int) -> dict[int, str]:
    """Return the processes below a process, and their commands."""
    processes: dict[int, tuple[int, str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            status = (folder / "status").read_text()
            processes[int(folder.name)] = int(status.partition("PPid:")[2].split()[0]), command
        except OSError:
            continue  # it is gone
    found = {ancestor}
    while more := {pid for pid, (parent, _) in processes.items() if parent in found} - found:
        found |= more
    return {pid: processes[pid][1] for pid in found & processes.keys() - {ancestor}}


class Killer(Thread):
    """Kills one of the processes that are found, as soon as so many profiles are created.

    Attributes:
        killed_at: how many profiles had been created when it did.
    """

    def __init__(self, wire: Wire, creates: int, find: Callable[[], list[int]]) -> None:
        super().__init__(daemon=True)
        self.killed_at: int | None = None
        self._wire = wire
        self._creates = creates
        self._find = find
        self.start()

    def run(self) -> None:
        """Wait and kill."""
        ends_at = time.monotonic() + 300
        while time.monotonic() < ends_at and self.killed_at is None:
            if len(self._wire.creates) >= self._creates and (pids := self._find()):
                os.kill(pids[0], signal.SIGKILL)
                self.killed_at = len(self._wire.creates)
            time.sleep(0.01)


def test_outcomes(spark: SparkSession, service: LocalCustomerProfiles, load: Load) -> None:
    """Each row has an outcome with what is carried of it; nested columns fill addresses and attributes."""
    df = spark.createDataFrame(
        [
            (1, "C-1", ("Cork",), {"tier": "gold"}),
            (2, "C-2", None, None),
            (3, None, ("Cork",), {"tier": "gold"}),
        ],
        "`row id` long, account_number string, address struct<city: string>, attributes map<string, string>",
    )
    outcomes = load(df, carry=["row id"])
    assert ["row id", "action", "profile_id", "problems", "error", "attempt"] == outcomes.columns
    assert [] == list(service.requests)
    rows = sorted(outcomes.collect(), key=lambda row: row["row id"])

    assert ["created", "created", "rejected"] == [row.action for row in rows]
    assert [("account_number", "the row has no value to find the customer by")] == [
        tuple(each) for each in rows[2].problems
    ]
    assert {0} == {row.attempt for row in rows}
    stored = service.client("acme").get_profile(rows[0].profile_id).profile
    assert ("Cork", {"tier": "gold"}) == (stored.address and stored.address.city, stored.attributes)


def test_a_customer_is_in_one_task(spark: SparkSession, service: LocalCustomerProfiles, load: Load) -> None:
    """Two spellings of one key are one customer, also while search lags."""
    service.faults = Faults(search_lag_seconds=5)
    df = spark.range(80).selectExpr(
        "IF(id < 40, concat('A', id, '@Mail.example'), concat(' a', id - 40, '@mail.EXAMPLE')) AS email_address"
    )

    assert {"created": 40, "updated": 40} == actions(load(df, match_on=SearchKey.EMAIL).collect())


def test_an_action_that_takes_a_few_rows(spark: SparkSession, service: LocalCustomerProfiles, load: Load) -> None:
    """Whatever is done with the outcomes, all rows are loaded; each action loads again, which does no harm."""
    outcomes = load(customers(spark, 20))

    assert 1 == len(outcomes.take(1))
    assert 20 == outcomes.coalesce(1).count()
    assert dict.fromkeys((f"C-{number}" for number in range(20)), 1) == created(service)


def test_outcomes_that_are_kept(spark: SparkSession, service: LocalCustomerProfiles, load: Load) -> None:
    """A checkpoint loads once, and then the outcomes can be read often."""
    outcomes = load(customers(spark, 20)).localCheckpoint()
    sent = len(service.requests)

    assert 20 == outcomes.count() == outcomes.where("action = 'created'").count()
    assert sent == len(service.requests)


def test_the_pace_is_shared(spark: SparkSession, wire: Wire, load: Load) -> None:
    """All tasks together send at the pace."""
    assert {"created": 120} == actions(load(customers(spark, 120), requests_per_second=40).collect())
    # In the last moments one task may have fewer rows left; nobody is faster than the pace.
    most = max(sum(0 <= later - first < 1 for later in wire.creates) for first in wire.creates)

    assert 40 * 0.6 <= most <= 40 * 1.02 + 2


def test_a_task_fails_once(spark: SparkSession, service: LocalCustomerProfiles, wire: Wire, load: Load) -> None:
    """Where a task fails in the middle, all run again: no customer twice, none lost, with keys twice and a lag."""
    service.faults = Faults(search_lag_seconds=1)
    denied = Response(403, {"x-amzn-ErrorType": "AccessDeniedException"}, b'{"message": "no"}')
    failures: list[Response] = []

    def fail_once() -> Response | None:
        if len(wire.creates) < 15 or failures:
            return None
        failures.append(denied)
        return denied

    wire.answer = fail_once
    df = customers(spark, 60, times=2)
    rows = load(df, settle_seconds=SETTLE_SECONDS, requests_per_second=40, carry=["id"]).collect()

    assert [denied] == failures
    assert list(range(120)) == sorted(row.id for row in rows)
    assert {1} == {row.attempt for row in rows}
    assert 60 < actions(rows)["unchanged"]
    assert {"created", "unchanged"} == set(actions(rows))
    assert dict.fromkeys((f"C-{number}" for number in range(60)), 1) == created(service)


@pytest.mark.skipif(not Path("/proc").exists(), reason="the process to kill is looked for in /proc")
def test_a_worker_is_killed(spark: SparkSession, service: LocalCustomerProfiles, wire: Wire, load: Load) -> None:
    """Where a worker process is killed in the middle, all tasks run again: no customer twice, none lost."""
    service.faults = Faults(search_lag_seconds=1)
    killer = Killer(wire, 20, partial(connected_processes, int(wire.server.url.rpartition(":")[2])))
    df = customers(spark, 60, times=2)
    rows = load(df, settle_seconds=SETTLE_SECONDS, requests_per_second=40, carry=["id"]).collect()
    killer.join()

    assert killer.killed_at is not None
    assert 20 <= killer.killed_at < 60
    assert list(range(120)) == sorted(row.id for row in rows)
    assert {1} == {row.attempt for row in rows}
    assert dict.fromkeys((f"C-{number}" for number in range(60)), 1) == created(service)


def test_no_credentials_on_a_worker(spark: SparkSession, load: Load) -> None:
    """A worker without credentials says what to change."""
    environment = spark.sparkContext.environment
    with pytest.MonkeyPatch.context() as patch:
        for name in CREDENTIALS:
            patch.delitem(environment, name)
        outcomes = load(customers(spark, 2))

    with pytest.raises(Exception, match=r"NoCredentialsError: .*each executor needs AWS credentials and a region"):
        outcomes.count()


def test_too_few_cores(spark: SparkSession, load: Load) -> None:
    """More tasks than cores are an error at once: Spark would wait for ten minutes."""
    with pytest.raises(InvalidRequestError, match=r"tasks: 3 tasks must run at .*cores for 2: choose tasks=2"):
        load(customers(spark, 2), tasks=3)


def test_executors_that_are_starting(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a cluster, executors that may still be starting are waited for, but not for long."""
    monkeypatch.setattr("customer_profiles_sdk.spark.cluster._SECONDS_TO_START", 0.5)
    session = other_settings(spark, **{"spark.master": "yarn"})
    started = time.monotonic()

    with pytest.raises(InvalidRequestError, match="cores for 2"):
        check_cluster("load_profiles", session, 3)
    assert 0.5 < time.monotonic() - started < 20


def test_cores_that_cannot_be_asked_for(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no way to ask for cores, as with Spark Connect, the question is left to Spark."""

    def no_context(_: SparkSession) -> None:
        raise PySparkAttributeError(
            errorClass="JVM_ATTRIBUTE_NOT_SUPPORTED", messageParameters={"attr_name": "context"}
        )

    monkeypatch.setattr(SparkSession, "sparkContext", property(no_context))

    check_cluster("load_profiles", spark, 3)


def other_settings(spark: SparkSession, **settings: str) -> SparkSession:
    """Return a session of the same application in which settings of Spark's core look different."""
    java_session = cast("Any", spark)._jsparkSession.newSession()
    return SparkSession(spark.sparkContext, java_session, settings)


def test_dynamic_allocation(spark: SparkSession, load: Load) -> None:
    """With dynamic allocation there is no barrier stage, which is said at once; in local mode it has no effect."""
    on = {"spark.dynamicAllocation.enabled": "true"}
    session = other_settings(spark, **on, **{"spark.master": "yarn"})
    with pytest.raises(InvalidRequestError, match=r"spark\.dynamicAllocation\.enabled: is on"):
        load(customers(session, 2))

    load(customers(other_settings(spark, **on), 2))


def test_speculation(spark: SparkSession, load: Load) -> None:
    """Speculation is no matter in a barrier stage, and rejected for the data source."""
    session = other_settings(spark, **{"spark.speculation": "true"})
    with pytest.raises(InvalidRequestError, match=r"spark\.speculation: is on"):
        register(session)

    load(customers(session, 2))


def test_wrong_arguments_and_columns(spark: SparkSession, service: LocalCustomerProfiles, load: Load) -> None:
    """All wrong arguments are named at once, then the columns, before anything is sent."""
    with pytest.raises(InvalidRequestError) as raised:
        load(customers(spark, 2), carry="id", domain_name="", tasks=0)
    assert ["carry", "domain_name", "tasks"] == [problem.path for problem in raised.value.problems]

    with pytest.raises(ColumnsError, match="id: is not mapped"):
        load(customers(spark, 2), carry=[])
    assert [] == list(service.requests)


def test_columns_with_odd_names(spark: SparkSession, load: Load) -> None:
    """Names with dots and backticks, and one that the load would give itself, are names like any other."""
    df = customers(spark, 2).selectExpr("id AS `customer`", "account_number AS `a.b`", "first_name AS `c``d`")
    mapping = {"a.b": "account_number", "c`d": "first_name"}

    assert {"created": 2} == actions(load(df, mapping=mapping, carry=["customer", "a.b", "c`d"]).collect())


class TestDataSource:
    """``df.write.format("customer_profiles")``."""

    @pytest.fixture
    def save(self, spark: SparkSession, wire: Wire) -> Callable[..., None]:
        """Return a function that writes a frame."""
        register(spark)

        def save(df: DataFrame, *, mode: str = "append", **options: str) -> None:
            settings = {"domain": "acme", "tasks": "2", "settle_seconds": "0", "requests_per_second": "10000"}
            writer = df.repartition(2, "account_number").write.format("customer_profiles")
            writer.options(**settings, **wire.options, **options).mode(mode).save()

        return save

    def test_append(self, spark: SparkSession, service: LocalCustomerProfiles, save: Callable[..., None]) -> None:
        """Every row is in, once."""
        save(customers(spark, 30, times=2).drop("id"))

        assert dict.fromkeys((f"C-{number}" for number in range(30)), 1) == created(service)

    def test_rows_that_are_not_in(
        self, spark: SparkSession, service: LocalCustomerProfiles, save: Callable[..., None]
    ) -> None:
        """They fail the write after all others are in, unless that many are allowed."""
        df = customers(spark, 10).selectExpr("account_number", "IF(id = 3, repeat('a', 300), 'Ana') AS first_name")

        with pytest.raises(PySparkException, match="1 rows are not in, all others are"):
            save(df)
        assert 9 == created(service).total()
        save(df, max_rejects="10%")

    @pytest.mark.parametrize(
        ("mode", "expected"), [("overwrite", 'mode: expected "append"'), ("error", "Append"), ("ignore", "Append")]
    )
    def test_append_alone(self, spark: SparkSession, save: Callable[..., None], mode: str, expected: str) -> None:
        """Another mode is rejected, and says which one to use."""
        with pytest.raises(PySparkException, match=expected):
            save(customers(spark, 2).drop("id"), mode=mode)

    def test_it_cannot_be_read(self, spark: SparkSession, save: Callable[..., None]) -> None:
        """There is nothing to read, and the message says why."""
        del save
        with pytest.raises(PySparkException, match="the API cannot list them"):
            spark.read.format("customer_profiles").load()


CLUSTER = """
import json, sys
from pyspark.sql import SparkSession
import customer_profiles_sdk
from customer_profiles_sdk.spark import load_profiles

builder = SparkSession.builder.master("local-cluster[2,1,1024]")
for name, value in json.loads(sys.argv[1]).items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("OFF")
spark.sparkContext.addPyFile(sys.argv[3])
df = spark.range(120).selectExpr("id", "concat('C-', id % 60) AS account_number")
options = json.loads(sys.argv[2])
outcomes = load_profiles(df, domain_name="acme", tasks=2, carry=["id"], **options)
rows = [[row.id, row.action, row.attempt] for row in outcomes.collect()]
files = spark.sparkContext.range(1).map(lambda _: customer_profiles_sdk.bulk.__file__).collect()
print(json.dumps([rows, files]))
spark.stop()
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="the process to kill is looked for in /proc")
def test_a_cluster(service: LocalCustomerProfiles, wire: Wire, tmp_path: Path) -> None:
    """On a cluster that was sent the package, an executor of which is killed: no customer twice, none lost."""
    package = Path(customer_profiles_sdk.__file__).parent
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", package.parent, package.name)
    service.faults = Faults(search_lag_seconds=1)
    settings = {**SETTINGS, **{f"spark.executorEnv.{name}": value for name, value in CREDENTIALS.items()}}
    options = {"settle_seconds": SETTLE_SECONDS, "requests_per_second": 40, "client_options": wire.options}
    environment = {**os.environ, **NO_OTHERS, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-W", "ignore", "-c", CLUSTER, json.dumps(settings), json.dumps(options), archive]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as driver:

        def executors() -> list[int]:
            return [pid for pid, command in below(driver.pid).items() if "CoarseGrainedExecutorBackend" in command]

        killer = Killer(wire, 20, executors)
        try:
            printed, _ = driver.communicate(timeout=300)
        finally:
            driver.kill()
        killer.join()
    rows, files = json.loads(printed)

    assert [True] == ["package.zip/customer_profiles_sdk" in file for file in files]
    assert killer.killed_at is not None
    assert 20 <= killer.killed_at < 60
    assert list(range(120)) == sorted(number for number, _, _ in rows)
    assert {1} == {attempt for _, _, attempt in rows}
    assert {"created", "unchanged"} == {action for _, action, _ in rows}
    assert dict.fromkeys((f"C-{number}" for number in range(60)), 1) == created(service)


def test_the_guide(spark: SparkSession, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of the guide run, in their order, and print what they show."""
    monkeypatch.setitem(spark.sparkContext.environment, "AWS_ENDPOINT_URL_CUSTOMER_PROFILES", wire.server.url)
    document = SYBIL.parse(SPARK_PAGE)
    document.namespace["spark"] = spark

    for example in document.examples():
        example.evaluate()
