"""Write the results that ``docs/measured`` keeps into the pages, so that no figure in them can grow old unseen.

A page has each figure between two comments, the first of which names it::

    <!-- measured: create -->
    ... a table or a paragraph ...
    <!-- end -->

In a line of text the comments stand around the words alone, and the first of them not where the line begins, because a
comment there would begin a block. Run as::

    python -m benchmarks.report               # writes the pages
    python -m benchmarks.report --check       # exits with 1 where a page is not as the results are
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks import report_asynchronous, report_calls, report_failures, report_load
from benchmarks.report_local_service import local_service
from benchmarks.results import ROOT, Results

PAGES: Final = ("README.md", "docs/local-service.md", "docs/performance.md", "docs/reliability.md")
COMMAND: Final = "python -m benchmarks.report"
MARKED: Final = re.compile(r"(<!-- measured: ([a-z ]+) -->)(.*?)(<!-- end -->)", re.DOTALL)
FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {
    **report_calls.FIGURES,
    **report_failures.FIGURES,
    **report_load.FIGURES,
    **report_asynchronous.FIGURES,
    "local service": local_service,
}
"""What stands under each name in the pages."""


def written(page: str, results: Results) -> str:
    """Return a page with the figures of the results; words in a line of text stay wrapped as they are."""

    def replaced(match: re.Match[str]) -> str:
        begin, name, found, end = match.groups()
        figure = FIGURES[name](results)
        if found.startswith("\n"):
            return f"{begin}\n{figure}\n{end}"
        if len(found.split()) == len(figure.split()):
            words = iter(figure.split())
            return begin + re.sub(r"\S+", lambda _: next(words), found) + end
        return f"{begin}{figure}{end}"

    return MARKED.sub(replaced, page)


def main() -> None:
    """Write the pages or check them."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the results of the benchmarks into the pages.")
    parser.add_argument("--check", action="store_true", help="only say whether the pages are as the results are")
    options = parser.parse_args()
    results = Results.read()
    changed = []
    for name in PAGES:
        path = ROOT / name
        page = path.read_text()
        if (new := written(page, results)) != page:
            changed.append(name)
            if not options.check:
                path.write_text(new)
    if options.check and changed:
        sys.exit(f"not as the results are: {', '.join(changed)}; run {COMMAND}")
    print(f"written: {', '.join(changed)}" if changed else "the pages are as the results are")


if __name__ == "__main__":
    main()
