"""Every terminal session with the command ``customer-profiles`` shows what its commands print.

A session is a block of ``console`` that begins with ``$ customer-profiles`` or ``$ cat``. Before it,
``<!-- file: NAME -->`` gives the name of a file with the contents of the block below it. A page's sessions run in their
order, in a folder of their own.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from customer_profiles_sdk.local import LocalCustomerProfiles

ROOT = Path(__file__).parents[1]
BLOCKS = re.compile(
    r"<!-- file: (?P<name>\S+) -->\s*```\w*\n(?P<contents>.*?)```"
    r"|```console\n(?P<session>\$ (?:customer-profiles|cat) .*?)```",
    re.DOTALL,
)
COMMANDS = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n?(?P<printed>(?:(?!\$ ).*\n?)*)", re.MULTILINE)
MEASURED = re.compile(r"\d+\.\d+")
"""Seconds and rates, which are never the same twice."""

PAGES = sorted(
    page
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if "\n$ customer-profiles " in page.read_text()
)


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    """Run a command and return what a terminal would show."""
    process = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return process.stdout


def sessions(text: str, folder: Path, environment: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what the sessions of a page show, and what their commands print."""
    shown: list[str] = []
    printed: list[str] = []
    for block in BLOCKS.finditer(text):
        if block["name"]:
            (folder / block["name"]).write_text(block["contents"], encoding="utf-8")
            continue
        for command in COMMANDS.finditer(block["session"]):
            shown += [command["command"], MEASURED.sub("0.0", command["printed"]).rstrip("\n")]
            output = run(command["command"], folder, environment)
            printed += [command["command"], MEASURED.sub("0.0", output).rstrip("\n")]
    return shown, printed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page: Path, tmp_path: Path) -> None:
    """The commands of a page print what it shows, and reach an embedded service where they would reach AWS."""
    with LocalCustomerProfiles(domains=["acme"]) as service, service.serve() as server:
        environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "AWS_ENDPOINT_URL_CUSTOMER_PROFILES": server.url,
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }
        shown, printed = sessions(page.read_text(encoding="utf-8"), tmp_path, environment)
    assert shown == printed


def test_a_session_that_shows_something_else_is_found(tmp_path: Path) -> None:
    """What a page shows and what its commands print are both returned, seconds left out."""
    text = "<!-- file: a.txt -->\n```text\none\n```\n\n```console\n$ cat a.txt\ntwo\n$ echo 0.7 \\\n  s\n3.25 s\n```\n"
    shown, printed = sessions(text, tmp_path, dict(os.environ))
    assert ["cat a.txt", "two", "echo 0.7 \\\n  s", "0.0 s"] == shown
    assert ["cat a.txt", "one", "echo 0.7 \\\n  s", "0.0 s"] == printed
