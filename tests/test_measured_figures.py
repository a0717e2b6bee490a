"""A measured figure in the README or in a page of ``docs`` is what the results in ``docs/measured`` say."""

import re
from pathlib import Path

import pytest

from benchmarks.budgets import Budget
from benchmarks.goals import Goal
from benchmarks.report import COMMAND, FIGURES, MARKED, PAGES, written
from benchmarks.results import Results

ROOT = Path(__file__).parents[1]
PERFORMANCE = "docs/performance.md"
FIGURE = re.compile(r"\b\d[\d,.]* ?(?:us|ms|MiB)\b|\b\d\.\d\d\b")


@pytest.fixture(scope="module")
def results() -> Results:
    """Return the results that the project keeps."""
    return Results.read()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_figures_of_the_results(page: str, results: Results) -> None:
    """Each page has between its markers what the results say."""
    found = (ROOT / page).read_text()

    assert written(found, results) == found, f"{page} is not as docs/measured is: run `{COMMAND}`"


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_figure_is_found(page: str, results: Results) -> None:
    """Whatever digit of a marked figure is changed, the report puts the figure of the results back."""
    found = (ROOT / page).read_text()

    def other_digit(match: re.Match[str]) -> str:
        begin, _, figure, end = match.groups()
        return begin + re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit[0]) + 1) % 10), figure) + end

    changed = MARKED.sub(other_digit, found)

    assert changed != found
    assert written(found, results) == written(changed, results)


def test_the_words_of_a_line_stay_wrapped(results: Results) -> None:
    """New figures in a line of text keep the line breaks of the page."""
    page = "<!-- measured: growth -->{} us for each\nattribute and {} us for each full profile of a page<!-- end -->"

    assert page.count("\n") == written(page.format("9.99", "9.99"), results).count("\n")


def test_no_other_figure_stands_in_the_page_about_performance() -> None:
    """The page about performance has no time, size or ratio that the report does not write."""
    prose = re.sub(r"^```.*?^```", "", MARKED.sub("", (ROOT / PERFORMANCE).read_text()), flags=re.DOTALL | re.MULTILINE)

    assert [] == FIGURE.findall(prose), f"put it between markers, and into benchmarks/report.py: `{COMMAND}`"


def test_every_figure_stands_in_a_page() -> None:
    """The report makes no figure that no page has."""
    names = {name for page in PAGES for _, name, _, _ in MARKED.findall((ROOT / page).read_text())}

    assert set(FIGURES) == names


def test_the_results_do_not_name_the_machine(results: Results) -> None:
    """The results say what kind of machine measured them, and neither its name nor its folders."""
    kept = {"date", "python_version", "packages", "cpu_count", "cpu_model_name", "machine", "system"}

    others = (results.faults, results.proxies, results.local_service, results.load, results.asynchronous)
    for environment in (
        results.newest.environment,
        results.lowest.environment,
        *(each["environment"] for each in others),
    ):
        assert kept == set(environment)


@pytest.mark.parametrize(
    ("ratio", "held_to", "outcome", "exceeded"),
    [
        (1.25, None, "kept", False),
        (1.26, None, "not kept", True),
        (1.26, 1.4, "not kept; held to 1.40", False),
        (1.41, 1.4, "not kept", True),
    ],
)
def test_a_budget(ratio: float, held_to: float | None, outcome: str, *, exceeded: bool) -> None:
    """A ratio keeps its budget up to the limit; a budget that is not kept fails beyond what it is held to."""
    budget = Budget("a page", "search_profiles", "customer_profiles_sdk", limit=1.25, held_to=held_to)

    assert outcome == budget.outcome(ratio)
    assert exceeded == budget.exceeded(ratio)


@pytest.mark.parametrize(
    ("goal", "found", "wanted", "outcome"),
    [
        (Goal(figure="memory", measured=80.0, limit=80, unit="MiB"), "80.0 MiB", "at most 80 MiB", "met"),
        (Goal(figure="memory", measured=80.1, limit=80, unit="MiB"), "80.1 MiB", "at most 80 MiB", "not met"),
        (Goal(figure="rows a second", measured=98.0, limit=98, is_least=True), "98.0", "at least 98", "met"),
        (Goal(figure="rows a second", measured=97.9, limit=98, is_least=True), "97.9", "at least 98", "not met"),
        (Goal(figure="duplicates", measured=1_000, limit=0), "1,000", "0", "not met"),
    ],
)
def test_a_goal(goal: Goal, found: str, wanted: str, outcome: str) -> None:
    """A goal is met up to its limit, or from its limit on."""
    assert (found, wanted, outcome) == (goal.found, goal.wanted, goal.outcome)
