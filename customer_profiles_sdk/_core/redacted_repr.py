"""The ``repr`` of models that hold customers' data."""

from typing import cast

import attrs


class RedactedRepr:
    """Shows the names of the fields that are set, and none of their values."""

    __slots__ = ()

    def __repr__(self) -> str:
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        values = ((each.name, getattr(self, each.name)) for each in fields)
        shown = (
            f"{name}={value!r}" if isinstance(value, RedactedRepr) else f"{name}=..."
            for name, value in values
            if value is not None
        )
        return f"{type(self).__name__}({', '.join(shown)})"
