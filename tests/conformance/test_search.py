"""Which profiles a search finds."""

from conformance.behaviours import known, likely, unknown
from conformance.observing import Observe
from conformance.target import Target

PHONES = ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber")
EMAILS = ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress")


@known("`_phone`, `_email`, `_account` and `_profileId` look at their fields")
def test_fields(target: Target, observe: Observe) -> None:
    """Every field by which a profile is found by one of these keys."""
    phones, emails = {each: target.phone() for each in PHONES}, {each: target.email() for each in EMAILS}
    number = target.unique()
    profile_id = target.create(AccountNumber=number, **phones, **emails)
    searches = [("_phone", each) for each in phones.values()] + [("_email", each) for each in emails.values()]
    searches += [("_account", number), ("_profileId", profile_id)]

    observe([{profile_id}] * 9, [target.found(key, value, [profile_id]) for key, value in searches])


@known("`_fullName` is the first, middle and last name")
def test_full_name(target: Target, observe: Observe) -> None:
    """A profile with three names."""
    last = target.unique()
    profile_id = target.create(FirstName="Ana", MiddleName="B.", LastName=last)

    observe({profile_id}, target.found("_fullName", f"Ana B. {last}", [profile_id]))


@likely("`_fullName` without a middle name is first and last name")
def test_two_names(target: Target, observe: Observe) -> None:
    """A profile with two names."""
    last = target.unique()
    profile_id = target.create(FirstName="Ana", LastName=last)

    observe({profile_id}, target.found("_fullName", f"Ana {last}", [profile_id]))


@known("`_email` ignores case", "from examples")
def test_case_of_emails(target: Target, observe: Observe) -> None:
    """An address in other letters."""
    email = target.email()
    profile_id = target.create(EmailAddress=email)

    observe({profile_id}, target.found("_email", email.swapcase(), [profile_id]))


@known("`_fullName` ignores case and repeated spaces", "from examples")
def test_spelling_of_names(target: Target, observe: Observe) -> None:
    """A name in other letters and with another space."""
    last = target.unique()
    profile_id = target.create(FirstName="Ana", LastName=last)

    observe({profile_id}, target.found("_fullName", f"ANA  {last.upper()}", [profile_id]))


@known("`_phone` ignores formatting and +1", "from examples")
def test_spelling_of_phones(target: Target, observe: Observe) -> None:
    """A number that was stored with its country code, and one that is searched with it."""
    one, two = target.phone(), target.phone()
    with_code = target.create(PhoneNumber=f"+1 ({one[:3]}) {one[3:6]}-{one[6:]}")
    without = target.create(PhoneNumber=f"({two[:3]})-{two[3:6]}-{two[6:]}")

    observe(
        [{with_code}, {without}],
        [target.found("_phone", one, [with_code]), target.found("_phone", f"+1{two}", [without])],
    )


@unknown("`_phone` compares other country codes as they are")
def test_other_country_codes(target: Target, observe: Observe) -> None:
    """A number with the code 49, searched with, without and in another form of it."""
    number = target.phone()
    profile_id = target.create(PhoneNumber=f"+49 {number}")
    with_code = target.found("_phone", f"+49{number}", [profile_id])

    observe(
        [{profile_id}, [], []],
        [with_code, target.search("_phone", number), target.search("_phone", f"0049{number}")],
    )


@unknown("`_phone` ignores everything but digits, and a text without digits finds nothing")
def test_phones_without_digits(target: Target, observe: Observe) -> None:
    """A number with an extension, and two texts without a digit."""
    number = target.phone()
    extended = target.create(PhoneNumber=f"{number} ext. 5", MobilePhoneNumber=f"none {target.run.translate(LETTERS)}")
    found = target.found("_phone", f"{number}5", [extended])

    observe([{extended}, []], [found, target.search("_phone", f"no {target.run.translate(LETTERS)}")])


LETTERS = str.maketrans("0123456789", "ghijklmnop")


@known("`_account` is compared with regard to case")
def test_case_of_accounts(target: Target, observe: Observe) -> None:
    """A number in other letters."""
    number = target.unique()
    profile_id = target.create(AccountNumber=number)
    found = target.found("_account", number, [profile_id])

    observe([{profile_id}, []], [found, target.search("_account", number.upper())])


@known("OR finds what has one of the keys, AND what has all; `FoundByItems` says which keys matched")
def test_several_keys(target: Target, observe: Observe) -> None:
    """Two keys, and profiles that have one or both of them."""
    number, email = target.unique(), target.email()
    both = target.create(AccountNumber=number, EmailAddress=email)
    account = target.create(AccountNumber=number)
    only_email = target.create(EmailAddress=email)
    more = {"AdditionalSearchKeys": [{"KeyName": "_email", "Values": [email]}]}
    either = target.found("_account", number, [both, account, only_email], **more)
    every = target.found("_account", number, [both], LogicalOperator="AND", **more)
    found_by = {
        hit["ProfileId"]: sorted(item["KeyName"] for item in hit["FoundByItems"])
        for hit in target.hits("_account", number, **more)
    }

    keys = {both: ["_account", "_email"], account: ["_account"], only_email: ["_email"]}
    observe(
        (set(keys), {both}, keys),
        (either, every, found_by),
    )


@known("a search takes five keys at most")
def test_six_keys(target: Target, observe: Observe) -> None:
    """One key and five more."""
    more = [{"KeyName": "_account", "Values": [str(number)]} for number in range(5)]
    search = {"KeyName": "_account", "Values": ["none"]}

    observe(
        ("accepted", "BadRequestException"),
        (
            target.rejection("search_profiles", **search, AdditionalSearchKeys=more[:4])[0],
            target.rejection("search_profiles", **search, AdditionalSearchKeys=more)[0],
        ),
    )


@known("a profile is found by a key that was added to it, and not after it was deleted")
def test_added_keys(target: Target, observe: Observe) -> None:
    """A key of its own for a profile, and its end."""
    profile_id = target.create()
    key = {"ProfileId": profile_id, "KeyName": "_account", "Values": [target.unique()]}
    target.call("add_profile_key", **key)
    found = target.found("_account", key["Values"][0], [profile_id])
    target.call("delete_profile_key", **key)

    observe([{profile_id}, set()], [found, target.found("_account", key["Values"][0], [])])


@unknown("deleting a key that a profile does not have succeeds")
def test_deleting_no_key(target: Target, observe: Observe) -> None:
    """A key that was never added."""
    key = {"ProfileId": target.create(), "KeyName": "_account", "Values": [target.unique()]}

    observe("accepted", target.rejection("delete_profile_key", **key)[0])


@unknown("deleting a key that comes from a field keeps the field, and the profile is no longer found by it")
def test_deleting_a_key_of_a_field(target: Target, observe: Observe) -> None:
    """The account number's own key."""
    number = target.unique()
    profile_id = target.create(AccountNumber=number)
    target.found("_account", number, [profile_id])
    target.call("delete_profile_key", ProfileId=profile_id, KeyName="_account", Values=[number])
    found = target.found("_account", number, [])

    observe([set(), {"AccountNumber": number}], [found, target.read(profile_id, "AccountNumber")])
