"""The names of records that each have names of their own: equal ones are one tuple, so that they take no memory."""

from typing import Final

_MAX: Final = 1_000  # a file whose every record has other names would fill the memory


class RecordNames:
    """Hands out one tuple for all records of the same names."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def shared(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names as the tuple that the records before had."""
        if len(self._known) >= _MAX:
            self._known.clear()
        return self._known.setdefault(names, names)
