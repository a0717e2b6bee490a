"""Shops and tills: their own names of columns."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Shopify",
        {
            "account_number": "Customer ID | ID",
            "phone_number": "Phone",
            "address.address1": "Default Address Address1 | Address1",
            "address.address2": "Default Address Address2 | Address2",
            "address.city": "Default Address City | City",
            "address.province": "Default Address Province Code | Province | Default Address Province",
            "address.country": "Default Address Country Code | Country | Default Address Country",
            "address.postal_code": "Default Address Zip | Zip",
            "business_name": "Default Address Company | Company",
            "attributes": "Default Address Phone | Accepts Email Marketing | Accepts SMS Marketing | Accepts "
            "WhatsApp Marketing | Accepts Marketing | Total Spent | Total Orders | Tax Exempt | Tags | Province "
            "Code | Country Code",
            "additional_information": "Note",
        },
        "First Name | Last Name | Email",
    ),
    KnownSystem(
        "WooCommerce",
        {
            "account_number": "customer_id | ID | user_id",
            "person": "display_name | Name",
            "email_address": "user_email | customer_email | Email",
            "phone_number": "billing_phone | Billing Phone",
            "business_name": "billing_company | Billing Company",
            "billing_address.address1": "billing_address_1 | Billing Address 1",
            "billing_address.address2": "billing_address_2 | Billing Address 2",
            "billing_address.city": "billing_city | Billing City",
            "billing_address.state": "billing_state | Billing State",
            "billing_address.postal_code": "billing_postcode | Billing Postcode",
            "billing_address.country": "billing_country | Billing Country",
            "shipping_address.address1": "shipping_address_1 | Shipping Address 1",
            "shipping_address.address2": "shipping_address_2 | Shipping Address 2",
            "attributes": "Username | user_login | user_nicename | nickname | AOV | Total Spend | Orders | "
            "paying_customer | shipping_phone | shipping_company | wp_capabilities | role | roles | "
            "shipping_first_name | shipping_last_name",
            "ignore": "billing_first_name | billing_last_name | billing_email | user_registered | date_registered | "
            "Last Active | Sign Up | Date Registered | last_update | wp_user_level | session_tokens | user_pass | "
            "user_activation_key | user_status | source_user_id | Date Last Active | description | rich_editing | "
            "locale | last_login",
        },
        "first_name | last_name | user_url | shipping_city | shipping_state | shipping_postcode | shipping_country "
        "| Country | City | Region | Postal Code",
    ),
    KnownSystem(
        "Adobe Commerce",
        {
            "account_number": "ID | entity_id | increment_id | customer_id",
            "person": "Name",
            "email_address": "Email | email | _email",
            "first_name": "firstname | First Name",
            "last_name": "lastname | Last Name",
            "billing_address.address1": "billing_street | Street Address",
            "phone_number": "billing_telephone | Phone | _address_telephone",
            "business_name": "billing_company | Company | _address_company",
            "address.address1": "_address_street",
            "address.city": "_address_city",
            "address.state": "_address_region",
            "address.postal_code": "_address_postcode",
            "address.country": "_address_country_id",
            "attributes": "group_id | Group | group | taxvat | Tax VAT Number | VAT Number | billing_vat_id | "
            "billing_fax | prefix | suffix | Customer Since | _address_fax | _address_vat_id",
            "ignore": "_website | _store | website_id | store_id | created_at | updated_at | created_in | Account "
            "Created in | confirmation | Confirmed email | disable_auto_group_change | rp_token | "
            "rp_token_created_at | password_hash | is_active | failures_num | first_failure | lock_expires | "
            "Account Lock | reward_update_notification | reward_warning_notification | _address_firstname | "
            "_address_lastname | _address_middlename | _address_prefix | _address_suffix | "
            "_address_default_billing_ | _address_default_shipping_ | billing_firstname | billing_lastname | Web "
            "Site | shipping_full | billing_full | default_billing | default_shipping | password | "
            "billing_region_id | _address_region_id | Billing Firstname | Billing Lastname | _entity_id | Customer "
            "Since",
        },
        "dob | gender | middlename | billing_city | billing_postcode | billing_region | billing_country_id | ZIP | "
        "Country | State/Province | Date of Birth",
    ),
    KnownSystem(
        "BigCommerce",
        {
            "account_number": "Customer ID",
            "person": "Customer Name",
            "email_address": "Email | Email Address",
            "phone_number": "Phone",
            "business_name": "Company",
            "attributes": "Customer Group | Store Credit | Customer Tax Exempt Category | Tax Exempt Category | "
            "Number of Orders | Orders | Total Spent",
            "ignore": "Date Joined | Receive Review/Abandoned Cart Emails? | Receive ACS/Review Emails | Receive "
            "Marketing Emails | Address ID - 1 | Address First Name - 1 | Address Last Name - 1 | Address Company - "
            "1 | Address Phone - 1 | Force Password Reset | New Password | Addresses | Login | Address ID - 2 | "
            "Address First Name - 2 | Address Last Name - 2",
            "address.address1": "Address Line 1 - 1",
            "address.address2": "Address Line 2 - 1",
            "address.city": "City - 1 | Address City - 1",
            "address.state": "State/Province - 1 | Address State/Province - 1",
            "address.postal_code": "Zip/Postcode - 1 | Zip - 1 | Address Zip/Postcode - 1",
            "address.country": "Country - 1 | Address Country - 1",
        },
        "First Name | Last Name | Tax Exempt Code",
    ),
    KnownSystem(
        "Squarespace",
        {
            "email_address": "Email",
            "phone_number": "Phone Number | Shipping Phone Number",
            "attributes": "Mailing Lists | Member Sites | Order Count | Total Spent | Subscriber Source | Tags | "
            "Donation Count | Donation Total | Customer Since",
            "ignore": "Shipping Name | Billing Name | Created On | Subscriber Since | Last Order Date | Accepts "
            "Marketing | Billing Phone Number | Has Account | Last Donation Date | Mailing List Subscribed On",
            "shipping_address.address1": "Shipping Address 1 | Shipping Address",
            "billing_address.address1": "Billing Address 1 | Billing Address",
        },
        "First Name | Last Name | Shipping Address 2 | Shipping City | Shipping Zip | Shipping Province/State | "
        "Shipping Country | Billing Address 2 | Billing City | Billing Zip | Billing Province/State | Billing "
        "Country",
    ),
    KnownSystem(
        "Wix",
        {
            "account_number": "Contact ID",
            "email_address": "Email 1 | Email",
            "phone_number": "Phone 1 | Phone",
            "business_name": "Company",
            "attributes": "Email 2 | Email 3 | Phone 2 | Phone 3 | Position | Labels | Language | Source | Member "
            "status | VAT ID",
            "ignore": "Created At (UTC+0) | Created At | Last Activity | Last Activity Date (UTC+0) | Email "
            "subscriber status | SMS subscriber status | Assignee | Assignees | Deliverability status | Site member "
            "status | Segments | Address 1 - Type | Address 2 - Type | Address 3 - Type | Member Profile Slug | "
            "Subscription Status",
        },
        "Address 1 - Street | Address 1 - Street Line 2 | Address 1 - City | Address 1 - State/Region | Address 1 - "
        "Zip | Address 1 - Country | Address 2 - Street | Address 2 - City | Birthdate | First Name | Last Name",
    ),
    KnownSystem(
        "PrestaShop",
        {
            "account_number": "ID | id_customer | Customer ID",
            "attributes.salutation": "Social title | Titre de civilité | Tratamiento | Titel",
            "first_name": "First name | firstname | Prénom | Nombre | Vorname",
            "last_name": "Last name | lastname | Nom | Apellidos | Nachname",
            "email_address": "Email address | Email | E-mail | Adresse e-mail | Dirección de correo electrónico | "
            "Dirección email",
            "business_name": "Company | company | Société | Empresa",
            "birth_date": "Birthday | birthday | Birthday (yyyy-mm-dd)",
            "attributes": "Sales | Ventes | Ventas | Umsatz | Group | Groupe | Default group ID | Titles ID (Mr = "
            "1, Ms = 2, else 0) | Siret | APE | siret | ape | id_default_group | Groups (x,y,z...) | note",
            "ignore": "Enabled | Activé | Activado | Aktiviert | Active (0/1) | active | Newsletter | newsletter | "
            "Newsletter (0/1) | Opt-in (0/1) | optin | Partner offers | Offres partenaires | Ofertas de socios | "
            "Registration | Inscription | Registro | Registrierung | Last visit | Dernière visite | Última visita | "
            "Letzter Besuch | id_gender | id_lang | id_shop | id_shop_group | id_risk | passwd | secure_key | "
            "last_passwd_gen | date_add | date_upd | is_guest | deleted | ip_registration_newsletter | "
            "newsletter_date_add | Registration date (yyyy-mm-dd) | ID / Name of shop | max_payment_days | "
            "outstanding_allow_amount | show_public_prices | reset_password_token | reset_password_validity | "
            "website | Connections",
        },
    ),
    KnownSystem(
        "Shopware",
        {
            "account_number": "customer_number | customerNumber | Kundennummer | customernumber | Kunden-Nr.",
            "attributes.salutation": "salutation | salutation_key | billing_salutation | Anrede",
            "first_name": "first_name | firstName | firstname | Vorname",
            "last_name": "last_name | lastName | lastname | Nachname",
            "email_address": "email | E-Mail",
            "business_name": "company | billing_company",
            "phone_number": "default_billing_address_phone_number | billing_phone | billing_address_phone_number | "
            "phone",
            "billing_address.address1": "default_billing_address_street | billing_street | billing_address_street | "
            "defaultBillingAddress.street",
            "billing_address.address2": "default_billing_address_additional_address_line1 | "
            "billing_additional_address_line1 | billing_address_additional_address_line1",
            "billing_address.city": "default_billing_address_city | billing_city | billing_address_city | "
            "defaultBillingAddress.city",
            "billing_address.postal_code": "default_billing_address_zipcode | billing_zipcode | "
            "billing_address_zipcode | defaultBillingAddress.zipcode",
            "billing_address.country": "default_billing_address_country | billing_country | billing_address_country",
            "shipping_address.address1": "default_shipping_address_street | shipping_street | "
            "shipping_address_street | defaultShippingAddress.street",
            "shipping_address.city": "default_shipping_address_city | shipping_city | shipping_address_city | "
            "defaultShippingAddress.city",
            "shipping_address.postal_code": "default_shipping_address_zipcode | shipping_zipcode | "
            "shipping_address_zipcode | defaultShippingAddress.zipcode",
            "shipping_address.country": "default_shipping_address_country | shipping_country | "
            "shipping_address_country",
            "attributes": "customer_group | customer_group_name | customergroup | customer_group_id | "
            "default_payment_method | account_type | title | language | affiliate_code | campaign_code | "
            "billing_department | shipping_company | shipping_department | shipping_salutation | order_count | "
            "order_total_amount | vat_ids",
            "ignore": "id | active | guest | encoder | md5_password | password | sales_channel_id | sales_channel | "
            "sales_channel_name | language_id | default_payment_method_id | default_billing_address_id | "
            "default_shipping_address_id | default_billing_address_first_name | default_billing_address_last_name | "
            "default_billing_address_salutation | default_billing_address_title | default_billing_address_company | "
            "default_shipping_address_first_name | default_shipping_address_last_name | "
            "default_shipping_address_company | billing_firstname | billing_lastname | shipping_firstname | "
            "shipping_lastname | billing_countryID | shipping_countryID | billing_stateID | shipping_stateID | "
            "newsletter | subshopID | first_login | last_login | firstlogin | lastlogin | created_at | updated_at | "
            "doubleOptinRegister | default_billing_address_country_id | default_shipping_address_country_id | "
            "bound_sales_channel_id | hash | auto_increment | salutation_id | custom_fields | paymentID | "
            "shipping_first_name | default_billing_address_salutation_key",
        },
        "birthday | birthdate | lastOrderDate",
    ),
    KnownSystem(
        "Lightspeed",
        {
            "account_number": "customer_code | Customer ID | System ID | Customer Code",
            "business_name": "company_name | Company",
            "email_address": "email | Email 1 | Email | Primary Email",
            "phone_number": "phone | Phone | Home | Phone - Home",
            "mobile_phone_number": "mobile | Mobile",
            "business_phone_number": "Work",
            "home_phone_number": "Phone Home",
            "mailing_address.address1": "postal_address1",
            "mailing_address.address2": "postal_address2",
            "mailing_address.city": "postal_city",
            "mailing_address.state": "postal_state",
            "mailing_address.postal_code": "postal_postcode",
            "mailing_address.country": "postal_country_id | postal_country",
            "address.address1": "physical_address1",
            "address.address2": "physical_address2",
            "address.city": "physical_city",
            "address.state": "physical_state",
            "address.postal_code": "physical_postcode",
            "address.country": "physical_country_id | physical_country",
            "attributes": "Email 2 | Pager | Fax | Other | custom_field_1 | custom_field_2 | custom_field_3 | "
            "custom_field_4 | customer_group_name | store_credit_balance | balance | loyalty_balance | year_to_date "
            "| Customer Type | Discount | Tax Category | website | fax | twitter | postal_suburb | physical_suburb "
            "| loyalty_enabled",
            "ignore": "date_of_last_sale | Created | Updated | Archived | Do Not Email | Do Not Phone | Do Not Mail "
            "| Contact By | enable_loyalty | email_opt_out | do_not_email | account_limit | created_at | id",
        },
        "first_name | last_name | date_of_birth | gender | note | Birthday",
    ),
    KnownSystem(
        "Square",
        {
            "account_number": "Square Customer ID | Customer ID",
            "first_name": "First Name",
            "last_name": "Last Name | Surname",
            "business_name": "Company Name",
            "email_address": "Email Address",
            "phone_number": "Phone Number",
            "additional_information": "Memo",
            "attributes": "Reference ID | Transaction Count | Total Spend | Groups | Creation Source | Instant "
            "Profile | Nickname",
            "ignore": "First Visit | Last Visit | Email Subscription Status | Blocked from Online Booking",
        },
        "Street Address 1 | Street Address 2 | City | State | Postal Code | Birthday",
    ),
    KnownSystem(
        "Stripe",
        {
            "account_number": "id | Customer ID",
            "person": "Name | Customer Name | Card Name",
            "email_address": "Email | Customer Email",
            "phone_number": "Phone | Customer Phone",
            "additional_information": "Description | Customer Description",
            "billing_address.address1": "Address Line1 | Billing Address Line1 | Customer Address Line1",
            "billing_address.address2": "Address Line2 | Billing Address Line2 | Customer Address Line2",
            "billing_address.city": "Address City | Billing Address City | Customer Address City",
            "billing_address.state": "Address State | Billing Address State | Customer Address State",
            "billing_address.postal_code": "Address Postal Code | Address Zip | Billing Address Postal Code | "
            "Customer Address Postal Code",
            "billing_address.country": "Address Country | Billing Address Country | Customer Address Country",
            "shipping_address.address1": "Shipping Address Line1",
            "shipping_address.address2": "Shipping Address Line2",
            "shipping_address.city": "Shipping Address City",
            "shipping_address.state": "Shipping Address State",
            "shipping_address.postal_code": "Shipping Address Postal Code",
            "shipping_address.country": "Shipping Address Country",
            "attributes": "Plan | Status | Total Spend | Payment Count | Average Order | Refunded Volume | Dispute "
            "Losses | Account Balance | Currency | Business VAT ID | Delinquent | Shipping Phone",
            "ignore": "Created (UTC) | Created | Default Source | Card ID | Card Last4 | Card Brand | Card Funding "
            "| Card Exp Month | Card Exp Year | Card Fingerprint | Card Address Line1 | Card Address Line2 | Card "
            "Address City | Card Address State | Card Address Country | Card Address Zip | Card Issue Country | "
            "Card CVC Status | Card AVS Zip Status | Card AVS Line1 Status | Card Tokenization Method | Shipping "
            "Name | Quantity | Trial End | Coupon | Discount | Card Name",
        },
    ),
)
