"""What becomes of profiles that are merged."""

from conformance.behaviours import known, likely, unknown
from conformance.observing import Observe
from conformance.target import Target


def merge(target: Target, main: str, other: str, **parameters: object) -> None:
    """Merge one profile into another and wait until it is gone."""
    target.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other], **parameters)
    target.eventually(lambda: target.call("batch_get_profile", ProfileIds=[other])["Profiles"], [])


@known("merging unites the fields, the main profile wins, and the others are deleted")
def test_fields(target: Target, observe: Observe) -> None:
    """Two profiles, with a field and an attribute of which both have one."""
    main = target.create(FirstName="Ana", Attributes={"a": "main"})
    other = target.create(FirstName="Zoe", LastName="Other", Attributes={"a": "x", "b": "other"})
    merge(target, main, other)
    left = target.call("batch_get_profile", ProfileIds=[other])["Profiles"]

    observe(
        [{"FirstName": "Ana", "LastName": "Other", "Attributes": {"a": "main", "b": "other"}}, []],
        [target.read(main, "FirstName", "LastName", "Attributes"), left],
    )


@known("in a merge the chosen source of a field or an attribute wins, even without a value")
def test_sources(target: Target, observe: Observe) -> None:
    """A source that has one of two fields, and no attributes."""
    main = target.create(FirstName="Ana", LastName="Main", Attributes={"a": "main"})
    other = target.create(FirstName="Zoe")
    sources = {"FirstName": other, "LastName": other, "Attributes": {"a": other}}
    merge(target, main, other, FieldSourceProfileIds=sources)

    observe({"FirstName": "Zoe"}, target.read(main, "FirstName", "LastName", "Attributes"))


@known("in a merge all keys move to the main profile")
def test_keys(target: Target, observe: Observe) -> None:
    """Keys of the merged profile that no field of the main profile has afterwards."""
    number, email, added = target.unique(), target.email(), target.unique()
    main = target.create(EmailAddress=target.email())
    other = target.create(AccountNumber=number, EmailAddress=email)
    target.call("add_profile_key", ProfileId=other, KeyName="_account", Values=[added])
    merge(target, main, other)

    observe(
        [{main}] * 3,
        [target.found(*pair, [main]) for pair in (("_account", number), ("_email", email), ("_account", added))],
    )


@likely("after a merge `_profileId` of a merged profile finds the main one")
def test_the_id_of_a_merged_profile(target: Target, observe: Observe) -> None:
    """A search by the id of a profile that is gone."""
    main, other = target.create(), target.create()
    merge(target, main, other)

    observe({main}, target.found("_profileId", other, [main]))


@unknown("a profile cannot be merged into itself (BadRequestException)")
def test_itself(target: Target, observe: Observe) -> None:
    """One profile as main and other."""
    main = target.create()

    observe(
        "BadRequestException",
        target.rejection("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[main])[0],
    )
