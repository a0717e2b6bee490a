"""How many rows may be rejected or fail before a load stops."""

import re
from typing import Final, Self

import attrs

from customer_profiles_sdk.errors import InvalidRequestError, Problem

_WHOLE: Final = 100


@attrs.frozen
class RejectLimit:
    """A number of rows, or a share of the file in per cent; none where both are ``None``."""

    count: int | None = None
    percent: float | None = None

    @classmethod
    def parsed(cls, limit: int | str | None, *, is_stream: bool = False) -> Self:
        """Return the limit that a number or a text such as ``"5%"`` stands for.

        Raises:
            InvalidRequestError: it stands for none, or is a share of a file whose length is not known.
        """
        if limit is None:
            return cls()
        found = None if isinstance(limit, bool) else re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)(%?)", str(limit))
        if found is None or (not found[2] and "." in found[1]) or (found[2] and float(found[1]) > _WHOLE):
            message = 'expected a number of rows, or a share of them such as "5%"'
        elif found[2] and is_stream:
            message = "a share needs a file that can be checked first: name a number"
        else:
            return cls(percent=float(found[1])) if found[2] else cls(count=int(found[1]))
        raise InvalidRequestError("load_file", [Problem("max_rejects", message)])

    def is_exceeded(self, count: int, rows: int) -> bool:
        """Tell whether more rows than allowed are not in.

        Args:
            count: how many rows were rejected or failed.
            rows: how many rows there are.
        """
        if self.percent is not None:
            return count * _WHOLE > self.percent * rows
        return self.count is not None and count > self.count

    def __str__(self) -> str:
        return str(self.count) if self.percent is None else f"{self.percent:g} % of them"
