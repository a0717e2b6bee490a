"""The real AWS CLI against the embedded service: the session in docs/local-service.md, as it stands there."""

import doctest
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from customer_profiles_sdk.local import LocalCustomerProfiles

AWS = os.environ.get("AWS_CLI") or shutil.which("aws")
PAGE = Path(__file__).parents[1] / "docs" / "local-service.md"


def commands() -> list[tuple[str, str]]:
    """Return the commands of the session and what each is to print."""
    text = PAGE.read_text(encoding="utf-8").partition("<!-- the test reads the next block -->")[2]
    match = re.search(r"```console\n(.*?)```", text, re.DOTALL)
    assert match
    pieces = re.split(r"^\$ ", match[1], flags=re.MULTILINE)[1:]
    return [(command, printed) for command, _, printed in (piece.partition("\n") for piece in pieces)]


def test_the_session_is_found() -> None:
    """The page holds a session to test, with each kind of call in it."""
    text = " ".join(command for command, _ in commands())

    for operation in ("create-profile", "update-profile", "search-profiles", "batch-get-profile", "delete-profile"):
        assert f"aws customer-profiles {operation} " in text


@pytest.mark.skipif(AWS is None, reason="no AWS CLI: install the extra test-awscli, and name its aws in AWS_CLI")
def test_the_session(service: LocalCustomerProfiles, tmp_path: Path) -> None:
    """Every command of the page prints what the page shows."""
    assert AWS
    # Everything in one shell, so that the session's variables last; a line of its own ends what each command prints.
    script = "\n".join(f"{command}\necho '--- end ---'" for command, _ in commands())
    with service.serve() as server:
        environment = {
            "PATH": f"{Path(AWS).resolve().parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "AWS_ENDPOINT_URL_CUSTOMER_PROFILES": server.url,
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": "eu-central-1",
        }
        shell = subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{script}"],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    printed = shell.stdout.split("--- end ---\n")[:-1]
    checker, flags = doctest.OutputChecker(), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

    assert len(commands()) == len(printed)
    for (command, expected), actual in zip(commands(), printed, strict=True):
        assert checker.check_output(expected, actual, flags), f"{command}\nprinted\n{actual}"
