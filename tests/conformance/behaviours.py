"""What a test of the suite is about: a behaviour of the service, and how much was known about it beforehand."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import Final

import attrs
import pytest

MODULES: Final = ("test_profiles", "test_errors", "test_search", "test_pages", "test_merge", "test_lag")


class Basis(StrEnum):
    """What a behaviour of the embedded service is based on."""

    KNOWN = "known"
    """Documented by AWS, or seen in a captured response."""
    LIKELY = "likely"
    """The best evidence that was found."""
    UNKNOWN = "unknown"
    """Nothing was found; a behaviour was chosen."""


@attrs.frozen
class Behaviour:
    """A behaviour of the service, as the embedded service has it."""

    text: str
    basis: Basis
    note: str = ""


def known(text: str, note: str = "") -> pytest.MarkDecorator:
    """Mark the test of a behaviour that is known."""
    return pytest.mark.behaviour(Behaviour(text, Basis.KNOWN, note))


def likely(text: str, note: str = "") -> pytest.MarkDecorator:
    """Mark the test of a behaviour that is likely."""
    return pytest.mark.behaviour(Behaviour(text, Basis.LIKELY, note))


def unknown(text: str, note: str = "") -> pytest.MarkDecorator:
    """Mark the test of a behaviour that is unknown."""
    return pytest.mark.behaviour(Behaviour(text, Basis.UNKNOWN, note))


def behaviour_of(marks: Iterable[pytest.Mark]) -> Behaviour:
    """Return the one behaviour that a test is about."""
    (behaviour,) = (mark.args[0] for mark in marks if mark.name == "behaviour")
    assert isinstance(behaviour, Behaviour)
    return behaviour


def all_behaviours() -> list[Behaviour]:
    """Return the behaviours of all tests, in their order."""
    modules = [import_module(f"{__package__}.{name}") for name in MODULES]
    return [behaviour_of(getattr(test, "pytestmark")) for module in modules for test in tests_of(vars(module).values())]  # noqa: B009 (pytest's)


def tests_of(values: Iterable[object]) -> Iterator[Callable[..., object]]:
    """Yield the tests among the values of a module."""
    yield from (each for each in values if inspect.isfunction(each) and each.__name__.startswith("test_"))


def table(behaviours: Iterable[Behaviour]) -> str:
    """Return the behaviours as a table in Markdown."""
    rows = (f"| {each.text} | {each.basis}{f'; {each.note}' if each.note else ''} |\n" for each in behaviours)
    return "".join(("| behaviour | basis |\n| --- | --- |\n", *rows))
