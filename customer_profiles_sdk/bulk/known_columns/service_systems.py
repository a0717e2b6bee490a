"""Help desks, contact centres and marketing: their own names of columns."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Zendesk",
        {
            "account_number": "external_id",
            "person": "name",
            "business_name": "organization",
            "additional_information": "notes",
            "attributes": "details | role | tags | brand | alias | locale | time_zone | id | signature",
            "ignore": "restriction | ticket_restriction | organization_id | custom_role_id | created_at | "
            "updated_at | last_login_at | url | active | shared | shared_agent | suspended | verified | moderator | "
            "only_private_comments | photo | two_factor_auth_enabled | default_group_id | shared_phone_number | "
            "chat_only | report_csv | user_type | password | agent_brand_ids | iana_time_zone | permanently_deleted "
            "| organization_ids | restricted_agent",
        },
        "email | phone",
    ),
    KnownSystem(
        "Freshdesk",
        {
            "account_number": "Contact ID | Contact Id | id",
            "person": "Full name | Name | name | Contact Name",
            "email_address": "Email | email | Primary Email",
            "business_phone_number": "Work phone | Work Phone | phone",
            "mobile_phone_number": "Mobile phone | Mobile Phone | mobile",
            "business_name": "Company | Company Name | company_name",
            "additional_information": "About | Background information | description",
            "address.address1": "Address | address",
            "attributes": "Title | job_title | Unique External ID | unique_external_id | External ID | Twitter | "
            "Twitter ID | twitter_id | Tags | Language | Other phone numbers | Other emails | Secondary emails | "
            "other_emails | Facebook ID | Other companies | tags | Twitter Verified Profile | Twitter Followers "
            "Count | Preferred source",
            "ignore": "Can see all tickets from this company | Can see all tickets from their company | "
            "view_all_tickets | Time zone | time_zone | Created at | Created time | Last updated at | Last update "
            "time | created_at | updated_at | company_id | active | deleted | first_name_last | client_manager | "
            "Company ID | other_companies",
        },
    ),
    KnownSystem(
        "Intercom",
        {
            "account_number": "User ID | user_id | External ID | external_id",
            "person": "Name | name",
            "email_address": "Email | email",
            "phone_number": "Phone | phone",
            "business_name": "Company name | company_name",
            "attributes": "Tag | Segment | Type | Role | Language override | language_override | Plan | Web "
            "sessions | Job title | Tags | Companies | Industry | Conversation Rating",
            "ignore": "Signed up (UTC) | Signed up | Last seen (UTC) | Last seen | First seen | First Seen (UTC) | "
            "Last contacted (UTC) | Last contacted | Last heard from (UTC) | Last heard from | Last opened email "
            "(UTC) | Last opened email | Last clicked on link in email (UTC) | Last clicked on link in email | "
            "Unsubscribed from emails | Unsubscribed from Emails | Marked email as spam | Has hard bounced | City | "
            "Country | Region | Continent | Continent code | Country code | Region code | Postal code | Browser "
            "language | Language | Browser | Browser version | OS | Timezone | Referral URL | UTM Campaign | UTM "
            "Content | UTM Medium | UTM Source | UTM Term | Owner | Company ID | Company last seen | Company "
            "created at | Company size | Company website | Company industry | Company web sessions | Company "
            "monthly spend | Last seen on Android (UTC) | Last seen on iOS (UTC) | Android sessions | iOS sessions "
            "| Lead owner | Android app version | iOS app version | Intercom ID | Avatar | Last Page Viewed | Email "
            "domain | Is unsubscribed from emails | Contact ID",
        },
    ),
    KnownSystem(
        "ServiceNow",
        {
            "account_number": "sys_id | number | Number",
            "person": "name | Name",
            "business_name": "account | Account | company | Company",
            "email_address": "email | Email",
            "business_phone_number": "phone | Business phone | Business Phone",
            "mobile_phone_number": "mobile_phone | Mobile phone | Mobile Phone",
            "home_phone_number": "home_phone | Home phone | Home Phone",
            "attributes": "title | Title | department | location | Location | employee_number | vip | VIP | User ID "
            "| user_name | introduction | Prefix | preferred_language | time_format | cost_center | roles",
            "ignore": "active | Active | locked_out | Locked out | sys_created_on | sys_created_by | sys_updated_on "
            "| sys_updated_by | sys_mod_count | sys_domain | sys_domain_path | sys_class_name | sys_tags | "
            "user_password | password_needs_reset | Password needs reset | web_service_access_only | Web service "
            "access only | internal_integration_user | Internal Integration User | manager | Manager | last_login | "
            "last_login_time | failed_attempts | source | photo | avatar | schedule | calendar_integration | "
            "notification | date_format | default_perspective | building | ldap_server | Created | Updated | "
            "Identity type | ssn | customer_portal_access | Time zone | time_zone",
        },
        "first_name | last_name | middle_name | street | city | state | zip | country | gender",
    ),
    KnownSystem(
        "Genesys Cloud",
        {
            "account_number": "inin-outbound-id | externalId",
            "phone_number": "Cell | Phone",
            "ignore": "ContactCallable | ContactableByVoice | ContactableBySms | ContactableByEmail | "
            "AutomaticTimeZone | ZipCodeAutomaticTimeZone | CallRecordLastAttempt | CallRecordLastResult | "
            "CallRecordLastAgentWrapup | Callable | SmsLastAttempt | SmsLastResult | EmailLastAttempt | "
            "EmailLastResult | contact_list_id | TimeZone-PhoneNumber",
        },
        "Home Phone | Work Phone",
    ),
    KnownSystem(
        "Talkdesk",
        {
            "account_number": "Contact Id | contact_id",
            "person": "Name | name",
            "phone_number": "Phone | Phones | phone_number | Phone Number",
            "email_address": "Email | Emails",
            "ignore": "Integration Ids | Profile Picture | Last Interaction | Do not call | Integrations",
        },
        "Company | Job Title | Address | Location | Tags",
    ),
    KnownSystem(
        "Mailchimp",
        {
            "email_address": "Email Address | EMAIL",
            "first_name": "First Name | FNAME | Vorname | Prénom",
            "last_name": "Last Name | LNAME | Nachname | Nom",
            "phone_number": "Phone Number | PHONE",
            "birth_date": "Birthday | BIRTHDAY",
            "additional_information": "NOTES",
            "attributes": "Address | ADDRESS | TAGS | MEMBER_RATING | Adresse | Dirección",
            "ignore": "OPTIN_TIME | OPTIN_IP | CONFIRM_TIME | CONFIRM_IP | LATITUDE | LONGITUDE | GMTOFF | DSTOFF | "
            "TIMEZONE | CC | REGION | LAST_CHANGED | LEID | EUID | UNSUB_TIME | UNSUB_CAMPAIGN_TITLE | "
            "UNSUB_CAMPAIGN_ID | UNSUB_REASON | UNSUB_REASON_OTHER | CLEAN_TIME | CLEAN_CAMPAIGN_TITLE | "
            "CLEAN_CAMPAIGN_ID | EMAIL_TYPE",
        },
    ),
    KnownSystem(
        "Klaviyo",
        {
            "account_number": "Klaviyo ID | External ID",
            "email_address": "Email | $email",
            "first_name": "First Name | $first_name",
            "last_name": "Last Name | $last_name",
            "phone_number": "Phone Number | $phone_number",
            "business_name": "Organization | $organization",
            "attributes.job_title": "Title | $title",
            "attributes": "$source | Source | Total Customer Lifetime Value | Predicted Customer Lifetime Value | "
            "Average Order Value | Historic Number Of Orders | Predicted Number Of Orders | Historic Customer "
            "Lifetime Value | Churn Risk Prediction | Average Days Between Orders | Predicted Gender | "
            "$predicted_gender | Accepts Marketing | Tags | Locale | External ID",
            "ignore": "Initial Source Type | Email Marketing Consent | Email Marketing Consent Timestamp | Email "
            "Suppressions | Email Suppressions Timestamp | Email List Suppressions | SMS Marketing Consent | SMS "
            "Marketing Consent Timestamp | SMS Suppressions | SMS Suppressions Timestamp | Consent | Consent Method "
            "| Consent Form ID | Consent Form Version | Consent Timestamp | First Active | Last Active | Profile "
            "Created On | Date Added | Last Open | Last Click | IP | IP Address | Latitude | Longitude | Expected "
            "Date Of Next Order | Email Permission Status | SMS Permission Status | Image | Image URL | SMS "
            "Transactional Consent | Push Marketing Consent | Initial Referrer | $consent | $consent_timestamp | "
            "$timezone | Last Source | Initial Referring Domain | Push Marketing Consent Timestamp",
        },
        "Address | Address 1 | Address 2 | City | State / Region | Zip Code | Country | $address1 | $address2 | "
        "$city | $region | $zip | $country",
    ),
    KnownSystem(
        "ActiveCampaign",
        {
            "account_number": "Contact ID | ID | id",
            "email_address": "Email",
            "phone_number": "Phone",
            "business_name": "Customer Account | Account | Account Name | Organization Name",
            "attributes.job_title": "Job Title",
            "attributes": "Tags | Lists | Score",
            "ignore": "Date Created | Date Updated | Last Updated Date | Date Subscribed | Date Unsubscribed | IP "
            "Address | IP4 | Status | Bounced Hard | Bounced Soft | Bounced Date | Subscription Date | "
            "Unsubscription Date | Sign Up Date | Subscription Date and Time | Double Opt-In | Geo City | Geo State "
            "| Geo Country | GeoIP Location | IP Timezone | Gravatar | Mailbox provider | User-Agent | Date "
            "Modified | Geo Zip | Bounced hard count | Bounced soft count",
        },
        "First Name | Last Name",
    ),
    KnownSystem(
        "Brevo",
        {
            "account_number": "CONTACT ID | EXT_ID",
            "email_address": "EMAIL",
            "first_name": "FIRSTNAME | PRENOM | VORNAME | NOMBRE | FNAME",
            "last_name": "LASTNAME | NOM | NACHNAME | APELLIDOS | NAME | LNAME",
            "mobile_phone_number": "SMS",
            "attributes": "WHATSAPP | LANDLINE_NUMBER | CONTACT_TIMEZONE | JOB_TITLE | LINKEDIN",
            "ignore": "OPT_IN | DOUBLE_OPT-IN | DOUBLE_OPT_IN | ADDED_TIME | MODIFIED_TIME | Blocklisted | Email "
            "blocklisted | SMS blocklisted | EMAIL_BLACKLISTED | SMS_BLACKLISTED | LAST_CHANGED | BLOCKLISTED_EMAIL "
            "| ADDED | MODIFIED",
        },
    ),
    KnownSystem(
        "Constant Contact",
        {
            "email_address": "Email address | Email Address",
            "phone_number": "Phone",
            "home_phone_number": "Home Phone | Phone - home",
            "business_phone_number": "Phone - work | Work Phone",
            "mobile_phone_number": "Phone - mobile | Mobile Phone",
            "address.address1": "Street address line 1 - Home | Street address - Home | Street Address - Home",
            "address.address2": "Street address line 2 - Home",
            "address.city": "City - Home",
            "address.state": "State/Province - Home | State/Prov - Home",
            "address.postal_code": "Zip/Postal code - Home | Zip/Postal Code - Home",
            "address.country": "Country - Home",
            "business_name": "Company",
            "attributes": "Job title | Tags | Email Lists",
            "ignore": "Email status | Email permission status | Email update source | Confirmed opt-out date | "
            "Confirmed opt-out source | Confirmed opt-out reason | Created at | Updated at | Source name | "
            "Confirmed Opt-In Date | Email Permission Status | Email Status | Email Update Source | Contact Source "
            "| Anniversary | Email Bounce Date | Email Optout Source | Email Optin Date",
        },
        "First name | Last name | Birthday | City - Work | Country - Work | Street address line 1 - Work",
    ),
    KnownSystem(
        "Marketo",
        {
            "account_number": "Id | Lead Id | Person Id",
            "business_name": "Company Name",
            "attributes": "Person Notes | Lead Source | Lead Status | Lead Score | Fax Number | Job Title | Billing "
            "Address | Person Source",
            "ignore": "Unsubscribed | Unsubscribed Reason | Email Invalid | Email Invalid Cause | Email Suspended | "
            "Email Suspended Cause | Acquisition Program | Original Source Type | Original Source Info | "
            "Registration Source Type | SFDC Id | SFDC Type | SFDC Account Id | SFDC Lead Owner | Do Not Call | Do "
            "Not Call Reason | Inferred City | Inferred Country | Inferred Company | Inferred Phone Area Code | "
            "Inferred Postal Code | Inferred State Region | Marketing Suspended | Black Listed | Lead Owner Email "
            "Address | Lead Owner First Name | Lead Owner Last Name | Lead Owner Phone Number | Relative Score | "
            "Urgency | Anonymous IP | Created At | Updated At",
        },
        "First Name | Last Name | Email Address | Phone Number | Mobile Phone Number | Address | City | State | "
        "Postal Code | Country",
    ),
    KnownSystem(
        "Account Engagement (Pardot)",
        {
            "account_number": "Prospect Id | Id",
            "business_name": "Company | Company Name",
            "address.address1": "Address One",
            "address.address2": "Address Two",
            "attributes": "Score | Grade | Source | Annual Revenue | Years In Business | Employees | Industry | "
            "Website | Comments",
            "ignore": "Opted Out | Do Not Email | Do Not Call | CRM Contact FID | CRM Lead FID | CRM Account FID | "
            "CRM Owner FID | Assigned To | Last Activity | Created Date | Updated Date | Email Bounced Date | Email "
            "Bounced Reason | Is Reviewed | Is Starred | Campaign | Prospect Account Id | Campaign Id | Last "
            "Activity At",
        },
        "Salutation | First Name | Last Name | Email | Job Title | Department | Country | City | State | Zip | "
        "Phone | Fax | Territory",
    ),
    KnownSystem(
        "CleverReach",
        {
            "email_address": "email | E-Mail | Email",
            "first_name": "firstname | Vorname",
            "last_name": "lastname | Nachname | name",
            "business_name": "company | Firma",
            "attributes.salutation": "salutation | Anrede | title | gender",
            "attributes": "source | Quelle | stars | Sterne | Sternebewertung | points | Empfänger-Rating",
            "ignore": "active | aktiv | Aktiv | activated | registered | Registriert | Aktiviert | deactivated | "
            "Deaktiviert | bounced | Bounced | Anmeldedatum | Aktivierungsdatum | Abmeldedatum | last_ip | "
            "last_location | last_client | opens | clicks | lasttouch | conversion_rate | response_rate | "
            "order_rate | Letzte Aktivität | Registrierungsdatum | Deaktivierungsdatum",
        },
    ),
)
