"""A measurement in a process of its own, so that nothing else is in its memory. Linux tells how much that is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

MIB: Final = 2**20
_PAGE_BYTES: Final = 4096


def measured_by(module: str, *arguments: str | Path) -> Any:
    """Run a module as a process, and return what it prints as JSON."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def peak_bytes() -> int:
    """Return the most memory that this process has used."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def bytes_in_use() -> int:
    """Return the memory that this process uses now."""
    return _PAGE_BYTES * int(Path("/proc/self/statm").read_text().split()[1])
