"""Every Python block of the README, the pages of ``docs`` and the docstrings does what it says.

The blocks of a document run in their order, as one program. ``CustomerProfilesClient("acme", ...)`` reaches an embedded
service, over HTTP, and a ``print`` must print what the comment beside it says. The blocks of the pages are type-checked
too, as ``mypy --strict`` checks a reader's own program.
"""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser
from sybil.parsers.rest import DocTestParser

import customer_profiles_sdk
from customer_profiles_sdk import CustomerProfilesClient, Profile
from customer_profiles_sdk.local import LocalCustomerProfiles

ROOT = Path(__file__).parents[1]
PACKAGE = Path(customer_profiles_sdk.__file__).parent
SPARK_PAGE = ROOT / "docs/guides/load-from-spark.md"
"""A page that needs PySpark and Java: ``test_spark`` runs it."""
PAGES = sorted(
    page
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if page != SPARK_PAGE and "```python" in page.read_text()
)
MODULES = sorted(module for module in PACKAGE.rglob("*.py") if ">>> " in module.read_text())
PRINTS = re.compile(r"^ *print\(.*\)  # (.*)$", re.MULTILINE)

PRELUDE = "from customer_profiles_sdk.local import LocalCustomerProfiles; served: LocalCustomerProfiles"
"""What a page gets from its surroundings. It stands in for the page's first line, which is its title."""


class ShownOutput(PythonEvaluator):
    """Runs a block and holds what it prints against the comments beside its ``print``s."""

    def __call__(self, example: Example) -> None:
        """Run one block."""
        with redirect_stdout(io.StringIO()) as printed:
            super().__call__(example)
        if shown := PRINTS.findall(example.parsed):
            assert shown == printed.getvalue().splitlines(), f"line {example.line}"


SYBIL = Sybil(
    parsers=[CodeBlockParser("python", ShownOutput())],
    patterns=["*.md"],
)
DOCSTRINGS = Sybil(parsers=[DocTestParser()], patterns=["*.py"], document_types={".py": PythonDocStringDocument})


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LocalCustomerProfiles]:
    """Serve an embedded service, and lead every boto3 client to it that is not told otherwise."""
    configuration = tmp_path / "config"
    configuration.write_text("[profile crm]\nregion = eu-central-1\n")
    with LocalCustomerProfiles(domains=["acme"]) as service, service.serve() as server:
        for name, value in {
            "AWS_ENDPOINT_URL_CUSTOMER_PROFILES": server.url,
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_CONFIG_FILE": str(configuration),
            "AWS_DEFAULT_REGION": "eu-central-1",
            "DOMAIN_NAME": "acme",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        yield service


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page: Path, served: LocalCustomerProfiles) -> None:
    """The Python blocks of a page run, in their order, and print what they show."""
    document = SYBIL.parse(page)
    document.namespace["served"] = served

    for example in document.examples():
        example.evaluate()


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_docstrings(module: Path) -> None:
    """The examples in a module's docstrings run and print what they show."""
    for example in DOCSTRINGS.parse(module).examples():
        example.evaluate()


def test_output_that_is_not_what_is_shown(tmp_path: Path) -> None:
    """A block that prints something else than it shows is found."""
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1 + 1)  # 3\n```\n")
    [example] = SYBIL.parse(page).examples()

    with pytest.raises(AssertionError, match="line 1"):
        example.evaluate()


def as_module(page: Path) -> str:
    """Return the blocks of a page as one module, in which each line has the number that it has in the page."""
    lines = [PRELUDE] + [""] * page.read_text(encoding="utf-8").count("\n")
    for example in SYBIL.parse(page).examples():
        code = str(example.parsed).splitlines()
        lines[example.line : example.line + len(code)] = code
    return "\n".join(lines) + "\n"


def type_errors(modules: Mapping[str, str], folder: Path, cache: Path) -> list[str]:
    """Return what ``mypy --strict`` says of modules, given by the pages that they are made of."""
    names = {f"page_{number}.py": page for number, page in enumerate(modules)}
    for name, page in names.items():
        (folder / name).write_text(modules[page], encoding="utf-8")
    options = ["--config-file=", f"--cache-dir={cache}", "--no-error-summary", "--hide-error-context"]
    command = [sys.executable, "-m", "mypy", "--strict", *options, *names]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not process.stderr
    errors = [line.partition(":") for line in process.stdout.splitlines() if ": error: " in line]
    return [f"{names[name]}:{error}" for name, _, error in errors]


def test_pages_are_type_checked(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """The Python blocks of every page pass ``mypy --strict``, and a wrong one would be found by its line."""
    wrong = tmp_path / "wrong.md"
    wrong.write_text("# Title\n\n```python\nfrom customer_profiles_sdk import Profile\n\nProfile(first_name=7)\n```\n")
    modules = {str(page.relative_to(ROOT)): as_module(page) for page in PAGES} | {"wrong.md": as_module(wrong)}

    errors = type_errors(modules, tmp_path, pytestconfig.cache.mkdir("mypy"))

    found = [error for error in errors if error.startswith("wrong.md:6: error: ")]
    assert 1 == len(found)
    assert [] == [error for error in errors if error not in found]


def test_permissions() -> None:
    """The page on permissions names for each method of the client the operations that it sends, and no more."""
    [block] = re.findall(r"```json\n(.*?)```", (ROOT / "docs/guides/permissions.md").read_text(), re.DOTALL)
    policy = {each["Sid"]: each["Action"] for each in json.loads(block)["Statement"]}
    allowed = {sid: {actions} if isinstance(actions, str) else set(actions) for sid, actions in policy.items()}
    customer = Profile(account_number="C-1")

    with LocalCustomerProfiles(domains=["acme"], search_keys=["own"]) as service:
        client = service.client("acme")
        first, second = (client.create_profile(customer).profile_id for _ in range(2))
        calls: dict[str, Callable[[], object]] = {
            "CreateProfile": lambda: client.create_profile(customer),
            "UpdateProfile": lambda: client.update_profile(first, customer),
            "GetProfile": lambda: (client.get_profile(first), client.get_profiles([first])),
            "SearchProfiles": lambda: list(client.search_profiles({"_account": "C-1"})),
            "AddProfileKey": lambda: client.add_profile_key(first, "own", "1"),
            "DeleteProfileKey": lambda: client.delete_profile_key(first, "own", "1"),
            "MergeProfiles": lambda: client.merge_profiles(first, [second]),
            "DeleteProfile": lambda: client.delete_profile(first),
            "UpsertProfile": lambda: [
                client.upsert_profile(Profile(account_number="C-2", first_name=name)) for name in ("Ana", "Zoe")
            ],
        }
        sent = {}
        for name, call in calls.items():
            before = len(service.requests)
            call()
            sent[name] = {f"profile:{request.operation}" for request in service.requests[before:]}

    assert allowed == sent
    assert {sid.lower() for sid in allowed} | {"getprofiles"} == {
        name.replace("_", "")
        for name in vars(CustomerProfilesClient)
        if name.endswith(("_profile", "_profiles", "_key"))
    }
