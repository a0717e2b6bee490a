"""An amount with its unit, as in tables."""

from typing import Final

_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"))


def amount(value: float, unit: str) -> str:
    """Return seconds or bytes as text, with three digits or two places."""
    if unit == "byte":
        return f"{value / 2**20:.1f} MiB"
    scale, name = next(each for each in _UNITS if value >= each[0] or each is _UNITS[-1])
    return f"{places(value / scale)} {name}"


def places(value: float) -> str:
    """Return a number as text, with three digits or two places."""
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f}"
