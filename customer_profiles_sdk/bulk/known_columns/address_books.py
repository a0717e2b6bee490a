"""Address books: mail programs, phones and networks of people."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.systems import KnownSystem

SYSTEMS: Final = (
    KnownSystem(
        "Outlook",
        {
            "account_number": "Account | Konto | Compte | Cuenta",
            "attributes.salutation": "Title | Anrede | Titre#1 | Título | Tratamiento",
            "attributes.job_title": "Job Title | Position | Titre#2 | Puesto | Cargo",
            "last_name": "Nom",
            "first_name": "Nombre",
            "birth_date": "Anniversaire | Cumpleaños | Geburtstag | Birthday",
            "business_name": "Company | Firma | Société | Organización | Compañía",
            "home_phone_number": "Particular | Teléfono particular | Telefon (privat) | Telefon privat",
            "business_phone_number": "Telefon geschäftlich",
            "mobile_phone_number": "Móvil | Tél. mobile | Mobiltelefon",
            "phone_number": "Primary Phone | Haupttelefon | Téléphone principal | Teléfono principal",
            "email_address": "E-mail Address | E-Mail-Adresse | Adresse de messagerie | Adresse e-mail | Adresse de "
            "courrier | Dirección de correo electrónico | Dirección de correo",
            "attributes.email_2": "E-mail 2 Address | E-Mail 2: Adresse | Adresse de messagerie 2 | Adresse e-mail "
            "2 | Adresse de courrier 2 | Dirección de correo electrónico 2 | Dirección de correo 2",
            "attributes.email_3": "E-mail 3 Address | E-Mail 3: Adresse | Adresse de messagerie 3 | Adresse e-mail "
            "3 | Adresse de courrier 3 | Dirección de correo electrónico 3 | Dirección de correo 3",
            "attributes.company_main_phone": "Company Main Phone | Telefon Firma | Téléphone société | "
            "Número de centralita de la organización",
            "attributes": "Mobiltelefon 2 | Mobile Phone 2 | Car Phone | Autotelefon | Téléphone (voiture) | "
            "Teléfono del automóvil | Radio Phone | Radio téléphone | Radioteléfono | Funkruf | Callback | "
            "Rückmeldung | Rappel | Devolución de llamada | ISDN | RNIS | RDSI | Telex | Télex | TTY/TDD Phone | "
            "Telefon für Hörbehinderte | Téléphone TDD/TTY | Número de teletipo | Número de teléfono 2 particular | "
            "Department | Abteilung | Service | Departamento",
            "ignore": "Location | Ort | Emplacement | Ubicación | Office Location | Büro | Bureau | Ubicación de la "
            "oficina | E-mail Type | E-mail 2 Type | E-mail 3 Type | E-Mail-Typ | E-Mail 2: Typ | E-Mail 3: Typ | "
            "Type de messagerie | Type de messagerie 2 | Type de messagerie 3 | Tipo de correo electrónico | Tipo "
            "de correo electrónico 2 | Tipo de correo electrónico 3 | E-mail Display Name | E-mail 2 Display Name | "
            "E-mail 3 Display Name | E-Mail: Angezeigter Name | E-Mail 2: Angezeigter Name | E-Mail 3: Angezeigter "
            "Name | Nom complet de l'adresse de messagerie | Nom complet de l'adresse de messagerie 2 | Nom complet "
            "de l'adresse de messagerie 3 | Nombre de pantalla de correo electrónico | Nombre de pantalla de correo "
            "electrónico 2 | Nombre de pantalla de correo electrónico 3 | Directory Server | Verzeichnisserver | "
            "Serveur d'annuaire | Servidor de directorio | Internet Free Busy | Internet-Frei/Gebucht | "
            "Disponibilité Internet | Disponibilidad en Internet | Government ID Number | Regierungsnr. | "
            "Regierungs-Nr. | Code gouvernement | Número de identificación gubernamental | Número de identificación "
            "del gobierno | Organizational ID Number | Organisationsnr. | Organisations-Nr. | Numéro "
            "d'identification de l'organisation | Code de l'organisation | Número de identificación de la "
            "organización | Assistant's Name | Assistent(in) | Name Assistent | Nom de l'assistant(e) | Nombre del "
            "ayudante | Manager's Name | Name des/der Vorgesetzten | Responsable | Nombre del director | Nombre del "
            "jefe | Assistant's Phone | Telefon Assistent | Téléphone de l'assistant(e) | Teléfono del ayudante | "
            "Referred By | Empfohlen von | Recommandé par | Référence de | Mileage | Reisekilometer | Kilométrage | "
            "Kilometraje | Initials | Initialen | Initiales | Iniciales | Partner | Privé | Privado | Private | "
            "Privat | Keywords | Mots clés | Palabras clave | Sensitivity | Vertraulichkeit | Adresse geschäftlich "
            "| Weitere Adresse | Adresse privat",
        },
        "Suffix | Business Street 2 | Business Street 3 | Business Address PO Box | Home Street 2 | Home Street 3 | "
        "Other Street 2 | Other Street 3 | Home Address PO Box | Other Address PO Box | Business Fax | Home Fax | "
        "Other Fax | Business Phone 2 | Home Phone 2 | Billing Information | Abrechnungsinformation | Informations "
        "facturation | Facturación | Profession | Beruf | Web Page | Webseite | Page Web | Página Web | User 1 | "
        "User 2 | User 3 | User 4 | Benutzer 1 | Benutzer 2 | Benutzer 3 | Benutzer 4 | Utilisateur 1 | Utilisateur "
        "2 | Utilisateur 3 | Utilisateur 4 | Usuario 1 | Usuario 2 | Usuario 3 | Usuario 4 | Children | Kinder | "
        "Enfants | Hijos | Anniversary | Jahrestag | Hobby | Passe-temps | Aficiones | Spouse | Telephone | "
        "Business Street | Business City | Business State | Business Postal Code | Business Country/Region | "
        "Business Country | Home Street | Home City | Home State | Home Postal Code | Home Country/Region | Straße "
        "geschäftlich | Ort geschäftlich | Region geschäftlich | Postleitzahl geschäftlich | Land/Region "
        "geschäftlich | Straße privat | Ort privat | Bundesland/Kanton privat | Postleitzahl privat | Land/Region "
        "privat | Weitere Straße | Weiterer Ort | Fax geschäftlich | Fax privat | Weiteres Fax | Weiteres Telefon | "
        "Weitere Vornamen | Rue (bureau) | Ville (bureau) | Dép/Région (bureau) | Code postal (bureau) | "
        "Pays/Région (bureau) | Rue (domicile) | Ville (domicile) | Code postal (domicile) | Pays/Région (domicile) "
        "| Rue (autre) | Ville (autre) | Téléphone (bureau) | Téléphone (domicile) | Télécopie (bureau) | Télécopie "
        "(domicile) | Deuxième prénom | Suffixe | Calle del trabajo | Ciudad de trabajo | Provincia o estado de "
        "trabajo | Código postal del trabajo | País o región del trabajo | Calle del domicilio | Ciudad de "
        "residencia | Provincia o estado de residencia | Código postal de residencia | País o región del domicilio "
        "| Otra calle | Otra ciudad | Fax del trabajo | Teléfono del trabajo | Segundo nombre | Sufijo | Fax "
        "particular",
    ),
    KnownSystem(
        "Google Contacts",
        {
            "birth_date": "Birthday",
            "attributes.salutation": "Name Prefix",
            "attributes.job_title": "Organization Title | Organization 1 - Title",
            "business_name": "Organization Name | Organization 1 - Name",
            "attributes.department": "Organization Department | Organization 1 - Department",
            "ignore": "Photo | File As | Organization 1 - Type | Organization 1 - Yomi Name | Organization 1 - "
            "Symbol | Organization 1 - Location | Organization 1 - Job Description | Initials | Short Name | "
            "Subject | Hobby | Mileage | Directory Server | Location | Billing Information | Priority | Sensitivity",
        },
        "Given Name | Additional Name | Family Name | Yomi Name | Given Name Yomi | Additional Name Yomi | Family "
        "Name Yomi | Phonetic First Name | Phonetic Middle Name | Phonetic Last Name | Name Suffix | Maiden Name | "
        "Occupation | Group Membership | Labels | E-mail 1 - Label | E-mail 1 - Value | E-mail 2 - Value | E-mail 1 "
        "- Type | Phone 1 - Label | Phone 1 - Type | Phone 1 - Value | Phone 2 - Value | Address 1 - Label | "
        "Address 1 - Type | Address 1 - Formatted | Address 1 - Street | Address 1 - City | Address 1 - PO Box | "
        "Address 1 - Region | Address 1 - Postal Code | Address 1 - Country | Address 1 - Extended Address | "
        "Website 1 - Label | Website 1 - Type | Website 1 - Value | Event 1 - Label | Event 1 - Value | Relation 1 "
        "- Label | Relation 1 - Value | Custom Field 1 - Label | Custom Field 1 - Type | Custom Field 1 - Value | "
        "IM 1 - Type | IM 1 - Value",
    ),
    KnownSystem(
        "Thunderbird",
        {
            "person": "Display Name | Anzeigename | Nom à afficher | Nom affiché",
            "email_address": "Primary Email | Primäre E-Mail-Adresse | Primäre E-Mail | Adresse électronique "
            "principale",
            "attributes.email_2": "Secondary Email | Sekundäre E-Mail-Adresse | Sekundäre E-Mail | Adresse "
            "électronique secondaire",
            "business_phone_number": "Work Phone | Tel. dienstlich",
            "home_phone_number": "Home Phone | Tel. privat",
            "ignore": "Birth Year | Birth Month | Birth Day | Geburtsjahr | Geburtsmonat | Geburtstag (Tag) | Chat "
            "Name | Screen Name",
            "attributes": "Custom 1 | Custom 2 | Custom 3 | Custom 4 | Benutzerdefiniert 1 | Benutzerdefiniert 2 | "
            "Web Page 1 | Web Page 2 | Webseite 1 | Webseite 2 | Fax Number | Faxnummer | Pager Number | "
            "Pagernummer",
            "mobile_phone_number": "Mobile Number | Mobil-Tel.-Nr.",
        },
        "Home Address | Home Address 2 | Home City | Home State | Home ZipCode | Home Country | Work Address | Work "
        "Address 2 | Work City | Work State | Work ZipCode | Work Country | Nickname | Organization",
    ),
    KnownSystem(
        "Yahoo",
        {
            "first_name": "First",
            "middle_name": "Middle",
            "last_name": "Last",
            "mobile_phone_number": "Mobile",
            "phone_number": "Primary",
            "home_phone_number": "Home",
            "business_phone_number": "Work",
            "email_address": "Email",
            "attributes": "Other | Yahoo Phone | Alternate Email 1 | Alternate Email 2 | Personal Website | "
            "Business Website | Title | IM Service | Messenger ID1 | Messenger ID2 | Messenger ID3 | Messenger ID4 "
            "| Skype ID | IRC ID | ICQ ID | Google ID | MSN ID | AIM ID | QQ ID | Custom 1 | Custom 2 | Custom 3 | "
            "Custom 4",
            "ignore": "Distribution Lists | Category",
        },
        "Home Address | Home City | Home State | Home ZIP | Home Country | Work Address | Work City | Work State | "
        "Work ZIP | Work Country | Nickname | Company | Birthday | Anniversary | Comments | Pager | Fax",
    ),
    KnownSystem(
        "Apple Contacts",
        {
            "person": "Full Name",
            "email_address": "Email 1 | E-mail 1",
            "attributes": "Job title | Email 2 | Related Name | Note Label | Home Page",
        },
        "Prefix | Phonetic First | Phonetic Last | Address : Home | Phone : mobile | Phone : home | Phone : work | "
        "Phone : iPhone | Email : home | Email : work | URL : homepage | Birthday | Nickname | Department | "
        "Organization",
    ),
    KnownSystem(
        "LinkedIn",
        {
            "attributes.job_title": "Position",
            "ignore": "Connected On",
            "attributes.linkedin": "URL",
            "business_name": "Company",
            "email_address": "Email Address",
        },
        "First Name | Last Name",
    ),
)
