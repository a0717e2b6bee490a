"""What ships: the wheel and the sdist hold what they should and nothing else."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = {str(path.relative_to(ROOT)) for path in (ROOT / "customer_profiles_sdk").rglob("*.py")} | {
    "customer_profiles_sdk/py.typed",
    "pytest_customer_profiles.py",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel made of it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_wheel(built: Path) -> None:
    """The wheel holds the package, the pytest plugin beside it, its metadata and the licence."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    metadata = {name for name in names if ".dist-info/" in name}

    assert PACKAGE == names - metadata
    assert {"METADATA", "WHEEL", "RECORD", "LICENSE", "entry_points.txt"} == {
        name.rpartition("/")[2] for name in metadata
    }


def test_the_sdist(built: Path) -> None:
    """The sdist holds the package and what documents, shows and tests it."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    folders = {name.partition("/")[0] for name in names if "/" in name}
    files = {name for name in names if "/" not in name}

    assert {"benchmarks", "customer_profiles_sdk", "docs", "examples", "tests"} == folders
    documents = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"}
    assert {".gitignore", "PKG-INFO", "pyproject.toml", "pytest_customer_profiles.py", *documents} == files
    assert PACKAGE <= names
