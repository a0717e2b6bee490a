"""Which attempt at a load a task of a barrier stage belongs to.

When a task of such a stage fails, Spark runs the whole stage again, and numbers the tasks as if it were the first time.
So each attempt leaves its number with the executors, in the folder that Spark keeps for an application on each of them,
and the tasks of the next tell each other what they find there. Where all executors are gone, the count begins anew.
"""

from contextlib import suppress
from pathlib import Path

from pyspark import BarrierTaskContext, SparkFiles


def begin_attempt(context: BarrierTaskContext) -> int:
    """Return the number of this attempt, 0 for the first; waits until all tasks have begun."""
    noted = Path(SparkFiles.getRootDirectory()) / f"customer-profiles-stage-{context.stageId()}"
    own = 0
    with suppress(OSError, ValueError):
        own = int(noted.read_text(encoding="ascii")) + 1
    attempt = max(map(int, context.allGather(str(own))))
    with suppress(OSError):  # the rows' outcomes are right without it
        noted.write_text(str(attempt), encoding="ascii")
    return attempt
