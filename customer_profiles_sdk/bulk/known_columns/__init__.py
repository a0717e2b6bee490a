"""What is known of the names of columns: tables of single names and words, and of the systems that export customers.

The tables are data. What a file's columns mean together is decided in ``bulk.proposals``.
"""

from customer_profiles_sdk.bulk.known_columns import (
    address_books,
    crm_systems,
    invoicing_systems,
    office_systems,
    service_systems,
    shop_systems,
)
from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: tuple[KnownSystem, ...] = (
    *address_books.SYSTEMS,
    *crm_systems.SYSTEMS,
    *shop_systems.SYSTEMS,
    *service_systems.SYSTEMS,
    *office_systems.SYSTEMS,
    *invoicing_systems.SYSTEMS,
)
"""The systems that are known."""

__all__ = ["SYSTEMS", "KnownSystem"]
