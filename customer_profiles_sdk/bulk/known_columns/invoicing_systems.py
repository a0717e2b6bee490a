"""More of the back office: invoices, stock and enterprise resource planning."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Microsoft Dynamics 365 Business Central",
        {
            "account_number": "No. | Nr. | N° | Nº",
            "business_name": "Name | Nombre | Nom",
            "attributes": "Name 2 | Nombre 2 | Nom 2 | Search Name | Suchbegriff | Alias | Contact | Kontakt | Home "
            "Page | VAT Registration No. | USt-IdNr. | Customer Posting Group | Debitorenbuchungsgruppe | Payment "
            "Terms Code | Zlg.-Bedingungscode | Currency Code | Währungscode | Language Code | Sprachcode | Telex "
            "No. | Fax No. | Faxnr. | Customer Price Group | Credit Limit (LCY) | Kreditlimit (MW) | Balance (LCY) "
            "| Saldo (MW) | Shipment Method Code | Payment Method Code",
            "address.address1": "Address | Adresse | Dirección",
            "address.address2": "Address 2 | Adresse 2 | Dirección 2",
            "address.city": "City | Ort | Ville | Población",
            "address.postal_code": "Post Code | PLZ-Code | Code postal | Código postal",
            "address.county": "County",
            "address.country": "Country/Region Code | Länder-/Regionscode | Code pays/région | Cód. país/región",
            "phone_number": "Phone No. | Telefonnr. | N° téléphone | Nº teléfono",
            "mobile_phone_number": "Mobile Phone No. | Mobiltelefonnr. | N° téléphone mobile | Nº teléfono móvil",
            "email_address": "E-Mail | Email",
            "ignore": "Salesperson Code | Verkäufercode | Gen. Bus. Posting Group | Geschäftsbuchungsgruppe | VAT "
            "Bus. Posting Group | Blocked | Gesperrt | Location Code | Lagerortcode | Last Date Modified | "
            "Korrigiert am | Our Account No. | Responsibility Center | Primary Contact No. | Privacy Blocked | "
            "Application Method | Reminder Terms Code",
        },
    ),
    KnownSystem(
        "SAP S/4HANA",
        {
            "account_number": "Customer | Kunde | Business Partner | Geschäftspartner | KUNNR | Kundennummer",
            "business_name": "Name 1 | NAME1 | Name of Organization 1",
            "address.address1": "Street | STRAS | Straße",
            "address.city": "City | ORT01 | Ort",
            "address.postal_code": "Postal Code | PSTLZ | Postleitzahl",
            "address.country": "Country | LAND1 | Country Key | Land | Länderschlüssel | Country/Region Key",
            "address.state": "Region | REGIO",
            "phone_number": "Telephone 1 | TELF1 | Telefon-1 | Telefon 1",
            "attributes": "Name 2 | NAME2 | NAME3 | NAME4 | Search Term | SORTL | SORT1 | Suchbegriff | TELF2 | "
            "Telephone 2 | TELFX | Fax Number | Account Group | KTOKD | Kontengruppe | Industry | BRSCH | VAT "
            "Registration No. | STCEG | STCD1 | Language Key | SPRAS | Title | ANRED | House Number | HOUSE_NUM1 | "
            "TELBX | Trading Partner | KDGRP | Customer Classification | KUKLA",
            "ignore": "Sales Organization | VKORG | Distribution Channel | VTWEG | Division | SPART | Created On | "
            "ERDAT | Created By | ERNAM | Central Deletion Flag | LOEVM | Central Order Block | AUFSD | Client | "
            "MANDT | Mandant | Address | ADRNR | Central Posting Block | BUKRS | Company Code | Buchungskreis | "
            "Angelegt am | Angelegt von | Zentrale Löschvormerkung | Reconciliation Account | Verkaufsorganisation "
            "| XCPDK | LIFNR",
            "address.address2": "STR_SUPPL1 | Street 2",
            "email_address": "E-Mail Address | SMTP_ADDR",
        },
    ),
    KnownSystem(
        "Zoho Books",
        {
            "account_number": "Contact ID | Customer ID | Customer Number",
            "person": "Contact Name | Display Name | Primary Contact",
            "email_address": "EmailID | Email ID",
            "mobile_phone_number": "MobilePhone",
            "billing_address.address1": "Billing Address",
            "billing_address.postal_code": "Billing Code",
            "billing_address.address2": "Billing Street2",
            "shipping_address.address1": "Shipping Address",
            "shipping_address.postal_code": "Shipping Code",
            "shipping_address.address2": "Shipping Street2",
            "attributes": "Billing Phone | Shipping Phone | Billing Fax | Shipping Fax | Designation | Department | "
            "Skype Identity | Facebook | Twitter | Payment Terms | Payment Terms Label | Opening Balance | Customer "
            "Sub Type | Contact Type | Price List | Currency Code | Tax Name | Tax Percentage | GST Treatment | "
            "Place of Contact | Credit Limit",
            "ignore": "Billing Attention | Shipping Attention | Owner Name | Portal Enabled | Created Time | Last "
            "Modified Time | Taxable | Source of Supply | Opening Balance Exchange Rate | Accounts Receivable | "
            "Associated Contacts",
        },
        "Company Name | First Name | Last Name | Phone | Notes | Billing City | Billing State | Billing Country | "
        "Shipping City",
    ),
    KnownSystem(
        "sevDesk",
        {
            "account_number": "Kunden-Nr. | Kundennummer",
            "business_name": "Organisation",
            "attributes": "Namenszusatz | Kategorie | Kontakt-Kategorie | Debitoren-Nr. | Kreditoren-Nr. | "
            "Steuernummer | USt-ID | Kundenrabatt",
            "ignore": "IBAN | BIC | Adress-Kategorie | Telefon-Kategorie | E-Mail-Kategorie | Webseiten-Kategorie | "
            "Mobil-Kategorie | Skonto Tage | Skonto Prozent | Zahlungsziel Tage",
            "additional_information": "Beschreibung",
        },
        "Anrede | Titel | Straße | PLZ | Ort | Land | Telefon | Mobil | E-Mail | Webseite | Geburtstag | Tags",
    ),
    KnownSystem(
        "JTL-Wawi",
        {
            "account_number": "Kundennummer | Kunden-Nr.",
            "additional_information": "Anmerkung | Kommentar",
            "attributes": "Kundengruppe | Firmenzusatz | Debitorennummer | Rabatt | Zahlungsart | Zahlungsziel | "
            "WWW | Herkunft | eBay-Name | Sprache | Kundenkategorie | Lieferadresse Telefon | Lieferadresse Firma",
            "ignore": "Gesperrt | Kasse | Lieferadresse Vorname | Lieferadresse Nachname | Lieferadresse Anrede | "
            "Lieferadresse Email | Mahnstopp | Rechnungsadresse Vorname | Rechnungsadresse Nachname | Interne "
            "Kundennummer | Kunde seit",
        },
        "Firma | Adresszusatz | Lieferadresse Straße | Lieferadresse PLZ | Lieferadresse Ort | Lieferadresse Land | "
        "USt-ID",
    ),
    KnownSystem(
        "bexio",
        {
            "account_number": "Nr. | Kontaktnummer | Kunden-Nr.",
            "business_name": "Firmenname",
            "address.address1": "Adresse",
            "phone_number": "Telefon",
            "mobile_phone_number": "Mobile",
            "email_address": "E-Mail",
            "attributes": "Kontaktart | E-Mail 2 | Telefon 2 | Branche | Kategorien | Korrespondenzsprache | Skype "
            "| Website | Namenszusatz",
            "ignore": "Besitzer | Kontaktpartner | Ist Lead | Briefanrede",
        },
        "Anrede | Titel | Vorname | Nachname | PLZ | Ort | Land | Geburtsdatum | Bemerkungen",
    ),
    KnownSystem(
        "FactuSOL",
        {
            "account_number": "Código | Código cliente | Cód.",
            "business_name": "Nombre fiscal | Razón social",
            "address.address1": "Domicilio",
            "address.postal_code": "Cód. postal",
            "email_address": "E-mail",
            "attributes": "Nombre comercial | Persona de contacto | Forma de pago | Tipo de cliente | Tarifa | Web "
            "| NIF | Descuento | Zona | Ruta",
            "ignore": "Agente comercial | Banco | Cuenta corriente | Entidad | Oficina | Dígito de control | Fecha "
            "de alta | Agente | Bloqueado | Mensaje emergente | Régimen de IVA | Recargo de equivalencia",
        },
        "Población | Provincia | País | Teléfono | Móvil | Observaciones",
    ),
    KnownSystem(
        "EBP",
        {
            "account_number": "Code | Code client | Code (tiers)",
            "business_name": "Nom | Raison sociale",
            "attributes": "Famille clients | Code famille clients | N° TVA intracommunautaire | Encours | NAF | "
            "Site Internet | Catégorie tarifaire | Téléphone portable (contact) (facturation) | Fax (contact) "
            "(facturation)",
            "ignore": "Commercial/Collaborateur - Code | Commercial - Code | Actif | NIC | Nom (contact) "
            "(facturation) | Prénom (contact) (facturation) | Civilité (contact) (facturation) | Nom (contact) "
            "(livraison) | Prénom (contact) (livraison) | État | Date de création | Code comptable | Mode de "
            "règlement",
            "phone_number": "Téléphone fixe (contact) (facturation) | Téléphone",
            "email_address": "E-mail (contact) (facturation) | E-mail",
        },
        "Adresse 1 (facturation) | Adresse 2 (facturation) | Code postal (facturation) | Ville (facturation) | Pays "
        "(facturation) | Adresse 1 (livraison) | Code postal (livraison) | Ville (livraison) | Civilité",
    ),
    KnownSystem(
        "Sellsy",
        {
            "account_number": "Référence | Référence client",
            "business_name": "Nom de la société",
            "attributes": "Forme juridique | Fonction contact | Civilité contact | Siret | N° TVA | Code NAF | RCS "
            "| Capital social",
            "ignore": "Type | Nom contact | Prénom contact | Email contact | Téléphone contact | Mobile contact | "
            "Date de création",
        },
        "Téléphone mobile | Adresse 1 | Adresse 2 | Code postal | Ville | Pays | Site web | Tags",
    ),
    KnownSystem(
        "Holded",
        {
            "account_number": "Código de cliente | Referencia | Código",
            "business_name": "Nombre comercial | Nombre comercial / alias",
            "person": "Nombre",
            "attributes": "NIF | Tags | Moneda | Método de pago | Website | Tipo de contacto | Idioma | Tarifa",
            "ignore": "IBAN | Swift | Ref. Mandato SEPA | Fecha Mandato SEPA | Cuenta de ventas | Cuenta de compras "
            "| Vencimiento",
        },
        "Dirección | Población | Código postal | Provincia | País | Teléfono | Móvil",
    ),
    KnownSystem(
        "Wave",
        {
            "account_number": "account_number",
            "person": "customer_name",
            "first_name": "contact_first_name",
            "last_name": "contact_last_name",
            "attributes": "customer_currency | toll_free | website | fax | shipping_address | ship-to_phone",
            "ignore": "ship-to_contact",
        },
        "province/state | address_line_1 | postal_code/zip_code | ship-to_country | ship-to_address_line_1 | "
        "ship-to_city | delivery_instructions",
    ),
    KnownSystem(
        "OpenCart",
        {
            "account_number": "customer_id",
            "phone_number": "telephone",
            "attributes": "customer_group_id | fax | language_id | custom_field",
            "ignore": "store_id | salt | cart | wishlist | newsletter | address_id | ip | status | safe | token | "
            "code | date_added | approved | password",
        },
        "firstname | lastname | email",
    ),
)
