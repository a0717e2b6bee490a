"""A file is checked whole, then sent; every row of it is accounted for, also over several runs."""

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import boto3
import pytest

from customer_profiles_sdk import CustomerProfilesClient, InvalidRequestError, Profile, SearchKey
from customer_profiles_sdk.bulk import (
    ColumnsError,
    InputFileError,
    JournalError,
    LoadStoppedError,
    LoadSummary,
    check_rows,
    load_file,
    read_rows,
)
from customer_profiles_sdk.bulk.limits import RejectLimit
from customer_profiles_sdk.bulk.load_file import beside
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

HEADER = "account_number,first_name,address.city\n"
FAST = 10_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file of three customers, of which one is rejected."""
    path = tmp_path / "customers.csv"
    path.write_text(f"{HEADER}C-1,Ana,Cork\nC-2,{'B' * 300},Cork\nC-3,Eva,\n", encoding="utf-8")
    return path


def counts(summary: LoadSummary) -> dict[str, int]:
    """Return the counts of a summary that are not 0, after a look at their sum."""
    names = ("created", "updated", "unchanged", "rejected", "failed", "unknown")
    found = {name: getattr(summary, name) for name in names}
    assert summary.rows == sum(found.values())
    return {name: count for name, count in found.items() if count}


def rejects_of(path: Path) -> list[list[str]]:
    """Return the rows of a file of rejects."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


class TestLoading:
    """What becomes of the rows of a file."""

    def test_every_row_is_accounted_for(self, client: CustomerProfilesClient, path: Path) -> None:
        """The counts of the summary add up to the rows of the file."""
        assert {"created": 2, "rejected": 1} == counts(load_file(client, path, requests_per_second=FAST))

    def test_the_summary_tells_of_the_run(self, client: CustomerProfilesClient, path: Path) -> None:
        """The summary has the checked rows, the requests, and how fast rows were sent."""
        summary = load_file(client, path, requests_per_second=FAST)
        assert (3, 4, 0, 0) == (
            summary.checked_rows,
            summary.requests,
            summary.throttled_requests,
            summary.duplicate_keys,
        )
        assert summary.rows_per_second > 0 < summary.seconds

    def test_rejected_rows_are_known_before_the_first_call(self, client: CustomerProfilesClient, path: Path) -> None:
        """The file of rejects is written before anything is sent."""
        rejects = path.with_name("customers.rejects.csv")
        seen: list[int] = []
        client.boto3_client.meta.events.register(
            "before-send.customer-profiles", lambda **_: seen.append(len(rejects_of(rejects)))
        )
        load_file(client, path, requests_per_second=FAST)
        assert 2 == seen[0]

    def test_keys_that_occur_twice_are_counted(self, client: CustomerProfilesClient, path: Path) -> None:
        """The later row of a customer updates what the earlier one created, and is counted."""
        path.write_text(f"{HEADER}C-1,Ana,\nC-2,Bob,\nC-1,Anna,\n", encoding="utf-8")
        summary = load_file(client, path, requests_per_second=FAST)
        assert ({"created": 2, "updated": 1}, 1) == (counts(summary), summary.duplicate_keys)

    def test_failed_and_unknown_rows_are_rejects_too(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """Every row that is not in is in the file of rejects, with why."""
        service.faults = Faults(
            Fault(FaultType.LOST, operations=["CreateProfile"], times=1),
            Fault(FaultType.FAILED, operations=["SearchProfiles"], times=3),
            search_lag_seconds=60,
        )
        path.write_text(f"{HEADER}C-1,Ana,\nC-2,Bob,\n", encoding="utf-8")
        summary = load_file(client, path, requests_per_second=FAST, concurrency=1, settle_seconds=0.1)
        assert {"failed": 1, "unknown": 1} == counts(summary)
        rows = rejects_of(path.with_name("customers.rejects.csv"))[1:]
        assert [("1", "failed"), ("2", "unknown")] == [(row[3], row[4]) for row in rows]
        assert "InternalServerError: search_profiles" in rows[0][5]

    @pytest.mark.parametrize("ending", ["jsonl", "csv"])
    def test_standard_input_is_checked_while_it_is_sent(
        self, client: CustomerProfilesClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
    ) -> None:
        """Standard input can be read only once; it has no journal unless one is named."""
        monkeypatch.chdir(tmp_path)
        content = {
            "csv": f"{HEADER}C-1,Ana,\nC-2,{'B' * 300},\n",
            "jsonl": '{"account_number": "C-1"}\n{"account_number": "C-2", "first_name": "' + "B" * 300 + '"}\n',
        }[ending]
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        summary = load_file(client, "-", format=ending, requests_per_second=FAST)  # type: ignore[arg-type]  # a literal
        assert ({"created": 1, "rejected": 1}, 0) == (counts(summary), summary.checked_rows)
        assert [f"stdin.rejects.{ending}"] == [each.name for each in tmp_path.iterdir()]

    def test_a_journal_for_standard_input_is_one_that_is_named(
        self, client: CustomerProfilesClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a journal the same input, given again, is not resent."""
        monkeypatch.chdir(tmp_path)
        found = []
        for _ in range(2):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{HEADER}C-1,Ana,\n".encode())))
            found.append(load_file(client, "-", journal="my.journal", requests_per_second=FAST))
        assert [({"created": 1}, 0), ({"created": 1}, 1)] == [(counts(each), each.resumed) for each in found]

    def test_the_parts_do_the_same_as_the_whole(self, path: Path) -> None:
        """``read_rows`` and ``check_rows`` find what a load would reject."""
        outcomes = list(check_rows(read_rows(path)))
        assert [(2, "first_name: 300 characters, at most 255")] == [
            (each.row, str(each.problems[0])) for each in outcomes
        ]

    def test_no_column_for_a_key_is_an_error(self, client: CustomerProfilesClient, path: Path) -> None:
        """A file by which no customer can be found is not loaded row by row to find that out."""
        with pytest.raises(ColumnsError, match="match_on: no column fills email_address or personal_email_address or"):
            load_file(client, path, match_on=SearchKey.EMAIL)

    def test_what_is_wrong_with_the_file_is_raised_before_anything_is_made(
        self, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A file that cannot be loaded leaves no journal and no file of rejects."""
        path.write_text("account_number,Ort\nC-1,Cork\n", encoding="utf-8")
        with pytest.raises(ColumnsError, match="Ort: is not mapped"):
            load_file(client, path)
        assert ["customers.csv"] == [each.name for each in path.parent.iterdir()]

    def test_quotes_that_never_close_stop_before_anything_is_sent(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """The file is read to its end before the first call."""
        path.write_text(f'{HEADER}C-1,Ana,\nC-2,"Bob,\n', encoding="utf-8")
        with pytest.raises(InputFileError, match="line 3: "):
            load_file(client, path)
        assert [] == service.requests

    def test_a_mapping_may_have_rules_of_any_kind(self, client: CustomerProfilesClient, path: Path) -> None:
        """Whatever stands for a rule can be noted in the journal."""
        mapping = {"first_name": MappingProxyType({"field": "last_name"})}
        assert {"created": 2, "rejected": 1} == counts(load_file(client, path, mapping=mapping))

    def test_two_fields_of_one_row_are_no_duplicate(self, client: CustomerProfilesClient, path: Path) -> None:
        """A customer who has one phone number twice shares it with nobody."""
        path.write_text("phone_number,mobile_phone_number\n+49 30 123456,+4930123456\n", encoding="utf-8")
        assert 0 == load_file(client, path, match_on=SearchKey.PHONE).duplicate_keys

    def test_an_option_that_there_is_not_is_an_error(self, client: CustomerProfilesClient, path: Path) -> None:
        """An option that was misspelt is not passed over."""
        with pytest.raises(TypeError, match=r"load_file\(\) has no option concurency, skip_row"):
            load_file(client, path, skip_row=1, concurency=4)  # type: ignore[call-arg]  # that is the point

    def test_a_path_that_is_too_long_is_an_error(self, client: CustomerProfilesClient) -> None:
        """What no file can be called cannot be opened."""
        with pytest.raises(InputFileError, match="cannot be opened: File name too long"):
            load_file(client, f"{'a' * 5000}.csv")

    def test_a_wrong_option_is_an_error(self, client: CustomerProfilesClient, path: Path) -> None:
        """What is wrong with an option is said by its name."""
        with pytest.raises(InvalidRequestError, match='blank: expected "keep" or "clear"'):
            load_file(client, path, blank="erase")  # type: ignore[arg-type]  # that is the point


class TestResuming:
    """The same load, started again."""

    def test_a_load_goes_on_where_it_stopped(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """Rows that are in are not resent; what became of them is counted."""
        load_file(client, path, requests_per_second=FAST)
        arrived = len(service.requests)
        summary = load_file(client, path, requests_per_second=FAST)
        assert ({"created": 2, "rejected": 1}, 2, arrived) == (counts(summary), summary.resumed, len(service.requests))

    def test_the_file_of_rejects_holds_what_is_not_in_after_the_last_run(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A row that failed and is in now is no reject any more."""
        service.faults = Faults(Fault(FaultType.FAILED, operations=["SearchProfiles"], times=3))
        first = load_file(client, path, requests_per_second=FAST, concurrency=1)
        rejects = path.with_name("customers.rejects.csv")
        assert ({"created": 1, "rejected": 1, "failed": 1}, 3) == (counts(first), len(rejects_of(rejects)))
        second = load_file(client, path, requests_per_second=FAST, concurrency=1)
        assert ({"created": 2, "rejected": 1}, 2) == (counts(second), len(rejects_of(rejects)))

    def test_rows_in_doubt_that_are_in_are_counted(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """The summary tells how many rows of an earlier run were settled."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=0.3)
        first = load_file(client, path, requests_per_second=FAST, settle_seconds=0)
        service.faults = Faults()
        second = load_file(client, path, requests_per_second=FAST, settle_seconds=0.5)
        assert ({"rejected": 1, "unknown": 2}, {"rejected": 1, "unchanged": 2}) == (counts(first), counts(second))
        assert 2 == second.settled

    def test_a_load_that_is_stopped_while_it_waits_for_search_waits_again(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A wait that was not finished is no wait."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=60)
        load_file(client, path, requests_per_second=FAST, settle_seconds=0)

        def stop(summary: LoadSummary) -> None:
            if summary.checked_rows == 3:
                raise KeyboardInterrupt

        for _ in range(2):
            arrived = len(service.requests)
            with pytest.raises(KeyboardInterrupt):
                load_file(client, path, settle_seconds=30, on_progress=stop)
            assert arrived == len(service.requests)

    def test_another_file_is_another_load(self, client: CustomerProfilesClient, path: Path) -> None:
        """A journal of yesterday's file does not say which rows of today's are in."""
        load_file(client, path, requests_per_second=FAST)
        path.write_text(f"{HEADER}C-9,Ana,\n", encoding="utf-8")
        with pytest.raises(JournalError, match="the file differs"):
            load_file(client, path)

    def test_another_mapping_is_another_load(self, client: CustomerProfilesClient, path: Path) -> None:
        """Rows that were loaded by another mapping are not in by this one."""
        load_file(client, path, requests_per_second=FAST)
        with pytest.raises(JournalError, match="the mapping differs"):
            load_file(client, path, mapping={"first_name": "last_name"})

    def test_other_options_of_reading_are_another_load(self, client: CustomerProfilesClient, path: Path) -> None:
        """A cell that cleared nothing may clear something now."""
        load_file(client, path, requests_per_second=FAST)
        with pytest.raises(JournalError, match="the options of reading differ"):
            load_file(client, path, blank="clear")

    def test_a_load_that_its_check_stopped_can_have_other_options(
        self, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A load that failed in its check goes on with the option that its error names."""
        path.write_text(f"{HEADER}C-1,Ana,\nC-2,Zoë,\n", encoding="latin-1")
        with pytest.raises(InputFileError, match="line 3: "):
            load_file(client, path)
        summary = load_file(client, path, encoding="latin-1")
        assert {"created": 2} == counts(summary)

    def test_a_load_can_begin_anew(self, client: CustomerProfilesClient, path: Path) -> None:
        """Begun anew, a load sends every row, and writes its file of rejects again."""
        load_file(client, path, requests_per_second=FAST)
        path.write_text(f"{HEADER}C-1,Ana,Dublin\n", encoding="utf-8")
        summary = load_file(client, path, requests_per_second=FAST, fresh=True)
        assert ({"updated": 1}, 0) == (counts(summary), summary.resumed)
        assert not path.with_name("customers.rejects.csv").exists()

    def test_a_killed_load_is_finished_without_duplicates(self, tmp_path: Path) -> None:
        """Killed at any moment and started again, a load creates each customer once."""
        path = tmp_path / "customers.csv"
        rows = "".join(f"C-{number % 150},Ana {number // 150},\n" for number in range(300))
        path.write_text(HEADER + rows, encoding="utf-8")
        with (
            LocalCustomerProfiles(["acme"], faults=Faults(search_lag_seconds=0.5)) as service,
            service.serve() as server,
        ):
            for _ in range(3):
                process = subprocess.Popen(
                    [sys.executable, "-c", LOAD, str(path), server.url], env={**os.environ, **CREDENTIALS}
                )
                arrived = len(service.requests)
                deadline = time.monotonic() + 60
                while len(service.requests) < arrived + 60 and process.poll() is None and time.monotonic() < deadline:
                    time.sleep(0.005)
                process.send_signal(signal.SIGKILL)
                process.wait()
            subprocess.run(
                [sys.executable, "-c", LOAD, str(path), server.url], env={**os.environ, **CREDENTIALS}, check=True
            )
            client = service.client("acme")
            time.sleep(0.6)
            found = [list(client.search_profiles({"_account": f"C-{number}"})) for number in range(150)]
        assert [1] * 150 == [len(each) for each in found]
        assert {"Ana 1"} == {each[0].profile.first_name for each in found}


CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
LOAD = """
import sys
from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.bulk import load_file

client = CustomerProfilesClient("acme", region_name="us-east-1", endpoint_url=sys.argv[2])
summary = load_file(client, sys.argv[1], requests_per_second=1000, settle_seconds=1.0)
assert (300, 300) == (summary.rows, summary.created + summary.updated + summary.unchanged), summary
"""


class TestStops:
    """What ends a load before its last row."""

    def test_a_name_that_is_not_mapped_stops_before_anything_is_sent(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """Each record of JSON Lines has names of its own, so the error tells the line."""
        path = tmp_path / "customers.jsonl"
        path.write_text(
            '{"account_number": "C-1"}\n{"account_number": "C-2", "emial_address": "x"}\n', encoding="utf-8"
        )
        with pytest.raises(ColumnsError, match=r"line 2: emial_address: .*email_address"):
            load_file(client, path)
        assert [] == service.requests

    def test_too_many_rejected_rows_stop_before_anything_is_sent(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A limit is looked at when the whole file is checked."""
        with pytest.raises(LoadStoppedError, match="1 rows are rejected, more than 20 % of them") as caught:
            load_file(client, path, max_rejects="20%")
        assert ({"rejected": 1}, []) == (counts(caught.value.summary), service.requests)

    def test_too_many_failed_rows_stop_the_load(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """Rows that fail count like rows that are rejected."""
        service.faults = Faults(Fault(FaultType.FAILED, operations=["SearchProfiles"]))
        with pytest.raises(LoadStoppedError, match="2 rows were rejected or failed, more than 1"):
            load_file(client, path, max_rejects=1, requests_per_second=FAST, concurrency=1)

    @pytest.mark.parametrize("name", ["denied", "without credentials"])
    def test_a_load_that_stopped_shows_no_row(
        self, service_responds: Callable[..., CustomerProfilesClient], path: Path, name: str
    ) -> None:
        """No tool that prints the local variables of a traceback finds the row that could not be sent."""
        path.write_text(f"{HEADER}s3cret,s3cret,\n", encoding="utf-8")
        client = service_responds(403, {"Message": "no"}, {"x-amzn-ErrorType": "AccessDeniedException"})
        if name != "denied":
            client = CustomerProfilesClient("acme", session=boto3.Session(region_name="eu-central-1"))
        with pytest.raises(LoadStoppedError) as caught:
            load_file(client, path)
        assert caught.value.__cause__ is not None
        shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        assert "s3cret" not in "".join(shown.format())

    def test_a_cause_in_the_account_stops_the_load(self, client: CustomerProfilesClient, path: Path) -> None:
        """The error that stopped it is its cause, and the summary tells what became of the rows so far."""
        with pytest.raises(LoadStoppedError, match=r"DomainNotFoundError: .*; start it again to go on") as caught:
            load_file(client.for_domain("other"), path, requests_per_second=FAST)
        assert "DomainNotFoundError" == type(caught.value.__cause__).__name__
        assert {"rejected": 1} == counts(caught.value.summary) or {} == counts(caught.value.summary)

    def test_what_progress_raises_comes_out_as_it_is(self, client: CustomerProfilesClient, path: Path) -> None:
        """A caller ends a load from its own code, after the rows that are in work; the next run goes on."""
        path.write_text(HEADER + "".join(f"C-{number},Ana,\n" for number in range(500)), encoding="utf-8")

        def stop(summary: LoadSummary) -> None:
            if summary.created > 10:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load_file(client, path, requests_per_second=100, on_progress=stop)
        summary = load_file(client, path, requests_per_second=FAST)
        assert ({"created": 500}, True, 0) == (counts(summary), 0 < summary.resumed < 100, summary.settled)

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), BrokenPipeError()])
    def test_what_progress_raises_during_the_check_comes_out_as_it_is(
        self, client: CustomerProfilesClient, path: Path, error: BaseException
    ) -> None:
        """A terminal that is gone is no full disk."""

        def stop(_: LoadSummary) -> None:
            raise error

        with pytest.raises(type(error)) as caught:
            load_file(client, path, on_progress=stop)
        assert error is caught.value

    @pytest.mark.parametrize("rows", [f"C-1,{'B' * 300},\n", 'C-1,"Bob,\n'])
    def test_a_load_that_stops_in_its_check_lets_go_of_its_journal(
        self, client: CustomerProfilesClient, path: Path, rows: str
    ) -> None:
        """Who caught the error, and holds it, can start the same load again."""
        path.write_text(HEADER + rows, encoding="utf-8")
        found = []
        for _ in range(2):
            with pytest.raises((LoadStoppedError, InputFileError)) as caught:
                load_file(client, path, max_rejects=0)
            found.append(caught)
        assert str(found[0].value) == str(found[1].value)

    def test_a_load_can_end_while_it_waits_for_search(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """What may have been created is waited for by the next run."""
        path.write_text(f"{HEADER}C-1,Ana,\n", encoding="utf-8")
        service.faults = Faults(Fault(FaultType.FAILED, operations=["CreateProfile"]), search_lag_seconds=0.3)
        assert {"unknown": 1} == counts(load_file(client, path, settle_seconds=0))

        def stop(summary: LoadSummary) -> None:
            if summary.checked_rows:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load_file(client, path, settle_seconds=60, on_progress=stop)
        summary = load_file(client, path, settle_seconds=0.4)
        assert ({"unchanged": 1}, 1) == (counts(summary), summary.settled)

    def test_a_file_that_changes_stops_the_load(self, client: CustomerProfilesClient, path: Path) -> None:
        """Rows that were not checked are not sent."""

        def change(summary: LoadSummary) -> None:
            if summary.checked_rows == 0:
                path.write_text(f"{HEADER}C-1,Ana,\n", encoding="utf-8")

        with pytest.raises(LoadStoppedError, match="the file changed while it was loaded"):
            load_file(client, path, on_progress=change)

    @pytest.mark.parametrize("name", ["Ana", "A" * 300])
    def test_a_full_disk_stops_the_load(self, tmp_path: Path, name: str) -> None:
        """Where the journal or the file of rejects cannot be written, nothing more is sent."""
        path = tmp_path / "customers.csv"
        path.write_text(HEADER + "".join(f"C-{number},{name},\n" for number in range(3000)), encoding="utf-8")
        process = subprocess.run(
            [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False, timeout=120
        )
        assert "" == process.stderr
        outcome = json.loads(process.stdout)
        assert "LoadStoppedError" == outcome["error"]
        assert outcome["rows"] < 3000

    def test_a_full_disk_shows_no_row(self, tmp_path: Path) -> None:
        """No tool that prints the local variables of a traceback finds the row that could not be written."""
        path = tmp_path / "customers.jsonl"
        row = json.dumps({"account_number": "C-1", "first_name": "s3cret" * 1000})
        path.write_text(f"{row}\n" * 100, encoding="utf-8")
        process = subprocess.run(
            [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False, timeout=120
        )
        outcome = json.loads(process.stdout)
        assert "OSError" in outcome["traceback"]
        assert "s3cret" not in outcome["traceback"]


FULL_DISK = """
import json, resource, signal, sys, traceback
from customer_profiles_sdk.bulk import LoadStoppedError, load_file
from customer_profiles_sdk.local import LocalCustomerProfiles

with LocalCustomerProfiles(["acme"]) as service:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, resource.RLIM_INFINITY))
    try:
        load_file(service.client("acme"), sys.argv[1], requests_per_second=100_000)
    except LoadStoppedError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        print(json.dumps({"error": type(error).__name__, "rows": error.summary.rows, "traceback": shown}))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


class TestRejects:
    """The file of rejects."""

    def test_it_has_the_inputs_columns_and_three_more(self, client: CustomerProfilesClient, path: Path) -> None:
        """A rejected row stands as it stood, with its number, what became of it and why."""
        load_file(client, path, requests_per_second=FAST)
        assert [
            ["account_number", "first_name", "address.city", "_row", "_action", "_problems"],
            ["C-2", "B" * 300, "Cork", "2", "rejected", "first_name: 300 characters, at most 255"],
        ] == rejects_of(path.with_name("customers.rejects.csv"))

    def test_only_the_owner_may_read_it(self, client: CustomerProfilesClient, path: Path) -> None:
        """It holds customers' data, whatever the process's mask."""
        mask = os.umask(0)
        try:
            load_file(client, path, requests_per_second=FAST)
        finally:
            os.umask(mask)
        assert 0o600 == stat.S_IMODE(path.with_name("customers.rejects.csv").stat().st_mode)

    def test_without_rejects_there_is_no_file(self, client: CustomerProfilesClient, path: Path) -> None:
        """No empty file is left behind."""
        path.write_text(f"{HEADER}C-1,Ana,\n", encoding="utf-8")
        load_file(client, path, requests_per_second=FAST)
        assert not path.with_name("customers.rejects.csv").exists()

    def test_a_file_that_is_there_is_not_overwritten(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A file that is not this load's is an error, before anything is sent."""
        rejects = path.with_name("customers.rejects.csv")
        rejects.write_text("mine", encoding="utf-8")
        with pytest.raises(JournalError, match="exists and is not this load's, or was changed since: move"):
            load_file(client, path)
        assert ("mine", []) == (rejects.read_text(encoding="utf-8"), service.requests)

    def test_one_that_a_person_has_corrected_is_not_overwritten(
        self, client: CustomerProfilesClient, path: Path
    ) -> None:
        """The work of a person is not lost when the load of the whole file is started once more."""
        load_file(client, path, requests_per_second=FAST)
        rejects = path.with_name("customers.rejects.csv")
        corrected = rejects.read_text(encoding="utf-8").replace("B" * 300, "Bob")
        rejects.write_text(corrected, encoding="utf-8")
        with pytest.raises(JournalError, match="or was changed since: move it away, or name another one"):
            load_file(client, path)
        assert corrected == rejects.read_text(encoding="utf-8")

    def test_a_missing_folder_is_named_before_anything_is_sent(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, path: Path
    ) -> None:
        """A file of rejects that cannot be made is not found out when the first row fails."""
        path.write_text(f"{HEADER}C-1,Ana,\n", encoding="utf-8")
        with pytest.raises(JournalError, match="its folder is missing or cannot be written to"):
            load_file(client, path, rejects=path.with_name("missing") / "rejects.csv")
        assert [] == service.requests

    @pytest.mark.parametrize("cell", ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b"])
    def test_a_cell_of_several_lines_is_loaded_again_as_it_is(
        self, client: CustomerProfilesClient, path: Path, cell: str
    ) -> None:
        """Whatever ends a line or a cell is quoted."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["account_number", "first_name", "city"], ["C-1", "B" * 300, cell]])
        mapping = {"city": "address.city"}
        load_file(client, path, mapping=mapping)
        (row,) = read_rows(path.with_name("customers.rejects.csv"), mapping=mapping)
        assert cell == row.cells[2]

    def test_a_line_that_cannot_be_read_is_no_row_of_a_single_cell(
        self, client: CustomerProfilesClient, path: Path
    ) -> None:
        """Loaded again as it is, a line with broken quotes is rejected again, also where a file has one column."""
        path.write_text('account_number\nC-1\n"C-2"x\n', encoding="utf-8")
        load_file(client, path)
        rejects = path.with_name("customers.rejects.csv")
        assert {"rejected": 1} == counts(load_file(client, rejects))

    def test_it_can_be_loaded_again_as_it_is(self, client: CustomerProfilesClient, path: Path) -> None:
        """Corrected, the rows are loaded by the same options; what is wrong still is rejected again."""
        load_file(client, path, requests_per_second=FAST)
        rejects = path.with_name("customers.rejects.csv")
        assert {"rejected": 1} == counts(load_file(client, rejects, requests_per_second=FAST))
        rejects.write_text(rejects.read_text(encoding="utf-8").replace("B" * 300, "Bob"), encoding="utf-8")
        assert {"created": 1} == counts(load_file(client, rejects, requests_per_second=FAST, fresh=True))

    @pytest.mark.parametrize(("encoding", "delimiter"), [("latin-1", ";"), ("utf-16", "\t"), ("utf-8-sig", "|")])
    def test_it_has_the_dialect_of_the_input(
        self, client: CustomerProfilesClient, path: Path, encoding: str, delimiter: str
    ) -> None:
        """The options that read the input read the rejects."""
        lines = [f"{HEADER}C-1,Zoë,\nC-2,{'ß' * 300},Köln\n".replace(",", delimiter)]
        path.write_text("".join(["Export\n", *lines]), encoding=encoding)
        load_file(client, path, encoding=encoding, skip_rows=1, requests_per_second=FAST)
        rejects = path.with_name("customers.rejects.csv")
        rows = list(read_rows(rejects, encoding=encoding, skip_rows=1))
        assert [Profile(account_number="C-2", first_name="ß" * 300)] == [
            Profile(account_number=each.profile.account_number, first_name=each.profile.first_name)
            for each in rows
            if each.profile
        ]

    def test_a_row_of_another_width_stays_one(self, client: CustomerProfilesClient, path: Path) -> None:
        """A row that has too few or too many cells is not made to fit."""
        path.write_text(f"{HEADER}C-1,Ana\nC-2,Bob,Cork,x\nTotal: 2 rows\n", encoding="utf-8")
        assert {"rejected": 3} == counts(load_file(client, path))
        rejects = path.with_name("customers.rejects.csv")
        assert {"rejected": 3} == counts(load_file(client, rejects))
        for each in (rejects, path.with_name("customers.rejects.rejects.csv")):
            rows = rejects_of(each)[1:]
            assert [["C-1", "Ana"], ["C-2", "Bob", "Cork", "x"], ["Total: 2 rows"]] == [row[:-3] for row in rows]

    def test_json_lines_stay_json_lines(self, client: CustomerProfilesClient, tmp_path: Path) -> None:
        """The rejects of JSON Lines keep the types of their values."""
        path = tmp_path / "customers.jsonl"
        path.write_text(
            '{"account_number": 7, "first_name": 2.5, "address": {"city": "Cork"}}\n{"x\n', encoding="utf-8"
        )
        assert {"rejected": 2} == counts(load_file(client, path))
        rejects = path.with_name("customers.rejects.jsonl")
        lines = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
        assert {
            "account_number": 7,
            "first_name": 2.5,
            "address.city": "Cork",
            "_row": 1,
            "_action": "rejected",
            "_problems": "first_name: expected a text, got float",
        } == lines[0]
        assert '{"x' == lines[1]["_line"]
        assert {"rejected": 2} == counts(load_file(client, rejects))

    def test_json_lines_keep_their_encoding(self, client: CustomerProfilesClient, tmp_path: Path) -> None:
        """The options that read the input read the rejects, whatever characters their values are made of."""
        path = tmp_path / "customers.jsonl"
        path.write_text('{"account_number": "Zoë \\u20ac", "first_name": 2.5}\n', encoding="latin-1")
        load_file(client, path, encoding="latin-1")
        row = next(read_rows(path.with_name("customers.rejects.jsonl"), encoding="latin-1"))
        assert "Zoë €" == row.cells[0]

    def test_records_with_names_of_their_own_become_json_lines(
        self, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """A Parquet file with a map has no header that a CSV file could have."""
        pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[parquet]'")
        parquet: Any = pytest.importorskip("pyarrow.parquet")
        path = tmp_path / "customers.parquet"
        schema = pa.schema({"account_number": pa.int64(), "attributes": pa.map_(pa.string(), pa.string())})
        rows = [{"account_number": 1, "attributes": [("tier", "x" * 300)]}]
        parquet.write_table(pa.Table.from_pylist(rows, schema), path)
        assert {"rejected": 1} == counts(load_file(client, path))
        rejects = path.with_name("customers.rejects.jsonl")
        assert {"account_number": 1, "attributes.tier": "x" * 300} == {
            name: value
            for name, value in json.loads(rejects.read_text(encoding="utf-8")).items()
            if not name.startswith("_")
        }


class TestLimits:
    """How many rows may be rejected or fail."""

    @pytest.mark.parametrize(
        ("limit", "count", "expected"),
        [(None, 100, False), (0, 0, False), (0, 1, True), ("5", 5, False), ("5", 6, True), ("5%", 5, False)],
    )
    def test_a_limit_is_exceeded_by_more(self, limit: int | str | None, count: int, expected: bool) -> None:  # noqa: FBT001
        """As many rows as the limit says are allowed."""
        assert expected is RejectLimit.parsed(limit).is_exceeded(count, 100)

    def test_a_share_is_exceeded_by_more(self) -> None:
        """A share may have decimals."""
        assert RejectLimit.parsed("2.5%").is_exceeded(26, 1000)

    @pytest.mark.parametrize("limit", ["", "5.5", "-1", "101%", "x", "5 %", True, 2.5])
    def test_what_is_no_limit_is_an_error(self, limit: int | str) -> None:
        """What stands for no number of rows is not taken for one."""
        with pytest.raises(InvalidRequestError, match="max_rejects: expected a number of rows, or a share of them"):
            RejectLimit.parsed(limit)

    def test_a_share_of_standard_input_is_an_error(self) -> None:
        """How many rows there will be is not known."""
        with pytest.raises(InvalidRequestError, match="a share needs a file that can be checked first"):
            RejectLimit.parsed("5%", is_stream=True)


class TestPlaces:
    """Where files are made that nobody named."""

    def test_beside_the_file(self, tmp_path: Path) -> None:
        """A journal stands beside its file."""
        assert tmp_path / "customers.journal" == beside(tmp_path / "customers.csv", ".journal")

    def test_in_the_current_folder_where_the_files_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Files may stand where nothing can be added."""
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
        assert Path("customers.journal") == beside(tmp_path / "customers.csv", ".journal")
