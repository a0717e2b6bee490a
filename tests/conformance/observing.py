"""What a test of the suite saw, and whether it is the behaviour that the embedded service has."""

from collections.abc import Callable

from conformance.target import masked

_SHOWN_CHARACTERS = 300


class Observe:
    """Records what was seen for the table at the end, and fails the test unless it is as expected."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record

    def __call__(self, expected: object, seen: object) -> None:
        """Compare what was seen with what is expected."""
        self._record("seen", shown(seen))
        assert expected == seen

    def that(self, agrees: bool, seen: str) -> None:  # noqa: FBT001 (it is what the method is about)
        """Take a condition, and say what was seen."""
        self._record("seen", seen)
        assert agrees, seen


def shown(value: object) -> str:
    """Return a value as the table shows it: short, and without the ids of this run."""
    text = masked(str(value) if isinstance(value, str) else repr(value))
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
