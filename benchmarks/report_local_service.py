"""The figures of ``benchmarks.local_service``."""

from benchmarks.environment import as_text
from benchmarks.markdown import paragraph, table
from benchmarks.results import Results


def local_service(results: Results) -> str:
    """Return what the embedded service costs."""
    found = results.local_service
    settings = found["settings"]
    said = paragraph(
        f"Measured by `python -m benchmarks.local_service` in memory, on {found['environment']['date']}, with "
        f"{as_text(found['environment'])}, SQLite {settings['sqlite']}."
    )
    rate = [f"creates over HTTP keep-alive, {settings['connections']} connections, the server on one core"]
    rows = (
        [f"{each['profiles']:,}", *(f"{each[name]:.3f} ms" for name in ("one_ms", "page_ms"))]
        for each in found["searches"]
    )
    return "\n\n".join(
        (
            said,
            table(["", ""], [[*rate, f"{found['creates_per_second']:,.0f} a second"]]),
            "The next figures are for the service alone, without HTTP and botocore:",
            table(
                [
                    "stored profiles",
                    "search by `_account`, one hit (median)",
                    "first 20 of all by `_fullName` (median)",
                ],
                rows,
            ),
        )
    )
