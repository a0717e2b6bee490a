"""An export goes through ``columns``, ``check`` and ``load`` as it is, and what is stored is what the file says.

Each export has the encoding, the quotes and the line ends of its system, and a row or two with its own habits.
"""

from pathlib import Path

import attrs
import pytest

from customer_profiles_sdk import Address, Profile
from customer_profiles_sdk.cli import main
from customer_profiles_sdk.cli.connecting import LOCAL_FILE
from customer_profiles_sdk.local import LocalCustomerProfiles


@attrs.frozen
class Export:
    """A file, what a person adds to the mapping that is proposed for it, and the profiles that it describes."""

    content: bytes
    options: list[str]
    key: str
    profiles: list[Profile]


def quoted(*rows: str) -> bytes:
    """Return rows, whose cells are separated by ``|``, with each cell in quotes."""
    return "".join(",".join(f'"{cell}"' for cell in row.split("|")) + "\n" for row in rows).encode()


SALESFORCE = Export(
    quoted(
        "Id|IsDeleted|AccountId|LastName|FirstName|Salutation|Name|MailingStreet|MailingCity|MailingPostalCode|"
        "MailingCountry|Phone|Fax|Email|Title|OwnerId|IsEmailBounced|Level__c",
        "0038d00000AbCdEAAV|false|0018d00000XyZabAAB|Núñez|Ana|Ms.|Ana Núñez|Calle 1\nPiso 2|Madrid|28001|"
        "Spain|+34 91 555 01 23|+34 91 555 01 24|ana@mail.example|Buyer|0058d|false|Primary",
        "0038d00000aBcDeAAV|false|0018d00000XyZabAAB|Example|Bob||Bob Example|||||||||||",
    ),
    [],
    "account",
    [
        Profile(
            account_number="0038d00000AbCdEAAV",
            first_name="Ana",
            last_name="Núñez",
            phone_number="+34 91 555 01 23",
            email_address="ana@mail.example",
            mailing_address=Address(address1="Calle 1\nPiso 2", city="Madrid", postal_code="28001", country="Spain"),
            attributes={
                "salutation": "Ms.",
                "job_title": "Buyer",
                "fax": "+34 91 555 01 24",
                "level": "Primary",
            },
        ),
        Profile(account_number="0038d00000aBcDeAAV", first_name="Bob", last_name="Example"),
    ],
)
HUBSPOT = Export(
    quoted(
        "Record ID|First Name|Last Name|Email|Phone Number|Contact owner|City|State/Region|Postal Code|Country/Region|"
        "Date of birth|Lifecycle Stage|Marketing contact status|Create Date",
        "28451093377|Zoë|Martin|zoe@mail.example|+32 4 555 01 23|Kim Lee|Liège||4000|Belgium|"
        "1984-03-05|Lead|Marketing contact|2024-01-01 09:10",
    ),
    [],
    "account",
    [
        Profile(
            account_number="28451093377",
            first_name="Zoë",
            last_name="Martin",
            email_address="zoe@mail.example",
            phone_number="+32 4 555 01 23",
            birth_date="1984-03-05",
            address=Address(city="Liège", postal_code="4000", country="Belgium"),
            attributes={"lifecycle_stage": "Lead", "marketing_contact_status": "Marketing contact"},
        )
    ],
)
GOOGLE = Export(
    (
        "First Name,Last Name,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
        "Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
        "Address 1 - City,Address 1 - Country\n"
        "Siobhán,O'Brien,,--12-10,* myContacts,* ,siobhan@mail.example ::: sob@mail.example,Mobile,021 555 0142,"
        'Work Fax,021 555 0143,* Home,"1 Quay\nCork",1 Quay,Cork,Ireland\n'
        "Urs,Küng,Genossenschaft,,,* Work,urs@mail.example,* ,044 555 01 77,Mobile,079 555 01 78,,,,,\n"
    ).encode("utf-8-sig"),
    [],
    "email",
    [
        Profile(
            first_name="Siobhán",
            last_name="O'Brien",
            birth_date="--12-10",
            email_address="siobhan@mail.example",
            mobile_phone_number="021 555 0142",
            address=Address(address1="1 Quay", city="Cork", country="Ireland"),
            attributes={"tags": "* myContacts", "work_fax": "021 555 0143"},
        ),
        Profile(
            first_name="Urs",
            last_name="Küng",
            business_name="Genossenschaft",
            email_address="urs@mail.example",
            phone_number="044 555 01 77",
            mobile_phone_number="079 555 01 78",
        ),
    ],
)
OUTLOOK = Export(
    (
        '"Title","First Name","Last Name","Company","Job Title","Business Street","Business City",'
        '"Business Country/Region","Business Fax","Business Phone","Mobile Phone","Account","Birthday",'
        '"E-mail Address","E-mail Type",'
        '"E-mail Display Name","Gender","Notes","Private","Priority","Sensitivity"\r\n'
        '"Mr.","Jörg","Müller","Müller & Söhne","Inhaber","Hauptstraße 1","Köln","Deutschland","0221 5550143",'
        '"0221 5550142",,"K-17","0/0/00","joerg@mueller.example","SMTP","Jörg Müller (joerg@mueller.example)","Male",'
        '"Ruft\r\nan","False","Normal","Normal"\r\n'
        ',"Eva","Roth",,,,,,,,,"K-18","3/5/1984","/o=ExchangeLabs/cn=eva","EX","Eva Roth","Unspecified",,"False",'
        '"Normal","Normal"\r\n'
    ).encode("cp1252"),
    ["--encoding", "cp1252"],
    "account",
    [
        Profile(
            account_number="K-17",
            first_name="Jörg",
            last_name="Müller",
            business_name="Müller & Söhne",
            email_address="joerg@mueller.example",
            business_phone_number="0221 5550142",
            gender="Male",
            additional_information="Ruft\r\nan",
            address=Address(address1="Hauptstraße 1", city="Köln", country="Deutschland"),
            attributes={"salutation": "Mr.", "job_title": "Inhaber", "business_fax": "0221 5550143"},
        ),
        Profile(
            account_number="K-18",
            first_name="Eva",
            last_name="Roth",
            birth_date="3/5/1984",
            gender="Unspecified",
            attributes={"exchange_address": "/o=ExchangeLabs/cn=eva"},
        ),
    ],
)
SHOPIFY = Export(
    (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
        "Default Address Address1,Default Address City,Default Address Province Code,Default Address Country Code,"
        "Default Address Zip,"
        "Default Address Phone,Phone,Total Spent,Note,Tags,Date of birth (customer.metafields.facts.birth_date)\n"
        "'7210448301122,Ana,Núñez,ana@mail.example,yes,,1 Main St,Boston,MA,US,'02139,'+16175550100,"
        "'+16175550101,0.00,,"
        '"vip, beta",\'1991-01-05\n'
    ).encode(),
    [],
    "account",
    [
        Profile(
            account_number="7210448301122",
            first_name="Ana",
            last_name="Núñez",
            email_address="ana@mail.example",
            phone_number="+16175550101",
            birth_date="1991-01-05",
            address=Address(address1="1 Main St", city="Boston", province="MA", country="US", postal_code="02139"),
            attributes={
                "accepts_email_marketing": "yes",
                "default_address_phone": "+16175550100",
                "total_spent": "0.00",
                "tags": "vip, beta",
            },
        )
    ],
)
ZENDESK = Export(
    (
        "name,email,external_id,details,notes,phone,role,restriction,organization,tags,custom_fields.loyalty_tier\n"
        'Ana Núñez,ana@mail.example,CRM-1,,"Two\nlines",+12065550104,end-user,requested,Copper,vip beta,gold\n'
        "Bob Example,,CRM-2,,,,end-user,requested,,,\n"
    ).encode(),
    ["--map", "name=first_name"],  # a person's choice: who writes all names like this may have them in one field
    "account",
    [
        Profile(
            account_number="CRM-1",
            first_name="Ana Núñez",
            email_address="ana@mail.example",
            phone_number="+12065550104",
            business_name="Copper",
            additional_information="Two\nlines",
            attributes={"role": "end-user", "tags": "vip beta", "loyalty_tier": "gold"},
        ),
        Profile(account_number="CRM-2", first_name="Bob Example", attributes={"role": "end-user"}),
    ],
)
EXPORTS = {
    "salesforce": SALESFORCE,
    "hubspot": HUBSPOT,
    "google": GOOGLE,
    "outlook": OUTLOOK,
    "shopify": SHOPIFY,
    "zendesk": ZENDESK,
}


@pytest.mark.parametrize("system", EXPORTS)
def test_an_export(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No row is rejected, and the profiles that are stored are those of the file."""
    monkeypatch.chdir(tmp_path)
    export = EXPORTS[system]
    reading = [each for each in export.options if "=" not in each and each != "--map"]
    Path("export.csv").write_bytes(export.content)

    assert 0 == main(["columns", "export.csv", *reading])
    Path("mapping.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    options = ["export.csv", "--mapping", "mapping.toml", "--match-on", export.key, *export.options]
    assert 0 == main(["check", *options])
    assert 0 == main(["load", *options, "--local", "--domain", "acme"])

    with LocalCustomerProfiles(path=LOCAL_FILE) as service:
        client = service.client("acme")
        value = {"account": "account_number", "email": "email_address"}[export.key]
        keys = [str(getattr(profile, value)) for profile in export.profiles]
        stored = [next(client.search_profiles({f"_{export.key}": key})).profile for key in keys]
    assert [attrs.asdict(each) for each in export.profiles] == [attrs.asdict(each) for each in stored]
