"""The codes and texts of what is rejected, and the texts of what is not."""

from conformance.behaviours import known, likely, unknown
from conformance.observing import Observe
from conformance.target import UNKNOWN_ID, Target

NO_PROFILE = ("ResourceNotFoundException", "ProfileId <id> is not found in domain")
TOO_LONG = "Member must have length less than or equal to 255"


@likely("the code and text for an unknown domain")
def test_an_unknown_domain(target: Target, observe: Observe) -> None:
    """A search in a domain that does not exist."""
    name = f"none-{target.run}"
    elsewhere = Target(target.client, name, target.wait, target.pace_seconds)

    observe(
        ("ResourceNotFoundException", f"DomainName {name} is not found in account"),
        elsewhere.rejection("search_profiles", KeyName="_account", Values=["1"]),
    )


@likely("the code and text for a key that is not defined in the domain")
def test_an_undefined_key(target: Target, observe: Observe) -> None:
    """A search by a key that nobody defined."""
    observe(
        ("ResourceNotFoundException", "KeyName Undefined is not defined in the domain"),
        target.rejection("search_profiles", KeyName="Undefined", Values=["1"]),
    )


@known("a delete of an unknown profile is a ResourceNotFoundException")
def test_deleting_an_unknown_profile(target: Target, observe: Observe) -> None:
    """The code alone."""
    observe("ResourceNotFoundException", target.rejection("delete_profile", ProfileId=UNKNOWN_ID)[0])


@unknown("the code and text for an unknown profile")
def test_an_unknown_profile(target: Target, observe: Observe) -> None:
    """Each operation on a profile that does not exist."""
    key = {"ProfileId": UNKNOWN_ID, "KeyName": "_account", "Values": ["1"]}

    observe(
        [NO_PROFILE] * 5,
        [
            target.rejection("delete_profile", ProfileId=UNKNOWN_ID),
            target.rejection("update_profile", ProfileId=UNKNOWN_ID),
            target.rejection("add_profile_key", **key),
            target.rejection("delete_profile_key", **key),
            target.rejection("merge_profiles", MainProfileId=UNKNOWN_ID, ProfileIdsToBeMerged=["1" * 32]),
        ],
    )


@unknown("the code and text of a missing id in BatchGetProfile")
def test_the_error_of_a_missing_id(target: Target, observe: Observe) -> None:
    """The entry of an id that does not exist."""
    (error,) = target.call("batch_get_profile", ProfileIds=[UNKNOWN_ID])["Errors"]

    observe(
        ("ResourceNotFoundException", f"ProfileId {UNKNOWN_ID} is not found in domain"),
        (error["Code"], error["Message"]),
    )


@likely("the code and text for a text that is too long")
def test_a_long_text(target: Target, observe: Observe) -> None:
    """A name of 256 characters."""
    observe(
        (
            "BadRequestException",
            f"1 validation error detected: Value at 'firstName' failed to satisfy constraint: {TOO_LONG}",
        ),
        target.rejection("create_profile", FirstName="x" * 256),
    )


@likely("the code and text for an attribute that is too long")
def test_a_long_attribute(target: Target, observe: Observe) -> None:
    """A value of 256 characters."""
    constraints = f"[{TOO_LONG}, Member must have length greater than or equal to 1]"

    observe(
        (
            "BadRequestException",
            (
                "1 validation error detected: Value at 'attributes' failed to satisfy constraint: "
                f"Map value must satisfy constraint: {constraints}"
            ),
        ),
        target.rejection("create_profile", Attributes={"a": "x" * 256}),
    )


@likely("the code and text for a value that the enum does not have")
def test_a_wrong_enum(target: Target, observe: Observe) -> None:
    """A gender that is not one of three."""
    observe(
        (
            "BadRequestException",
            (
                "1 validation error detected: Value at 'gender' failed to satisfy constraint: "
                "Member must satisfy enum value set: [MALE, FEMALE, UNSPECIFIED]"
            ),
        ),
        target.rejection("create_profile", Gender="OTHER"),
    )


@unknown("an empty `PartyType` is a value that the enum does not have")
def test_an_empty_enum(target: Target, observe: Observe) -> None:
    """An update that would empty the member of a pair."""
    observe("BadRequestException", target.rejection("update_profile", ProfileId=target.create(), PartyType="")[0])


@likely("the code and text for an id that is malformed")
def test_a_malformed_id(target: Target, observe: Observe) -> None:
    """A text that is no id."""
    observe(
        (
            "BadRequestException",
            (
                "1 validation error detected: Value at 'profileId' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: [a-f0-9]{32}"
            ),
        ),
        target.rejection("delete_profile", ProfileId="no-id"),
    )


@likely("a key takes exactly one value (BadRequestException)")
def test_two_values(target: Target, observe: Observe) -> None:
    """A search for either of two values, and for none."""
    searches = (
        target.rejection("search_profiles", KeyName="_account", Values=["1", "2"]),
        target.rejection("search_profiles", KeyName="_account", Values=[]),
    )

    observe([("BadRequestException", "Values must hold exactly one value")] * 2, list(searches))


@unknown("the texts of `Message` in the responses to deletes and merges")
def test_messages(target: Target, observe: Observe) -> None:
    """Each operation whose response is a text."""
    main, other = target.create(), target.create()
    key = {"ProfileId": main, "KeyName": "_account", "Values": [target.unique()]}
    target.call("add_profile_key", **key)
    texts = [target.call("delete_profile_key", **key)["Message"]]
    texts.append(target.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other])["Message"])
    texts.append(target.delete(main)["Message"])

    observe(["OK"] * 3, texts)
