"""Lists of problems, which are built from the inside out."""

from customer_profiles_sdk.errors import Problem


def put_under(name: str, problems: list[Problem], start: int) -> None:
    """Put a name in front of the paths of those problems that were listed since ``start``."""
    for position in range(start, len(problems)):
        problem = problems[position]
        dot = "." if problem.path and not problem.path.startswith("[") else ""
        problems[position] = Problem(f"{name}{dot}{problem.path}", problem.message)
