"""The file of the embedded service: looked at before it is opened, and nothing changed that is not its own."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from customer_profiles_sdk import Profile
from customer_profiles_sdk.local import LocalCustomerProfiles, store

OURS = "profiles.sqlite"


def make(path: Path) -> Path:
    """Make a file of the service with one profile in it."""
    with LocalCustomerProfiles(domains=["acme"], path=path) as service:
        service.client("acme").create_profile(Profile(account_number="1"))
    return path


def mode(path: Path) -> int:
    """Return the mode of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def rejection(path: str | os.PathLike[str]) -> str:
    """Return, after a look that it is one line, why the service does not open a path."""
    with pytest.raises((RuntimeError, ValueError)) as caught:
        LocalCustomerProfiles(domains=["acme"], path=path)
    message = str(caught.value)
    assert 1 == len(message.splitlines())
    return message


def other_database(path: Path) -> Path:
    """Make a database of another application, readable by everybody."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")
    path.chmod(0o644)
    return path


class TestNotOurs:
    """A path that is not a file of the service is left as it is, with a message that says what it is."""

    def test_an_empty_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An empty path is not the working folder."""
        monkeypatch.chdir(tmp_path)
        before = mode(tmp_path)

        assert "the path is empty" in rejection("")
        assert before == mode(tmp_path)

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder keeps its mode."""
        folder = tmp_path / "folder"
        folder.mkdir(mode=0o755)

        assert "is not a regular file" in rejection(folder)
        assert 0o755 == mode(folder)

    def test_a_pipe(self, tmp_path: Path) -> None:
        """What is no regular file is neither opened nor changed, also behind a symbolic link."""
        # A pipe stands for devices too: a defect must not change the machine on which it is found.
        pipe, link = tmp_path / "pipe", tmp_path / "link"
        os.mkfifo(pipe)
        pipe.chmod(0o644)
        link.symlink_to(pipe)

        for path in (link, pipe):
            assert "is not a regular file" in rejection(path)
        assert 0o644 == mode(pipe)

    def test_another_applications_database(self, tmp_path: Path) -> None:
        """An SQLite file of another application keeps its bytes, its mode and its folder."""
        path = other_database(tmp_path / "other.sqlite")
        before = path.read_bytes()

        assert "belongs to another application" in rejection(path)
        assert (before, 0o644, [path]) == (path.read_bytes(), mode(path), list(tmp_path.iterdir()))

    @pytest.mark.parametrize("content", [b"x", b"customer,city\n" * 100, b"SQLite format 3\0"])
    def test_any_other_file(self, tmp_path: Path, content: bytes) -> None:
        """A file that is no database keeps its bytes and its mode."""
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        path.chmod(0o644)

        assert "is not an SQLite database" in rejection(path)
        assert (content, 0o644) == (path.read_bytes(), mode(path))

    @pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
    @pytest.mark.parametrize("is_empty", [True, False])
    def test_what_is_beside_a_new_file(self, tmp_path: Path, suffix: str, is_empty: bool) -> None:  # noqa: FBT001
        """A file that SQLite would take for its own, and delete, keeps a new database from being made beside it."""
        path, beside = tmp_path / OURS, tmp_path / f"{OURS}{suffix}"
        beside.write_bytes(b"somebody's")
        if is_empty:
            path.touch()

        assert f"{beside} belongs to another database" in rejection(path)
        assert b"somebody's" == beside.read_bytes()

    @pytest.mark.parametrize("is_link", [True, False])
    def test_what_is_no_file_beside_ours(self, tmp_path: Path, is_link: bool) -> None:  # noqa: FBT001
        """A folder or a link that has the name of SQLite's second file is named, and keeps its mode."""
        path, beside, others = make(tmp_path / OURS), tmp_path / f"{OURS}-wal", tmp_path / "others"
        others.mkdir(mode=0o755)
        if is_link:
            beside.symlink_to(others)
        else:
            beside.mkdir(mode=0o755)

        assert f"{beside} is not a regular file" == rejection(path)
        assert (0o755, 0o755) == (mode(beside), mode(others))

    def test_another_applications_damaged_database(self, tmp_path: Path) -> None:
        """A database of another application that was cut short, or is just growing, is still told by its first page."""
        path = other_database(tmp_path / "other.sqlite")
        path.write_bytes(path.read_bytes()[:4096])

        assert "belongs to another application" in rejection(path)


class TestUnusable:
    """A file that cannot be used is a message of one line."""

    def test_a_folder_that_does_not_exist(self, tmp_path: Path) -> None:
        """A missing folder is named, and not made."""
        assert "the folder of" in rejection(tmp_path / "none" / OURS)
        assert not (tmp_path / "none").exists()

    def test_below_a_file(self, tmp_path: Path) -> None:
        """A path below a file is no path."""
        assert "Not a directory" in rejection(make(tmp_path / OURS) / "below")

    def test_a_read_only_file(self, tmp_path: Path) -> None:
        """A file that its owner made read-only stays that."""
        path = make(tmp_path / OURS)
        path.chmod(0o400)

        assert "is read-only" in rejection(path)
        assert 0o400 == mode(path)

    def test_another_version(self, tmp_path: Path) -> None:
        """A file that another release wrote is left as it is."""
        path = make(tmp_path / OURS)
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA user_version = 99")

        assert "has schema version 99; this release reads version" in rejection(path)

    @pytest.mark.parametrize("damage", ["cut", "overwritten", "no tables"])
    def test_a_damaged_file(self, tmp_path: Path, damage: str) -> None:
        """A file that lost some of its bytes is found out before it is served."""
        path = make(tmp_path / OURS)
        content = bytearray(path.read_bytes())
        if damage == "cut":
            content = content[: len(content) // 2]
        else:
            place = slice(100, None) if damage == "no tables" else slice(4096, 4096 * 8)
            content[place] = b"\xa5" * len(content[place])
        path.write_bytes(content)

        assert f"{path} cannot be used: it is damaged" == rejection(path)

    def test_a_file_without_its_secret(self, tmp_path: Path) -> None:
        """A file whose tables are sound and lack what must be in them is damaged too."""
        path = make(tmp_path / OURS)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM secrets")

        assert f"{path} cannot be used: it is damaged" == rejection(path)

    def test_a_file_that_may_only_be_read(self, tmp_path: Path) -> None:
        """A file of a format that this SQLite can read and not write is said to be read-only."""
        path = make(tmp_path / OURS)
        content = bytearray(path.read_bytes())
        content[18] = 255  # the version of the format that a writer must know
        path.write_bytes(content)

        assert f"{path} cannot be used: it, or its folder, is read-only" == rejection(path)

    def test_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        """Where the process can open no more files, the message says so of this one."""
        path = make(tmp_path / OURS)
        script = f"""
import resource
from customer_profiles_sdk.local import LocalCustomerProfiles

LocalCustomerProfiles().close()
_, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, limit))
files = []
try:
    while True:
        files.append(open({str(path)!r}))
except OSError:
    pass
try:
    LocalCustomerProfiles(path={str(path)!r})
except RuntimeError as error:
    message = str(error)
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
print(message)
"""
        process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

        expected = f"{path} cannot be used: it, or a file that SQLite keeps beside it, cannot be opened\n"
        assert (expected, "") == (process.stdout, process.stderr)

    @pytest.mark.parametrize("locking", ["NORMAL", "EXCLUSIVE"])
    def test_a_locked_file(self, tmp_path: Path, locking: str) -> None:
        """A file that another process has locked, for writing or for all, is not waited for without end."""
        path = make(tmp_path / OURS)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(f"PRAGMA locking_mode = {locking}")
            other.execute("BEGIN IMMEDIATE")

            assert f"{path} cannot be used: it is locked by another process" == rejection(path)

    def test_the_command(self, tmp_path: Path) -> None:
        """The command ends with the message alone."""
        for path in ("", str(tmp_path), str(other_database(tmp_path / "other.sqlite")), str(tmp_path / "no" / OURS)):
            command = [sys.executable, "-m", "customer_profiles_sdk.local", "--port", "0", "--path", path]
            process = subprocess.run(command, capture_output=True, text=True, check=False)

            assert (1, "", 1) == (process.returncode, process.stdout, len(process.stderr.splitlines()))


class TestOurs:
    """A file of the service's own."""

    def test_its_owner_alone_can_read_it(self, tmp_path: Path) -> None:
        """A file and what is beside it are made its owner's alone, whatever they were before."""
        path, copy = tmp_path / OURS, tmp_path / "copy.sqlite"
        with LocalCustomerProfiles(domains=["acme"], path=path) as service:
            service.client("acme").create_profile(Profile(account_number="1"))
            # As after a kill: with a write-ahead log that holds what the main file does not have yet.
            for suffix in ("", "-wal"):
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
                Path(f"{copy}{suffix}").chmod(0o644)

        with LocalCustomerProfiles(path=copy) as service:
            modes = {mode(each) for each in tmp_path.iterdir() if each.name.startswith(copy.name)}
            assert {0o600} == modes
            assert ["1"] == [
                hit.profile.account_number for hit in service.client("acme").search_profiles({"_account": "1"})
            ]

    def test_behind_a_symbolic_link(self, tmp_path: Path) -> None:
        """What is beside the file that a link leads to is made its owner's alone too."""
        folder, link = tmp_path / "folder", tmp_path / "link"
        folder.mkdir()
        path = make(folder / OURS)
        link.symlink_to(path)
        with LocalCustomerProfiles(path=path) as first:
            first.client("acme").create_profile(Profile())
            beside = [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm")]
            for each in beside:
                each.chmod(0o644)
            with LocalCustomerProfiles(path=link):
                assert [0o600] * 3 == [mode(each) for each in beside]

    def test_a_link_to_a_new_file(self, tmp_path: Path) -> None:
        """A link that leads to no file yet leads to a new one."""
        (tmp_path / "link").symlink_to(tmp_path / OURS)

        make(tmp_path / "link")

        assert 0o600 == mode(tmp_path / OURS)

    def test_a_file_that_is_opened_twice(self, tmp_path: Path) -> None:
        """A second service in the process does not take away the locks of the first, on which its writes depend."""
        path = tmp_path / OURS
        script = f"from customer_profiles_sdk.local.store import Store\nStore({str(path)!r}).close()"
        with LocalCustomerProfiles(domains=["acme"], path=path) as first:
            LocalCustomerProfiles(path=path).close()
            subprocess.run(
                [sys.executable, "-c", script], check=True
            )  # who is the last to close a file deletes its write-ahead log
            first.client("acme").create_profile(Profile(account_number="1"))
            for suffix in ("", "-wal"):
                shutil.copyfile(f"{path}{suffix}", f"{tmp_path / 'copy'}{suffix}")

        with LocalCustomerProfiles(path=tmp_path / "copy") as service:
            assert 1 == service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]

    def test_an_empty_file(self) -> None:
        """An empty file, as ``mktemp`` makes one, is used."""
        with tempfile.NamedTemporaryFile() as file, LocalCustomerProfiles(domains=["acme"], path=file.name) as service:
            assert service.client("acme").create_profile(Profile()).profile_id

    def test_page_tokens(self, tmp_path: Path) -> None:
        """A page token is good as long as the file is."""
        search = {"DomainName": "acme", "KeyName": "_account", "Values": ["1"], "MaxResults": 1}
        path = make(make(tmp_path / OURS))
        with LocalCustomerProfiles(path=path) as service:
            first = service.boto3_client().search_profiles(**search)
        with LocalCustomerProfiles(path=path) as service:
            second = service.boto3_client().search_profiles(**search, NextToken=first["NextToken"])

        assert 2 == len({item["ProfileId"] for item in (*first["Items"], *second["Items"])})
        assert "NextToken" not in second

    def test_a_writer_elsewhere(self, tmp_path: Path) -> None:
        """What only reads does not wait for another process that writes."""
        path = make(tmp_path / OURS)
        with LocalCustomerProfiles(path=path) as service, closing(sqlite3.connect(path)) as other:
            boto3 = service.boto3_client()
            other.execute("BEGIN IMMEDIATE")

            assert 1 == boto3.get_domain(DomainName="acme")["Stats"]["ProfileCount"]
            (found,) = boto3.search_profiles(DomainName="acme", KeyName="_account", Values=["1"])["Items"]
            assert boto3.batch_get_profile(DomainName="acme", ProfileIds=[found["ProfileId"]])["Profiles"]
            assert boto3.list_domains()["Items"]

    def test_a_large_domain_that_was_deleted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """To close the service takes a moment however much was deleted; the rest is deleted the next times."""
        monkeypatch.setattr(store, "_SECONDS_TO_CLOSE", 0)
        path = make(tmp_path / OURS)
        with LocalCustomerProfiles(path=path) as service:
            boto3 = service.boto3_client()
            for _ in range(60):
                boto3.create_profile(DomainName="acme")
            boto3.delete_domain(DomainName="acme")

        assert 41 == self.stored(path)
        monkeypatch.undo()
        LocalCustomerProfiles(path=path).close()
        assert 0 == self.stored(path)

    def stored(self, path: Path) -> int:
        """Return how many profiles a file has, in whatever domain."""
        with closing(sqlite3.connect(path)) as database:
            (count,) = database.execute("SELECT count(*) FROM profiles").fetchone()
        return int(count)

    def test_a_deleted_domain_is_gone_from_the_file(self, tmp_path: Path) -> None:
        """When the service is closed, nothing of a deleted domain is left."""
        path = tmp_path / OURS
        with LocalCustomerProfiles(domains=["acme"], path=path) as service:
            boto3 = service.boto3_client()
            for number in range(60):
                boto3.create_profile(DomainName="acme", AccountNumber=str(number))
            boto3.delete_domain(DomainName="acme")

        with closing(sqlite3.connect(path)) as database:
            tables = ("domains", "deleted_domains", "profiles", "entries")
            assert [(0,)] * 4 == [database.execute(f"SELECT count(*) FROM {each}").fetchone() for each in tables]
