"""The table at the end: behaviour, basis, what was seen, whether it agrees."""

from collections.abc import Iterable, Sequence

import attrs
import pytest

from conformance.behaviours import Behaviour, all_behaviours
from conformance.observing import shown

_HEADER = ("behaviour", "basis", "seen", "agrees")


@attrs.frozen
class Row:
    """What became of one behaviour."""

    behaviour: Behaviour
    seen: str
    agrees: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The cells of the table."""
        return self.behaviour.text, str(self.behaviour.basis), self.seen, self.agrees


class Report:
    """Collects the reports of the tests."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a test, or its preparation, ended with; called by pytest."""
        properties = dict(report.user_properties)
        text = properties.get("behaviour")
        if text is None or (report.when != "call" and report.passed):
            return
        seen = properties.get("seen") or _failure(report)
        if not report.passed and report.when == "teardown":
            seen = _failure(report)
        self._rows[str(text)] = (str(seen), "yes" if report.passed else "no")

    def rows(self) -> list[Row]:
        """Return a row for each behaviour, in the order of the tests."""
        return [Row(each, *self._rows.get(each.text, ("", "not tried"))) for each in all_behaviours()]


def markdown(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown, which can be read as it is and pasted into an issue."""
    cells = [_HEADER, *([_escaped(cell) for cell in row.cells] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADER))]
    lines = [_line(line, widths) for line in cells]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def _escaped(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _failure(report: pytest.TestReport) -> str:
    return shown(report.longreprtext.strip().rpartition("\n")[2])
