"""How long search is behind, which no document says. ``settle_seconds`` of an upsert must not be less."""

import inspect

from conformance.behaviours import unknown
from conformance.observing import Observe
from conformance.target import Target
from customer_profiles_sdk import CustomerProfilesClient

SETTLE_SECONDS = inspect.signature(CustomerProfilesClient.upsert_profile).parameters["settle_seconds"].default


@unknown(f"search sees a new profile within {SETTLE_SECONDS} s, the default of `settle_seconds`")
def test_creating(target: Target, observe: Observe) -> None:
    """From the response to a create until search finds the profile."""
    number = target.unique()
    profile_id = target.create(AccountNumber=number)
    seconds = target.seconds_until(lambda: target.search("_account", number), [profile_id])

    observe.that(seconds <= SETTLE_SECONDS, f"after {seconds:.1f} s")


@unknown(f"search sees an update within {SETTLE_SECONDS} s")
def test_updating(target: Target, observe: Observe) -> None:
    """From the response to an update until search finds the profile by its new value, and shows it."""
    old, new = target.unique(), target.unique()
    profile_id = target.create(AccountNumber=old)
    target.found("_account", old, [profile_id])
    target.update(profile_id, AccountNumber=new)
    seconds = target.seconds_until(lambda: [hit["AccountNumber"] for hit in target.hits("_account", new)], [new])

    observe.that(seconds <= SETTLE_SECONDS, f"after {seconds:.1f} s")


@unknown(f"search no longer finds a deleted profile after {SETTLE_SECONDS} s")
def test_deleting(target: Target, observe: Observe) -> None:
    """From the response to a delete until search does not find the profile."""
    number = target.unique()
    profile_id = target.create(AccountNumber=number)
    target.found("_account", number, [profile_id])
    target.delete(profile_id)
    seconds = target.seconds_until(lambda: target.search("_account", number), [])

    observe.that(seconds <= SETTLE_SECONDS, f"after {seconds:.1f} s")


@unknown(f"a merge is done within {SETTLE_SECONDS} s", "on AWS it is a background job")
def test_merging(target: Target, observe: Observe) -> None:
    """From the response to a merge until the merged profile is gone."""
    main, other = target.create(), target.create()
    target.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other])
    seconds = target.seconds_until(lambda: target.call("batch_get_profile", ProfileIds=[other])["Profiles"], [])

    observe.that(seconds <= SETTLE_SECONDS, f"after {seconds:.1f} s")
