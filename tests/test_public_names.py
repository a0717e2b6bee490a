"""What the package exports, what importing it imports, and the layers of its modules."""

import ast
import inspect
import itertools
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import attrs
import pytest

import customer_profiles_sdk

ROOT = Path(__file__).parents[1]


def test_all_is_sorted_and_complete() -> None:
    """__all__ names everything that __init__ imports, in order, and nothing else."""
    public = {
        name
        for name, value in vars(customer_profiles_sdk).items()
        if not name.startswith("_") and type(value) is not type(customer_profiles_sdk)
    }

    assert sorted([*public, "__version__"]) == customer_profiles_sdk.__all__


def test_importing_the_package_imports_no_boto3() -> None:
    """Importing the package, and making profiles, imports neither boto3 nor botocore."""
    script = (
        "import sys, customer_profiles_sdk as sdk; sdk.Profile(first_name='Ana', address=sdk.Address(city='Cork'));"
        "print([name for name in sys.modules if name.split('.')[0] in {'boto3', 'botocore'}])"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert "[]" == printed.strip()


def test_a_synchronous_client_imports_no_asyncio() -> None:
    """Who builds a synchronous client does not pay for the import of asyncio, which boto3 does not import either."""
    script = (
        "import sys, customer_profiles_sdk as sdk; sdk.CustomerProfilesClient('acme', region_name='eu-central-1');"
        "print('asyncio' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert "False" == printed.strip()


def test_the_layers() -> None:
    """An import points down in the layers of pyproject.toml. The tool switches loggers off, so it is run by itself."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == process.returncode, process.stdout


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
