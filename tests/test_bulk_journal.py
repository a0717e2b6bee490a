"""The journal: what is known of each row from an earlier run, without a customer's data."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from customer_profiles_sdk.bulk import JournalError, RowAction, RowOutcome
from customer_profiles_sdk.bulk.journal import Journal, PastRow

IDENTITY = {"domain": "acme", "region": "eu-central-1"}
CREATED = RowOutcome(row=1, action=RowAction.CREATED, profile_id="0" * 32)
UNKNOWN = RowOutcome(row=1, action=RowAction.UNKNOWN, error="OutcomeUnknownError: lost")
FAILED = RowOutcome(row=1, action=RowAction.FAILED, error="ThrottlingError: slow down")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a journal may be made."""
    return tmp_path / "customers.journal"


class TestRows:
    """What a journal knows of rows."""

    def test_a_row_that_is_in_is_known(self, path: Path) -> None:
        """What became of a row is known to the next run."""
        with Journal(path, IDENTITY) as journal:
            journal.finish(CREATED, journal.hash_of("contents"), [])
        with Journal(path, IDENTITY) as journal:
            assert PastRow(CREATED, is_known=True) == journal.past_row(1, journal.hash_of("contents"))

    @pytest.mark.parametrize(("number", "contents"), [(2, "contents"), (1, "other")])
    def test_another_row_is_not_known(self, path: Path, number: int, contents: str) -> None:
        """A row is the same only with the same number and the same contents."""
        with Journal(path, IDENTITY) as journal:
            journal.finish(CREATED, journal.hash_of("contents"), [])
            assert PastRow(is_known=number == 1) == journal.past_row(number, journal.hash_of(contents))

    def test_a_row_that_was_started_is_in_doubt(self, path: Path) -> None:
        """A row whose end is not noted may have been created."""
        with Journal(path, IDENTITY) as journal:
            journal.start(1, journal.hash_of("contents"))
        with Journal(path, IDENTITY) as journal:
            assert journal.must_wait()
            assert PastRow(is_known=True, is_doubtful=True) == journal.past_row(1, journal.hash_of("contents"))

    def test_a_row_of_unknown_outcome_is_in_doubt(self, path: Path) -> None:
        """A row whose create may have been executed may have been created."""
        with Journal(path, IDENTITY) as journal:
            journal.finish(UNKNOWN, journal.hash_of("contents"), [])
            assert journal.must_wait()

    def test_search_is_waited_for_once(self, path: Path) -> None:
        """What search shows after the wait, it shows to the next run too; the row is in doubt until it is sent."""
        with Journal(path, IDENTITY) as journal:
            contents = journal.hash_of("contents")
            journal.start(1, contents)
            journal.note_wait()
            assert not journal.must_wait()
            assert journal.past_row(1, contents).is_doubtful

    def test_a_row_that_failed_is_tried_again(self, path: Path) -> None:
        """A row that failed is certainly not in, and so neither done nor in doubt."""
        with Journal(path, IDENTITY) as journal:
            journal.start(1, journal.hash_of("contents"))
            journal.finish(FAILED, journal.hash_of("contents"), [])
            assert not journal.must_wait()
            assert PastRow(is_known=True) == journal.past_row(1, journal.hash_of("contents"))

    def test_a_customers_profile_is_known_by_each_of_its_names(self, path: Path) -> None:
        """The profile of a customer is found by any name that its row had."""
        with Journal(path, IDENTITY) as journal:
            names = [journal.hash_of("_account 1"), journal.hash_of("_email a")]
            journal.finish(CREATED, journal.hash_of("contents"), names)
        with Journal(path, IDENTITY) as journal:
            assert [CREATED.profile_id] == journal.profile_ids([journal.hash_of("_email a")])

    def test_a_name_may_be_of_two_profiles(self, path: Path) -> None:
        """Which of the profiles that had a name has it now, the service says."""
        with Journal(path, IDENTITY) as journal:
            name = journal.hash_of("_email a")
            for number in range(2):
                outcome = RowOutcome(row=number, action=RowAction.CREATED, profile_id=f"{number}" * 32)
                journal.finish(outcome, journal.hash_of("contents"), [name])
            assert ["0" * 32, "1" * 32] == journal.profile_ids([name])


class TestFiles:
    """What a journal does with the file that it is given."""

    def test_only_the_owner_may_read_it(self, path: Path) -> None:
        """No file of the journal can be read by others, whatever the process's mask."""
        mask = os.umask(0)
        try:
            with Journal(path, IDENTITY) as journal:
                journal.start(1, b"")
                modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
        finally:
            os.umask(mask)
        assert {0o600} == modes

    def test_it_holds_no_text_that_it_was_given(self, path: Path) -> None:
        """Keys and contents are kept as keyed hashes alone."""
        with Journal(path, IDENTITY) as journal:
            journal.finish(CREATED, journal.hash_of("ana@mail.example"), [journal.hash_of("ana@mail.example")])
        assert b"ana@mail" not in path.read_bytes()

    def test_two_journals_hash_alike_texts_differently(self, tmp_path: Path) -> None:
        """Nobody can look a hash up in a table made beforehand."""
        with Journal(tmp_path / "one", IDENTITY) as one, Journal(tmp_path / "two", IDENTITY) as two:
            assert one.hash_of("ana@mail.example") != two.hash_of("ana@mail.example")

    def test_a_journal_of_another_load_is_an_error_that_names_what_differs(self, path: Path) -> None:
        """The journal of another load is neither used nor changed."""
        with Journal(path, IDENTITY) as journal:
            journal.start(1, b"")
        before = path.read_bytes()
        with pytest.raises(JournalError, match=r"it is of another load; the domain and region differ. Begin anew"):
            Journal(path, {"domain": "other", "region": "us-east-1"})
        with pytest.raises(JournalError, match=r"it is of another load; the region differs. Begin anew"):
            Journal(path, {**IDENTITY, "region": "us-east-1"})
        assert before == path.read_bytes()

    def test_a_fresh_journal_knows_nothing_of_before(self, path: Path) -> None:
        """Begun anew, a journal takes another load's place."""
        with Journal(path, IDENTITY) as journal:
            contents = journal.hash_of("contents")
            journal.finish(CREATED, contents, [journal.hash_of("name")])
        with Journal(path, {"domain": "other"}, is_fresh=True) as journal:
            assert PastRow() == journal.past_row(1, contents)
            assert [] == journal.profile_ids([journal.hash_of("name")])
            journal.start(1, contents)
        with Journal(path, {"domain": "other"}) as journal:
            assert journal.is_resumed

    def test_a_journal_without_rows_is_no_load(self, path: Path) -> None:
        """Of a load that its check stopped nothing was sent: with other options it is another one."""
        Journal(path, IDENTITY).close()
        with Journal(path, {**IDENTITY, "options of reading": "others"}) as journal:
            assert not journal.is_resumed

    def test_a_fresh_journal_knows_the_profiles_of_its_domain(self, path: Path) -> None:
        """Search may not show yet what was created a moment ago, or may have been; the rows are forgotten."""
        with Journal(path, {**IDENTITY, "file": "one"}) as journal:
            contents = journal.hash_of("contents")
            journal.finish(CREATED, contents, [journal.hash_of("name")])
            journal.start(2, contents)
        with Journal(path, {**IDENTITY, "file": "two"}, is_fresh=True) as journal:
            assert [CREATED.profile_id] == journal.profile_ids([journal.hash_of("name")])
            assert journal.must_wait()
            assert PastRow() == journal.past_row(1, contents)
            assert PastRow(is_known=True) == journal.past_row(2, contents)

    def test_an_empty_file_becomes_its_owners_alone(self, path: Path) -> None:
        """A file that was there can be read by its owner only, once it is a journal."""
        path.touch(mode=0o644)
        with Journal(path, IDENTITY):
            assert 0o600 == stat.S_IMODE(path.stat().st_mode)

    def test_small_pages_make_no_journal(self, path: Path) -> None:
        """A small database of another application is left as it is, whatever the size of its pages."""
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA page_size = 512")
            connection.execute("CREATE TABLE customers (name)")
        connection.close()
        before = path.read_bytes()
        with pytest.raises(JournalError, match="it is another file"):
            Journal(path, IDENTITY)
        assert before == path.read_bytes()

    def test_a_journal_that_was_not_finished_being_made_is_made(self, path: Path) -> None:
        """A process that ended while it made its journal leaves an empty file, which is no other load's."""
        path.touch()
        with Journal(path, IDENTITY) as journal:
            assert not journal.is_resumed

    @pytest.mark.parametrize("content", ["customers", "customers" * 100])
    def test_another_file_is_left_alone(self, path: Path, content: str) -> None:
        """A file that is no journal is not changed, not even its mode."""
        path.write_text(content, encoding="utf-8")
        path.chmod(0o644)
        with pytest.raises(JournalError, match="it is another file; name another one for the journal"):
            Journal(path, IDENTITY)
        assert (content, 0o644) == (path.read_text(encoding="utf-8"), stat.S_IMODE(path.stat().st_mode))

    def test_another_applications_database_is_left_alone(self, path: Path) -> None:
        """A database of SQLite that is no journal is not taken over."""
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA application_id = 7")
            connection.execute("CREATE TABLE customers (name)")
        connection.close()
        with pytest.raises(JournalError, match="it is another file"):
            Journal(path, IDENTITY)

    def test_a_database_without_an_application_is_left_alone(self, path: Path) -> None:
        """A database that does not say whose it is, is not taken for a journal because of that."""
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE customers (name)")
        connection.close()
        with pytest.raises(JournalError, match="it is another file"):
            Journal(path, IDENTITY)

    def test_a_folder_is_no_journal(self, tmp_path: Path) -> None:
        """What is no file cannot be a journal."""
        with pytest.raises(JournalError, match="it is no file"):
            Journal(tmp_path, IDENTITY)

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        """Where the journal cannot be made, the error says why in one line."""
        with pytest.raises(JournalError, match=r"it cannot be used \(No such file or directory\)"):
            Journal(tmp_path / "missing" / "customers.journal", IDENTITY)

    def test_a_damaged_journal_is_an_error(self, path: Path) -> None:
        """A journal that SQLite cannot read is an error in one line."""
        with Journal(path, IDENTITY) as journal:
            journal.start(1, b"")
        content = path.read_bytes()
        path.write_bytes(content[:100] + b"x" * (len(content) - 100))
        with pytest.raises(JournalError, match="it cannot be used"):
            Journal(path, IDENTITY)

    def test_a_journal_that_cannot_be_opened_is_an_error(self, path: Path) -> None:
        """Where SQLite cannot open the file, as with a path longer than it takes, the error says so in one line."""
        Journal(path, IDENTITY).close()
        folder = path.parent.joinpath(*["x" * 200] * 6)
        folder.mkdir(parents=True)
        with pytest.raises(JournalError, match=r"it cannot be used \(unable to open database file\)"):
            Journal(path.rename(folder / path.name), IDENTITY)

    def test_one_load_at_a_time_has_a_journal(self, path: Path) -> None:
        """Two loads with one journal would send rows twice."""
        with Journal(path, IDENTITY), pytest.raises(JournalError, match="another load is using it"):
            Journal(path, IDENTITY)

    def test_a_second_load_of_the_process_takes_no_lock_away(self, path: Path) -> None:
        """A load of another process is still kept out after one of this process was."""
        script = f"from customer_profiles_sdk.bulk.journal import Journal; Journal({str(path)!r}, {IDENTITY!r})"
        with Journal(path, IDENTITY):
            with pytest.raises(JournalError, match="another load is using it"):
                Journal(path, IDENTITY)
            process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert process.stderr.endswith("another load is using it\n")

    def test_it_knows_its_file_of_rejects(self, path: Path) -> None:
        """A resumed load knows which file of rejects is its own, unless somebody has changed it since."""
        rejects = path.with_name("rejects.csv")
        with Journal(path, IDENTITY) as journal:
            assert not journal.owns(rejects)
            journal.note_rejects(rejects, is_open=False)
            assert journal.owns(rejects)
            rejects.write_text("another's", encoding="utf-8")
            assert not journal.owns(rejects)
            journal.note_rejects(rejects, is_open=False)
        with Journal(path, IDENTITY) as journal:
            assert journal.owns(rejects)
            assert not journal.owns(path.with_name("other.csv"))

    def test_a_file_of_rejects_that_was_open_is_owned(self, path: Path) -> None:
        """A load that was killed could not note in which state it left its file."""
        rejects = path.with_name("rejects.csv")
        with Journal(path, IDENTITY) as journal:
            journal.note_rejects(rejects, is_open=True)
            rejects.write_text("half a row", encoding="utf-8")
            assert journal.owns(rejects)
