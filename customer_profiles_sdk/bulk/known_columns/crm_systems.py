"""Systems for sales: their own names of columns."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Salesforce",
        {
            "account_number": "Id | Contact ID | Kontakt-ID | ID du contact | Id. de contacto | ID de contacto | "
            "Lead ID",
            "attributes.job_title": "Title | Titel | Titre | Puesto | Cargo",
            "attributes.salutation": "Salutation | Anrede | Civilité | Tratamiento",
            "person": "Name | Full Name | Vollständiger Name | Nom complet | Nombre completo",
            "business_name": "Account Name | Accountname | Nom du compte | Nombre de la cuenta",
            "phone_number": "Phone | Telefon | Téléphone | Teléfono",
            "additional_information": "Description | Contact Description | Beschreibung | Kontaktbeschreibung | "
            "Descripción",
            "attributes": "Other Phone | Weiteres Telefon | Autre téléphone | Otro teléfono | Fax | Lead Source | "
            "Department | Department Group | Title Type | Buyer Attributes | Level | Languages",
            "ignore": "IsDeleted | MasterRecordId | AccountId | Account ID | Assistant Phone | AssistantPhone | "
            "Assistant Name | Assistant | Reports To ID | Reports To | ReportsToId | OwnerId | CreatedDate | "
            "CreatedById | LastModifiedDate | LastModifiedById | SystemModstamp | LastActivityDate | "
            "LastCURequestDate | LastCUUpdateDate | LastViewedDate | LastReferencedDate | EmailBouncedReason | "
            "EmailBouncedDate | IsEmailBounced | PhotoUrl | Jigsaw | JigsawContactId | CleanStatus | IndividualId | "
            "Contact Owner | Contact Owner Alias | Account Owner | Last Activity | Email Opt Out | Fax Opt Out | Do "
            "Not Call | HasOptedOutOfEmail | HasOptedOutOfFax | DoNotCall | OtherLatitude | OtherLongitude | "
            "OtherGeocodeAccuracy | MailingLatitude | MailingLongitude | MailingGeocodeAccuracy | IsPriorityRecord "
            "| ActivityMetricId | ContactSource | Last Stay-in-Touch Request Date | Last Stay-in-Touch Save Date | "
            "Data.com Key | Kontaktinhaber | Kontaktinhaber: Alias | Accountinhaber | Assistent: Telefon | Telefon "
            "Assistent | Vorgesetzter | Keine Anrufe | E-Mail-Abmeldung | Responsable du compte | Propriétaire du "
            "contact | Propietario de contacto | Propietario del contacto | Ne pas appeler | Teléfono del asistente "
            "| Téléphone de l'assistant | Nombre del asistente | Assistent",
        },
        "FirstName | LastName | MiddleName | Suffix | Email | MobilePhone | HomePhone | OtherStreet | OtherCity | "
        "OtherState | OtherStateCode | OtherPostalCode | OtherCountry | OtherCountryCode | MailingStreet | "
        "MailingCity | MailingState | MailingStateCode | MailingPostalCode | MailingCountry | MailingCountryCode | "
        "Mailing State/Province | Mailing Zip/Postal Code | Other State/Province | Other Zip/Postal Code | "
        "Birthdate | Mailing Address Line 1 | Postanschrift: Straße | Postanschrift: Stadt | Postanschrift (Straße) "
        "| Postanschrift (Stadt) | Postanschrift: Bundesland/Provinz | Postanschrift: Postleitzahl | Postanschrift: "
        "Land | Leadquelle | Ville (adresse postale) | Code postal (adresse postale) | Pays (adresse postale) | "
        "Calle de envío de correo | Ciudad de correo | Rue (adresse postale)",
    ),
    KnownSystem(
        "HubSpot",
        {
            "account_number": "Record ID | Datensatz-ID | ID de registro | ID de fiche d'informations | ID de "
            "l'enregistrement | Contact ID | Kontakt-ID | ID d'objet | ID de objeto",
            "phone_number": "Phone Number | Telefonnummer | Numéro de téléphone | Número de teléfono",
            "mobile_phone_number": "Mobile Phone Number | Mobiltelefonnummer | Numéro de téléphone mobile | Número "
            "de teléfono móvil",
            "business_name": "Company Name | Name des Unternehmens | Unternehmensname | Nom de l'entreprise | "
            "Nombre de la empresa",
            "first_name": "First Name | Vorname | Prénom | Nombre",
            "last_name": "Last Name | Nachname | Nom | Nom de famille | Apellidos | Apellido",
            "email_address": "Email | E-Mail | E-mail | Correo | Correo electrónico",
            "attributes": "Lifecycle Stage | Lead Status | Marketing contact status | Unsubscribed from all email | "
            "Lifecycle-Phase | Lead-Status | Marketing-Kontakt-Status | Marketingkontaktstatus | Statut du lead | "
            "Statut du contact marketing | Estado del lead | Estado del contacto de marketing | Preferred language "
            "| Persona | Relationship Status | Email Domain | Job function | Military Status | WhatsApp Phone "
            "Number | Estado del contacto de marketing",
            "ignore": "Contact owner | Für Kontakt zuständiger Mitarbeiter | Kontaktinhaber | Zuständiger "
            "Mitarbeiter für Kontakt | Propriétaire du contact | Propietario del contacto | Create Date | "
            "Erstellungsdatum | Erstelldatum | Date de création | Fecha de creación | Last Activity Date | Datum "
            "der letzten Aktivität | Date de la dernière activité | Fecha de la última actividad | Associated "
            "Company | Associated Company IDs | Zugehöriges Unternehmen | Zugehörige Unternehmens-IDs | "
            "Zugeordnetes Unternehmen | Entreprise associée | ID des entreprises associées | Empresa asociada | "
            "Abgemeldet von allen E-Mails | Von allen E-Mails abgemeldet | Désabonné de tous les e-mails | Se "
            "desconnecté | Canceló la suscripción a todos los correos electrónicos | IP City | IP Country | IP "
            "State/Region | IP State Code/Region Code | IP Country Code | IP Timezone | Invalid email address | "
            "Email hard bounce reason | Email Bounced | Became a Customer Date | Original Source | Latest Source | "
            "Original Traffic Source | Number of Associated Deals | Number of Form Submissions | Recent Conversion "
            "| Record source | Last Modified Date | Legal basis for processing contact's data | HubSpot Team | "
            "Calculated Mobile Number in International Format | Calculated Phone Number with country code | HubSpot "
            "Score | Next Activity Date | Times Contacted | Email Confirmed | Work email | Membership Email | Fax "
            "Number",
        },
        "Street Address | State/Region | Country/Region | Straße | Straße und Hausnummer | Bundesland/Region | "
        "Land/Region | Rue | Région/État | Pays/Région | Dirección | Estado/Región | País/Región | Date of birth | "
        "Geburtsdatum | Date de naissance | Fecha de nacimiento",
    ),
    KnownSystem(
        "Microsoft Dynamics 365",
        {
            "account_number": "Contact | contactid | (Do Not Modify) Contact | (Nicht ändern) Kontakt | (Ne pas "
            "modifier) Contact | (No modificar) Contacto",
            "person": "Full Name | fullname | Vollständiger Name",
            "business_name": "Company Name | Firmenname | parentcustomerid",
            "attributes.job_title": "Job Title | jobtitle | Position",
            "email_address": "Email | emailaddress1 | E-Mail",
            "attributes.email_2": "Email Address 2 | emailaddress2",
            "attributes.email_3": "Email Address 3 | emailaddress3",
            "business_phone_number": "Business Phone | telephone1 | Telefon (geschäftlich)",
            "home_phone_number": "Home Phone | telephone2",
            "mobile_phone_number": "Mobile Phone | mobilephone | Mobiltelefon",
            "birth_date": "Birthday | birthdate",
            "gender": "Gender | gendercode",
            "additional_information": "Description",
            "attributes": "telephone3 | fax | Telephone 3 | Preferred Method of Contact | "
            "preferredcontactmethodcode | Marital Status | familystatuscode | Government | Role | accountrolecode | "
            "Nickname | salutation",
            "ignore": "(Do Not Modify) Row Checksum | (Do Not Modify) Modified On | (Nicht ändern) Zeilenprüfsumme "
            "| (Nicht ändern) Geändert am | (Ne pas modifier) Somme de contrôle de la ligne | (Ne pas modifier) "
            "Modifié le | (No modificar) Suma de comprobación de fila | (No modificar) Fecha de modificación | Row "
            "Checksum | Modified On | ownerid | Owner | statecode | statuscode | Status | Status Reason | createdon "
            "| modifiedon | donotemail | donotphone | donotpostalmail | donotbulkemail | Do not allow Emails | Do "
            "not allow Phone Calls | Do not allow Bulk Emails | Originating Lead | Currency | transactioncurrencyid "
            "| Created By | Created On | Manager | Manager Phone | Assistant | Assistant Phone | Credit Limit | "
            "Credit Hold | Address 1: Address Type | Address 1: Name | Address 1: Phone | Address 1: Freight Terms "
            "| Address 1: Shipping Method | address1_latitude | address1_longitude | address1_name | "
            "address1_addresstypecode | address1_telephone1 | address1_telephone2 | address1_telephone3 | "
            "address1_fax | address1_composite | address2_composite | address1_addressid | Address 1: UTC Offset | "
            "address1_primarycontactname | address2_telephone1 | address2_name | parentcustomerid_type | "
            "Spouse/Partner Name | Anniversary | Children's Names",
        },
        "Address 1: Street 1 | Address 1: Street 2 | Address 1: Street 3 | Address 1: City | Address 1: "
        "State/Province | Address 1: ZIP/Postal Code | Address 1: Country/Region | Address 1: County | Address 2: "
        "Street 1 | Address 2: City | Address 2: State/Province | Address 2: ZIP/Postal Code | Address 2: "
        "Country/Region | address1_line1 | address1_line2 | address1_line3 | address1_city | "
        "address1_stateorprovince | address1_postalcode | address1_country | address1_county | address2_line1 | "
        "address2_city | address2_postalcode | address2_country | firstname | lastname | middlename | Address 1 | "
        "websiteurl | department",
    ),
    KnownSystem(
        "Zoho CRM",
        {
            "account_number": "Record Id | CONTACTID | Contact Id",
            "person": "Full Name | Contact Name",
            "business_name": "Account Name | Company",
            "attributes.job_title": "Title",
            "attributes": "Other Phone | Asst Phone | Secondary Email | Skype ID | Twitter | Lead Source | Vendor "
            "Name | Department | Fax | Tag | Reporting To | Layout",
            "ignore": "Record Image | Contact Owner | Contact Owner.id | CONTACT OWNER ID | Owner Id | Account "
            "Name.id | Vendor Name.id | Reporting To.id | Created By | Created By.id | Modified By | Modified By.id "
            "| Created Time | Modified Time | Last Activity Time | Email Opt Out | Assistant | Asst Phone | "
            "Unsubscribed Mode | Unsubscribed Time | Currency | Exchange Rate | Locked | Last Enriched Time | "
            "Enrich Status | Connected To.id | First Visited Time | Most Recent Visit | Referrer | First Page "
            "Visited | Number of Chats | Visitor Score | Average Time Spent (Minutes) | Days Visited | Change Log "
            "Time",
        },
        "First Name | Last Name | Salutation | Email | Phone | Mobile | Home Phone | Date of Birth | Mailing Street "
        "| Mailing City | Mailing State | Mailing Zip | Mailing Country | Other Street | Other City | Other State | "
        "Other Zip | Other Country | Description",
    ),
    KnownSystem(
        "Pipedrive",
        {
            "account_number": "ID | Person - ID",
            "person": "Name | Person - Name",
            "first_name": "First name | Person - First name",
            "last_name": "Last name | Person - Last name",
            "business_name": "Organization | Person - Organization | Organization - Name",
            "business_phone_number": "Phone - Work | Person - Phone - Work",
            "home_phone_number": "Phone - Home | Person - Phone - Home",
            "mobile_phone_number": "Phone - Mobile | Person - Phone - Mobile",
            "email_address": "Email - Work | Person - Email - Work",
            "personal_email_address": "Email - Home | Person - Email - Home",
            "attributes": "Phone - Other | Person - Phone - Other | Email - Other | Person - Email - Other | Label "
            "| Person - Label | Labels | Person - Labels | Job title | Person - Job title | Instant messenger",
            "ignore": "Owner | Person - Owner | Open deals | Closed deals | Won deals | Lost deals | Total "
            "activities | Done activities | Activities to do | Next activity date | Last activity date | Person "
            "created | Update time | Email messages count | Last email received | Last email sent | Visible to | "
            "Person - Visible to | Person - Open deals | Person - Closed deals | Person - Next activity date | "
            "Person - Last activity date | Person - Person created | Person - Update time | Profile picture | "
            "Organization ID | Person - Organization ID | Marketing status | Double opt-in | Email messages count | "
            "Person - Email messages count",
        },
        "Postal address | Birthday | Notes",
    ),
    KnownSystem(
        "Freshsales",
        {
            "account_number": "Id | Contact Id | External ID",
            "email_address": "Email | Emails",
            "business_phone_number": "Work | Work number",
            "mobile_phone_number": "Mobile | Mobile number",
            "business_name": "Account | Accounts | Account name | Sales accounts | Account: Name",
            "attributes": "Other phone numbers | Job title | Lifecycle stage | Status | Subscription status | "
            "Subscription types | Keyword | Medium | WhatsApp subscription status | SMS subscription status",
            "ignore": "Sales owner | Score | Last contacted via chat | Last contacted mode | Last contacted time | "
            "Last seen | Last activity type | Last activity date | Active sales sequences | Completed sales "
            "sequences | Recent note | Time zone | Territory | Lost reason | Work email | Customer fit | First "
            "campaign | First medium | First source | Latest campaign | Latest medium | Latest source | Web form | "
            "Record type id | Campaign | Unsubscribe reason | Other unsubscribe reason | Locale",
        },
        "First name | Last name | Address | City | State | Zipcode | Country | Facebook | Twitter | LinkedIn | Tags "
        "| Source",
    ),
    KnownSystem(
        "SugarCRM",
        {
            "account_number": "ID | id",
            "person": "Name | Full Name",
            "business_name": "Account Name | account_name",
            "attributes.job_title": "Title | title",
            "email_address": "Email Address | email | email1 | Email",
            "attributes.email_2": "Non Primary E-mails | email2 | Alternate Email",
            "business_phone_number": "Office Phone | phone_work | Work Phone",
            "mobile_phone_number": "Mobile | phone_mobile",
            "home_phone_number": "Home Phone | phone_home",
            "attributes": "Other Phone | phone_other | Fax | phone_fax | Lead Source | lead_source | Department | "
            "Alternate Phone",
            "ignore": "Account ID | account_id | Reports to ID | reports_to_id | Reports to | Assistant | Assistant "
            "Phone | assistant_phone | Assigned User ID | assigned_user_id | Assigned User Name | Assigned to | "
            "assigned_user_name | Created By | created_by | Modified By | modified_user_id | Date Created | "
            "date_entered | Date Modified | date_modified | Deleted | deleted | Do Not Call | do_not_call | "
            "Campaign ID | campaign_id | Teams | team_id | Team ID | Invalid Email | Email Opt Out | email_opt_out "
            "| invalid_email | Photo | photo | Portal Name | Portal Active | Portal Application | portal_name | "
            "portal_active | portal_app | joomla_account_id | Lawful Basis | Date Reviewed | Lawful Basis Source | "
            "Sync to Outlook ID",
        },
        "first_name | last_name | birthdate | primary_address_street | primary_address_city | primary_address_state "
        "| primary_address_postalcode | primary_address_country | alt_address_street | alt_address_city | "
        "alt_address_state | alt_address_postalcode | alt_address_country | Primary Address Street | Primary "
        "Address City | Primary Address State | Primary Address Postal Code | Primary Address Postalcode | Primary "
        "Address Country | Alternate Address Street | Alternate Address City | Alternate Address State | Alternate "
        "Address Postal Code | Alternate Address Country | salutation | description | Birthdate",
    ),
    KnownSystem(
        "Insightly",
        {
            "account_number": "RecordId | Record Id | Contact Id | ContactId",
            "business_name": "Organization | OrganizationName | Organization Name",
            "business_phone_number": "Business Phone | Work Phone",
            "mailing_address.address1": "Mail Address Street | AddressMailStreet",
            "mailing_address.city": "Mail Address City | AddressMailCity",
            "mailing_address.state": "Mail Address State | AddressMailState",
            "mailing_address.postal_code": "Mail Address Postcode | AddressMailPostcode",
            "mailing_address.country": "Mail Address Country | AddressMailCountry",
            "attributes.job_title": "Title | Role | JobTitle",
            "attributes": "Other Phone | Assistant Name | Contact Tag List | Tag1 | Tag2 | Tag3 | Tag4 | Tag5 | "
            "Tag6 | Tag7 | Tag8 | Tag9 | Fax Phone | PhoneFax | Background | SocialLinkedin | SocialFacebook | "
            "SocialTwitter",
            "ignore": "Date of Next Activity | Date of Last Activity | Owner | Date Created | Date Updated | "
            "Assistant Phone | Visibility | EmailOptedOut | Email Opted Out | Link Email Domains | "
            "LastActivityDateUtc | NextActivityDateUtc | OwnerUserId | ImageUrl | Creating User | PhoneAssistant",
        },
        "Salutation | Prefix | First Name | Last Name | Email Address | Mobile Phone | Home Phone | Other Address "
        "Street | Other Address City | Other Address State | Other Address Postcode | Other Address Country | "
        "Mailing Street | AddressOtherStreet | Date of Birth",
    ),
    KnownSystem(
        "Copper",
        {
            "account_number": "Copper ID | Person ID | Contact ID",
            "person": "Name | Full Name",
            "business_name": "Company | Company Name",
            "email_address": "Email | Email 1",
            "attributes": "Work Email | Personal Email | Other Email | Email 2 | Phone Number 2 | Other Phone | "
            "Website | Work Website | Twitter | LinkedIn | Facebook | Contact Type | Title | Connected Companies | "
            "Details",
            "ignore": "Owned By | Owner Id | Owner | Interaction Count | Last Contacted | Inactive Days | Created "
            "At | Updated At | Company ID | Lead Converted From Id | Date Last Contacted | Date Created | Date "
            "Modified | Email Type | Phone Type",
        },
        "First Name | Last Name | Middle Name | Prefix | Suffix | Street | City | State | Postal Code | Country | "
        "Work Phone | Mobile Phone | Home Phone | Tags",
    ),
    KnownSystem(
        "Close",
        {
            "account_number": "contact_id | id",
            "person": "name | contact_name | display_name | contact",
            "business_name": "lead_name | company | lead",
            "attributes.job_title": "title",
            "email_address": "primary_email | email_1 | primary_contact_primary_email",
            "phone_number": "primary_phone | phone_1 | primary_contact_primary_phone",
            "ignore": "primary_email_type | primary_phone_type | other_emails | other_phones | lead_id | "
            "date_created | date_updated | created_by | updated_by | status_id | organization_id | html_url | "
            "lead_status_label | status_label | email_1_type | phone_1_type | created_by_name | updated_by_name | "
            "times_communicated | num_emails | num_calls | last_communication_date | num_email_addresses | "
            "num_phone_numbers | lead_url",
        },
        "urls | address_1 | addresses | integration_links | timezone",
    ),
    KnownSystem(
        "Keap",
        {
            "account_number": "Id | Contact Id",
            "email_address": "Email | Email Address 1",
            "attributes": "Email Address 2 | Email Address 3 | Spouse Name | Nickname | Suffix | Title | Job Title "
            "| Person Type | Lead Source | SSN | Website | Fax 1 | Fax 2 | Phone 3 | Phone 4 | Phone 5 | Tag Ids | "
            "Tags | Leadsource Category",
            "ignore": "Phone 1 Type | Phone 2 Type | Phone 1 Ext | Phone 2 Ext | Phone 3 Ext | Phone 3 Type | Owner "
            "| Owner ID | Date Created | Last Updated | Last Updated By | Created By | Referral Code | Assistant "
            "Name | Assistant Phone | Username | Password | Time Zone | Company ID | Fax 1 Type | Address 2 Type | "
            "Address 3 Type | Email Status | Opt-in Status | Score | Affiliate",
        },
        "First Name | Last Name | Middle Name | Company | Phone 1 | Phone 2 | Billing Street Address 1 | Street "
        "Address 1 | Street Address 2 | City | State | Postal Code | Zip Four | Country | Street Address 1 "
        "(Shipping) | City (Shipping) | Birthday | Anniversary | Billing Address Street 1 | Shipping Street Address "
        "1",
    ),
    KnownSystem(
        "Act!",
        {
            "person": "Contact",
            "business_name": "Company",
            "phone_number": "Phone",
            "email_address": "E-mail",
            "personal_email_address": "Personal E-mail",
            "attributes": "Extension | ID/Status | Referred By | Web Site | Alternate Phone | Alt Phone | Alt Ext. "
            "| Phone Ext | Spouse | Fax | Department | Title | Salutation",
            "ignore": "Last Reach | Last Meeting | Last Attempt | Letter Date | Last Results | Create Date | Edit "
            "Date | Record Manager | Record Creator | Is Imported | Import Date | Last E-mail | Public/Private | "
            "Messenger ID | Last Edited By | Fax Extension | Mobile Extension | Home Extension | Phone - Extension",
        },
        "Address 1 | Address 2 | Address 3 | City | State | ZIP Code | ZIP | Country | Mobile Phone | Home Phone | "
        "Home Address 1 | Home Address 2 | Home City | Home State | Home ZIP | Home Country | Birth Date",
    ),
    KnownSystem(
        "monday CRM",
        {
            "person": "Name",
            "account_number": "Item ID | Item ID (auto generated)",
            "business_name": "Company | Accounts",
            "ignore": "Subitems | Last interaction | Deals | Deals value | Contacts | Active sequences | Creation "
            "log | Last updated | People | Timeline | Activities | Activities timeline | Account owner",
            "attributes": "Type | Priority | Title | Status",
        },
        "Email | Phone | Comments",
    ),
    KnownSystem(
        "Bitrix24",
        {
            "account_number": "ID",
            "middle_name": "Second Name",
            "home_phone_number": "Home",
            "additional_information": "Comment",
            "address.address1": "Address | Street, building",
            "attributes": "Other Phone Number | Corporate Website | Personal Page | Other E-mail | Contact type | "
            "Newsletters E-mail | Position",
            "ignore": "Responsible person | Responsible | Available to everyone | Included in export | Created | "
            "Created by | Modified | Modified by | Source information | Photo | UTM Source",
        },
        "Salutation | First Name | Last Name | Date of birth | Company | Work Phone | Mobile | Fax | Work E-mail | "
        "Home E-mail",
    ),
    KnownSystem(
        "Capsule",
        {
            "account_number": "ID",
            "person": "Name",
            "business_name": "Organisation",
            "additional_information": "About",
            "attributes": "Fax Phone | Title | Job Title | Tags | Website",
            "ignore": "Organisation ID | Type | Created | Updated | Last Contacted | Owner | Team",
        },
        "Email Address | Home Email | Work Email | Phone Number | Mobile Phone | Work Phone | Address Street | City "
        "| State | Zip | Country",
    ),
    KnownSystem(
        "weclapp",
        {
            "account_number": "Kundennummer | customerNumber",
            "business_name": "Firma | company",
            "attributes": "Kundentyp | Vertriebskanal | Zahlungsart | Zahlungsbedingung | Lieferart | Währung | "
            "customerCategoryName | leadSourceName | salesChannel | partyType | company2 | Firma2 | Anrede | "
            "salutation | titleId",
            "ignore": "responsibleUserUsername | responsibleUserId | createdDate | lastModifiedDate | "
            "commissionSalesPartners | Verantwortlicher | customerBlocked | insolvent | Gesperrt | optIn | "
            "optInLetter | optInPhone | optInSms | customerCategoryId | version | Primäre Adresse | Lieferadresse | "
            "Rechnungsadresse | primaryAddressId | deliveryAddressId | invoiceAddressId | leadRatingId | "
            "salesStageId | personDepartmentId | parentPartyId",
        },
        "firstName | lastName | birthDate | email | phone | mobilePhone1 | fax | website | Straße | PLZ | Ort | "
        "Land | addressAddition | street1 | zipcode | city | countryCode",
    ),
)
