"""Tables and paragraphs in Markdown."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.environment import as_text

WIDTH: Final = 130
"""How long the lines of a paragraph are."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("|" + "".join(f" {cell} |" if cell != "" else " |" for cell in line) for line in lines)


def paragraph(text: str) -> str:
    """Return a paragraph in lines."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def measured_on(result: Mapping[str, Any]) -> str:
    """Return a sentence about the environment of a result."""
    found = result["environment"]
    return f"Measured on {found['date']} with {as_text(found)}."
