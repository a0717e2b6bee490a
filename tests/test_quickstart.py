"""The quickstart does the SDK's main job on real input: what is stored is what the file says."""

import csv
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.local import LocalCustomerProfiles

EXAMPLES = Path(__file__).parents[1] / "examples"
each_file = pytest.mark.parametrize(
    "file",
    # The example's own customers, and a company list as another system exports it, with other columns.
    [EXAMPLES / "customers.csv", Path(__file__).with_name("companies.csv")],
    ids=lambda file: file.stem,
)

MEMBERS = {
    "CustomerID": "AccountNumber",
    "CompanyName": "BusinessName",
    "FirstName": "FirstName",
    "LastName": "LastName",
    "Gender": "GenderString",
    "PartyType": "PartyTypeString",
    "Email": "EmailAddress",
    "Phone": "PhoneNumber",
}
LINES = {"Address": "Address1", "City": "City", "Region": "State", "PostalCode": "PostalCode", "Country": "Country"}


@pytest.fixture(scope="module")
def quickstart() -> Any:
    """Return the example as a module."""
    spec = importlib.util.spec_from_file_location("quickstart", EXAMPLES / "quickstart.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(row: dict[str, str]) -> dict[str, Any]:
    """Return the API's members that a line of the file stands for, written down without the SDK."""
    members: dict[str, Any] = {MEMBERS[heading]: text for heading, text in row.items() if heading in MEMBERS and text}
    if address := {LINES[heading]: text for heading, text in row.items() if heading in LINES and text}:
        members["Address"] = address
    others = row.keys() - MEMBERS.keys() - LINES.keys()
    if attributes := {heading: row[heading] for heading in others if row[heading]}:
        members["Attributes"] = attributes
    return members


def stored(service: LocalCustomerProfiles, profile_id: str) -> dict[str, Any]:
    """Return what plain boto3 reads, without the id and the enums' own members."""
    (members,) = service.boto3_client().batch_get_profile(DomainName="acme", ProfileIds=[profile_id])["Profiles"]
    return {name: value for name, value in members.items() if name not in {"ProfileId", "Gender", "PartyType"}}


@each_file
def test_what_is_stored_is_what_the_file_says(
    file: Path, quickstart: ModuleType, service: LocalCustomerProfiles, client: CustomerProfilesClient
) -> None:
    """Every customer of the file is stored, character for character, and blank cells are not."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    profile_ids = quickstart.create(client, quickstart.read_customers(file))

    assert [expected(row) for row in rows] == [stored(service, each) for each in profile_ids]


@each_file
def test_updates_set_clear_and_keep(
    file: Path, quickstart: ModuleType, service: LocalCustomerProfiles, client: CustomerProfilesClient
) -> None:
    """The updates change what they name and nothing else, and no other customer."""
    profile_ids = quickstart.create(client, quickstart.read_customers(file))
    before = [stored(service, each) for each in profile_ids]
    quickstart.update(client, profile_ids)
    after = [stored(service, each) for each in profile_ids]

    before[0]["GenderString"] = "prefers not to say"
    before[0]["Attributes"]["Segment"] = "key account"
    before[1].pop("PhoneNumber", None)
    before[1]["Address"].pop("PostalCode", None)
    before[2]["PartyTypeString"] = "BUSINESS"
    before[2]["Attributes"].pop("Fax", None)
    assert before == after


def test_the_command_prints_what_is_held() -> None:
    """Run as a command it says that it uses no AWS account and prints every customer after the updates."""
    command = [sys.executable, str(EXAMPLES / "quickstart.py")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    assert "no AWS account is used" in printed
    assert "12 customers of customers.csv created." in printed
    assert "BUSINESS | prefers not to say" in printed
    assert "Segment=key account" in printed
    assert 12 == printed.count("party type, gender")


def test_a_file_of_fewer_customers_than_updates(
    quickstart: ModuleType, client: CustomerProfilesClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file with fewer customers than there are updates works too."""
    header, first, *_ = (EXAMPLES / "customers.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "one.csv"
    file.write_text(f"{header}\n{first}\n", encoding="utf-8")

    quickstart.run(client, file)

    assert "1 customers of one.csv created." in capsys.readouterr().out


def test_with_a_domain_it_goes_to_aws(
    quickstart: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    client: CustomerProfilesClient,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With --domain it builds a client for that domain in the caller's account, and says that it does."""
    asked: list[str] = []

    def build(domain_name: str) -> CustomerProfilesClient:
        asked.append(domain_name)
        return client

    monkeypatch.setattr(quickstart, "CustomerProfilesClient", build)
    quickstart.main(["--domain", "acme"])

    assert ["acme"] == asked
    assert "On AWS, in your account's domain acme" in capsys.readouterr().out
