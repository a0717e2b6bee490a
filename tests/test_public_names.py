"""What the package exports, what importing it costs, and which way its imports point."""

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import attrs
import pytest
from importlinter.cli import lint_imports

import customer_profiles_sdk

MODULES = [
    module.name
    for module in pkgutil.walk_packages(customer_profiles_sdk.__path__, f"{customer_profiles_sdk.__name__}.")
]


def test_all_is_sorted_and_complete() -> None:
    """__all__ names everything that __init__ imports, in order, and nothing else."""
    public = {
        name
        for name, value in vars(customer_profiles_sdk).items()
        if not name.startswith("_") and type(value) is not type(customer_profiles_sdk)
    }

    assert sorted([*public, "__version__"]) == customer_profiles_sdk.__all__


@pytest.mark.parametrize("name", sorted(customer_profiles_sdk.__all__))
def test_every_exported_class_is_documented(name: str) -> None:
    """Everything exported that can have a docstring has one of its own."""
    value = getattr(customer_profiles_sdk, name)

    assert not isinstance(value, type) or value.__doc__


def test_importing_the_package_imports_no_boto3() -> None:
    """Importing the package, and making profiles, imports neither boto3 nor botocore."""
    script = (
        "import sys, customer_profiles_sdk as sdk; sdk.Profile(first_name='Ana', address=sdk.Address(city='Cork'));"
        "print([name for name in sys.modules if name.split('.')[0] in {'boto3', 'botocore'}])"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert "[]" == printed.strip()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_for(module: str) -> None:
    """Every module can be imported by itself and has a docstring."""
    assert importlib.import_module(module).__doc__


def test_imports_point_down() -> None:
    """The floors of the house hold, as import-linter sees them."""
    assert 0 == lint_imports(config_filename=str(Path(__file__).parents[1] / "pyproject.toml"))


def documented_fields(kind: type) -> set[str]:
    """Return the fields of a class that a docstring follows, or that its own docstring lists."""
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    followed = {
        field.target.id
        for field, text in itertools.pairwise(definition.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }
    return followed | set(
        re.findall(r"^    (\w+): ", (inspect.getdoc(kind) or "").partition("Attributes:")[2], re.MULTILINE)
    )


@pytest.mark.parametrize(
    "kind", [each for each in vars(customer_profiles_sdk).values() if isinstance(each, type) and attrs.has(each)]
)
def test_every_field_is_documented(kind: type[attrs.AttrsInstance]) -> None:
    """Each field of a public model has a docstring; ruff asks for those of modules, classes and functions."""
    assert {each.name for each in attrs.fields(kind)} == documented_fields(kind)
