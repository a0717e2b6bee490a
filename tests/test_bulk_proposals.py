"""A proposal for the columns of a file: what is certain is decided, and the rest is left to a person, with a reason."""

import tomllib
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_profiles_sdk import SearchKey
from customer_profiles_sdk.bulk import ColumnMapping
from customer_profiles_sdk.bulk.proposals import ProposedColumn, proposal_toml, propose

PEOPLE = ["First Name", "Last Name", "Email"]


def proposed(name: str, *cells: object, beside: tuple[str, ...] = ()) -> ProposedColumn:
    """Return what is proposed for one column with these cells, beside others that are empty."""
    return propose([name, *beside], [[cell, *([""] * len(beside))] for cell in cells]).columns[0]


def labels_of(rule: object) -> dict[str, str]:
    """Return the field for each label of a rule."""
    return dict(cast("Any", rule)["labels"])


class TestNames:
    """What a name says on its own."""

    @pytest.mark.parametrize(
        ("name", "rule"),
        [
            ("E-Mail", "email_address"),
            ("e_mail", "email_address"),
            ("EMailAddress", "email_address"),
            ("Vorname", "first_name"),
            ("Prénom", "first_name"),
            ("Apellidos", "last_name"),
            ("Kundennummer", "account_number"),
            ("Mobile", "mobile_phone_number"),
            ("Téléphone", "phone_number"),
            ("Ship To City", "shipping_address.city"),
            ("phone_number", "phone_number"),
            ("BillingAddress.PostalCode", "billing_address.postal_code"),
        ],
    )
    def test_a_certain_name(self, name: str, rule: str) -> None:
        """Case, accents, punctuation and the language do not matter."""
        assert rule == proposed(name).rule

    @pytest.mark.parametrize(
        "name",
        [
            "Email Opt Out",
            "IP City",
            "AccountId",
            "IsEmailBounced",
            "Accepts Email Marketing",
            "Private",
            "Owner Email",
        ],
    )
    def test_a_name_that_only_reads_like_a_field(self, name: str) -> None:
        """A flag, an internal and what belongs to somebody else is ignored, and says why."""
        column = proposed(name)
        assert "ignore" == column.rule
        assert column.reason

    @pytest.mark.parametrize("name", ["Password", "API Token", "client_secret", "Email Hash", "Passwort"])
    def test_a_secret(self, name: str) -> None:
        """What must not be read is never loaded."""
        assert "ignore" == proposed(name, "x", "y", "z").rule

    def test_a_name_that_is_not_certain(self) -> None:
        """It is left to a person, with what it probably is."""
        column = proposed("Land", "Irland", "Peru")
        assert (None, "address.country") == (column.rule, column.suggestion)

    def test_a_whole_name(self) -> None:
        """A whole name has no field: it is an attribute, and splitting it is a person's choice."""
        column = proposed("Full Name", "Ana Núñez")
        assert ("attributes.full_name", {"split": ["first_name", "last_name"]}) == (column.rule, column.suggestion)

    def test_a_whole_name_beside_its_parts(self) -> None:
        """It repeats them."""
        assert "ignore" == proposed("Name", "Ana Núñez", beside=("First Name", "Last Name")).rule

    def test_half_a_name(self) -> None:
        """``Name`` beside the first name alone is probably the last one."""
        column = proposed("Name", "Núñez", beside=("First Name",))
        assert (None, "last_name") == (column.rule, column.suggestion)

    def test_a_phone_of_two_kinds(self) -> None:
        """Nobody knows whose it is."""
        assert None is proposed("Work or Home Phone").rule
        assert None is proposed("Home Work Phone").rule

    def test_numbered_addresses(self) -> None:
        """A street stands in the address of its number."""
        rules = propose(["Street", "City", "Street 2", "City 2"]).rules()
        assert ("mailing_address.address1", "mailing_address.city") == (rules["Street 2"], rules["City 2"])

    def test_a_column_without_a_name(self) -> None:
        """It is ignored while it is empty, and left to a person where it has cells."""
        assert "ignore" == proposed("#2").rule
        assert None is proposed("#2", "x").rule

    def test_a_name_without_a_word(self) -> None:
        """It says nothing, so a person decides about its cells."""
        assert None is proposed("--", "x").rule

    def test_doubled_names(self) -> None:
        """Of two columns of one name nobody knows which is which."""
        first, second = propose(["Email#1", "Email#2"], [["a@x.example", "b@x.example"]]).columns
        assert (None, "email_address") == (first.rule, first.suggestion)
        assert None is second.rule

    def test_columns_of_a_file_of_rejects(self) -> None:
        """What an earlier load added is ignored."""
        assert ["ignore"] * 3 == [each.rule for each in propose(["_row", "_action", "_problems"]).columns]

    def test_one_column_for_one_field(self) -> None:
        """The more certain of two columns has the field; the other becomes an attribute."""
        rules = propose(["Telephone", "Phone"], [["021 555 0142", "021 555 0143"]]).rules()
        assert {"phone_number", "attributes.phone"} == set(map(str, rules.values()))

    @pytest.mark.parametrize("name", ["Work City", "Zip 4", "Alternate City", "Country of Residence"])
    def test_a_line_that_stands_alone(self, name: str) -> None:
        """One line beside a whole address is no second address."""
        rule = propose(["Street", "City", "Postal Code", "Country", name]).rules()[name]
        assert str(rule).startswith("attributes.")

    @pytest.mark.parametrize("name", ["State", "Country Code", "Apartment", "PO Box"])
    def test_a_line_beside_the_address_of_an_address_book(self, name: str) -> None:
        """It does not take the customer's address away from a whole one."""
        rules = propose(["Address 1 - Street", "Address 1 - City", "Address 1 - Postal Code", name]).rules()
        assert "address.city" == rules["Address 1 - City"]
        assert not str(rules[name]).startswith("address.")

    @pytest.mark.parametrize("name", ["City of Birth", "Email del comercial", "Country ID"])
    def test_a_name_of_two_meanings(self, name: str) -> None:
        """It fills no standard field unasked."""
        rule = proposed(name, beside=("First Name", "Last Name")).rule
        assert rule is None or rule == "ignore"

    def test_one_more_address(self) -> None:
        """A profile has four addresses; a fifth becomes attributes."""
        kinds = ["Home", "Billing", "Shipping", "Mailing", "Other"]
        names = [f"{kind} {part}" for kind in kinds for part in ("Street", "City")]
        rules = propose(names).rules()
        assert ("address.city", "attributes.other_city") == (rules["Home City"], rules["Other City"])


class TestCells:
    """What the cells of a sample say."""

    @pytest.mark.parametrize(
        ("name", "cells"),
        [
            ("Phone", ["yes", "no", "yes"]),
            ("Phone", ["2024-03-05", "2024-03-06"]),
            ("Email", ["true", "false"]),
            ("First Name", ["ana@mail.example"]),
            ("Account Number", ["1", "1", "1", "1", "2"]),
            ("City", ["12345", "23456"]),
            ("Gender", ["ana@mail.example"]),
            ("Date of Birth", ["ana@mail.example"]),
            ("Country", ["1", "2"]),
            ("Postal Code", ["Cork", "Lima"]),
            ("Company Name", ["2024-03-05"]),
            ("Street", ["2024-03-05"]),
        ],
    )
    def test_cells_that_do_not_fit_the_name(self, name: str, cells: list[str]) -> None:
        """The name is doubted, and the column is left to a person."""
        column = proposed(name, *cells)
        assert (None, "its cells do not look like what its name says") == (column.rule, column.reason)

    def test_lists_and_tables(self) -> None:
        """No text can be made of them."""
        assert (None, "ignore") == (proposed("Email", ["a"]).rule, proposed("Email", {"a": 1}).suggestion)

    def test_an_apostrophe(self) -> None:
        """What a spreadsheet put before a number is taken off."""
        assert {"field": "phone_number", "strip": "'"} == proposed("Phone", "'+353215550142").rule

    def test_an_apostrophe_elsewhere(self) -> None:
        """Where one column has it, others that hold numbers may have it too."""
        names, row = ["Customer ID", "Zip"], ["'1001", "08002"]
        assert {"field": "address.postal_code", "strip": "'"} == propose(names, [row]).rules()["Zip"]

    @pytest.mark.parametrize("separator", [";", ",", " ::: ", "|"])
    def test_several_addresses_in_a_cell(self, separator: str) -> None:
        """The first counts."""
        cell = f"a@x.example{separator}b@x.example"
        assert {"field": "email_address", "first_of": separator} == proposed("Email", cell).rule

    def test_a_date_that_is_none(self) -> None:
        """Zeros stand for no date."""
        assert {"field": "birth_date", "blank": "00.00.0000"} == proposed("Birthday", "00.00.0000", "05.03.1984").rule
        several = proposed("Birthday", "00.00.0000", "0000-00-00", "05.03.1984").rule
        assert {"field": "birth_date", "blank": ["00.00.0000", "0000-00-00"]} == several

    def test_a_name_that_is_not_known(self) -> None:
        """Among columns that are understood it becomes an attribute; alone it is left to a person."""
        beside = tuple(PEOPLE)
        assert "attributes.loyalty_tier" == proposed("Loyalty Tier", "gold", beside=beside).rule
        assert (None, "the name is not known") == (proposed("Zzyzx").rule, proposed("Zzyzx").reason)

    @pytest.mark.parametrize(
        ("cells", "kind"),
        [
            (["a@x.example", "b@x.example", "c@x.example"], "e-mail addresses"),
            (["+353 21 555 0142"] * 3, "phone numbers"),
        ],
    )
    def test_a_name_that_is_not_known_and_cells_that_are(self, cells: list[str], kind: str) -> None:
        """What looks like a customer's address is not put into an attribute unasked."""
        column = proposed("Zzyzx", *cells, beside=tuple(PEOPLE))
        assert (None, f"the name is not known; the cells look like {kind}") == (column.rule, column.reason)

    def test_a_name_and_cells_that_are_not_known(self) -> None:
        """Any other text may become an attribute."""
        assert "attributes.zzyzx" == proposed("Zzyzx", "a", "b", "c", beside=tuple(PEOPLE)).rule

    def test_cells_that_are_too_long_for_an_attribute(self) -> None:
        """An attribute takes 255 characters."""
        column = proposed("Zzyzx", "x" * 256, beside=tuple(PEOPLE))
        assert (None, "ignore") == (column.rule, column.suggestion)


class TestPairs:
    """A column says what another one holds."""

    def labels(self, *seen: str) -> dict[str, str]:
        """Return the labels of a phone number where these are in the sample."""
        names = ["Phone 1 - Label", "Phone 1 - Value"]
        rule = propose(names, [[label, "021 555 0142"] for label in seen]).rules()["Phone 1 - Value"]
        assert "Phone 1 - Label" == cast("Any", rule)["field_by"]
        return labels_of(rule)

    def test_the_label_decides(self) -> None:
        """A mobile number goes to its own field, any other to the general one."""
        found = self.labels("Mobile", "Work")
        assert ("mobile_phone_number", "business_phone_number", "phone_number") == (
            found["Mobile"],
            found["Work"],
            found["*"],
        )

    @pytest.mark.parametrize("label", ["Work Fax", "Faxnummer", "Télécopie", "Pager"])
    def test_a_fax_is_no_phone(self, label: str) -> None:
        """Its number becomes an attribute."""
        assert self.labels("Mobile", label)[label].startswith("attributes.")

    def test_labels_that_say_nothing(self) -> None:
        """Labels that name no kind decide nothing."""
        names = ["Phone 1 - Label", "Phone 1 - Value"]
        rules = propose(names, [["x", "021 555 0142"], ["y", "021 555 0143"]]).rules()
        assert {"field": "phone_number", "first_of": " ::: "} == rules["Phone 1 - Value"]

    def test_a_fax_in_a_column_of_its_own(self) -> None:
        """No two columns share an attribute."""
        names = ["Fax", "Phone 1 - Label", "Phone 1 - Value"]
        rule = propose(names, [["", "Fax", "021 555 0142"]]).rules()["Phone 1 - Value"]
        assert "attributes.fax_number" == labels_of(rule)["Fax"]

    def test_the_second_of_its_kind(self) -> None:
        """A second number without a kind becomes an attribute."""
        names = [f"Phone {number} - {part}" for number in (1, 2) for part in ("Label", "Value")]
        rule = propose(names, [["Mobile", "021 555 0142", "Work", "021 555 0143"]]).rules()["Phone 2 - Value"]
        assert "attributes.phone_2" == labels_of(rule)["*"]

    def test_several_values_under_one_label(self) -> None:
        """The first counts."""
        rule = propose(["E-mail 1 - Label", "E-mail 1 - Value"], []).rules()["E-mail 1 - Value"]
        assert {"field": "email_address", "first_of": " ::: "} == rule

    def test_an_exchange_address(self) -> None:
        """A path within Exchange is no e-mail address."""
        rule = propose(["First Name", "E-mail Address", "E-mail Type"], []).rules()["E-mail Address"]
        labels = {"EX": "attributes.exchange_address", "*": "email_address"}
        assert {"field_by": "E-mail Type", "labels": labels} == rule


class TestProposals:
    """A proposal as a whole."""

    def test_one_name_of_a_system_is_not_enough(self) -> None:
        """Names that any list of customers may have recognize no system, however many they are."""
        names = ["First Name", "Last Name", "Company", "City", "State", "Zip", "Country", "Phone", "Location"]
        assert None is propose([*names, "Employee Number"]).system

    def test_names_of_a_system(self) -> None:
        """More than one name that no other system has is enough."""
        assert "LinkedIn" == propose(["First Name", "Last Name", "URL", "Connected On", "Position"]).system

    @pytest.mark.parametrize(
        ("names", "key"),
        [
            (["Email", "Customer Number"], SearchKey.ACCOUNT),
            (["Phone", "Email"], SearchKey.EMAIL),
            (["Mobile"], SearchKey.PHONE),
            (["City"], None),
        ],
    )
    def test_the_key_to_match_on(self, names: list[str], key: SearchKey | None) -> None:
        """It is the first of account number, e-mail address and phone number that a column fills."""
        assert key == propose(names).match_on

    def test_as_a_file(self) -> None:
        """What is decided stands as it is, what is not is commented out, and each has its reason."""
        text = proposal_toml(propose(["Email", "Land", "Owner", 'a"b\n\t\\\x07'], [["", "Peru", "", "x"]]))
        odd = {'a"b\n\t\\\x07': "attributes.a_b"}
        assert {"Email": "email_address", "Owner": "ignore", **odd} == tomllib.loads(text)["columns"]
        assert "Columns that are left to you: 1." in text
        assert '# "Land" = "address.country"  # the name alone does not say it' in text
        assert "--match-on email" in text

    def test_without_a_key_the_person_chooses_one(self) -> None:
        """No column finds a customer."""
        assert "--match-on KEY" in proposal_toml(propose(["City"]))

    def test_a_choice_stands_beside_the_rule(self) -> None:
        """What else a person may want is in the comment."""
        text = proposal_toml(propose(["Full Name"]))
        assert '"attributes.full_name"  # a whole name in one cell; or { split = ["first_name", "last_name"] }' in text

    def test_a_name_that_toml_cannot_hold(self) -> None:
        """Half an emoji is commented out."""
        assert {} == tomllib.loads(proposal_toml(propose(["\ud83d Email Owner"])))["columns"]

    @given(st.lists(st.text(max_size=20), max_size=8, unique=True), st.lists(st.text(max_size=10), max_size=4))
    def test_any_header(self, names: list[str], cells: list[str]) -> None:
        """Whatever stands in a header, the proposal is a mapping that can be read back."""
        proposal = propose(names, [cells])
        rules = tomllib.loads(proposal_toml(proposal))["columns"]

        assert names == [each.name for each in proposal.columns]
        assert ColumnMapping(proposal.rules()) == ColumnMapping(rules)
