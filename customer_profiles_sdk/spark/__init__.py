"""Load many customers from a Spark frame: the loader of ``bulk`` in several tasks, each with its share of the pace.

It needs the extra ``spark``: PySpark 4, pyarrow, and Java 17 or later. The modules::

    frames      -> cluster      load_profiles: what a frame goes through, and what the cluster must be like
                -> attempts     which attempt at the load this is
    data_source                 df.write.format("customer_profiles")
    tasks                       what one task does with its rows: read them, send them, say what became of them
    columns                     which of a frame's columns are read, and whether their types fit

Rows, columns, checks and sending are those of ``bulk``.
"""

try:
    import pandas as pd  # noqa: F401 (PySpark needs it)
    import pyarrow as pa  # noqa: F401
    import pyspark  # noqa: F401
except ImportError as _error:
    raise ImportError(
        f"loading from Spark needs an extra ({_error.name} is missing): pip install 'customer-profiles-sdk[spark]'"
    ) from _error

from customer_profiles_sdk.spark.data_source import CustomerProfilesDataSource, register
from customer_profiles_sdk.spark.frames import load_profiles

__all__ = ["CustomerProfilesDataSource", "load_profiles", "register"]
