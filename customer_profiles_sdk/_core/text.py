"""What counts as text: ``str`` and its subclasses, as the plain ``str`` that is sent."""

from typing import cast


def plain_text(value: object) -> str | None:
    """Return the value as a plain ``str``, or ``None`` where it is no text.

    A member of any ``StrEnum`` is the text that it stands for. The type's bases are looked at, not ``isinstance``: a
    lazy proxy only says that it is a ``str``.
    """
    if type(value) is str:
        return value
    return str.__str__(cast("str", value)) if str in type(value).__mro__ else None
