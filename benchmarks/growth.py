"""How the SDK's own work grows with the number of attributes, the length of a text, and the size of a page."""

from collections.abc import Iterator

from benchmarks.customers import DOMAIN, profile_with_attributes, profile_with_text, search_items
from benchmarks.sampling import Group, Sample, cpu_seconds
from customer_profiles_sdk import Profile
from customer_profiles_sdk._core.deserializer import search_page
from customer_profiles_sdk._core.requests import create_profile_request


def groups() -> Iterator[Group]:
    """Yield what is measured; a ratio says how much more than the first a larger one costs."""
    attributes = {f"{count}": converting(profile_with_attributes(count), 2000) for count in (1, 10, 100, 1000)}
    yield Group("convert and check, by attributes", attributes)
    texts = {f"{length}": converting(profile_with_text(length), 2000) for length in (1, 10, 100, 1000)}
    yield Group("convert and check, by characters", texts)
    yield Group("parse a page, by profiles", {f"{size}": parsing(size) for size in (1, 10, 100)})


def converting(profile: Profile, operations: int) -> Sample:
    """Return what samples the conversion and check of a profile, in loops of about so many attributes."""
    loops = max(1, operations // len(profile.attributes or "x"))
    return cpu_seconds(lambda: create_profile_request(DOMAIN, profile), loops)


def parsing(size: int) -> Sample:
    """Return what samples the reading of a page of so many profiles."""
    page = search_items(size)
    return cpu_seconds(lambda: search_page(page), 400 // size)
