"""The examples beside the quickstart do what they say."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from customer_profiles_sdk import CLEAR, Address, CustomerProfilesClient, Profile
from customer_profiles_sdk.local import LocalCustomerProfiles

EXAMPLES = Path(__file__).parents[1] / "examples"


def example(name: str) -> ModuleType:
    """Return an example as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def printed(name: str, *arguments: str) -> list[str]:
    """Return the lines that an example prints as a command."""
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout.splitlines()


def test_find_or_create() -> None:
    """The first message of an address creates a customer, a later one finds it, whatever its case."""
    first, second, third = printed("find_or_create", "ana@mail.example", "Ana@Mail.Example", "zoe@mail.example")

    profile_id = first.removeprefix("message 1  created: ")
    assert 32 == len(profile_id)
    # The address is sent as the newer message spells it.
    assert f"message 2  updated: {profile_id}" == second
    assert third.startswith("message 3  created: ")


def test_find_or_create_does_not_choose(client: CustomerProfilesClient) -> None:
    """With several customers of one address it says so and changes none."""
    ids = {client.create_profile(Profile(email_address="a@mail.example")).profile_id for _ in range(2)}

    outcome: str = example("find_or_create").find_or_create(client, "a@mail.example")

    assert ids == set(outcome.removeprefix("ambiguous: ").split(", "))


def test_sync_from_crm_sends_nothing_twice(tmp_path: Path) -> None:
    """The first run creates, the second finds nothing to do."""
    path = str(tmp_path / "profiles.sqlite")

    assert ["4 created"] == printed("sync_from_crm", "--path", path)
    assert ["4 unchanged"] == printed("sync_from_crm", "--path", path)


def test_sync_from_crm_sends_what_differs(
    service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed cell is sent, a blank one removes, other people's data stay, and a bad line does not stop the rest."""
    sync_from_crm = example("sync_from_crm")
    sync_from_crm.sync(client, EXAMPLES / "crm_changes.csv")
    (stored,) = client.search_profiles({"_account": "A-100"})
    client.update_profile(stored.profile_id, Profile(middle_name="B.", attributes={"theirs": "x"}))
    file = tmp_path / "changes.csv"
    lines = ["account,first_name,last_name,email,phone,city,tier", "A-100,Ana,Núñez,new@mail.example,,Madrid,gold"]
    file.write_text("\n".join([*lines, f"A-9,{'x' * 256},,,,,"]), encoding="utf-8")
    before = len(service.requests)

    done = sync_from_crm.sync(client, file)

    assert {"updated": 1, "rejected": 1} == done
    assert "row 2: first_name: 256 characters, at most 255\n" == capsys.readouterr().out
    (update,) = [request for request in service.requests[before:] if request.operation == "UpdateProfile"]
    changes = {"EmailAddress": "new@mail.example", "PhoneNumber": CLEAR}
    assert {"DomainName": "acme", "ProfileId": stored.profile_id, **changes} == update.parameters
    held = client.get_profile(stored.profile_id).profile
    assert ("B.", {"theirs": "x", "tier": "gold"}) == (held.middle_name, held.attributes)
    assert Address(city="Madrid") == held.address
