"""The ``repr`` of models and results: without values where they are customers' data.

attrs would generate a function for each class whenever a program starts, which takes longer than one for all of them.
"""

from collections.abc import Iterator
from typing import cast

import attrs


class _Hidden:
    def __repr__(self) -> str:
        return "..."


_HIDDEN = _Hidden()


class RedactedRepr:
    """Shows the names of the fields that are set, and none of their values."""

    __slots__ = ()

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        # rich prints the fields of an attrs class past its __repr__, unless it is told what to print.
        for each in attrs.fields(cast("type[attrs.AttrsInstance]", type(self))):
            value = getattr(self, each.name)
            if value is not None:
                yield each.name, value if isinstance(value, RedactedRepr) else _HIDDEN

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(shown)})"


class PlainRepr:
    """Shows every field and its value."""

    __slots__ = ()

    def __repr__(self) -> str:
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        return f"{type(self).__name__}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in fields)})"
