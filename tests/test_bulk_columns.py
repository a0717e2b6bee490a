"""Columns of a file become fields of a profile, as a mapping says; what is doubtful is named."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from customer_profiles_sdk import CLEAR, Address, Gender, Profile
from customer_profiles_sdk.bulk import ColumnMapping, ColumnsError, Row
from customer_profiles_sdk.bulk.cells import Cells, shown_column
from customer_profiles_sdk.bulk.columns import RowReader
from customer_profiles_sdk.bulk.records import Record, unique_names
from customer_profiles_sdk.bulk.rules import ColumnRule

SHORTENED = "is a number that a spreadsheet has shortened: export the column as text"
APOSTROPHE = "begins with the apostrophe of a spreadsheet: map the column with strip"
SEVERAL = "holds several values: map the column with first_of, or edit the cell"


def read(cells: Mapping[str, object], mapping: Mapping[str, ColumnRule] | None = None, how: Cells | None = None) -> Row:
    """Return the row of a single record."""
    names = unique_names(list(cells))
    reader = RowReader(ColumnMapping(mapping), how or Cells())
    reader.check(names)
    return reader.row(Record(1, 2, names, list(cells.values())))


def read_cells(names: Sequence[str], cells: Sequence[object], mapping: Mapping[str, ColumnRule]) -> Row:
    """Return the row of a record whose columns may have the same name."""
    return RowReader(ColumnMapping(mapping), Cells()).row(Record(1, 2, unique_names(names), cells))


def problems_of(mapping: Mapping[str, ColumnRule], names: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with a mapping, or with it and the columns of a file."""
    with pytest.raises(ColumnsError) as caught:
        ColumnMapping(mapping).plan(unique_names(names))
    return [str(each) for each in caught.value.problems]


class TestNames:
    """Which name stands for which field."""

    @pytest.mark.parametrize("name", ["first_name", "FirstName"])
    def test_a_field_or_member_maps_itself(self, name: str) -> None:
        """A column that is named like a field, or like its member of the API, needs no mapping."""
        assert Profile(first_name="Ana") == read({name: "Ana"}).profile

    @pytest.mark.parametrize("name", ["billing_address.city", "BillingAddress.City"])
    def test_a_path_maps_itself(self, name: str) -> None:
        """A line of an address is named by its path."""
        assert Profile(billing_address=Address(city="Cork")) == read({name: "Cork"}).profile

    @pytest.mark.parametrize("name", ["attributes.loyalty.tier", "Attributes.loyalty.tier"])
    def test_an_attributes_key_is_all_that_follows_the_first_dot(self, name: str) -> None:
        """An attribute is named by its key, which may have dots."""
        assert Profile(attributes={"loyalty.tier": "gold"}) == read({name: "gold"}).profile

    def test_free_text_members_map_to_the_same_field(self) -> None:
        """The member for free text stands for the same field as the one for the enum."""
        assert Profile(gender=Gender.FEMALE) == read({"GenderString": "FEMALE"}).profile

    def test_a_mapping_counts_before_the_name(self) -> None:
        """What the mapping says of a column counts more than what the column is called."""
        mapping = {"first_name": "last_name", "custom.tier": "attributes.tier"}
        expected = Profile(last_name="Ana", attributes={"tier": "gold"})
        assert expected == read({"first_name": "Ana", "custom.tier": "gold"}, mapping).profile

    def test_a_column_without_a_field_is_an_error_that_names_the_nearest(self) -> None:
        """A column that is neither mapped nor ignored is an error."""
        assert [
            "Emial: is not mapped: map it to a field (the nearest is email_address) or to ignore",
            "Qqq: is not mapped: map it to a field or to ignore",
        ] == problems_of({}, ["Emial", "Qqq", "first_name"])

    def test_two_columns_for_one_field_are_an_error(self) -> None:
        """Two columns cannot fill one field."""
        assert ["Given: fills first_name, as first_name does: map one of them to ignore"] == problems_of(
            {"Given": "first_name"}, ["first_name", "Given"]
        )

    def test_a_mapped_column_must_be_there(self) -> None:
        """A mapping that names a column which the file lacks is an error; one that is ignored may be absent."""
        assert ["Ort: is mapped, but the file has no such column"] == problems_of(
            {"Ort": "address.city", "PLZ": "ignore"}, ["first_name"]
        )

    def test_of_a_doubled_header_each_has_a_number(self) -> None:
        """Columns of one name are addressed by their number."""
        mapping = {"Titre#1": "attributes.title", "Titre#2": "ignore"}
        assert Profile(attributes={"title": "Dr."}) == read_cells(["Titre", "Titre"], ["Dr.", "x"], mapping).profile

    def test_the_bare_name_of_a_doubled_header_is_an_error(self) -> None:
        """The name alone does not say which of the columns is meant."""
        assert "Titre: there are several columns of this name: map Titre#1, Titre#2 and so on" in problems_of(
            {"Titre": "attributes.title"}, ["Titre", "Titre"]
        )

    def test_a_column_without_a_name_may_be_empty(self) -> None:
        """A column without a name is ignored as long as nothing stands in it."""
        row = read({"first_name": "Ana", "": ""})
        assert (Profile(first_name="Ana"), ()) == (row.profile, row.problems)

    def test_a_value_without_a_name_is_a_problem(self) -> None:
        """A value in a column without a name is not dropped."""
        assert ["#2: has a value and no name: map it under this name, or ignore it"] == [
            str(each) for each in read({"first_name": "Ana", "": "x"}).problems
        ]

    def test_a_column_without_a_name_is_mapped_by_its_position(self) -> None:
        """The position is the name of a column that has none."""
        assert Profile(first_name="Ana") == read({"": "Ana"}, {"#1": "first_name"}).profile

    def test_the_columns_of_a_file_of_rejects_are_ignored(self) -> None:
        """What was added to a file of rejects does not keep it from being loaded."""
        row = read({"first_name": "Ana", "_row": "1", "_action": "rejected", "_problems": "x"})
        assert (Profile(first_name="Ana"), ()) == (row.profile, row.problems)


class TestOthers:
    """The rule for all other columns."""

    def test_others_are_ignored(self) -> None:
        """``*`` ignores all columns that are not mapped."""
        assert Profile(first_name="Ana") == read({"first_name": "Ana", "Owner": "x"}, {"*": "ignore"}).profile

    def test_others_become_attributes(self) -> None:
        """``*`` puts all columns that are not mapped into attributes of their names."""
        assert (
            Profile(attributes={"Loyalty Tier": "gold"}) == read({"Loyalty Tier": "gold"}, {"*": "attributes"}).profile
        )

    @pytest.mark.parametrize(
        "name",
        [
            "Password",
            "api_token",
            "Client-Secret",
            "pwHash",
            "Passwort",
            "Mot de passe",
            "Contraseña",
            "x" * 240 + "Hash",
        ],
    )
    def test_secrets_never_become_attributes(self, name: str) -> None:
        """A column whose name tells of a secret is ignored, unless it is mapped by its name."""
        assert Profile() == read({name: "x"}, {"*": "attributes"}).profile

    @pytest.mark.parametrize("rule", ["first_name", {"field": "first_name"}])
    def test_nothing_else_is_a_rule_for_others(self, rule: ColumnRule) -> None:
        """All other columns cannot fill one field."""
        assert ['*: expected "ignore" or "attributes"'] == problems_of({"*": rule})


class TestRules:
    """Rules that are tables."""

    def test_strip_takes_characters_off_the_front(self) -> None:
        """A spreadsheet's apostrophe is no part of the value; one within it is."""
        mapping: Mapping[str, ColumnRule] = {"Phone": {"field": "phone_number", "strip": "'"}}
        assert Profile(phone_number="+353'1") == read({"Phone": "'+353'1"}, mapping).profile

    def test_first_of_takes_the_first_of_several_values(self) -> None:
        """The separator is what the mapping says."""
        mapping: Mapping[str, ColumnRule] = {"Mail": {"field": "email_address", "first_of": " ::: "}}
        assert Profile(email_address="a@x.example") == read({"Mail": "a@x.example ::: b@x.example"}, mapping).profile

    @pytest.mark.parametrize("blank", ["0/0/00", ["-", "0/0/00"]])
    def test_blank_names_texts_that_stand_for_nothing(self, blank: object) -> None:
        """A text that a system writes into an empty cell is no value."""
        assert Profile() == read({"B": "0/0/00"}, {"B": {"field": "birth_date", "blank": blank}}).profile

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Isabel de Castro", Profile(first_name="Isabel", last_name="de Castro")),
            ("Cher", Profile(first_name="Cher")),
            ("", Profile()),
        ],
    )
    def test_split_gives_each_field_a_word_and_the_last_one_the_rest(self, name: str, expected: Profile) -> None:
        """A whole name is split only where the mapping says so."""
        assert expected == read({"Name": name}, {"Name": {"split": ["first_name", "last_name"]}}).profile

    def test_a_comma_in_a_split_name_is_a_problem(self) -> None:
        """Whether "Castro, Isabel" begins with the last name is not guessed."""
        row = read({"Name": "Castro, Isabel"}, {"Name": {"split": ["first_name", "last_name"]}})
        assert ["Name (first_name): holds a comma, so that it is not clear which word is which: edit the cell"] == [
            str(each) for each in row.problems
        ]

    def test_a_cleared_name_clears_all_its_parts(self) -> None:
        """A blank cell that clears, clears every field that it could fill."""
        row = read({"Name": ""}, {"Name": {"split": ["first_name", "last_name"]}}, Cells("clear"))
        assert Profile(first_name=CLEAR, last_name=CLEAR) == row.profile

    @pytest.mark.parametrize(
        ("label", "expected"),
        [
            ("Mobile", Profile(mobile_phone_number="555 0100")),
            ("* mobile ", Profile(mobile_phone_number="555 0100")),
            ("Work", Profile(phone_number="555 0100")),
            ("* ", Profile(home_phone_number="555 0100")),
            (None, Profile(home_phone_number="555 0100")),
            ("Work Fax", Profile()),
        ],
    )
    def test_a_label_decides_which_field_a_value_fills(self, label: object, expected: Profile) -> None:
        """Labels are compared without case and without the mark of the default; ``*`` is any other one."""
        labels = {"Mobile": "mobile_phone_number", "": "home_phone_number", "Work Fax": "ignore", "*": "phone_number"}
        row = read({"L": label, "V": "555 0100"}, {"V": {"field_by": "L", "labels": labels}})
        assert expected == row.profile

    def test_without_a_rule_for_other_labels_their_values_are_not_loaded(self) -> None:
        """A label that the mapping does not name fills nothing."""
        assert (
            Profile()
            == read(
                {"L": "Pager", "V": "555 0100"}, {"V": {"field_by": "L", "labels": {"Mobile": "mobile_phone_number"}}}
            ).profile
        )

    def test_a_field_that_the_row_has_already_is_not_filled_twice(self) -> None:
        """The second value under one label goes to the field of all other labels."""
        mapping: Mapping[str, ColumnRule] = {
            f"V{number}": {
                "field_by": f"L{number}",
                "labels": {"Mobile": "mobile_phone_number", "*": f"attributes.phone_{number}"},
            }
            for number in (1, 2)
        }
        row = read({"L1": "Mobile", "V1": "555 0100", "L2": "Mobile", "V2": "555 0101"}, mapping)
        assert Profile(mobile_phone_number="555 0100", attributes={"phone_2": "555 0101"}) == row.profile

    def test_a_value_that_has_no_field_left_is_a_problem(self) -> None:
        """A value is never dropped because its field is taken."""
        mapping: Mapping[str, ColumnRule] = {"V": {"field_by": "L", "labels": {"*": "phone_number"}}}
        row = read({"phone_number": "555 0100", "L": "Work", "V": "555 0101"}, mapping)
        assert ["V (phone_number): the row has a value for this field already"] == [str(each) for each in row.problems]

    def test_a_blank_cell_takes_no_field(self) -> None:
        """A blank cell that clears leaves a field alone that the row fills."""
        mapping: Mapping[str, ColumnRule] = {"V": {"field_by": "L", "labels": {"*": "phone_number"}}}
        row = read({"phone_number": "555 0100", "L": "Work", "V": ""}, mapping, Cells("clear"))
        assert (Profile(phone_number="555 0100"), ()) == (row.profile, row.problems)

    @pytest.mark.parametrize(
        ("rule", "message"),
        [
            ("adress.city", "there is no field of this name; the nearest is address.city"),
            ("attributes.", "there is no field of this name"),
            ("Qqq", "there is no field of this name"),
            (7, "expected a text or a table, got int"),
            ({}, "expected a table with field, with split, or with field_by and labels"),
            ({"field": "first_name", "split": ["last_name"]}, "expected a table with field, with split, or with"),
            ({"field": "first_name", "trim": "x"}, "expected a table with field, with split, or with"),
            ({"field": 7}, "field: expected a text, got int"),
            ({"field": "first_name", "strip": 7}, "strip: expected a text, got int"),
            ({"field": "first_name", "blank": 7}, "blank: expected a list of texts"),
            ({"split": [7]}, "split: expected a list of texts"),
            ({"field_by": "L", "labels": "x"}, "labels: expected a table of labels and fields"),
            ({"field_by": "L", "labels": {"x": 7}}, "labels: expected a table of labels and fields"),
        ],
    )
    def test_what_is_no_rule_is_an_error(self, rule: ColumnRule, message: str) -> None:
        """A mapping is checked when it is made, before a file is looked at."""
        with pytest.raises(ColumnsError, match=f"X: {message}"):
            ColumnMapping({"X": rule})

    def test_the_column_of_the_labels_must_be_there(self) -> None:
        """A rule that goes by another column needs it."""
        assert ["V: the file has no column of the name that field_by says"] == problems_of(
            {"V": {"field_by": "L", "labels": {"*": "phone_number"}}}, ["V"]
        )


class TestCells:
    """What a cell says."""

    @pytest.mark.parametrize("cell", ["", "  ", "\t", None])
    def test_a_blank_cell_keeps(self, cell: object) -> None:
        """By default no cell erases anything."""
        assert Profile() == read({"first_name": cell}).profile

    @pytest.mark.parametrize("cell", ["", "  ", None])
    def test_a_blank_cell_clears_where_it_is_asked_to(self, cell: object) -> None:
        """With ``blank="clear"`` a blank cell removes what is stored."""
        expected = Profile(first_name=CLEAR, address=Address(city=CLEAR), attributes={"tier": CLEAR})
        row = read({"first_name": cell, "address.city": cell, "attributes.tier": cell}, how=Cells("clear"))
        assert expected == row.profile

    def test_a_marker_clears(self) -> None:
        """With a marker only cells that hold it remove what is stored."""
        row = read({"first_name": "#N/A", "last_name": ""}, how=Cells(clear_marker="#N/A"))
        assert Profile(first_name=CLEAR) == row.profile

    @pytest.mark.parametrize("cell", [" Ana ", "0042", "'tis", "1E+5"])
    def test_a_text_is_taken_as_it_is(self, cell: str) -> None:
        """What is stored is what the file says."""
        assert Profile(first_name=cell) == read({"first_name": cell}).profile

    @pytest.mark.parametrize("cell", ["2.54788E+11", "2,54788E+11", "2.5e11", "3E+11", " 2.54788E+11 "])
    @pytest.mark.parametrize("field", ["phone_number", "account_number", "address.postal_code", "home_phone_number"])
    def test_a_shortened_number_is_a_problem(self, field: str, cell: str) -> None:
        """A number that a spreadsheet ruined is no phone number, no account number and no postal code."""
        assert [(field, SHORTENED)] == [(each.path, each.message) for each in read({field: cell}).problems]

    @pytest.mark.parametrize("cell", ["254788000000.0", "42.0", " 42.0 "])
    @pytest.mark.parametrize("field", ["phone_number", "account_number", "address.postal_code"])
    def test_a_whole_number_with_a_decimal_place_is_a_problem(self, field: str, cell: str) -> None:
        """A program that took a column for decimals wrote no phone number, no account number and no postal code."""
        assert ["is a whole number with a decimal place: export the column as text"] == [
            each.message for each in read({field: cell}).problems
        ]

    @pytest.mark.parametrize(("cell", "message"), [("'0042", APOSTROPHE), ('="0042"', "is a formula of a spreadsheet")])
    def test_a_spreadsheets_marks_are_a_problem(self, cell: str, message: str) -> None:
        """What keeps a spreadsheet from changing a number is no part of it."""
        assert message in read({"account_number": cell}).problems[0].message

    @pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#NAME?"])
    def test_a_spreadsheets_error_is_a_problem(self, cell: str) -> None:
        """An error of a spreadsheet is no value, in any column."""
        row = read({"Ort": cell}, {"Ort": "address.city"})
        assert ["Ort (address.city): is an error of a spreadsheet"] == [str(each) for each in row.problems]

    @pytest.mark.parametrize(
        ("field", "cell"),
        [
            ("email_address", "a@x.example; b@x.example"),
            ("business_email_address", "a@x.example b@x.example"),
            ("phone_number", "+353 1 555 0100 ::: +353 1 555 0101"),
            ("mobile_phone_number", "353155501; 353155502"),
            ("home_phone_number", "353155501\n353155502"),
        ],
    )
    def test_several_values_in_one_cell_are_a_problem(self, field: str, cell: str) -> None:
        """Which of several values is meant is not guessed."""
        assert [SEVERAL] == [each.message for each in read({field: cell}).problems]

    @pytest.mark.parametrize("cell", ["0621/08460", "06221/123456", "(171) 555-7788, ext. 12", "+1 555 0100;"])
    def test_a_number_with_punctuation_is_one_number(self, cell: str) -> None:
        """Punctuation alone does not make several numbers of one."""
        assert Profile(phone_number=cell) == read({"phone_number": cell}).profile

    @pytest.mark.parametrize(("cell", "text"), [(7, "7"), (True, "true"), (2.5, "2.5"), (10**30, "1" + "0" * 30)])
    def test_an_attribute_takes_numbers_and_booleans_as_text(self, cell: object, text: str) -> None:
        """JSON and Parquet have values that are no texts."""
        assert Profile(attributes={"x": text}) == read({"attributes.x": cell}).profile

    @pytest.mark.parametrize(("cell", "kind"), [(True, "bool"), (2139.0, "float"), (["a"], "list"), (b"a", "bytes")])
    def test_other_values_are_a_problem_in_a_field(self, cell: object, kind: str) -> None:
        """A number with a decimal point may have lost its zeros; what has no text is not turned into one."""
        row = read({"address.postal_code": cell})
        assert [f"address.postal_code: expected a text, got {kind}"] == [str(each) for each in row.problems]

    def test_a_whole_number_is_a_text(self) -> None:
        """A whole number in JSON is the text of its digits."""
        assert Profile(account_number="7210448301122") == read({"account_number": 7210448301122}).profile


class TestPaths:
    """Where a problem is."""

    def test_a_problem_names_the_column_and_the_field(self) -> None:
        """Somebody who corrects the file looks for the column."""
        row = read({"Tel.": "1E+11"}, {"Tel.": "phone_number"})
        assert "Tel. (phone_number)" == row.problems[0].path

    @pytest.mark.parametrize("name", ["ana@mail.example", "+353 1 555 0100", "x" * 200])
    def test_a_header_that_reads_like_a_value_is_not_shown(self, name: str) -> None:
        """The first row of a file without a header is not printed."""
        assert "column 3" == shown_column(name, 3)

    @pytest.mark.parametrize("name", ["E-mail 1 - Value", "Ort", "cf_12345", "Straße 2"])
    def test_any_other_header_is_shown(self, name: str) -> None:
        """A column is named as the file names it."""
        assert name == shown_column(name, 3)


class TestFiles:
    """A mapping as a TOML file."""

    def test_a_mapping_is_read(self, tmp_path: Path) -> None:
        """The table ``[columns]`` is the mapping."""
        path = tmp_path / "mapping.toml"
        path.write_text('[columns]\n"Ort" = "address.city"\n"Tel" = { field = "phone_number", strip = "\'" }\n')
        expected = ColumnMapping({"Ort": "address.city", "Tel": {"field": "phone_number", "strip": "'"}})
        assert expected == ColumnMapping.read(path)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, "the file cannot be read: No such file or directory"),
            (b"[columns", "the file is no TOML: "),
            (b"\xff", "the file is no TOML: "),
            (b'Ort = "address.city"', r"expected a table \[columns\] and nothing else"),
            (b"[columns]\n[more]\n", r"expected a table \[columns\] and nothing else"),
        ],
    )
    def test_what_is_no_mapping_is_an_error(self, tmp_path: Path, content: bytes | None, message: str) -> None:
        """What is wrong with the file is said in one line."""
        path = tmp_path / "mapping.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ColumnsError, match=f"mapping: {message}"):
            ColumnMapping.read(path)

    def test_single_columns_are_changed(self) -> None:
        """Rules for single columns count before those of the file."""
        mapping = ColumnMapping({"Ort": "address.city", "PLZ": "ignore"})
        expected = ColumnMapping({"Ort": "billing_address.city", "PLZ": "ignore"})
        assert expected == mapping.updated({"Ort": "billing_address.city"})

    def test_mappings_compare_by_value(self) -> None:
        """A mapping equals one of the same rules and nothing else."""
        assert ColumnMapping({"Ort": "ignore"}) != ColumnMapping({"Ort": "address.city"})
        assert ColumnMapping({}) != {}

    def test_a_mapping_shows_its_rules(self) -> None:
        """A mapping holds no customer's data."""
        assert 'ColumnMapping({"Ort": "address.city"})' == repr(ColumnMapping({"Ort": "address.city"}))

    @pytest.mark.parametrize("name", ["address", "Address", "billing_address", "attributes"])
    def test_an_object_that_is_null_is_nothing(self, name: str) -> None:
        """A record of JSON Lines may have null where another one has an object; anything else is no object."""
        reader = RowReader(ColumnMapping(), Cells())
        rows = [
            reader.row(Record(1, 1, ("account_number", name), ["C-1", cell]), is_whole=False) for cell in (None, "Cork")
        ]
        assert Profile(account_number="C-1") == rows[0].profile
        assert [[], [f"{name}: expected an object of fields, or null"]] == [
            [str(each) for each in row.problems] for row in rows
        ]

    def test_a_column_that_is_named_like_an_object_is_not_mapped(self) -> None:
        """In a table a whole address in one column is for a person to map."""
        assert any("address: is not mapped" in each for each in problems_of({}, ["address"]))

    def test_a_rule_may_be_any_mapping(self) -> None:
        """A rule that cannot be changed is as good as a dict."""
        mapping = ColumnMapping({"Ort": MappingProxyType({"field": "address.city"})})
        assert """ColumnMapping({"Ort": {"field": "address.city"}})""" == repr(mapping)

    def test_a_record_that_need_not_fit(self) -> None:
        """Where records come from elsewhere, one whose columns do not fit is a row without a profile, and no error."""
        reader = RowReader(ColumnMapping(), Cells(), must_fit=False)
        row = reader.row(Record(1, 1, ("account_number", "Zzz"), ["C-1", "x"]), is_whole=False)
        assert (None, ["Zzz: is not mapped: map it to a field or to ignore"]) == (
            row.profile,
            [str(each) for each in row.problems],
        )

    def test_the_fields_of_each_column(self) -> None:
        """A column can fill one field, several, those of its labels, or none."""
        labels = {"Mobile": "mobile_phone_number", "*": "phone_number"}
        mapping = ColumnMapping(
            {
                "Name": {"split": ["first_name", "last_name"]},
                "Phone": {"field_by": "Label", "labels": labels},
                "Owner": "ignore",
            }
        )
        plan = mapping.plan(("Name", "Phone", "Label", "Owner", "address.city"))
        assert [
            ["first_name", "last_name"],
            ["mobile_phone_number", "phone_number"],
            [],
            [],
            ["address.city"],
        ] == [[str(field) for field in fields] for fields in plan.fields_of_columns()]
