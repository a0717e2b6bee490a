"""What the Spark application must be like for a load: checked on the driver, as far as it can be known there."""

import time
from typing import Any, Final, cast

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from customer_profiles_sdk.errors import InvalidRequestError, Problem

_SECONDS_TO_START: Final = 30.0
"""How long executors that are starting are waited for; Spark itself would wait for 10 minutes."""
_SECONDS_BETWEEN_LOOKS: Final = 0.25


def check_cluster(operation: str, session: SparkSession, tasks: int) -> None:
    """Check that all tasks can run at the same time.

    Raises:
        InvalidRequestError: executors come and go, or there are too few of them.
    """
    if _is_on(session, "spark.dynamicAllocation.enabled") and not _is_local(session):
        message = (
            "is on, with which Spark runs no barrier stage: start the application with "
            "spark.dynamicAllocation.enabled=false and as many executors as tasks need"
        )
        raise InvalidRequestError(operation, [Problem("spark.dynamicAllocation.enabled", message)])
    slots = _slots(session, tasks)
    if slots is not None and slots < tasks:
        message = (
            f"{tasks} tasks must run at the same time, and there are cores for {slots}: choose tasks={max(slots, 1)}, "
            "or start the application with more cores"
        )
        raise InvalidRequestError(operation, [Problem("tasks", message)])


def check_speculation(operation: str, session: SparkSession) -> None:
    """Check that no task is run twice at the same time.

    Raises:
        InvalidRequestError: Spark may start a second copy of a slow task.
    """
    if _is_on(session, "spark.speculation"):
        message = (
            "is on, with which Spark runs slow tasks twice at the same time: start the application with "
            "spark.speculation=false, or use load_profiles, whose tasks are never run twice"
        )
        raise InvalidRequestError(operation, [Problem("spark.speculation", message)])


def _is_on(session: SparkSession, name: str) -> bool:
    return str(session.conf.get(name, "false")).lower() == "true"


def _is_local(session: SparkSession) -> bool:
    master = str(session.conf.get("spark.master", ""))
    return master == "local" or master.startswith("local[")


def _slots(session: SparkSession, tasks: int) -> int | None:
    """Return how many tasks can run at the same time, or ``None`` where that cannot be asked for."""
    ends_at = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            # Spark's own check asks the same; PySpark has no method for it, and Spark Connect no context.
            context = cast("Any", session.sparkContext)._jsc.sc()  # noqa: SLF001
            slots = int(context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()))
        except (PySparkException, Py4JError):
            return None
        if slots >= tasks or _is_local(session) or time.monotonic() > ends_at:
            return slots
        time.sleep(_SECONDS_BETWEEN_LOOKS)
