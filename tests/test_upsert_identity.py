"""An upsert never changes somebody else's profile, and never creates a customer twice where it can know better."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from each_client import client_of

from customer_profiles_sdk import (
    AmbiguousMatchError,
    CustomerProfilesClient,
    InvalidRequestError,
    Profile,
    SearchKey,
    ThrottlingError,
    UpsertAction,
)
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

pytestmark = pytest.mark.usefixtures("each_client")

STRANGER = "Stranger"


def stored(service: LocalCustomerProfiles) -> int:
    """Return how many profiles there are, without any fault."""
    service.faults = Faults()
    profiles: int = service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
    return profiles


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client that retries nothing."""
    retries: Any = {"total_max_attempts": 1}
    return client_of(service, Config(retries=retries))


class TestValues:
    """Which values mean the same customer."""

    @pytest.mark.parametrize(
        ("match_on", "field", "text"),
        [
            (SearchKey.PHONE, "phone_number", "anonymous"),
            (SearchKey.PHONE, "mobile_phone_number", "N/A"),
            (SearchKey.PHONE, "phone_number", "-"),
            (SearchKey.PHONE, "phone_number", "   "),
            (SearchKey.PHONE, "phone_number", "CALL-ME"),
            (SearchKey.EMAIL, "email_address", "n/a"),
            (SearchKey.EMAIL, "email_address", "none"),
            (SearchKey.EMAIL, "email_address", "no address"),
            (SearchKey.ACCOUNT, "account_number", " "),
            (SearchKey.ACCOUNT, "account_number", "N/A"),
            (SearchKey.ACCOUNT, "account_number", "---"),
        ],
    )
    def test_a_filler_is_no_value(
        self, client: CustomerProfilesClient, match_on: SearchKey, field: str, text: str
    ) -> None:
        """A text that stands for "no value" finds nobody: the request is rejected, and names the fields to set."""
        fields: dict[str, Any] = {field: text}
        stranger = client.create_profile(Profile(first_name=STRANGER, **fields)).profile_id

        with pytest.raises(InvalidRequestError, match=f"match_on: .* set .*{field.partition('_')[0]}"):
            client.upsert_profile(Profile(first_name="Ana", **fields), match_on=match_on)
        assert STRANGER == client.get_profile(stranger).profile.first_name

    @pytest.mark.parametrize(
        ("held", "given"),
        [
            ("+1 (206) 345-7890", "2063457890"),
            ("(206) 345 7890", "+12063457890"),
            ("+1.206.345.7890", "+1 206 345 7890"),
            ("+65 6223 4567", "+6562234567"),
            ("1-800-FLOWERS", "1 800 flowers"),
        ],
    )
    def test_two_spellings_of_one_phone_number(self, client: CustomerProfilesClient, held: str, given: str) -> None:
        """Punctuation, case and ``+1`` before a North American number do not count."""
        profile_id = client.create_profile(Profile(phone_number=held)).profile_id

        result = client.upsert_profile(Profile(mobile_phone_number=given), match_on=SearchKey.PHONE)

        assert (profile_id, UpsertAction.UPDATED) == (result.profile_id, result.action)

    @pytest.mark.parametrize(
        ("held", "given"),
        [
            ("1-800-CONTACTS", "1-800-FLOWERS"),
            ("(656) 223-4567", "+65 6223 4567"),
            ("(381) 234-5678", "13812345678"),
            ("+1 381 234 5678", "13812345678"),
            ("+44 20 7946 0018", "+49 20 7946 0018"),
        ],
    )
    def test_two_phone_numbers(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, held: str, given: str
    ) -> None:
        """A number that is not certainly the same is not taken for it: nothing of the stranger's is overwritten."""
        stranger = client.create_profile(Profile(first_name=STRANGER, phone_number=held)).profile_id

        try:
            result = client.upsert_profile(Profile(first_name="Ana", phone_number=given), match_on=SearchKey.PHONE)
        except AmbiguousMatchError as error:
            assert (stranger,) == error.profile_ids
            assert 1 == stored(service)
        else:
            assert UpsertAction.CREATED == result.action
        assert STRANGER == client.get_profile(stranger).profile.first_name

    def test_a_number_that_is_nearly_the_same(self, client: CustomerProfilesClient) -> None:
        """With and without a country code is neither the same nor another: a person has to decide."""
        stranger = client.create_profile(Profile(phone_number="2063457890")).profile_id

        with pytest.raises(AmbiguousMatchError, match="a profile matches, but not certainly") as caught:
            client.upsert_profile(Profile(phone_number="12063457890"), match_on=SearchKey.PHONE)
        assert (stranger,) == caught.value.profile_ids

    @pytest.mark.parametrize(
        ("match_on", "shared"),
        [
            (SearchKey.EMAIL, {"email_address": "info@shop.example"}),
            (SearchKey.PHONE, {"business_phone_number": "+1 206 345 7890"}),
        ],
    )
    def test_a_shared_value(self, client: CustomerProfilesClient, match_on: SearchKey, shared: dict[str, Any]) -> None:
        """A shared address or switchboard does not make two account numbers one customer."""
        stranger = client.create_profile(Profile(account_number="C-1", first_name=STRANGER, **shared)).profile_id

        with pytest.raises(AmbiguousMatchError, match="another account_number") as caught:
            client.upsert_profile(Profile(account_number="C-2", first_name="Ana", **shared), match_on=match_on)

        assert (stranger,) == caught.value.profile_ids
        assert STRANGER == client.get_profile(stranger).profile.first_name

    def test_a_value_of_a_customer_without_an_account(self, client: CustomerProfilesClient) -> None:
        """An account number is added to the profile that has none, or only a filler."""
        profile_id = client.create_profile(Profile(account_number="n/a", email_address="ana@mail.example")).profile_id

        result = client.upsert_profile(
            Profile(account_number="C-2", email_address="ANA@mail.example"), match_on=SearchKey.EMAIL
        )

        assert (profile_id, UpsertAction.UPDATED) == (result.profile_id, result.action)

    @pytest.mark.parametrize("match_on", [SearchKey.FULL_NAME, SearchKey.CASE_ID, "_fullName", "Loyalty", None, 7])
    def test_what_identifies_nobody(self, client: CustomerProfilesClient, match_on: Any) -> None:
        """A name is no identity: only ACCOUNT, EMAIL and PHONE are offered."""
        with pytest.raises(InvalidRequestError, match="match_on: expected one of _account, _email, _phone"):
            client.upsert_profile(Profile(first_name="Ana", account_number="C-1"), match_on=match_on)


class TestHits:
    """What is made of the profiles that search finds."""

    def test_one_profile_found_twice_is_one(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A profile that two values find, or two pages hold, is one match."""
        profile_id = client.create_profile(
            Profile(phone_number="2063457890", mobile_phone_number="2063457891")
        ).profile_id
        changes = Profile(phone_number="2063457890", home_phone_number="2063457891", first_name="Ana")

        assert profile_id == client.upsert_profile(changes, match_on=SearchKey.PHONE).profile_id
        assert 1 == stored(service)

    def test_many_matches_are_known_after_one_page(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A value that hundreds share costs one search and one read before it is said so."""
        for _ in range(100):
            client.create_profile(Profile(email_address="info@shop.example"))
        before = len(service.requests)

        with pytest.raises(AmbiguousMatchError, match="several profiles match") as caught:
            client.upsert_profile(Profile(email_address="info@shop.example"), match_on=SearchKey.EMAIL)

        assert 2 == len(service.requests) - before
        assert len(caught.value.profile_ids) >= 2

    def test_a_problem_is_named_by_the_argument(self, client: CustomerProfilesClient) -> None:
        """The problems of an upsert are about its own arguments."""
        with pytest.raises(InvalidRequestError) as caught:
            client.upsert_profile(Profile(phone_number="1" * 300), match_on=SearchKey.PHONE)

        assert ("upsert_profile", ["phone_number: 300 characters, at most 255"]) == (
            caught.value.operation,
            list(map(str, caught.value.problems)),
        )


class TestRepeats:
    """One customer is in work once at a time, and what was created lately is known before search finds it."""

    lagging = Faults(search_lag_seconds=30)

    def test_the_same_upsert_within_searchs_lag(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A repeated upsert finds the profile that it created, before search does."""
        service.faults = self.lagging
        results = [client.upsert_profile(Profile(account_number="C-1", first_name="Ana")) for _ in range(3)]

        assert [UpsertAction.CREATED, UpsertAction.UNCHANGED, UpsertAction.UNCHANGED] == [
            each.action for each in results
        ]
        assert 1 == len({each.profile_id for each in results}) == stored(service)

    def test_eight_threads_and_one_new_customer(self, service: LocalCustomerProfiles) -> None:
        """However many threads share a client, a new customer is created once."""
        service.faults = self.lagging
        client, start = client_of(service), threading.Barrier(8)

        def upsert(_: int) -> UpsertAction:
            start.wait()
            return client.for_domain("acme").upsert_profile(Profile(account_number="C-1")).action

        with ThreadPoolExecutor(8) as pool:
            actions = list(pool.map(upsert, range(8)))

        assert 1 == actions.count(UpsertAction.CREATED) == stored(service)

    def test_customers_do_not_wait_for_each_other(self, service: LocalCustomerProfiles) -> None:
        """Threads that work on the same phone numbers in another order do not block each other for ever."""
        client = client_of(service)
        numbers = ["2063457890", "2063457891"]

        def upsert(turn: int) -> str:
            first, second = numbers if turn % 2 else reversed(numbers)
            customer = Profile(phone_number=first, mobile_phone_number=second)
            return client.upsert_profile(customer, match_on=SearchKey.PHONE).profile_id

        with ThreadPoolExecutor(8) as pool:
            assert 1 == len(set(pool.map(upsert, range(40), timeout=60)))

    def test_a_deleted_profile_is_created_again(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """What was created and deleted since is not taken for the customer."""
        first = client.upsert_profile(Profile(account_number="C-1"))
        client.delete_profile(first.profile_id)

        assert UpsertAction.CREATED == client.upsert_profile(Profile(account_number="C-1")).action
        assert 1 == stored(service)

    def test_a_failed_upsert_holds_nobody_up(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """After an error the next upsert of the same customer goes on."""
        service.faults = Faults(Fault(FaultType.THROTTLED, times=1))
        with pytest.raises(ThrottlingError):
            client.upsert_profile(Profile(account_number="C-2"))

        assert UpsertAction.CREATED == client.upsert_profile(Profile(account_number="C-2")).action
