"""On what the suite is run, and the table at the end."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import boto3
import pytest

from conformance import aws
from conformance.behaviours import behaviour_of
from conformance.observing import Observe
from conformance.reporting import Report, markdown
from conformance.target import Target, Wait
from customer_profiles_sdk.local import LocalCustomerProfiles

TARGETS = ("in process", "over HTTP")
AT_ONCE = Wait(seconds=5.0, interval=0.01)
ON_AWS = pytest.StashKey[Target]()
REPORT = pytest.StashKey[Report]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, which are known where this folder is named in the command."""
    group = parser.getgroup("conformance", "conformance of Amazon Connect Customer Profiles")
    group.addoption("--customer-profiles-domain", metavar="NAME", help="a domain on AWS to run the suite on")
    group.addoption("--customer-profiles-region", metavar="REGION", help="the domain's region")
    group.addoption("--customer-profiles-markdown", metavar="FILE", type=Path, help="write the table to a file too")


def domain_name(config: pytest.Config) -> str | None:
    """Return the domain on AWS to run on, if there is one."""
    name: str | None = config.getoption("--customer-profiles-domain", default=None)
    return name


def region(config: pytest.Config) -> str | None:
    """Return the region of that domain, if it is named."""
    name: str | None = config.getoption("--customer-profiles-region", default=None)
    return name


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run one test after the other on AWS, and measure no coverage."""
    if domain_name(config) is not None:
        config.option.numprocesses = 0
        config.known_args_namespace.no_cov = True


def pytest_configure(config: pytest.Config) -> None:
    """Collect what the table at the end has."""
    report = Report()
    config.stash[REPORT] = report
    config.pluginmanager.register(report, "conformance-report")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say first what a run on AWS will do."""
    name = domain_name(config)
    return [] if name is None else aws.announcement(name, region(config))


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Find out whether a run on AWS is possible."""
    name = domain_name(session.config)
    if name is not None:
        session.config.stash[ON_AWS] = aws.target(name, region(session.config))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on every target."""
    if "target" in metafunc.fixturenames:
        names = TARGETS if domain_name(metafunc.config) is None else ("AWS",)
        metafunc.parametrize("target_name", names, scope="session")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the report of a test say what it is about."""
    if item.get_closest_marker("behaviour"):
        item.user_properties.append(("behaviour", behaviour_of(item.iter_markers()).text))


@pytest.fixture(scope="session")
def session_target(target_name: str, request: pytest.FixtureRequest) -> Iterator[Target]:
    """Return the target of this run; nothing that it created is left afterwards."""
    with ExitStack() as stack:
        if target_name == "AWS":
            target = request.config.stash[ON_AWS]
        else:
            service = stack.enter_context(LocalCustomerProfiles(domains=["acme"]))
            client = service.boto3_client()
            if target_name == "over HTTP":
                url = stack.enter_context(service.serve()).url
                session = boto3.Session("id", "secret", region_name="eu-central-1")
                client = session.client("customer-profiles", endpoint_url=url)
            target = Target(client, "acme", AT_ONCE)
        yield target
        target.delete_all()


@pytest.fixture
def target(session_target: Target) -> Iterator[Target]:
    """Return the target; what the test created is deleted after it."""
    yield session_target
    session_target.delete_all()


@pytest.fixture
def observe(record_property: Callable[[str, object], None]) -> Observe:
    """Return what records what a test sees."""
    return Observe(record_property)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """End a run on AWS with the table."""
    text = markdown(config.stash[REPORT].rows())
    file: Path | None = config.getoption("--customer-profiles-markdown", default=None)
    if file is not None:
        file.write_text(f"{text}\n", encoding="utf-8")
    if domain_name(config) is not None:
        terminalreporter.section("conformance")
        terminalreporter.write_line(text)
