"""The embedded service: what boto3 sees of it, as the real service is known or believed to respond."""

import json
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    CustomerProfilesClient,
    DomainNotFoundError,
    EngagementPreferences,
    Gender,
    PartyType,
    Profile,
    ProfileNotFoundError,
    local,
)
from customer_profiles_sdk.local import LocalCustomerProfiles, contract
from customer_profiles_sdk.local.dispatcher import Dispatcher
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import Store
from customer_profiles_sdk.local.wire import Request, Response

ID = "0123456789abcdef0123456789abcdef"
AT_MOST_255 = "have length less than or equal to 255"
AT_LEAST_1 = "have length greater than or equal to 1"
MEMBERS = ["ProfileId", "ProfileIds", "FirstName", "Address", "City", "Attributes", "Phone", "KeyName", "Values"]
BOTH = f"Member must {AT_MOST_255}, Member must {AT_LEAST_1}"


@pytest.fixture
def boto3_client(service: LocalCustomerProfiles) -> Any:
    """Return a boto3 client of the embedded service."""
    return service.boto3_client()


def rejection(call: Callable[..., Any], **parameters: Any) -> Any:
    """Return the response to a call that the service rejects."""
    with pytest.raises(ClientError) as caught:
        call(DomainName="acme", **parameters)
    return caught.value.response


def held(client: CustomerProfilesClient, profile_id: str) -> Profile:
    """Return what the service holds."""
    return client.get_profile(profile_id).profile


class TestProfiles:
    """What creating and updating leaves behind."""

    @given(profile=profiles(new_values=False))
    def test_what_is_created_is_held(self, shared: LocalCustomerProfiles, profile: Profile) -> None:
        """Any profile that is created is held as it was described, character for character."""
        client = shared.client("acme")

        assert profile == held(client, client.create_profile(profile).profile_id)

    def test_ids(self, client: CustomerProfilesClient) -> None:
        """A new profile gets an id of its own, 32 lower-case hexadecimal digits."""
        ids = {client.create_profile(Profile()).profile_id for _ in range(5)}

        assert 5 == len(ids)
        assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in ids)

    def test_an_update_sets_removes_and_keeps(self, client: CustomerProfilesClient) -> None:
        """A value replaces, empty text removes, absence keeps: in fields, lines of an address and attributes."""
        created = client.create_profile(
            Profile(
                first_name="Ana",
                last_name="Example",
                phone_number="1",
                address=Address(city="Cork", state="Munster", country="Ireland"),
                mailing_address=Address(city="Cork"),
                attributes={"a": "1", "b": "2", "c": "3"},
            )
        )
        changes = Profile(
            first_name="Anna",
            phone_number=CLEAR,
            address=Address(city="Kinsale", state=CLEAR),
            mailing_address=Address.cleared(),
            attributes={"a": "9", "b": CLEAR, "d": "4"},
        )

        assert created.profile_id == client.update_profile(created.profile_id, changes).profile_id
        assert Profile(
            first_name="Anna",
            last_name="Example",
            address=Address(city="Kinsale", country="Ireland"),
            attributes={"a": "9", "c": "3", "d": "4"},
        ) == held(client, created.profile_id)

    def test_preferences_are_replaced_by_list(self, client: CustomerProfilesClient) -> None:
        """An update replaces a channel's list whole and keeps the other channel's."""
        one, two = ContactPreference(key_name="one"), ContactPreference(key_name="two")
        first = EngagementPreferences(phone=[one, two], email=[one])
        created = client.create_profile(Profile(engagement_preferences=first))

        client.update_profile(created.profile_id, Profile(engagement_preferences=EngagementPreferences(phone=[two])))

        assert (
            EngagementPreferences(phone=[two], email=[one]) == held(client, created.profile_id).engagement_preferences
        )

    def test_both_members_of_a_pair(self, client: CustomerProfilesClient, boto3_client: Any) -> None:
        """Both members of a pair are read where the text is a value of the enum, else the free text alone."""
        created = client.create_profile(Profile(gender="non-binary", party_type=PartyType.OTHER))

        (members,) = boto3_client.batch_get_profile(DomainName="acme", ProfileIds=[created.profile_id])["Profiles"]

        assert {
            "ProfileId": created.profile_id,
            "GenderString": "non-binary",
            "PartyType": "OTHER",
            "PartyTypeString": "OTHER",
        } == members

    def test_a_pair_is_one_value(self, client: CustomerProfilesClient) -> None:
        """A member replaces free text and the other way round, and CLEAR removes both."""
        created = client.create_profile(Profile(gender="non-binary"))
        for gender, expected in ((Gender.FEMALE, Gender.FEMALE), ("x", "x"), (CLEAR, None)):
            client.update_profile(created.profile_id, Profile(gender=gender))
            assert expected == held(client, created.profile_id).gender

    def test_a_request_with_both_members(self, boto3_client: Any) -> None:
        """A request with both members of a pair is rejected."""
        with pytest.raises(boto3_client.exceptions.BadRequestException, match="Only one of Gender and GenderString"):
            boto3_client.create_profile(DomainName="acme", Gender="MALE", GenderString="x")

    def test_what_is_not_there(self, client: CustomerProfilesClient) -> None:
        """An unknown domain and an unknown profile are told apart."""
        with pytest.raises(DomainNotFoundError, match="DomainName other is not found in account"):
            client.for_domain("other").create_profile(Profile())
        with pytest.raises(ProfileNotFoundError, match=f"ProfileId {ID} is not found in domain"):
            client.update_profile(ID, Profile())
        with pytest.raises(ProfileNotFoundError):
            client.get_profile(ID)

    def test_domains_are_apart(self) -> None:
        """A profile of one domain is not found in another."""
        with LocalCustomerProfiles(domains=["one", "two"]) as both:
            created = both.client("one").create_profile(Profile())
            with pytest.raises(ProfileNotFoundError):
                both.client("two").get_profile(created.profile_id)

    def test_a_batch_holds_what_is_found_and_what_is_not(
        self, client: CustomerProfilesClient, boto3_client: Any
    ) -> None:
        """BatchGetProfile returns the profiles that exist and an error for each other id."""
        created = client.create_profile(Profile(first_name="Ana"))

        response = boto3_client.batch_get_profile(DomainName="acme", ProfileIds=[ID, created.profile_id])

        assert [created.profile_id] == [each["ProfileId"] for each in response["Profiles"]]
        assert [("ResourceNotFoundException", ID)] == [(each["Code"], each["ProfileId"]) for each in response["Errors"]]


class TestContract:
    """Requests that break the API are rejected by the constraints of botocore's service model."""

    @pytest.mark.parametrize(
        ("parameters", "place", "constraint"),
        [
            ({"FirstName": "x" * 256}, "firstName", f"Member must {AT_MOST_255}"),
            ({"LastName": ""}, "lastName", f"Member must {AT_LEAST_1}"),
            ({"FirstName": 7}, "firstName", "Member must be a string"),
            ({"Gender": "X"}, "gender", "Member must satisfy enum value set: [MALE, FEMALE, UNSPECIFIED]"),
            ({"Address": {"City": ""}}, "address.city", f"Member must {AT_LEAST_1}"),
            ({"Address": "x"}, "address", "Member must be a structure"),
            ({"Attributes": {"": "x"}}, "attributes", f"Map keys must satisfy constraint: [{BOTH}]"),
            ({"Attributes": {"a": ""}}, "attributes", f"Map value must satisfy constraint: [{BOTH}]"),
            (
                {"EngagementPreferences": {"Phone": [{}, {"KeyName": "a b"}]}},
                "engagementPreferences.phone.2.member.keyName",
                "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$",
            ),
        ],
    )
    def test_a_violation(
        self, service: LocalCustomerProfiles, parameters: dict[str, Any], place: str, constraint: str
    ) -> None:
        """Each constraint of the model is checked, and named in the service's style."""
        response = post(service, "/domains/acme/profiles", parameters)

        assert (400, "BadRequestException") == (response.status, response.headers["x-amzn-ErrorType"])
        violation = f"Value at '{place}' failed to satisfy constraint: {constraint}"
        assert f"1 validation error detected: {violation}" == json.loads(response.body)["Message"]

    def test_lists_of_texts(self, boto3_client: Any) -> None:
        """A list's own limits and those of its items are checked."""
        items = "Member must satisfy constraint: [Member must satisfy regular expression pattern: [a-f0-9]{32}]"
        size = "Member must have length less than or equal to 20"

        message = rejection(boto3_client.batch_get_profile, ProfileIds=["x"] * 21)["Error"]["Message"]

        assert "2 validation errors detected" in message
        assert items in message
        assert size in message

    def test_all_violations_are_counted(self, boto3_client: Any) -> None:
        """One response counts and names all violations of a request."""
        error = rejection(boto3_client.create_profile, FirstName="x" * 256, LastName="x" * 256)["Error"]
        message = error["Message"]

        assert error["Code"] == "BadRequestException"

        assert message.startswith("2 validation errors detected: Value at 'firstName' failed")
        assert "; Value at 'lastName' failed" in message

    def test_required_members(self, service: LocalCustomerProfiles) -> None:
        """A required member that is absent or null is a violation."""
        for parameters in ({}, {"ProfileIds": None}):
            response = post(service, "/domains/acme/batch-get-profiles", parameters)
            assert b"Value at 'profileIds' failed to satisfy constraint: Member must not be null" in response.body

    def test_the_greatest_number(self, service: LocalCustomerProfiles) -> None:
        """A number in the query is read as one, and its limits are checked."""
        parameters = {"KeyName": "_email", "Values": ["a"]}
        response = post(service, "/domains/acme/profiles/search?max-results=101&next-token=", parameters)
        assert (
            b"'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"
            in response.body
        )
        response = post(service, "/domains/acme/profiles/search?max-results=ten", parameters)
        assert b"'maxResults' failed to satisfy constraint: Member must be a integer" in response.body

    def test_an_operation_that_is_not_offered(self, boto3_client: Any) -> None:
        """Any other operation of the API is rejected with an error that names it."""
        response = rejection(boto3_client.get_matches)

        assert "GetMatches is not offered by the embedded service" == response["Error"]["Message"]
        assert 501 == response["ResponseMetadata"]["HTTPStatusCode"]

    def test_unknown_members_are_ignored(self, service: LocalCustomerProfiles) -> None:
        """A member that the model does not have is ignored."""
        assert 200 == post(service, "/domains/acme/profiles", {"Email": 1, "Address": {"Planet": 1}}).status

    @pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 100_000])
    def test_a_body_that_is_no_json_object(self, service: LocalCustomerProfiles, body: bytes) -> None:
        """A body that is not a JSON object is a bad request."""
        response = service._dispatcher.handle(Request("POST", "/domains/acme/profiles", body))

        assert (400, "BadRequestException") == (response.status, response.headers["x-amzn-ErrorType"])

    def test_paths_and_methods(self, service: LocalCustomerProfiles) -> None:
        """An unknown path is 404, a method that no operation has there is 405, each in the service's error shape."""
        unknown = service._dispatcher.handle(Request("GET", "/nothing/here", b""))
        wrong = service._dispatcher.handle(Request("PATCH", "/domains/acme/profiles", b""))

        assert (404, "UnknownOperationException") == (unknown.status, unknown.headers["x-amzn-ErrorType"])
        assert (405, "MethodNotAllowedException") == (wrong.status, wrong.headers["x-amzn-ErrorType"])

    def test_every_response_has_a_request_id(self, boto3_client: Any) -> None:
        """Results and rejections carry a request id each."""
        responses = [boto3_client.create_profile(DomainName="acme"), rejection(boto3_client.create_profile, Gender="x")]
        ids = {each["ResponseMetadata"]["RequestId"] for each in responses}

        assert 2 == len(ids)
        assert all(ids)

    @given(
        path=st.sampled_from(
            ["profiles", "batch-get-profiles", "profiles/search", "profiles/keys", "profiles/objects/merge"]
        ),
        method=st.sampled_from(["POST", "PUT"]),
        content=st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just("_email"),
            lambda children: st.lists(children) | st.dictionaries(st.sampled_from(MEMBERS), children),
        ),
    )
    @settings(max_examples=200)
    def test_any_json_gets_a_response(
        self, shared: LocalCustomerProfiles, path: str, method: str, content: Any
    ) -> None:
        """Whatever JSON arrives, the response is 200, 4xx or 501."""
        response = shared._dispatcher.handle(Request(method, f"/domains/acme/{path}", json.dumps(content).encode()))

        assert response.status in {200, 400, 404, 405, 501}


def post(service: LocalCustomerProfiles, target: str, parameters: dict[str, Any]) -> Response:
    """Send a request past botocore, which would reject some of them itself."""
    return service._dispatcher.handle(Request("POST", target, json.dumps(parameters).encode()))


class TestInProcess:
    """The service inside a boto3 client."""

    def test_it_needs_nothing_of_the_machines_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It works without credentials and region, and with settings that would break a client of AWS."""
        monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://profile.example")
        monkeypatch.setenv("AWS_CONFIG_FILE", __file__)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "0")
        monkeypatch.setenv("AWS_DEFAULTS_MODE", "no-such-mode")
        for cached in (contract.customer_profiles, contract.own_session, local._session):
            cached.cache_clear()
        with LocalCustomerProfiles(domains=["acme"]) as service:
            assert service.client("acme").create_profile(Profile()).profile_id

    def test_names_are_lists(self) -> None:
        """A single text, which would be taken for a list of letters, is rejected."""
        with pytest.raises(TypeError, match="domains is a list of names"):
            LocalCustomerProfiles(domains="acme")
        with pytest.raises(TypeError, match="search_keys is a list of names"):
            LocalCustomerProfiles(search_keys="LoyaltyId")

    @pytest.mark.parametrize(("keep", "kept"), [(3, 3), (0, 0), (False, 0), (True, 5)])
    def test_kept_requests(self, keep: int, kept: int) -> None:
        """The latest requests are kept, as many as are asked for, in their order."""
        with LocalCustomerProfiles(domains=["acme"], keep_requests=keep) as service:
            plain = service.boto3_client()
            for number in range(5):
                plain.create_profile(DomainName="acme", AccountNumber=str(number))

            numbers = [request.parameters["AccountNumber"] for request in service.requests]
        assert [str(number) for number in range(5)][5 - kept :] == numbers

    def test_requests_are_bounded(self) -> None:
        """Without a number, the latest 10,000 are kept."""
        with LocalCustomerProfiles() as service:
            for _ in range(10_001):
                service._dispatcher.handle(Request("GET", "/domains", b""))
            assert 10_000 == len(service.requests)
        with pytest.raises(ValueError, match="keep_requests is a number of requests, 0 or more"):
            LocalCustomerProfiles(keep_requests=-1)

    def test_domains_that_fail(self) -> None:
        """A name that is no text ends in an error, and the service is not left open."""
        names: Any = [object()]
        with pytest.raises(RuntimeError, match="the database cannot be used: "):
            LocalCustomerProfiles(domains=names)

    def test_its_client_is_the_sdks(self, service: LocalCustomerProfiles) -> None:
        """The client is built as any of the SDK's, a boto3 client is plain, and neither has a real host's address."""
        ours, plain = service.client("acme").boto3_client.meta, service.boto3_client()

        assert "customer-profiles-sdk/" in ours.config.user_agent_extra
        assert ours.endpoint_url.endswith(".invalid")
        assert plain.meta.endpoint_url.endswith(".invalid")
        with pytest.raises(ParamValidationError):
            plain.create_profile(DomainName="acme", FirstName=None)

    def test_half_an_emoji(self, service: LocalCustomerProfiles, capfd: pytest.CaptureFixture[str]) -> None:
        """Text with half a pair of surrogates is a bad request, wherever it stands; a whole pair is a character."""
        plain = service.boto3_client()
        half = "\ud83d"
        for members in ({"FirstName": half}, {"Attributes": {half: "x"}}, {"Attributes": {"x": f"{half}!"}}):
            error = rejection(plain.create_profile, **members)["Error"]
            assert ("BadRequestException", "The body of the request is not a JSON object in UTF-8") == (
                error["Code"],
                error["Message"],
            )
        plain.meta.events.register_first(
            "before-send.customer-profiles",
            lambda request, **_: setattr(request, "body", f'{{"FirstName": "{half}"}}'),
        )
        assert "BadRequestException" == rejection(plain.create_profile)["Error"]["Code"]
        created = service.client("acme").create_profile(Profile(first_name="\U0001f600"))
        assert "\U0001f600" == held(service.client("acme"), created.profile_id).first_name
        assert ("", "") == capfd.readouterr()

    def test_a_failure_of_its_own(
        self, service: LocalCustomerProfiles, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A defect is an error that the model has, and its place is logged without what it was about."""

        def fail(*_: object) -> None:
            raise KeyError("a customer's data")

        plain = service.boto3_client(config=Config(retries={"total_max_attempts": 1}))
        monkeypatch.setattr(service._store, "has_domain", fail)
        with pytest.raises(plain.exceptions.InternalServerException), caplog.at_level("ERROR"):
            plain.create_profile(DomainName="acme")

        (message,) = [each.message for each in caplog.records if each.name == "customer_profiles_sdk.local"]
        assert message.startswith("KeyError in fail, line ")

    def test_use_after_closing(self, service: LocalCustomerProfiles) -> None:
        """Whatever is asked of a closed service is an error that says so; what it received is still there."""
        client, plain = service.client("acme"), service.boto3_client()
        client.create_profile(Profile())
        service.close()
        service.close()
        uses: list[Callable[[], object]] = [
            lambda: client.create_profile(Profile()),
            lambda: list(client.search_profiles({"_account": "1"})),
            plain.list_domains,
            lambda: service.client("acme"),
            service.boto3_client,
            service.serve,
        ]

        for use in uses:
            with pytest.raises(RuntimeError, match="the embedded service is closed"):
                use()
        assert "CreateProfile" == service.requests[0].operation

    def test_bodies_as_text(self, boto3_client: Any) -> None:
        """A body that a caller's hook turned into a string is read too."""
        boto3_client.meta.events.register_first(
            "before-send.customer-profiles", lambda request, **_: setattr(request, "body", request.body.decode())
        )

        assert boto3_client.create_profile(DomainName="acme", FirstName="Åna")["ProfileId"]

    def test_threads(self, client: CustomerProfilesClient) -> None:
        """Many threads may create and update at once: nothing is lost."""
        counted = client.create_profile(Profile())

        def write(number: int) -> str:
            client.update_profile(counted.profile_id, Profile(attributes={f"n{number}": "x"}))
            return client.create_profile(Profile(first_name=str(number))).profile_id

        with ThreadPoolExecutor(8) as pool:
            ids = list(pool.map(write, range(100)))

        assert [str(number) for number in range(100)] == [held(client, each).first_name for each in ids]
        assert {f"n{number}" for number in range(100)} == set(held(client, counted.profile_id).attributes or {})


class TestStore:
    """What is kept, and where."""

    def test_a_file_keeps_what_is_stored(self, tmp_path: Path) -> None:
        """With a path, profiles and domains are there when the service is opened again."""
        path = tmp_path / "profiles.sqlite"
        with LocalCustomerProfiles(domains=["acme"], path=path) as service:
            created = service.client("acme").create_profile(Profile(first_name="Ana"))
        with LocalCustomerProfiles(domains=["acme"], path=str(path)) as service:
            assert "Ana" == held(service.client("acme"), created.profile_id).first_name

    def test_a_file_is_its_owners_alone(self, tmp_path: Path) -> None:
        """Every file that is made is readable and writable by its owner only."""
        with LocalCustomerProfiles(domains=["acme"], path=tmp_path / "profiles.sqlite") as service:
            service.client("acme").create_profile(Profile())
            modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}

        assert {0o600} == modes

    def test_another_schema_is_rejected(self, tmp_path: Path) -> None:
        """A file of another schema version is rejected with both versions named."""
        path = tmp_path / "profiles.sqlite"
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()

        with pytest.raises(RuntimeError, match="schema version 99; this release reads version 1"):
            LocalCustomerProfiles(path=path)

    def test_an_operation_happens_whole_or_not_at_all(self) -> None:
        """What was written before a failure within an operation is gone."""
        store = Store()

        def fail() -> None:
            with store.transaction():
                store.put_domain("acme", {})
                raise KeyError

        with pytest.raises(KeyError):
            fail()

        assert store.domain("acme") is None
        store.close()

    def test_memory_is_not_shared(self) -> None:
        """Two services in memory know nothing of each other."""
        with LocalCustomerProfiles(domains=["acme"]), LocalCustomerProfiles() as other:
            client = other.client("acme")
            with pytest.raises(DomainNotFoundError):
                client.create_profile(Profile())


def test_the_parts_fit_without_boto3() -> None:
    """Contract, service and dispatcher handle a request by themselves, as a server would have them do."""
    store = Store()
    store.put_domain("acme", {})
    parts = contract.customer_profiles()

    dispatcher = Dispatcher(parts, Service(parts, store))
    response = dispatcher.handle(Request("POST", "/domains/acme/profiles", b'{"FirstName": "Ana"}'))

    assert 200 == response.status
    row = store.profile("acme", json.loads(response.body)["ProfileId"])
    assert row
    assert {"FirstName": "Ana"} == row.contents
    store.close()


def test_a_body_that_is_too_large(service: LocalCustomerProfiles) -> None:
    """In process too, a request of more than 1 MiB is rejected."""
    with pytest.raises(ClientError, match=r"RequestEntityTooLargeException.*1048576 bytes"):
        service.boto3_client().create_profile(DomainName="acme", Attributes={"a": "x" * 1024 * 1024})
