"""Back office and accounting: their own names of columns."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Odoo",
        {
            "account_number": "ref | Reference | Internal Reference | Referenz | Interne Referenz | Référence | "
            "Référence interne | Referencia | Referencia interna | External ID",
            "person": "name | Name | Nombre | Nom | display_name | Display Name | Complete Name",
            "business_name": "company_name | parent_id | parent_id/name | Related Company | Company Name | Company "
            "Name Entity | commercial_company_name | Parent name",
            "email_address": "email | Email | E-Mail",
            "phone_number": "phone | Phone | Telefon | Téléphone | Teléfono",
            "mobile_phone_number": "mobile | Mobile | Mobil | Móvil",
            "attributes.job_title": "function | Job Position | Function",
            "address.address1": "street | Street",
            "address.address2": "street2 | Street2 | Street 2",
            "address.city": "city | City",
            "address.state": "state_id | State | state_id/name | state_id/code | State/Name | Fed. State",
            "address.postal_code": "zip | Zip",
            "address.country": "country_id | Country | country_id/name | country_id/code | Country/Name | "
            "country_id/id",
            "additional_information": "comment | Notes | Notizen",
            "attributes": "vat | Tax ID | title | Title | category_id | category_id/name | Tags | lang | Language | "
            "website | Website | customer_rank | supplier_rank | property_payment_term_id | barcode | bank_ids | "
            "company_type | Address Type",
            "ignore": "id | is_company | Is a Company | Is a company | company_id | company_id/name | user_id | "
            "Salesperson | user_id/name | create_date | write_date | Created on | Last Updated on | active | "
            "Activities | activity_ids | type | parent_id/id | color | team_id | Sales Team | create_uid | "
            "write_uid | country_code | property_account_receivable_id | property_product_pricelist | "
            "email_normalized | phone_sanitized | is_blacklisted | message_bounce | tz | partner_share | Next "
            "Activity Deadline | state_id/id | Company",
        },
    ),
    KnownSystem(
        "SAP Business One",
        {
            "account_number": "CardCode | BP Code | GP-Code | Geschäftspartnercode | Code SN | Código de SN",
            "business_name": "CardName | BP Name | GP-Name | Geschäftspartnername | Nombre de SN | CardForeignName",
            "phone_number": "Phone1 | Telephone 1 | Tel. 1 | Telefon 1",
            "mobile_phone_number": "Cellular | Mobile Phone | Mobiltelefon",
            "email_address": "EmailAddress | E_Mail | E_MailL | E-Mail",
            "additional_information": "Notes | FreeText | Free_Text | Remarks | Freitext",
            "billing_address.address1": "Address | BillToStreet | Street",
            "billing_address.city": "City | BillToCity",
            "billing_address.postal_code": "ZipCode | BillToZipCode",
            "billing_address.country": "Country | BillToCountry",
            "billing_address.county": "County | BillToCounty",
            "billing_address.state": "BillToState | State1",
            "shipping_address.address1": "MailAddres | MailAddress | ShipToStreet",
            "shipping_address.city": "MailCity | ShipToCity",
            "shipping_address.postal_code": "MailZipCod | MailZipCode | ShipToZipCode",
            "shipping_address.country": "MailCountr | MailCountry | ShipToCountry",
            "shipping_address.county": "MailCounty | ShipToCounty",
            "shipping_address.state": "State2",
            "attributes": "Phone2 | Fax | CardType | GroupCode | GroupNum | LicTradNum | FederalTaxID | VatIdUnCmp "
            "| CntctPrsn | ContactPerson | Currency | Balance | CurrentAccountBalance | CreditLine | CreditLimit | "
            "Website | IntrntSite | Notes2 | CardFName | Industry | IndustryC | LangCode | LanguageCode | Block | "
            "MailBlock | BillToBlock | Building | MailBuildi | PayTermsGrpCode | PriceListNum | AddID | "
            "AdditionalID | Pager | Password",
            "ignore": "SalesPersonCode | SlpCode | CreateDate | UpdateDate | CreationDate | UserSign | Valid | "
            "Frozen | validFor | frozenFor | DebitorAccount | DebPayAcct | OwnerCode | DocEntry | Series | "
            "BillToDef | ShipToDef | BilltoDefault | ShipToDefault | ListNum | BankCode | DflAccount | IBAN | "
            "Territory",
        },
    ),
    KnownSystem(
        "SAP Sales Cloud",
        {
            "account_number": "ContactID | CustomerID | AccountID | InternalID | Internal ID | BusinessPartnerID",
            "business_name": "AccountFormattedName | Account Name | AccountName | CompanyName",
            "person": "BusinessPartnerFormattedName | Formatted Name | FormattedName",
            "attributes.job_title": "JobTitle | Job Title | "
            "BusinessPartnerRelationshipContactPersonFunctionTypeCode | FunctionalTitleName",
            "phone_number": "NormalisedPhone | Phone",
            "business_phone_number": "BusinessAddressPhone | PhoneNumber",
            "mobile_phone_number": "Mobile | MobilePhone | BusinessAddressMobile",
            "email_address": "Email | EmailAddress | BusinessAddressEmail",
            "ignore": "ObjectID | ETag | UUID | EntityLastChangedOn | CreationOn | CreatedOn | ChangedOn | "
            "CreatedBy | ChangedBy | StatusCode | StatusCodeText | OwnerID | ContactUUID | AccountUUID | "
            "EntityLastChangedOnLocal | CreationIdentityUUID | EmailInvalidIndicator | ContactPermissionCode | "
            "MainIndicator",
            "attributes": "TitleCode | TitleCodeText | AcademicTitleCode | AcademicTitleCodeText | GenderCodeText | "
            "MaritalStatusCode | LanguageCode | LanguageCodeText | NickName | DepartmentCode | Department | "
            "VIPContactCode | ExternalID | ExternalSystem | Fax | NormalisedMobile",
            "gender": "GenderCode",
        },
        "FirstName | LastName | MiddleName | BirthDate | Street | HouseNumber | City | PostalCode | CountryCode | "
        "RegionCode",
    ),
    KnownSystem(
        "Sage",
        {
            "account_number": "Account Reference | A/C | ACCOUNT_REF | Customer Code | Code client | Compte | "
            "Compte client | N° compte | Kundennummer | Reference | Kto | Numéro compte | N° tiers | Code tiers | "
            "Código | Código cliente",
            "business_name": "Account Name | NAME | Name | Intitulé | Raison sociale | Matchcode | Razón social | "
            "Nombre fiscal | Company Name",
            "address.address1": "Street 1 | ADDRESS_1 | Address Line 1 | Adresse | Adresse 1",
            "address.address2": "Street 2 | ADDRESS_2 | Address Line 2 | Complément | Adresse 2",
            "address.city": "Town | ADDRESS_3 | Town/City | Ville",
            "address.county": "County | ADDRESS_4",
            "address.postal_code": "Postcode | ADDRESS_5 | Post Code | Code postal",
            "address.country": "Country | COUNTRY_CODE | Pays",
            "person": "Contact Name | CONTACT_NAME | Contact | Contact name | Main Contact Name",
            "phone_number": "Telephone Number | TELEPHONE | Telephone | Téléphone",
            "mobile_phone_number": "Mobile",
            "email_address": "E_MAIL | Email | Email Address | E-mail | Email1",
            "attributes": "Telephone 2 | TELEPHONE_2 | Fax Number | FAX | Fax | VAT Reg. Number | VAT_REG_NUMBER | "
            "WEB_ADDRESS | Website | Credit Limit | Analysis 1 | Analysis 2 | Analysis 3 | ANALYSIS_1 | ANALYSIS_2 "
            "| ANALYSIS_3 | Télécopie | Trade Contact | Payment Terms | Email2 | Email3 | Price List | Qualité | "
            "Abrégé | Classement | Tax Number | VAT Number",
            "ignore": "Nominal Code | Default Nominal | DEF_NOM_CODE | Department | DEPT_NUMBER | Default Tax Code "
            "| DEF_TAX_CODE | Balance | Turnover YTD | Account Opened | Date Opened | Terms Agreed | Account On "
            "Hold | ACCOUNT_ON_HOLD | Bank Account | Sort Code | Inactive | INACTIVE_ACCOUNT | Bank Account Name | "
            "Bank Account Number | Bank Sort Code | IBAN | BIC/Swift | Status | Last Payment Date | Credit Position "
            "| Compte collectif | Code risque | Représentant | Catégorie tarifaire | Ledger Account",
        },
    ),
    KnownSystem(
        "DATEV",
        {
            "account_number": "Konto",
            "business_name": "Name (Adressattyp Unternehmen)",
            "last_name": "Name (Adressattyp natürl. Person)",
            "first_name": "Vorname (Adressattyp natürl. Person)",
            "attributes": "Name (Adressattyp keine Angabe) | Unternehmensgegenstand | Kurzbezeichnung | EU-Land | "
            "EU-UStID | Anrede | Titel/Akad. Grad | Adelstitel | Namensvorsatz | Abweichende Anrede | Telefon GL | "
            "Internet | Fax | Briefanrede | Grußformel | Kundennummer | Kunden-/Lief.-Nr. | Steuernummer | Sprache "
            "| Ansprechpartner | Sonstige | Versandzusatz",
            "address.address1": "Straße",
            "address.address2": "Adresszusatz",
            "address.address3": "Postfach",
            "address.postal_code": "Postleitzahl",
            "address.city": "Ort",
            "address.country": "Land",
            "billing_address.address1": "Straße (Rechnungsadresse)",
            "billing_address.address2": "Adresszusatz (Rechnungsadresse)",
            "billing_address.address3": "Postfach (Rechnungsadresse)",
            "billing_address.postal_code": "Postleitzahl (Rechnungsadresse)",
            "billing_address.city": "Ort (Rechnungsadresse)",
            "billing_address.country": "Land (Rechnungsadresse)",
            "phone_number": "Telefon",
            "email_address": "E-Mail",
            "ignore": "Adressattyp | Adressart | Abw. Zustellbezeichnung 1 | Abw. Zustellbezeichnung 2 | Kennz. "
            "Korrespondenzadresse | Adresse Gültig von | Adresse Gültig bis | Bemerkung (Telefon) | Bemerkung "
            "(Telefon GL) | Bemerkung (E-Mail) | Bemerkung (Internet) | Bemerkung (Fax) | Bemerkung (Sonstige) | "
            "Bankleitzahl 1 | Bankbezeichnung 1 | Bank-Kontonummer 1 | Länderkennzeichen 1 | IBAN-Nr. 1 | IBAN1 "
            "korrekt | SWIFT-Code 1 | Abw. Kontoinhaber 1 | Kennz. Hauptbankverb. 1 | Bankverb. 1 Gültig von | "
            "Bankverb. 1 Gültig bis | Bankleitzahl 2 | Bankbezeichnung 2 | Bank-Kontonummer 2 | Länderkennzeichen 2 "
            "| IBAN-Nr. 2 | SWIFT-Code 2 | Leerfeld | Vertreter | Sachbearbeiter | Diverse-Konto | Ausgabeziel | "
            "Währungssteuerung | Kreditlimit (Debitor) | Zahlungsbedingung | Fälligkeit in Tagen (Debitor) | Skonto "
            "in Prozent (Debitor) | Mahnung | Mahnfrist 1 | Mahnfrist 2 | Mahnfrist 3 | Kontoauszug | Mahntext 1 | "
            "Mahntext 2 | Mahntext 3 | Mahnlimit Betrag | Mahnlimit % | Zinsberechnung | Mahnzinssatz 1 | "
            "Lastschrift | Verfahren | Mandantenbank | Zahlungsträger | Indiv. Feld 1 | Indiv. Feld 2 | Abweichende "
            "Anrede (Rechnungsadresse) | Versandzusatz (Rechnungsadresse) | Insolvent | Mandatsreferenz 1",
        },
    ),
    KnownSystem(
        "lexoffice",
        {
            "account_number": "Kundennummer | Kunden-Nr. | Kunden-Nr",
            "business_name": "Firmenname | Firma | Firma/Name",
            "address.address1": "Straße 1",
            "address.address2": "Adresszusatz 1",
            "address.postal_code": "PLZ 1",
            "address.city": "Ort 1",
            "address.country": "Land 1",
            "mailing_address.address1": "Straße 2",
            "mailing_address.address2": "Adresszusatz 2",
            "mailing_address.postal_code": "PLZ 2",
            "mailing_address.city": "Ort 2",
            "mailing_address.country": "Land 2",
            "phone_number": "Telefon 1 | Telefon",
            "email_address": "E-Mail 1 | E-Mail",
            "mobile_phone_number": "Mobil 1 | Mobil",
            "attributes": "Lieferantennummer | Lieferanten-Nr. | Lieferanten-Nr | Telefon 2 | Telefon 3 | Telefon 4 "
            "| E-Mail 2 | E-Mail 3 | E-Mail 4 | Fax 1 | Fax 2 | Mobil 2 | Umsatzsteuer-ID | USt.-ID | Steuernummer "
            "| Steuerfreie Rechnungen erlaubt | Anrede | Ansprechpartner Anrede | Debitoren-Nr. | Kreditoren-Nr. | "
            "Privat Telefon",
            "ignore": "Archiviert | Hauptansprechpartner | Zahlungsziel | Skonto | Skontofrist | Kontoinhaber | "
            "Ansprechpartner 1 Vorname | Ansprechpartner 1 Nachname | Ansprechpartner 1 E-Mail | Ansprechpartner 1 "
            "Telefon | Ansprechpartner Telefon | Kontaktrolle | Ansprechpartner Vorname | Ansprechpartner Nachname "
            "| Ansprechpartner E-Mail",
            "additional_information": "Notizen | Bemerkung | Notiz",
        },
        "Vorname | Nachname",
    ),
    KnownSystem(
        "Xero",
        {
            "account_number": "AccountNumber",
            "business_name": "ContactName | *ContactName",
            "email_address": "EmailAddress",
            "first_name": "FirstName",
            "last_name": "LastName",
            "phone_number": "PhoneNumber",
            "mobile_phone_number": "MobileNumber",
            "mailing_address.address1": "POAddressLine1",
            "mailing_address.address2": "POAddressLine2",
            "mailing_address.address3": "POAddressLine3",
            "mailing_address.address4": "POAddressLine4",
            "mailing_address.city": "POCity",
            "mailing_address.state": "PORegion",
            "mailing_address.postal_code": "POPostalCode",
            "mailing_address.country": "POCountry",
            "address.address1": "SAAddressLine1",
            "address.address2": "SAAddressLine2",
            "address.address3": "SAAddressLine3",
            "address.address4": "SAAddressLine4",
            "address.city": "SACity",
            "address.state": "SARegion",
            "address.postal_code": "SAPostalCode",
            "address.country": "SACountry",
            "attributes": "DDINumber | FaxNumber | SkypeName | TaxNumber | Website | Discount | CompanyNumber | "
            "LegalName",
            "ignore": "POAttentionTo | SAAttentionTo | BankAccountName | BankAccountNumber | BankAccountParticulars "
            "| AccountsReceivableTaxCodeName | AccountsPayableTaxCodeName | DueDateBillDay | DueDateBillTerm | "
            "DueDateSalesDay | DueDateSalesTerm | SalesAccount | PurchasesAccount | BrandingTheme | DefaultTaxBills "
            "| DefaultTaxSales | TrackingName1 | SalesTrackingOption1 | PurchasesTrackingOption1 | TrackingName2 | "
            "SalesTrackingOption2 | PurchasesTrackingOption2 | Person1FirstName | Person1LastName | Person1Email | "
            "Person2FirstName | Person2LastName | Person2Email | Person3FirstName | Person3LastName | Person3Email "
            "| Person4FirstName | Person4LastName | Person4Email | Person5FirstName | Person5LastName | "
            "Person5Email | CreditLimitAmount | AccountsPayableTaxCode | BatchPaymentsDetails",
        },
    ),
    KnownSystem(
        "QuickBooks",
        {
            "person": "Customer | Name | Full Name | Display Name | Customer full name | Customer Name",
            "business_name": "Company | Company Name | Company name",
            "phone_number": "Main Phone | Phone | Phone Numbers | Phone numbers | Phone Number",
            "email_address": "Main Email | Email | Email Address",
            "account_number": "Account No. | Customer ID",
            "billing_address.address1": "Billing Street | Street | Street Address | Billing Address Line 1 | Bill "
            "Address Line 1",
            "billing_address.city": "Billing City | City",
            "billing_address.state": "Billing State | State | Billing Province/Region/State",
            "billing_address.postal_code": "Billing ZIP | ZIP | Zip | Billing ZIP code | Billing postal code",
            "billing_address.country": "Billing Country | Country",
            "attributes": "Bill to | Ship to | Bill to 1 | Bill to 2 | Bill to 3 | Bill to 4 | Bill to 5 | Ship to "
            "1 | Ship to 2 | Ship to 3 | Ship to 4 | Ship to 5 | Billing address | Shipping address | Full billing "
            "address | Full shipping address | Open Balance | Balance | Balance Total | Balance (Total) | Opening "
            "Balance | Terms | Customer Type | Customer type | Tax Resale No. | Resale Num | Alt. Phone | Alt. "
            "Email 1 | Fax | CC Email | Other | Other 1 | Other 2 | Website | Preferred Delivery Method | Payment "
            "method | Preferred Payment Method | Primary Contact | Secondary Contact | Job Title | Mr./Ms./... | "
            "Currency | Company Name Note",
            "ignore": "Active Status | Sales Tax Code | Tax code | Tax item | Rep | Price Level | Job Status | Job "
            "Type | Job Description | Start Date | Projected End | End Date | Credit Limit | Credit Card No. | "
            "Opening Balance Date | Attachments | Is Taxable | Taxable | Created | Created by | Last modified | "
            "Last modified by | Bill with parent | Parent customer | M.I.",
        },
        "First Name | Last Name | Mobile | Work Phone | Shipping Street | Shipping City | Shipping State | Shipping "
        "ZIP | Shipping Country | Note",
    ),
    KnownSystem(
        "NetSuite",
        {
            "account_number": "ID | Entity ID | entityid | Customer ID | Internal ID | internalid",
            "person": "Name | Customer | altname",
            "business_name": "Company Name | companyname | Company",
            "email_address": "Email | email",
            "attributes.email_2": "Alt. Email | altemail",
            "phone_number": "Phone | phone",
            "home_phone_number": "Home Phone | homephone",
            "mobile_phone_number": "Mobile Phone | mobilephone",
            "business_phone_number": "Office Phone",
            "attributes.job_title": "Job Title | title",
            "additional_information": "Comments | comments",
            "attributes": "Alt. Phone | altphone | Fax | Category | Status | Terms | Balance | Currency | Tax Reg. "
            "Number | Web Address | Salutation | Price Level | Subsidiary | Primary Contact | External ID | "
            "externalid",
            "ignore": "Sales Rep | salesrep | Is Individual | isperson | Type | Inactive | isinactive | Date "
            "Created | datecreated | Last Modified | lastmodifieddate | Is Person | Duplicate | Login Access | "
            "Global Subscription Status | Territory | Partner | Lead Source | Stage | Billing Phone | Billing "
            "Addressee | Shipping Addressee | Billing Attention | Shipping Attention | Default Billing Address | "
            "Default Shipping Address | Primary Subsidiary | Contact Attention | Date of Last Order",
        },
        "First Name | Last Name | Middle Name | Billing Address 1 | Billing Address 2 | Billing City | Billing "
        "State/Province | Billing Zip | Billing Country | Shipping Address 1 | Shipping Address 2 | Shipping City | "
        "Shipping State/Province | Shipping Zip | Shipping Country",
    ),
    KnownSystem(
        "FreshBooks",
        {
            "business_name": "Organization | Company | Company Name",
            "email_address": "Email",
            "phone_number": "Phone | Business Phone",
            "mobile_phone_number": "Mobile Phone",
            "additional_information": "Notes | Note",
            "attributes": "Secondary Email | VAT Name | VAT Number | Language | Currency | Fax | Tax Name | Tax Number",
            "ignore": "Late Fee | Last Activity | Outstanding Balance | Client Since | Internal Client Note | "
            "Signup IP",
            "business_phone_number": "Work Phone",
            "address.address1": "Address Line 1 | Street | Street 1",
            "address.address2": "Address Line 2 | Street 2",
            "address.state": "Province/State | State/Province | Province",
        },
        "First Name | Last Name | City | Country | Postal Code | Home Phone",
    ),
)
