"""The embedded service's operations beyond creating and updating, as plain boto3 sees them."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from customer_profiles_sdk.local import Faults, LocalCustomerProfiles, service
from customer_profiles_sdk.local.wire import Request, Response

UNKNOWN = "0" * 32


class Domain:
    """A domain of the embedded service through plain boto3, for short tests."""

    def __init__(self, service: LocalCustomerProfiles) -> None:
        self.service = service
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

    def shown(self, account_number: str) -> list[tuple[str, str]]:
        """Return the account numbers and first names that a search by account number shows."""
        found = self.call("search_profiles", KeyName="_account", Values=[account_number])
        return [(item["AccountNumber"], item["FirstName"]) for item in found["Items"]]

    def send(self, method: str, members: dict[str, Any]) -> Response:
        """Create or update a profile past botocore, which would reject some requests itself."""
        return self.service._dispatcher.handle(Request(method, "/domains/acme/profiles", json.dumps(members).encode()))

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

        for changed in ("0" * 80, swapped, token[:-1], token[:-2], f"{token}00", f"{token}!", "x", "00", "\u00e9"):
            parameters = {"KeyName": "_account", "Values": ["1"], "NextToken": changed}
            assert rejected == domain.rejection("search_profiles", **parameters)
        assert rejected == domain.rejection("search_profiles", KeyName="_account", Values=["2"], NextToken=token)

    def test_an_empty_token(self, domain: Domain) -> None:
        """An empty token is a violation, not the first page."""
        search = b'{"KeyName": "_account", "Values": ["1"]}'
        for method, target in (("POST", "/domains/acme/profiles/search"), ("GET", "/domains")):
            response = domain.service._dispatcher.handle(Request(method, f"{target}?next-token=", search))

            assert 400 == response.status
            assert b"Value at 'nextToken' failed to satisfy constraint: Member must have length gr" in response.body

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

    @pytest.mark.parametrize(
        ("key", "members", "value"),
        [
            ("_account", {"AccountNumber": "1"}, "1"),
            ("_email", {"EmailAddress": "Ana@mail.example"}, "ana@mail.example"),
            ("_phone", {"PhoneNumber": "+1 206 555 0100"}, "(206) 555-0100"),
            ("_fullName", {"FirstName": "Ana", "LastName": "Example"}, "ana  example"),
        ],
    )
    def test_a_key_of_the_contents(self, domain: Domain, key: str, members: dict[str, str], value: str) -> None:
        """A key that comes from the contents is deleted too, and comes back with a new value or when it is added."""
        profile_id = domain.create(**members)
        deleted = {"ProfileId": profile_id, "KeyName": key, "Values": [value]}
        domain.call("delete_profile_key", **deleted)
        domain.call("update_profile", ProfileId=profile_id, BusinessName="x", **members)
        assert [] == domain.search(key, value)
        assert {**members, "BusinessName": "x"} == domain.read(profile_id)

        domain.call("add_profile_key", **deleted)
        assert [profile_id] == domain.search(key, value)
        domain.call("delete_profile_key", **deleted)
        assert [] == domain.search(key, value)
        domain.call("update_profile", ProfileId=profile_id, **dict.fromkeys(members, ""))
        domain.call("update_profile", ProfileId=profile_id, **members)
        assert [profile_id] == domain.search(key, value)

    def test_a_key_that_is_not_there(self, domain: Domain) -> None:
        """To delete a key that the profile does not have changes nothing."""
        profile_id = domain.create(AccountNumber="1")
        for key, value in (("LoyaltyId", "1"), ("_account", "2"), ("_phone", "none")):
            domain.call("delete_profile_key", ProfileId=profile_id, KeyName=key, Values=[value])

        assert [profile_id] == domain.search("_account", "1")

    @pytest.mark.parametrize(("one", "other"), [("n/a", "unknown"), ("-", "+"), ("ext.", "ext.")])
    def test_a_phone_without_digits(self, domain: Domain, one: str, other: str) -> None:
        """Texts without a digit are no phone numbers: no two of them are the same, and other keys still count."""
        profile_id = domain.create(PhoneNumber=one, AccountNumber="1")
        domain.call("add_profile_key", ProfileId=profile_id, KeyName="_phone", Values=[one])
        account = [{"KeyName": "_account", "Values": ["1"]}]

        assert [] == domain.search("_phone", other)
        assert [] == domain.search("_phone", other, LogicalOperator="AND", AdditionalSearchKeys=account)
        assert [profile_id] == domain.search("_phone", other, LogicalOperator="OR", AdditionalSearchKeys=account)

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

    @pytest.mark.parametrize("others", [{}, {"Attributes": {"b": "2"}}])
    def test_attributes_of_a_source_that_has_none(self, domain: Domain, others: dict[str, Any]) -> None:
        """An attribute whose chosen source lacks it is gone, also where nothing else is left."""
        main, other = domain.create(Attributes={"a": "1"}), domain.create(**others)
        sources = {"Attributes": {"a": other}}

        domain.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other], FieldSourceProfileIds=sources)

        assert others == domain.read(main)

    def test_keys_move(self, domain: Domain) -> None:
        """The main profile is found by every key of the merged ones, also by those that no field of it has."""
        main = domain.create(AccountNumber="1", FirstName="Ana", EmailAddress="ana@mail.example")
        other = domain.create(
            AccountNumber="2", FirstName="Zoe", EmailAddress="zoe@mail.example", HomePhoneNumber="+1 206 555 0100"
        )
        domain.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other])
        domain.call("update_profile", ProfileId=main, FirstName="Anna")

        keys = {"_account": "2", "_email": "zoe@mail.example", "_phone": "2065550100", "_profileId": other}
        assert [[main]] * len(keys) == [domain.search(key, value) for key, value in keys.items()]
        assert [main] == domain.search("_account", "1") == domain.search("_fullName", "zoe")

    def test_keys_that_were_deleted_do_not_move(self, domain: Domain) -> None:
        """A key that was taken from a merged profile does not come back with it."""
        main, other = domain.create(AccountNumber="1"), domain.create(AccountNumber="2")
        domain.call("delete_profile_key", ProfileId=other, KeyName="_account", Values=["2"])
        domain.call("merge_profiles", MainProfileId=main, ProfileIdsToBeMerged=[other])

        assert {"AccountNumber": "1"} == domain.read(main)
        assert [] == domain.search("_account", "2")

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


class TestSearchLag:
    """With a lag, search sees each write only after it; reading by id sees it at once."""

    LAG = 60.0

    class Clock:
        """A clock that the test turns on."""

        def __init__(self) -> None:
            self.now = time.time()

    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """Return the clock that the service reads."""
        clock = self.Clock()
        monkeypatch.setattr(time, "time", lambda: clock.now)
        return clock

    @pytest.fixture
    def lagging(self, domain: Domain) -> Domain:
        """Return a domain whose search lags."""
        domain.service.faults = Faults(search_lag_seconds=self.LAG)
        return domain

    def test_creating(self, clock: Clock, lagging: Domain) -> None:
        """A new profile is read at once and found later."""
        profile_id = lagging.create(AccountNumber="1")
        assert {"AccountNumber": "1"} == lagging.read(profile_id)
        clock.now += self.LAG - 1
        assert [] == lagging.search("_account", "1")
        clock.now += 1
        assert [profile_id] == lagging.search("_account", "1")

    def test_updating(self, clock: Clock, domain: Domain) -> None:
        """Until search sees an update, it finds the profile by the old values and shows them."""
        profile_id = domain.create(AccountNumber="1", FirstName="Ana")
        domain.service.faults = Faults(search_lag_seconds=self.LAG)
        domain.call("update_profile", ProfileId=profile_id, AccountNumber="2", FirstName="Anna")

        assert {"AccountNumber": "2", "FirstName": "Anna"} == domain.read(profile_id)
        assert ([("1", "Ana")], []) == (domain.shown("1"), domain.shown("2"))
        clock.now += self.LAG
        assert ([], [("2", "Anna")]) == (domain.shown("1"), domain.shown("2"))

    def test_several_writes(self, clock: Clock, lagging: Domain) -> None:
        """Each write of one profile becomes visible after its own lag, in order."""
        profile_id = lagging.create(AccountNumber="1", FirstName="0")
        for number in (1, 2):
            clock.now += self.LAG / 3
            lagging.call("update_profile", ProfileId=profile_id, FirstName=str(number))
        shown = []
        for _ in range(5):
            shown.append(lagging.shown("1"))
            clock.now += self.LAG / 3

        assert [[], [("1", "0")], [("1", "1")], [("1", "2")], [("1", "2")]] == shown

    def test_many_writes(self, clock: Clock, lagging: Domain, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many writes there are, a search shows all of them."""
        monkeypatch.setattr(service, "_SHOWN_AT_ONCE", 2)
        ids = [lagging.create(AccountNumber="1", FirstName=str(number)) for number in range(5)]
        lagging.call("update_profile", ProfileId=ids[0], FirstName="new")
        lagging.call("delete_profile", ProfileId=ids[1])
        clock.now += self.LAG

        assert [("1", "new"), ("1", "2"), ("1", "3"), ("1", "4")] == lagging.shown("1")

    def test_writes_without_a_search(self, clock: Clock, lagging: Domain) -> None:
        """Writes let search see earlier ones, so that a search does not find all of them still to be done."""
        for _ in range(100):
            lagging.create()
        clock.now += self.LAG
        for _ in range(3):
            lagging.create()

        assert (3,) == lagging.service._store._database.execute("SELECT count(*) FROM pending").fetchone()

    def test_keys(self, clock: Clock, lagging: Domain) -> None:
        """Keys that are added and deleted become visible as other writes do."""
        profile_id = lagging.create(AccountNumber="1")
        lagging.call("add_profile_key", ProfileId=profile_id, KeyName="LoyaltyId", Values=["L"])
        clock.now += self.LAG / 2
        lagging.call("delete_profile_key", ProfileId=profile_id, KeyName="_account", Values=["1"])
        clock.now += self.LAG / 2
        assert [profile_id] == lagging.search("LoyaltyId", "L") == lagging.search("_account", "1")
        clock.now += self.LAG / 2
        assert ([profile_id], []) == (lagging.search("LoyaltyId", "L"), lagging.search("_account", "1"))

    @pytest.mark.parametrize("method", ["delete_profile", "merge_profiles"])
    def test_deleting(self, clock: Clock, domain: Domain, method: str) -> None:
        """A profile that was deleted, or merged away, is found for a while, and read, counted and updated no more."""
        main, profile_id = domain.create(), domain.create(AccountNumber="1", FirstName="Ana")
        domain.service.faults = Faults(search_lag_seconds=self.LAG)
        merging = {"MainProfileId": main, "ProfileIdsToBeMerged": [profile_id]}
        domain.call(method, **(merging if method == "merge_profiles" else {"ProfileId": profile_id}))

        assert [profile_id] == domain.search("_account", "1")
        assert "ResourceNotFoundException" == domain.rejection("update_profile", ProfileId=profile_id)[0]
        assert 1 == domain.call("get_domain")["Stats"]["ProfileCount"]
        clock.now += self.LAG
        assert ([main] if method == "merge_profiles" else []) == domain.search("_account", "1")

    @pytest.mark.usefixtures("clock")
    def test_no_more_faults(self, lagging: Domain) -> None:
        """Without a lag everything is visible, also what was written while there was one."""
        created, deleted = lagging.create(AccountNumber="1"), lagging.create(AccountNumber="2")
        lagging.call("delete_profile", ProfileId=deleted)
        lagging.service.faults = Faults()

        assert ([created], []) == (lagging.search("_account", "1"), lagging.search("_account", "2"))

    def test_a_write_without_a_lag(self, clock: Clock, lagging: Domain) -> None:
        """A write without a lag is visible at once, and no older one comes after it."""
        profile_id = lagging.create(AccountNumber="1", FirstName="old")
        lagging.call("update_profile", ProfileId=profile_id, FirstName="older")
        lagging.service.faults = Faults()
        lagging.call("update_profile", ProfileId=profile_id, FirstName="new")
        lagging.service.faults = Faults(search_lag_seconds=self.LAG)

        assert [("1", "new")] == lagging.shown("1")
        clock.now += self.LAG
        assert [("1", "new")] == lagging.shown("1")


class TestNull:
    """A null is as if it were absent, at every level."""

    @pytest.mark.parametrize(
        "members",
        [
            {"FirstName": None},
            {"Address": None},
            {"Address": {"City": None}},
            {"Address": {"City": None, "State": "Munster"}},
            {"Attributes": None},
            {"EngagementPreferences": None},
            {"EngagementPreferences": {"Phone": None}},
        ],
    )
    def test_an_update(self, domain: Domain, members: dict[str, Any]) -> None:
        """A null keeps what is stored."""
        stored = {
            "FirstName": "Ana",
            "Address": {"City": "Cork", "State": "Munster"},
            "Attributes": {"a": "1"},
            "EngagementPreferences": {"Phone": [{"KeyName": "one"}]},
        }
        profile_id = domain.create(**stored)

        assert 200 == domain.send("PUT", {"ProfileId": profile_id, **members}).status
        assert stored == domain.read(profile_id)

    def test_what_the_model_does_not_have(self, domain: Domain) -> None:
        """A member that the model does not have, or that is null, is not stored, at any level."""
        preference = {"KeyName": "one", "KeyValue": None, "Unknown": 1}
        members = {
            "Unknown": "x",
            "Address": {"Planet": "Mars", "City": "Cork"},
            "EngagementPreferences": {"Phone": [preference], "Unknown": 1},
        }
        response = domain.send("POST", members)
        row = domain.service._store.profile("acme", json.loads(response.body)["ProfileId"])

        assert row
        assert {
            "Address": {"City": "Cork"},
            "EngagementPreferences": {"Phone": [{"KeyName": "one"}]},
        } == row.contents


class TestDeletedDomain:
    """A domain with many profiles is deleted bit by bit, and gone at once."""

    def test_it_is_gone_at_once(self, domain: Domain) -> None:
        """A domain of the same name is a new one, while the old one's profiles are still being deleted."""
        old = [domain.create(AccountNumber="1") for _ in range(100)]
        domain.call("delete_domain")
        assert "DomainName acme is not found in account" == domain.rejection("get_domain")[1]
        domain.call("create_domain", DefaultExpirationDays=1)
        new = domain.create(AccountNumber="1")

        assert [new] == domain.search("_account", "1")
        assert 1 == domain.call("get_domain")["Stats"]["ProfileCount"]
        assert [] == domain.call("batch_get_profile", ProfileIds=old[:20])["Profiles"]

    def test_its_profiles_are_deleted_by_and_by(self, domain: Domain) -> None:
        """Later writes delete a few each, until nothing is left."""
        for _ in range(100):
            domain.create(AccountNumber="1")
        domain.call("delete_domain")
        domain.call("create_domain", DefaultExpirationDays=1)
        for _ in range(10):
            domain.create()

        count = "SELECT count(*), (SELECT count(*) FROM deleted_domains) FROM profiles"
        assert (10, 0) == domain.service._store._database.execute(count).fetchone()


class TestStats:
    """What GetDomain counts."""

    def test_they_follow_every_write(self, domain: Domain) -> None:
        """The number and the size of the profiles follow creates, updates, merges and deletes."""

        def stats() -> tuple[int, int]:
            found = domain.call("get_domain")["Stats"]
            return found["ProfileCount"], found["TotalSize"]

        empty = stats()
        ids = [domain.create(FirstName="Ana") for _ in range(3)]
        three = stats()
        domain.call("update_profile", ProfileId=ids[0], FirstName="Zoë")
        updated = stats()
        domain.call("merge_profiles", MainProfileId=ids[0], ProfileIdsToBeMerged=[ids[1]])
        domain.call("delete_profile", ProfileId=ids[2])
        one = stats()
        domain.call("delete_profile", ProfileId=ids[0])

        size = len('{"FirstName": "Ana"}')
        assert [(0, 0), (3, 3 * size), (3, 3 * size + 1), (1, size + 1), (0, 0)] == [
            empty,
            three,
            updated,
            one,
            stats(),
        ]
