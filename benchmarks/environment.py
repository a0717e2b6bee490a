"""What a result was measured on: machine, Python, versions of packages and date; kept with every result."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def environment(*packages: str) -> dict[str, str | int]:
    """Return what is kept with a result; a package that is not installed is left out."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python_version": platform.python_version(),
        "packages": ", ".join(f"{package} {found}" for package in packages if (found := _version(package))),
        "cpu_count": os.cpu_count() or 1,
        "cpu_model_name": _processor(),
        "machine": platform.machine(),
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
    }


def as_text(found: Mapping[str, str | int]) -> str:
    """Return the environment as text, such as ``Python 3.11.7, botocore 1.44.8, 2 cores ...``, without the date."""
    processor = f"{found['cpu_count']} cores of {found['cpu_model_name']} ({found['machine']})"
    return f"Python {found['python_version']}, {found['packages']}, {processor}, {found['system']}"


def write(path: Path, result: Mapping[str, object], *packages: str) -> None:
    """Write a result with its environment as JSON."""
    path.write_text(json.dumps({"environment": environment(*packages), **result}, indent=2) + "\n")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """Return the name of the processor, as Linux reports it."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "an unknown processor"
