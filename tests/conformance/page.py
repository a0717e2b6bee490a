"""The table of all behaviours on the page about the embedded service, which a test holds to what the tests say.

As a command this writes the table::

    cd tests && python -m conformance.page
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from conformance.behaviours import Behaviour, all_behaviours, table

PAGE: Final = Path(__file__).parents[2] / "docs" / "local-service.md"
BEGIN: Final = "<!-- generated from tests/conformance -->\n"
END: Final = "<!-- end of what is generated -->\n"


def written(page: str, behaviours: Iterable[Behaviour]) -> str:
    """Return the page with the table of these behaviours."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(behaviours)}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), all_behaviours()), encoding="utf-8")
