"""The embedded service's operations beyond creating and updating, as plain boto3 sees them."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from customer_profiles_sdk.local import Faults, LocalCustomerProfiles

UNKNOWN = "0" * 32


class Domain:
    """A domain of the embedded service through plain boto3, for short tests."""

    def __init__(self, service: LocalCustomerProfiles) -> None:
        self.boto3 = service.boto3_client()

    def create(self, **members: Any) -> str:
        """Create a profile and return its id."""
        profile_id: str = self.boto3.create_profile(DomainName="acme", **members)["ProfileId"]
        return profile_id

    def read(self, profile_id: str) -> dict[str, Any]:
        """Return a profile's members without its id."""
        (members,) = self.boto3.batch_get_profile(DomainName="acme", ProfileIds=[profile_id])["Profiles"]
        del members["ProfileId"]
        return dict(members)

    def call(self, method: str, **parameters: Any) -> Any:
        """Call an operation on the domain."""
        return getattr(self.boto3, method)(DomainName="acme", **parameters)

    def search(self, key: str, value: str, **parameters: Any) -> list[str]:
        """Return the ids on the first page of a search."""
        found = self.call("search_profiles", KeyName=key, Values=[value], **parameters)
        return [item["ProfileId"] for item in found["Items"]]

    def rejection(self, method: str, **parameters: Any) -> tuple[str, str]:
        """Return the code and text with which a call is rejected."""
        with pytest.raises(ClientError) as caught:
            self.call(method, **parameters)
        error: Any = caught.value.response
        return error["Error"]["Code"], error["Error"]["Message"]


@pytest.fixture
def domain() -> Iterator[Domain]:
    """Return a domain in which the key ``LoyaltyId`` is defined."""
    with LocalCustomerProfiles(domains=["acme"], search_keys=["LoyaltyId"]) as service:
        yield Domain(service)


class TestSearch:
    """What each key finds."""

    @pytest.mark.parametrize("field", ["PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber"])
    @pytest.mark.parametrize(
        ("stored", "searched"),
        [
            ("+1 (206) 345-7890", "2063457890"),
            ("(555)-123-4567", "+15551234567"),
            ("030-0074321", "030 0074321"),
            ("+49 30 0074321", "+49300074321"),
        ],
    )
    def test_phone(self, domain: Domain, field: str, stored: str, searched: str) -> None:
        """_phone looks at all four numbers and ignores formatting and the country code +1."""
        profile_id = domain.create(**{field: stored})

        assert [profile_id] == domain.search("_phone", searched)
        assert [] == domain.search("_phone", f"{searched}1")

    @pytest.mark.parametrize("field", ["EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress"])
    def test_email(self, domain: Domain, field: str) -> None:
        """_email looks at all three addresses and ignores case."""
        profile_id = domain.create(**{field: "Ana@Mail.example"})

        assert [profile_id] == domain.search("_email", "aNA@mail.EXAMPLE")
        assert [] == domain.search("_email", "ana @mail.example")

    def test_account(self, domain: Domain) -> None:
        """_account compares to the letter and finds all profiles of the number, oldest first."""
        ids = [domain.create(AccountNumber="A-1") for _ in range(2)]

        assert ids == domain.search("_account", "A-1")
        assert [] == domain.search("_account", "a-1")

    def test_profile_id(self, domain: Domain) -> None:
        """_profileId finds the profile itself."""
        profile_id = domain.create()

        assert [profile_id] == domain.search("_profileId", profile_id)

    @pytest.mark.parametrize(
        ("names", "searched"),
        [
            ({"FirstName": "Ana", "MiddleName": "B.", "LastName": "Example"}, "ana  b. EXAMPLE"),
            ({"FirstName": "Ana", "LastName": "Example"}, "Ana Example"),
            ({"LastName": " de  la Cruz"}, "de la cruz"),
        ],
    )
    def test_full_name(self, domain: Domain, names: dict[str, str], searched: str) -> None:
        """_fullName is the names there are, joined; case and repeated spaces do not count."""
        profile_id = domain.create(**names)

        assert [profile_id] == domain.search("_fullName", searched)

    def test_a_key_that_no_field_has(self, domain: Domain) -> None:
        """A predefined key that looks at no field of a profile finds nothing."""
        domain.create(AccountNumber="1")

        assert [] == domain.search("_orderId", "1")

    def test_an_update_changes_what_is_found(self, domain: Domain) -> None:
        """After an update a profile is found by its new values and no longer by the old ones."""
        profile_id = domain.create(EmailAddress="old@mail.example", AccountNumber="1")
        domain.call("update_profile", ProfileId=profile_id, EmailAddress="new@mail.example", AccountNumber="")

        assert [profile_id] == domain.search("_email", "new@mail.example")
        assert [] == domain.search("_email", "old@mail.example") == domain.search("_account", "1")

    def test_several_keys(self, domain: Domain) -> None:
        """OR, the default, finds what has one of the keys, AND what has all; FoundByItems tells which."""
        both = domain.create(AccountNumber="1", EmailAddress="ana@mail.example")
        account = domain.create(AccountNumber="1")
        email = domain.create(EmailAddress="ana@mail.example")
        more = {"AdditionalSearchKeys": [{"KeyName": "_email", "Values": ["ANA@mail.example"]}]}

        either = domain.call("search_profiles", KeyName="_account", Values=["1"], **more)["Items"]

        assert [both] == domain.search("_account", "1", LogicalOperator="AND", **more)
        assert [both, account, email] == [item["ProfileId"] for item in either]
        assert [
            [{"KeyName": "_account", "Values": ["1"]}, {"KeyName": "_email", "Values": ["ANA@mail.example"]}],
            [{"KeyName": "_account", "Values": ["1"]}],
            [{"KeyName": "_email", "Values": ["ANA@mail.example"]}],
        ] == [item["FoundByItems"] for item in either]

    @pytest.mark.parametrize("key", ["EmailAddress", "Loyaltyid", "_nosuch"])
    def test_a_key_that_is_not_defined(self, domain: Domain, key: str) -> None:
        """A key that is not defined in the domain is rejected, with its own wording."""
        expected = ("ResourceNotFoundException", f"KeyName {key} is not defined in the domain")

        assert expected == domain.rejection("search_profiles", KeyName=key, Values=["x"])
        assert expected == domain.rejection("add_profile_key", ProfileId=UNKNOWN, KeyName=key, Values=["x"])

    @pytest.mark.parametrize("values", [[], ["a", "b"]])
    def test_one_value(self, domain: Domain, values: list[str]) -> None:
        """A key takes exactly one value, as it is believed to on AWS."""
        code, message = domain.rejection("search_profiles", KeyName="_account", Values=values)

        assert ("BadRequestException", "Values must hold exactly one value") == (code, message)


class TestPages:
    """How a long result is fetched page by page."""

    def pages(self, domain: Domain, **parameters: Any) -> list[list[str]]:
        """Return the ids of every page of a search."""
        pages: list[list[str]] = []
        token: dict[str, str] = {}
        while True:
            response = domain.call("search_profiles", KeyName="_account", Values=["1"], **parameters, **token)
            pages.append([item["ProfileId"] for item in response["Items"]])
            if "NextToken" not in response:
                return pages
            token = {"NextToken": response["NextToken"]}

    @pytest.mark.parametrize(
        ("size", "lengths"), [(None, [20, 5]), (10, [10, 10, 5]), (5, [5] * 5), (25, [25]), (100, [25])]
    )
    def test_all_pages(self, domain: Domain, size: int | None, lengths: list[int]) -> None:
        """Every profile is on one page, in order; a page holds 20 unless asked otherwise."""
        ids = [domain.create(AccountNumber="1") for _ in range(25)]

        pages = self.pages(domain, **({} if size is None else {"MaxResults": size}))

        assert lengths == [len(page) for page in pages]
        assert ids == [each for page in pages for each in page]

    @pytest.mark.parametrize("operator", ["AND", "OR"])
    def test_pages_over_several_keys(self, domain: Domain, operator: str) -> None:
        """Pages over several keys hold each profile once."""
        ids = [domain.create(AccountNumber="1", EmailAddress="a@mail.example") for _ in range(5)]
        more = [{"KeyName": "_email", "Values": ["a@mail.example"]}]

        pages = self.pages(domain, MaxResults=2, LogicalOperator=operator, AdditionalSearchKeys=more)

        assert [ids[:2], ids[2:4], ids[4:]] == pages

    def test_a_token_is_valid_for_its_query_only(self, domain: Domain) -> None:
        """A token that was changed, or is used with another query, is rejected."""
        for _ in range(2):
            domain.create(AccountNumber="1")
        token = domain.call("search_profiles", KeyName="_account", Values=["1"], MaxResults=1)["NextToken"]
        swapped = ("0" if token[0] != "0" else "1") + token[1:]
        rejected = ("BadRequestException", "NextToken is not valid for this request")

        for changed in (swapped, token[:-1], token[:-2], f"{token}00", f"{token}!", "x", "00", "\u00e9"):
            parameters = {"KeyName": "_account", "Values": ["1"], "NextToken": changed}
            assert rejected == domain.rejection("search_profiles", **parameters)
        assert rejected == domain.rejection("search_profiles", KeyName="_account", Values=["2"], NextToken=token)

    def test_a_token_is_letters_and_digits(self, domain: Domain) -> None:
        """A token never begins with a dash, which a command line would take for an option."""
        for _ in range(2):
            domain.create(AccountNumber="1")
        token = domain.call("search_profiles", KeyName="_account", Values=["1"], MaxResults=1)["NextToken"]

        assert token.isascii()
        assert token.isalnum()


class TestKeys:
    """Keys that are added to a profile."""

    def test_an_added_key_finds_the_profile(self, domain: Domain) -> None:
        """A profile is found by a key that was added, survives updates with it, and not after the key was deleted."""
        profile_id = domain.create(FirstName="Ana")
        key = {"ProfileId": profile_id, "KeyName": "LoyaltyId", "Values": ["L 1"]}

        added = domain.call("add_profile_key", **key)
        domain.call("add_profile_key", **key)
        domain.call("update_profile", ProfileId=profile_id, FirstName="Anna")

        assert ("LoyaltyId", ["L 1"]) == (added["KeyName"], added["Values"])
        assert [profile_id] == domain.search("LoyaltyId", "L 1")
        assert {"FirstName": "Anna"} == domain.read(profile_id)
        assert "OK" == domain.call("delete_profile_key", **key)["Message"]
        assert [] == domain.search("LoyaltyId", "L 1")

    def test_of_an_unknown_profile(self, domain: Domain) -> None:
        """A key of a profile that does not exist is rejected."""
        expected = ("ResourceNotFoundException", f"ProfileId {UNKNOWN} is not found in domain")
        key = {"ProfileId": UNKNOWN, "KeyName": "LoyaltyId", "Values": ["1"]}

        assert expected == domain.rejection("add_profile_key", **key) == domain.rejection("delete_profile_key", **key)


class TestDelete:
    """What is left of a profile that was deleted: nothing."""

    def test_a_deleted_profile(self, domain: Domain) -> None:
        """A deleted profile is neither read nor found, and cannot be deleted again."""
        profile_id = domain.create(AccountNumber="1")

        assert "OK" == domain.call("delete_profile", ProfileId=profile_id)["Message"]

        assert [] == domain.search("_account", "1")
        assert "ResourceNotFoundException" == domain.rejection("delete_profile", ProfileId=profile_id)[0]


class TestMerge:
    """What becomes of profiles that are merged."""

    def test_the_main_profile_wins(self, domain: Domain) -> None:
        """Fields and attributes are united, the main profile's win, keys move, and the merged profiles are gone."""
        main = domain.create(FirstName="Ana", Attributes={"a": "main"}, Address={"City": "Cork"})
        first = domain.create(
            FirstName="x", LastName="First", Attributes={"a": "x", "b": "first"}, Address={"State": "x"}
        )
        second = domain.create(LastName="x", GenderString="nb", Attributes={"b": "x", "c": "second"})
        domain.call("add_profile_key", ProfileId=first, KeyName="LoyaltyId", Values=["1"])

        domain.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[first, second])

        assert {
            "FirstName": "Ana",
            "LastName": "First",
            "GenderString": "nb",
            "Address": {"City": "Cork"},
            "Attributes": {"a": "main", "b": "first", "c": "second"},
        } == domain.read(main)
        assert [main] == domain.search("LoyaltyId", "1")
        assert "ResourceNotFoundException" == domain.rejection("delete_profile", ProfileId=first)[0]

    def test_fields_with_a_source_of_their_own(self, domain: Domain) -> None:
        """A field or attribute with a source has the source's value, even where the source has none."""
        main = domain.create(FirstName="Ana", LastName="Main", Gender="MALE", Attributes={"a": "1", "b": "1"})
        other = domain.create(FirstName="Anna", Gender="FEMALE", Attributes={"a": "2"})
        sources = {"FirstName": other, "LastName": other, "Gender": other, "Attributes": {"a": other, "b": other}}

        domain.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other], FieldSourceProfileIds=sources)

        expected = {"FirstName": "Anna", "Gender": "FEMALE", "GenderString": "FEMALE", "Attributes": {"a": "2"}}
        assert expected == domain.read(main)

    def test_what_cannot_be_merged(self, domain: Domain) -> None:
        """A profile is not merged into itself, with one that does not exist, or with the fields of an outsider."""
        main, other = domain.create(), domain.create()

        def rejected(**parameters: Any) -> tuple[str, str]:
            return domain.rejection("merge_profiles", MainProfileId=main, **parameters)

        assert "A profile cannot be merged into itself" == rejected(ProfileIdsToBeMerged=[other, main])[1]
        assert "ResourceNotFoundException" == rejected(ProfileIdsToBeMerged=[other, UNKNOWN])[0]
        sources = {"FirstName": UNKNOWN}
        assert "BadRequestException" == rejected(ProfileIdsToBeMerged=[other], FieldSourceProfileIds=sources)[0]
        assert {} == domain.read(other)


class TestDomains:
    """The few operations on domains that a test needs."""

    def test_a_domains_life(self, domain: Domain) -> None:
        """A domain is created, read, listed and deleted with its profiles."""
        boto3 = domain.boto3
        created = boto3.create_domain(DomainName="new", DefaultExpirationDays=30, Tags={"team": "a"})
        profile_id = boto3.create_profile(DomainName="new")["ProfileId"]
        read = boto3.get_domain(DomainName="new")

        assert ("new", 30, {"team": "a"}) == (created["DomainName"], created["DefaultExpirationDays"], created["Tags"])
        assert created["CreatedAt"] == read["CreatedAt"]
        assert 1 == read["Stats"]["ProfileCount"]
        assert ["acme", "new"] == [item["DomainName"] for item in boto3.list_domains()["Items"]]
        assert boto3.delete_domain(DomainName="new")["Message"]
        with pytest.raises(ClientError, match="DomainName new is not found in account"):
            boto3.batch_get_profile(DomainName="new", ProfileIds=[profile_id])

    def test_a_domain_that_exists(self, domain: Domain) -> None:
        """A domain cannot be created twice."""
        expected = ("BadRequestException", "DomainName acme already exists")

        assert expected == domain.rejection("create_domain", DefaultExpirationDays=1)

    def test_pages_of_domains(self, domain: Domain) -> None:
        """Domains are listed page by page."""
        for name in ("b", "c"):
            domain.boto3.create_domain(DomainName=name, DefaultExpirationDays=1)
        first = domain.boto3.list_domains(MaxResults=2)
        second = domain.boto3.list_domains(MaxResults=2, NextToken=first["NextToken"])

        assert (["acme", "b"], ["c"]) == (
            [item["DomainName"] for item in first["Items"]],
            [item["DomainName"] for item in second["Items"]],
        )
        assert "NextToken" not in second


def test_a_profile_of_more_than_250_kb(domain: Domain) -> None:
    """A profile cannot grow beyond 250 KB."""
    profile_id = domain.create(Attributes={f"a{number}": "x" * 255 for number in range(600)})
    more = {f"b{number}": "x" * 255 for number in range(600)}

    assert (
        "The profile is larger than 250 KB"
        == domain.rejection("update_profile", ProfileId=profile_id, Attributes=more)[1]
    )
    assert "a599" in domain.read(profile_id)["Attributes"]


def test_the_size_of_a_profile_is_that_of_its_utf_8(domain: Domain) -> None:
    """Letters beyond ASCII count as UTF-8 has them, not as JSON's escapes."""
    attributes = {f"a{number}": "é" * 255 for number in range(400)}

    assert attributes == domain.read(domain.create(Attributes=attributes))["Attributes"]


def test_search_lags_behind_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lag, search sees a write only after it; reading by id sees it at once."""
    now = time.time
    with LocalCustomerProfiles(domains=["acme"], faults=Faults(search_lag_seconds=60)) as service:
        domain = Domain(service)
        profile_id = domain.create(AccountNumber="1")
        domain.call("update_profile", ProfileId=profile_id, FirstName="Ana")

        assert {"AccountNumber": "1", "FirstName": "Ana"} == domain.read(profile_id)
        assert [] == domain.search("_account", "1")
        monkeypatch.setattr(time, "time", lambda: now() + 61)
        assert [profile_id] == domain.search("_account", "1")
