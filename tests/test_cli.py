"""The command ``customer-profiles``: what it prints, its exit codes, its signals."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from customer_profiles_sdk import __version__
from customer_profiles_sdk.bulk import LoadSummary
from customer_profiles_sdk.cli import main
from customer_profiles_sdk.cli.connecting import LOCAL_FILE
from customer_profiles_sdk.cli.progress import LineProgress, duration, progress_text
from customer_profiles_sdk.cli.texts import load_text
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

HEADER = "account_number,first_name,address.city\n"
COMMAND = [sys.executable, "-m", "customer_profiles_sdk.cli"]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
SECRET = "Rumpelstiltskin"
"""A customer's name, which must stand in no output."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a file of three customers, of which one is rejected."""
    monkeypatch.chdir(tmp_path)
    write_file(["C-1,Ana,Cork", f"C-2,{SECRET * 20},Cork", "C-3,Eva,"])
    return tmp_path


@pytest.fixture
def server_url(service: LocalCustomerProfiles) -> Iterator[str]:
    """Return the address of an embedded service over HTTP."""
    with service.serve() as server:
        yield server.url


def write_file(rows: Sequence[str]) -> None:
    """Write the file of customers."""
    Path("customers.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def many(count: int) -> list[str]:
    """Return the rows of so many customers."""
    return [f"C-{number},Ana," for number in range(count)]


def run(*arguments: str, standard_input: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=standard_input,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def begin(*arguments: str, standard_error: int = subprocess.PIPE) -> "subprocess.Popen[str]":
    """Begin the command as a process of its own."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=standard_error,
        text=True,
        env={**os.environ, **CREDENTIALS},
    )


def wait_for_requests(service: LocalCustomerProfiles, count: int) -> None:
    """Wait until so many requests have arrived."""
    deadline = time.monotonic() + 60
    while len(service.requests) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestHelp:
    """What the command says about itself."""

    @pytest.mark.parametrize("arguments", [["--help"], ["load", "--help"], ["check", "-h"], ["--version"]])
    def test_it_is_quick(self, arguments: list[str]) -> None:
        """Neither boto3 nor the loader is imported to show it."""
        code = f"import sys; from customer_profiles_sdk.cli import main; main({arguments!r}); print(*sys.modules)"
        process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        *_, modules = process.stdout.splitlines()
        slow = {"boto3", "botocore", "customer_profiles_sdk.bulk", "customer_profiles_sdk.local"}
        assert set() == slow & set(modules.split())

    def test_each_command_has_its_own(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The help of a command names its options and what they are without being given."""
        assert 0 == main(["load", "--help"])
        text = capsys.readouterr().out
        options = "--format --map --mapping --match-on --blank --clear-marker --requests-per-second --concurrency"
        options += " --max-rejects --rejects --journal --fresh --no-progress --quiet --output --region --profile"
        assert [] == [each for each in f"{options} --endpoint-url --local --domain".split() if f"{each} " not in text]
        assert "[default: 98.0" in text

    def test_the_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        """It is the version of the package."""
        assert 0 == main(["--version"])
        assert f"customer-profiles, version {__version__}\n" == capsys.readouterr().out

    def test_without_a_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The help is shown, and the exit code is that of a mistake."""
        assert 2 == main([])
        assert "Usage: customer-profiles" in capsys.readouterr().err

    def test_without_the_extra(self) -> None:
        """One line says what to install."""
        code = "import sys; sys.modules['click'] = None; from customer_profiles_sdk.cli import main; sys.exit(main())"
        process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        message = "the command needs an extra: pip install 'customer-profiles-sdk[cli]'\n"
        assert (2, "", message) == (process.returncode, process.stdout, process.stderr)

    def test_a_mistake_within_the_package_is_not_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only a missing click is the extra's."""
        monkeypatch.delitem(sys.modules, "customer_profiles_sdk.cli.commands", raising=False)
        monkeypatch.setitem(sys.modules, "customer_profiles_sdk.cli.options", None)
        with pytest.raises(ModuleNotFoundError, match="options"):
            main(["--help"])


class TestUsage:
    """What is wrong with a command line is one or two lines on standard error, and exit code 2."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["load", "customers.csv"], "Missing option '--domain'. To try a load without AWS, use --local."),
            (["load", "customers.csv", "--domain", "a b"], "'--domain': expected 1 to 64 letters, digits, '_' and '-'"),
            (["check", "customers.csv", "--map", "Ort"], "expected a column and its field"),
            (["check", "customers.csv", "--match-on", "name"], "'name' is not one of"),
            (["check", "customers.csv", "--mapping", "none.toml"], "the file cannot be read: No such file"),
            (
                ["check", "customers.csv", "--map", "first_name=emial"],
                "first_name: there is no field of this name; the nearest is email_address",
            ),
            (["check", "none.csv"], "'none.csv' cannot be opened: No such file or directory"),
            (["check", "customers.csv", "--delimiter", "ab"], "delimiter (--delimiter) is one character"),
            (["load", "customers.csv", "--local", "--max-rejects", "x"], "--max-rejects: expected a number of rows"),
            (["load", "customers.csv", "--local", "--concurrency", "0"], "0 is not in the range 1<=x<=1000"),
            (["load", "customers.csv", "--domain", "acme"], "You must specify a region."),
            (["load", "customers.csv", "--domain", "acme", "--profile", "none"], "The config profile (none) could not"),
            (
                ["load", "customers.csv", "--domain", "acme", "--region", "x", "--endpoint-url", "http://a.example"],
                "--endpoint-url: http:// would send customers' data in clear text",
            ),
            (["columns", "none.csv"], "cannot be opened"),
            (["serve", "--host", "192.0.2.1"], "allow_remote"),
            (["nothing"], "No such command 'nothing'"),
        ],
    )
    def test_a_mistake(
        self, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It names the option or the place, and there is no traceback."""
        monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
        code = main([*arguments, "--quiet"] if arguments[0] == "load" else arguments)
        output = capsys.readouterr()
        assert code in {1, 2}
        assert message in output.err
        assert "" == output.out
        assert 3 >= len(output.err.splitlines())

    def test_a_file_of_another_application(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The embedded service opens no file that is not its own."""
        Path(LOCAL_FILE).write_text("mine", encoding="utf-8")
        assert 2 == main(["load", "customers.csv", "--local"])
        assert "is not an SQLite database" in capsys.readouterr().err

    def test_a_defect_is_told_without_a_customers_data(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Its kind and its place alone are shown."""

        def fail(*_: object, **__: object) -> None:
            raise KeyError(SECRET)

        monkeypatch.setattr("customer_profiles_sdk.cli.checking.match_keys", fail)
        assert 3 == main(["check", "customers.csv"])
        output = capsys.readouterr()
        assert re.fullmatch(r"customer-profiles: unexpected KeyError in test_cli.py, line \d+: .*\n", output.err)

    def test_a_full_disk(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """What the system says is shown, with the file where one is known."""

        def fail(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device", "proposal")

        monkeypatch.setattr("customer_profiles_sdk.cli.checking.match_keys", fail)
        assert 3 == main(["check", "customers.csv"])
        assert "customer-profiles: proposal: No space left on device\n" == capsys.readouterr().err


class TestColumns:
    """``columns`` proposes a mapping on standard output."""

    def test_a_csv_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The proposal is a mapping file."""
        Path("customers.csv").write_text("Record ID,Ort\n1,Cork\n", encoding="utf-8")
        assert 0 == main(["columns", "customers.csv"])
        assert '"Record ID" = "account_number"\n' in capsys.readouterr().out

    def test_records_with_names_of_their_own(self, capsys: pytest.CaptureFixture[str]) -> None:
        """All names of the first records are columns."""
        Path("customers.jsonl").write_text('{"Email": "a@x.example"}\n{"Phone": "021 555 0142"}\n', encoding="utf-8")
        assert 0 == main(["columns", "customers.jsonl"])
        output = capsys.readouterr().out
        assert '"Email" = "email_address"\n"Phone" = "phone_number"\n' in output


class TestCheck:
    """``check`` lists every problem and sends nothing."""

    def test_all_rows_are_fit(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The summary alone is printed, and the exit code is 0."""
        write_file(many(3))
        assert 0 == main(["check", "customers.csv"])
        assert ("3 rows: 3 fit to load, 0 rejected\n", "") == capsys.readouterr()

    def test_problems(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Each problem names row, line, column and rule; no value is shown."""
        write_file(["C-1,Ana,", f"C-2,{'B' * 300},{'C' * 300}", "C-1,Eva,"])
        assert 1 == main(["check", "customers.csv"])
        assert [
            "row 2 (line 3): first_name: 300 characters, at most 255",
            "row 2 (line 3): address.city: 300 characters, at most 255",
            "3 rows: 2 fit to load, 1 rejected",
            "1 row shares a key with an earlier row: the same customer",
        ] == capsys.readouterr().out.splitlines()

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_as_json(self, count: int, capsys: pytest.CaptureFixture[str]) -> None:
        """The problems and the summary are one object."""
        write_file([*many(1), *(f"C-9{number},{'B' * 300}," for number in range(count))])
        assert (1 if count else 0) == main(["check", "customers.csv", "--output", "json"])
        content = json.loads(capsys.readouterr().out)
        assert (count + 1, count, 0) == (content["rows"], content["rejected"], content["duplicate_keys"])
        problem = {"path": "first_name", "message": "300 characters, at most 255"}
        assert [{"row": row, "line": row + 1, **problem} for row in range(2, count + 2)] == content["problems"]

    def test_options(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A single column is mapped over the file, and several keys may find a customer."""
        Path("mapping.toml").write_text('[columns]\nOrt = "ignore"\n"a=b" = "email_address"\n', encoding="utf-8")
        Path("customers.csv").write_text("Export\nOrt\ta=b\nKöln\tana@x.example\n", encoding="latin-1")
        options = ["--mapping", "mapping.toml", "--map", "Ort=address.city", "--match-on", "_account", "--match-on"]
        reading = ["email", "--encoding", "latin-1", "--skip-rows", "1", "--delimiter", "tab"]
        assert 0 == main(["check", "customers.csv", *options, *reading])
        assert "1 row: 1 fit to load, 0 rejected\n" == capsys.readouterr().out

    def test_a_column_name_that_a_terminal_would_obey(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Control characters are written as their codes."""
        Path("customers.csv").write_text(f"account_number,a\x1bb\nC-1,{'B' * 300}\n", encoding="utf-8")
        assert 1 == main(["check", "customers.csv", "--map", "a\x1bb=first_name"])
        assert "row 1 (line 2): a\\x1bb (first_name): 300 characters" in capsys.readouterr().out

    def test_standard_input(self) -> None:
        """``-`` is read as it comes."""
        process = run("check", "-", standard_input=HEADER + "C-1,Ana,\n")
        assert (0, "1 row: 1 fit to load, 0 rejected\n", "") == (process.returncode, process.stdout, process.stderr)

    def test_nobody_reads_the_output(self) -> None:
        """It is no error that needs words."""
        write_file([f"C-{number},{'B' * 300}," for number in range(5000)])
        with begin("check", "customers.csv") as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr is not None
            assert (141, "") == (process.wait(60), process.stderr.read())


class TestLoad:
    """``load`` checks, sends, and says what became of the rows."""

    def test_locally(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The profiles are kept in a file beside the journal, and no account is needed."""
        assert 1 == main(["load", "customers.csv", "--local"])
        output = capsys.readouterr()
        assert (
            "3 rows: 2 created, 0 updated, 0 unchanged, 1 rejected, 0 failed, 0 unknown" == output.out.splitlines()[0]
        )
        assert [
            f"customer-profiles: nothing is sent to AWS: the profiles are kept in {LOCAL_FILE}",
            "customer-profiles: the rows that are not in: customers.rejects.csv; correct them and load that file",
        ] == output.err.splitlines()
        with LocalCustomerProfiles(path=LOCAL_FILE) as service:
            assert 1 == len(list(service.client("local").search_profiles({"_account": "C-3"})))

    def test_all_rows_are_in(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Quietly, the summary is all that is printed."""
        write_file(many(3))
        assert 0 == main(["load", "customers.csv", "--local", "--quiet"])
        assert "" == capsys.readouterr().err

    def test_again(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The same command resumes; rows that are in are counted as what became of them then."""
        main(["load", "customers.csv", "--local"])
        capsys.readouterr()
        assert 1 == main(["load", "customers.csv", "--local"])
        lines = capsys.readouterr().out.splitlines()
        assert "3 rows: 2 created, 0 updated, 0 unchanged, 1 rejected, 0 failed, 0 unknown" == lines[0]
        assert "2 rows of these loaded by an earlier run" == lines[1]

    def test_another_load(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A journal of something else is an error that says how to begin anew."""
        main(["load", "customers.csv", "--local"])
        write_file(many(2))
        assert 2 == main(["load", "customers.csv", "--local"])
        assert "the file differs. Begin anew with fresh (--fresh)" in capsys.readouterr().err
        assert 0 == main(["load", "customers.csv", "--local", "--fresh"])

    def test_the_files_can_be_named(self, folder: Path) -> None:
        """The service's file stands beside the journal."""
        (folder / "logs").mkdir()
        main(["load", "customers.csv", "--local", "--journal", "logs/a.journal", "--rejects", "logs/b.csv"])
        assert {"a.journal", "b.csv", LOCAL_FILE} == {each.name for each in (folder / "logs").iterdir()}

    def test_as_json(
        self, server_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Standard output holds one object with the summary's names."""
        for name, value in CREDENTIALS.items():
            monkeypatch.setenv(name, value)
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url, "--output", "json"]
        assert 1 == main(["load", "customers.csv", *options])
        content = json.loads(capsys.readouterr().out)
        assert (3, 2, 1, 4) == (content["rows"], content["created"], content["rejected"], content["requests"])
        assert "customers.rejects.csv" == content["rejects_file"]
        assert set(LoadSummary.__annotations__) == set(content)

    def test_standard_input(self) -> None:
        """Rows are checked while they are sent; there is no journal unless one is named."""
        process = run("load", "-", "--local", "--quiet", standard_input=HEADER + "C-1,Ana,\n")
        assert (0, "") == (process.returncode, process.stderr)
        assert {"customers.csv", LOCAL_FILE} == {each.name for each in Path().iterdir()}

    def test_it_stops(self, service: LocalCustomerProfiles, server_url: str) -> None:
        """A cause in the account stops the load, with the summary so far, and the same command goes on."""
        options = ["--domain", "other", "--region", "eu-central-1", "--endpoint-url", server_url]
        process = run("load", "customers.csv", *options, **CREDENTIALS)
        assert 3 == process.returncode
        assert "1 of 3 rows: 0 created" in process.stdout or "0 of 3 rows: 0 created" in process.stdout
        assert "customer-profiles: the load stopped: DomainNotFoundError: " in process.stderr
        assert process.stderr.endswith("customer-profiles: run the same command again to go on\n")
        service.boto3_client().create_domain(DomainName="other", DefaultExpirationDays=366)
        assert 1 == run("load", "customers.csv", *options, **CREDENTIALS).returncode

    def test_without_credentials(self, server_url: str) -> None:
        """The message says where they come from."""
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url]
        missing = {
            "AWS_CONFIG_FILE": "none",
            "AWS_SHARED_CREDENTIALS_FILE": "none",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        process = run("load", "customers.csv", *options, **missing)
        assert 3 == process.returncode
        assert "customer-profiles: set credentials as for the AWS CLI" in process.stderr

    def test_too_many_rejects(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The limit stops the load before anything is sent."""
        assert 3 == main(["load", "customers.csv", "--local", "--max-rejects", "0"])
        assert "1 rows are rejected, more than 0" in capsys.readouterr().err

    def test_no_customers_data_is_printed(self, service: LocalCustomerProfiles, server_url: str) -> None:
        """Neither a failure nor a problem shows a value; the file of rejects alone has them."""
        write_file([f"{SECRET}-{number},{SECRET},{SECRET * 20 if number % 2 else ''}" for number in range(6)])
        service.faults = Faults(Fault(FaultType.FAILED, operations=["CreateProfile"]))
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url]
        process = run("load", "customers.csv", *options, "--settle-seconds", "0", **CREDENTIALS)
        assert SECRET not in process.stdout + process.stderr
        assert SECRET.encode() not in Path("customers.journal").read_bytes()
        assert SECRET in Path("customers.rejects.csv").read_text(encoding="utf-8")

    def test_within_another_program(self) -> None:
        """What is printed goes where that program wants it."""
        with redirect_stdout(io.StringIO()) as output:
            main(["load", "customers.csv", "--local"])
        assert output.getvalue().startswith("3 rows: 2 created")

    def test_without_standard_output(self) -> None:
        """A program without a terminal has none."""
        code = "import sys; sys.stdout = None; from customer_profiles_sdk.cli import main; sys.exit(main())"
        process = subprocess.run([sys.executable, "-c", code, "load", "customers.csv", "--local"], check=False)
        assert 1 == process.returncode

    def test_the_summary(self) -> None:
        """It tells what an earlier run left, and where the load stopped."""
        summary = LoadSummary(rows=2, created=2, checked_rows=5, resumed=1, settled=1, seconds=2.0, rows_per_second=0.5)
        assert [
            "2 of 5 rows: 2 created, 0 updated, 0 unchanged, 0 rejected, 0 failed, 0 unknown",
            "1 row of these loaded by an earlier run",
            "1 row of these left in doubt by an earlier run, and settled",
            "2.0 s, 0.5 rows a second, 0 requests, 0 throttled",
        ] == load_text(summary).splitlines()


class TestSignals:
    """The first signal finishes the rows in work, the second ends the process."""

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_the_first(self, service: LocalCustomerProfiles, server_url: str, number: signal.Signals) -> None:
        """The summary so far is printed, the exit code names the signal, and the same command goes on."""
        write_file(many(400))
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url]
        with begin("load", "customers.csv", *options, "--requests-per-second", "50") as process:
            wait_for_requests(service, 10)
            process.send_signal(number)
            output, errors = process.communicate(timeout=60)
        assert 128 + number == process.returncode
        (rows,) = re.findall(r"^(\d+) of 400 rows: ", output)
        assert [
            "finishing the rows in work; press Ctrl-C again to stop at once",
            "customer-profiles: interrupted; run the same command again to go on",
        ] == errors.splitlines()
        again = run(
            "load", "customers.csv", *options, "--requests-per-second", "5000", "--output", "json", **CREDENTIALS
        )
        assert (0, int(rows)) == (again.returncode, json.loads(again.stdout)["resumed"])
        assert 400 == sum(request.operation == "CreateProfile" for request in service.requests)

    def test_the_second(self, service: LocalCustomerProfiles, server_url: str) -> None:
        """It does not wait for a response that does not come."""
        service.faults = Faults(Fault(FaultType.STALLED), stall_seconds=60)
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url]
        with begin("load", "customers.csv", *options) as process:
            wait_for_requests(service, 1)
            for _ in range(2):
                process.send_signal(signal.SIGINT)
                time.sleep(0.5)
            assert 130 == process.wait(20)

    def test_while_standard_input_is_waited_for(self, service: LocalCustomerProfiles, server_url: str) -> None:
        """A signal ends the waiting, and the rows before it are done."""
        options = ["--domain", "acme", "--region", "eu-central-1", "--endpoint-url", server_url]
        with begin("load", "-", *options, "--requests-per-second", "5000") as process:
            assert process.stdin is not None
            # More than one read of the file's buffer, so that rows come through before its end.
            process.stdin.write(HEADER + "".join(f"{row}{' ' * 900}\n" for row in many(300)))
            process.stdin.flush()
            wait_for_requests(service, 100)
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            assert 143 == process.wait(60)

    def test_a_check(self) -> None:
        """It has nothing to finish and ends at once."""
        with begin("check", "-") as process:
            assert process.stdin is not None
            process.stdin.write(HEADER + "".join(f"C-{number},{'B' * 900},\n" for number in range(300)))
            process.stdin.flush()
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert 130 == process.wait(60)
            assert process.stderr is not None
            assert "customer-profiles: interrupted\n" == process.stderr.read()

    def test_the_exit_code(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """A command that is ended says so, and returns the signal's number above 128."""

        class Interrupting(io.RawIOBase):
            """Standard input that is interrupted when it is read."""

            def readable(self) -> bool:
                return True

            def readinto(self, _: object) -> int:
                signal.raise_signal(signal.SIGTERM)
                return 0

        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Interrupting())))
        assert 143 == main(["check", "-"])
        assert "customer-profiles: interrupted\n" == capsys.readouterr().err

    def test_a_killed_load_goes_on(self) -> None:
        """Killed in the middle and started again, each customer is there once."""
        write_file(many(300))
        arguments = ["load", "customers.csv", "--local", "--settle-seconds", "0.1", "--requests-per-second", "200"]
        with begin(*arguments) as killed:
            deadline = time.monotonic() + 60
            while not Path("customers.journal").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.7)
            killed.kill()
        summary = json.loads(run(*arguments[:-1], "5000", "--output", "json").stdout)
        assert (300, 300) == (summary["rows"], summary["created"] + summary["updated"] + summary["unchanged"])
        with LocalCustomerProfiles(path=LOCAL_FILE) as service:
            domain = service.boto3_client().get_domain(DomainName="local")
        assert 300 == domain["Stats"]["ProfileCount"]


class TestProgress:
    """What a person sees meanwhile, on standard error."""

    def on_a_terminal(self, *arguments: str) -> str:
        """Return what the command writes to a terminal."""
        ours, theirs = pty.openpty()
        with begin(*arguments, standard_error=theirs):
            os.close(theirs)
            pieces = []
            while piece := self.read(ours):
                pieces.append(piece)
        os.close(ours)
        return b"".join(pieces).decode()

    def read(self, terminal: int) -> bytes:
        """Return what comes next, or nothing at the end."""
        try:
            return os.read(terminal, 65536)
        except OSError:  # Linux says so when nobody has the other end open
            return b""

    def test_a_bar_on_a_terminal(self) -> None:
        """It shows the rows that are in, the rate, the rejected rows and the time left, and is wiped at the end."""
        write_file([*many(60), f"C-99,{'B' * 300},"])
        text = self.on_a_terminal("load", "customers.csv", "--local", "--requests-per-second", "40")
        pattern = r"\[#+-+\] +\d+ %  \d+ of 61 rows, [\d.]+ a second, \d rejected, \d+ s left"
        assert re.search(pattern, text)
        assert re.search(r"\r +\rcustomer-profiles: the rows that are not in", text)

    @pytest.mark.parametrize("option", ["--no-progress", "--quiet"])
    def test_it_can_be_left_out(self, option: str) -> None:
        """The options turn it off."""
        assert "\r" not in self.on_a_terminal("check", "customers.csv", option).replace("\r\n", "")

    def test_of_a_check(self) -> None:
        """The rows so far are counted."""
        assert "checked " in self.on_a_terminal("check", "customers.csv")

    def test_a_line_now_and_then_elsewhere(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Every ten seconds a line, of which none is wiped."""
        now = 0.0
        progress = LineProgress(sys.stderr, lambda: now)
        for now in (5.0, 10.0, 15.0, 20.0):  # noqa: B007 (the clock reads it)
            progress.show(LoadSummary(rows=1, created=1, rows_per_second=1.0))
        progress.clear()
        assert 2 * "1 rows, 1.0 a second, 0 rejected\n" == capsys.readouterr().err

    @pytest.mark.parametrize(
        ("summary", "text"),
        [
            (LoadSummary(checked_rows=1, rejected=1), "checked 1 row, 1 rejected"),
            (LoadSummary(checked_rows=2000), "checked 2,000 rows"),
            (
                LoadSummary(rows=5, created=2, failed=2, unknown=1, checked_rows=1000, rows_per_second=0.1, requests=9),
                "5 of 1,000 rows, 0.1 a second, 0 rejected, 3 failed or unknown, 2 h 45 min left",
            ),
        ],
    )
    def test_the_text(self, summary: LoadSummary, text: str) -> None:
        """It says what counts at the moment."""
        assert text == progress_text(summary)

    @pytest.mark.parametrize(("seconds", "text"), [(59, "59 s"), (61, "1 min 1 s"), (7260, "2 h 1 min")])
    def test_durations(self, seconds: float, text: str) -> None:
        """Times are told in two units."""
        assert text == duration(seconds)


class TestServe:
    """``serve`` is the embedded service over HTTP."""

    def test_until_a_signal(self) -> None:
        """It says its address and ends with SIGTERM."""
        with begin("serve", "--domain", "acme", "--port", "0") as process:
            assert process.stdout is not None
            assert re.match(r"Customer profiles at http://127\.0\.0\.1:\d+, domains: acme\.", process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            assert 0 == process.wait(60)
