"""Names of columns that are certain in themselves, by the field that they fill.

Between names stands ``|``; case, accents, blanks and punctuation do not count. Phones, e-mail and postal addresses are
mostly put together from words: see ``words`` and ``addresses``.
"""

from typing import Final

FIELDS: Final = {
    "account_number": (
        "Customer Number | Customer Key | Customer No | Customer Nr | Customer Num | Customer ID | CustomerId | "
        "Customer Code | Customer Account Number | Customer Reference Number | Cust No | Cust ID | CustNo | Account "
        "Number | Account No | Client Number | Client No | Client Code | Client ID | Contact Number | Contact No | "
        "Member Number | Member No | Member ID | Membership Number | Membership No | Member Code | Patient Number | "
        "Kundennummer | Kunden-Nr | Kunden Nr. | Kundennr | Kd-Nr | KdNr | Kd.-Nr. | Kundencode | Kunden-ID | Kunde "
        "ID | Debitorennummer | Debitoren-Nr | Debitornr | Debitor Nr | Debitorenkonto | Debitor | Adressnummer | "
        "Adress-Nr | Mitgliedsnummer | Mitgliedernummer | Mitglieds-Nr | Mitglied Nr | Kontaktnummer | Kundenkonto "
        "| Kundenkontonummer | Geschäftspartner-Nr | Geschäftspartnernummer | Numéro client | Numéro de client | N° "
        "client | N° de client | No client | Num client | Code client | Référence client | Identifiant client | ID "
        "client | Compte client | Numéro de compte client | Numéro d'adhérent | N° adhérent | Numéro de membre | "
        "Número de cliente | Nº cliente | Nº de cliente | N.º de cliente | Num cliente | Código de cliente | Código "
        "cliente | Cód. cliente | ID de cliente | ID cliente | ID del cliente | Número de socio | Nº socio | Número "
        "do cliente | Código do cliente | Codice cliente | Cod. cliente | Numero cliente | ID cliente | Klantnummer "
        "| Klantnr | Klant-ID | Klantcode | Debiteurnummer | Debiteurnr | Relatienummer"
    ),
    "first_name": (
        "First Name | Given Name | Forename | First | Fname | First Names | Given Names | Firstname | Contact First "
        "Name | Legal First Name | Vorname | Vornamen | Rufname | Vorname(n) | Prénom | Prénoms | Prénom(s) | "
        "Primer nombre | Nombre de pila | Nombre(s) | Nome proprio | Primeiro nome | Prenome | Voornaam | Voornamen "
        "| Imię | Förnamn | Fornavn | Etunimi"
    ),
    "middle_name": (
        "Middle Name | Middle Names | Middle | Additional Name | Middle Initial | Zweiter Vorname | Weitere "
        "Vornamen | 2. Vorname | Mittelname | Deuxième prénom | Autres prénoms | Second prénom | Segundo nombre | "
        "Secondo nome | Nome do meio | Segundo nome | Tweede voornaam | Tweede naam"
    ),
    "last_name": (
        "Last Name | Family Name | Surname | Last | Lname | Lastname | Contact Last Name | Legal Last Name | Last "
        "Names | Nachname | Familienname | Zuname | Nom de famille | Apellido | Apellidos | Apellido(s) | Primer "
        "apellido | Cognome | Sobrenome | Apelido | Último nome | Achternaam | Familienaam | Nazwisko | Efternamn | "
        "Efternavn | Sukunimi"
    ),
    "business_name": (
        "Company | Company Name | Business Name | Business | Organization | Organisation | Organization Name | "
        "Organisation Name | Company/Organization | Company / Account | Employer | Org | Organization 1 - Name | "
        "Current Company | Company Name 1 | Firm | Firm Name | Customer Company | Contact Company | Firma | "
        "Firmenname | Unternehmen | Unternehmensname | Name des Unternehmens | Firmenbezeichnung | "
        "Organisationsname | Firma 1 | Société | Nom de la société | Nom société | Raison sociale | Entreprise | "
        "Nom de l'entreprise | Nom entreprise | Organisme | Empresa | Nombre de la empresa | Nombre de empresa | "
        "Nombre empresa | Razón social | Nombre fiscal | Denominación social | Compañía | Organización | Nombre de "
        "la organización | Nombre comercial | Azienda | Società | Ragione sociale | Nome azienda | Organizzazione | "
        "Bedrijf | Bedrijfsnaam | Organisatie | Razão social | Nome da empresa | Organização"
    ),
    "birth_date": (
        "Birthday | Birth Date | Birthdate | Date of Birth | DOB | D.O.B. | Birth Day | Born | Born On | Birthday "
        "Date | Geburtstag | Geburtsdatum | Geb.-Datum | GebDatum | Geb. | Geb.Dat. | Geb.-Tag | Geboren am | Date "
        "de naissance | Né(e) le | Né le | Fecha de nacimiento | Cumpleaños | F. nacimiento | Fecha nacimiento | "
        "Nacimiento | Data di nascita | Compleanno | Geboortedatum | Verjaardag | Data de nascimento | Aniversário "
        "de nascimento | Data nascimento"
    ),
    "home_phone_number": "Telefon P | Tel. P | Tel P",
    "business_phone_number": "Telefon G | Tel. G | Tel G",
    "mobile_phone_number": "Telefon M | Tel. M | Tel M",
    "gender": (
        "Gender | Sex | Geschlecht | Sexe | Genre | Sexo | Género | Genero | Sesso | Genere | Geslacht | Gênero"
    ),
    "additional_information": (
        "Notes | Note | Comments | Comment | Remarks | Remark | Description | Additional Information | Additional "
        "Info | Memo | Internal Note | Internal Notes | Free Text | Notizen | Notiz | Bemerkung | Bemerkungen | "
        "Anmerkung | Anmerkungen | Kommentar | Kommentare | Beschreibung | Freitext | Remarques | Remarque | "
        "Commentaire | Commentaires | Observations | Notas | Nota | Observaciones | Comentarios | Comentario | "
        "Descripción | Note interne | Osservazioni | Annotazioni | Commenti | Opmerkingen | Opmerking | Notities | "
        "Notitie | Observações | Comentários"
    ),
}
"""Names by the field."""

RECORD_IDS: Final = (
    "Record ID | RecordID | Contact ID | ContactID | ID | _id | Person ID | Contact Record ID | Prospect ID | "
    "Profile ID | Subscriber ID | Guest ID | Record-ID | Kontakt-ID | Kontakt ID | Datensatz-ID | ID de registro | "
    "ID de contacto | ID del contacto | ID de l'enregistrement | ID de fiche d'informations | ID du contact | ID "
    "contact | Identifiant | ID de objeto | ID contatto | Contact-ID | CRM ID"
)
"""The record's own number: the customer's where no column of ``FIELDS`` is."""

FOREIGN_IDS: Final = (
    "External ID | ExternalID | Unique External ID | External Reference | External Ref | External Key | Externe ID | "
    "ID externe | ID externo | Reference ID | Foreign ID | Ext ID | External User ID | External Customer ID | "
    "External Contact ID | Unique ID | Custom ID"
)
"""The record's number in another system: the customer's where neither of the others is."""

PERSON_NAMES: Final = (
    "Name | Nom | Nombre | Nombres | Nome | Naam | Full Name | Fullname | Display Name | Contact Name | Customer "
    "Name | Client Name | Person Name | Contact | Customer | Client | Person | Contact Full Name | Billing Name | "
    "Cardholder Name | Name and Surname | First and Last Name | File As | Sort Name | Formatted Name | Name (First "
    "Last) | Member Name | Vollständiger Name | Voller Name | Ganzer Name | Anzeigename | Kontakt | Kunde | "
    "Kundenname | Kontaktname | Ansprechpartner | Ansprechpartnerin | Vor- und Nachname | Vorname Nachname | Name, "
    "Vorname | Nachname, Vorname | Kontaktperson | Nom complet | Nom et prénom | Nom prénom | Prénom et nom | "
    "Prénom Nom | Nom du contact | Nom du client | Nom d'affichage | Interlocuteur | Nombre completo | Nombre y "
    "apellidos | Nombre y apellido | Apellidos y nombre | Nombre del contacto | Nombre del cliente | Nombre para "
    "mostrar | Nombre de contacto | Nome completo | Nome e cognome | Cognome e nome | Nome contatto | Nome cliente "
    "| Nome visualizzato | Volledige naam | Contactpersoon | Weergavenaam | Klantnaam | Naam klant"
)
"""A whole name in one cell."""

HALF_NAMES: Final = {
    "name": "last_name",
    "nom": "last_name",
    "nombre": "first_name",
    "nome": "first_name",
    "naam": "last_name",
    "nombres": "first_name",
}
"""A name that is one half where a column of another name has the other half, and else a whole name."""

HALF_OF: Final = {
    "name": "Vorname | Vornamen | Prénom | Voornaam",
    "nom": "Prénom | Prénoms | Prénom(s)",
    "nombre": "Apellido | Apellidos | Apellido(s) | Primer apellido",
    "nombres": "Apellido | Apellidos | Apellido(s) | Primer apellido",
    "nome": "Cognome | Sobrenome | Apelido | Último nome",
    "naam": "Voornaam | Voornamen",
}
"""The names of the other half."""

WHOLE_ADDRESS: Final = (
    "Full Address | Formatted Address | Complete Address | Address Formatted | Vollständige Adresse | Adresse "
    "complète | Dirección completa | Indirizzo completo | Full Mailing Address | Full Billing Address | Full "
    "Shipping Address | Formatted Mailing Address | Address (Full) | Combined Address"
)
"""A whole address in one cell, which is no line of an address."""

OPEN: Final = {
    "account_number": "User ID | Account | Konto | Compte | Cuenta | Conto | Reference | Code | Number | No. | Nr. "
    "| Nummer | Numéro | Número | Référence | Referencia | Código | Codice",
    "business_name": "Account Name | Accountname | Nom du compte | Nombre de la cuenta | Nombre de cuenta | Nome "
    "account | Name 1 | Name1 | Name2 | Name 2 | Trading Name | Legal Name | Legal Business Name",
    "birth_date": "Anniversaire",
    "address.address2": "House Number | House No | House Nr | Hausnummer | Haus-Nr. | Hausnr | Street Number | "
    "Street No | Numéro de rue | Número exterior | Número de calle | Huisnummer | Numero civico | Civico",
}
"""Names that say one thing in one file and another in the next, by the field that is most likely."""
