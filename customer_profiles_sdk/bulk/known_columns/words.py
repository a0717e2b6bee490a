"""Single words in the names of columns, and what they say, in seven languages of Europe.

Every word is written as ``spelling.words`` returns it: in small letters, without accents.
"""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.spelling import word_set

ARTICLES: Final = word_set(
    "a al au aux d da das de dei del della den der des di die do dos du e el en et for fur "
    "il in l la las le les lo los nel o of ou para per por pour r s the to u und van vom voor y zum zur"
)
"""Words that add nothing to a name."""

NUMBERS: Final = word_set("nr num number numbers nummer no numero numeros n")
"""Words that add nothing to the name of a phone."""

PHONE: Final = word_set(
    "phone telephone tel telefon telefono telefone telefoon phonenumber telephonenumber "
    "telefonnummer telefonnr rufnummer telefoonnummer festnetz festnetznummer landline fijo fixe fixo phones "
    "telefonszam"
)
MOBILE: Final = word_set(
    "mobile mobil cell cellphone cellular mobilephone mobiltelefon mobilnummer mobilfunk mobilfunknummer mobilnr "
    "handy handynummer handynr natel gsm portable movil celular cellulare mobiel mobielnummer telemovel "
    "mobilephonenumber"
)
EMAIL: Final = word_set(
    "email mail emailaddress emailadresse mailadresse mailaddress emailadres courriel mel "
    "correo correoelectronico messagerie"
)
EMAIL_EXTRAS: Final = word_set(
    "address addresses adresse adressen adr direccion indirizzo adres endereco "
    "electronique electronico electronica elettronica elettronico eletronico courrier posta"
)
"""Words that add nothing to the name of an e-mail address."""
HOME: Final = word_set(
    "home privat private privata privato personal personale personnel personnelle perso prive "
    "domicile domicilio particular particulares residencia residence residential residencial casa thuis hogar wohn "
    "maison privattelefon telefonprivat abitazione"
)
BUSINESS: Final = word_set(
    "work business office geschaftlich geschaftliche geschaft geschafts dienstlich dienst beruflich buro bureau "
    "professionnel professionnelle profesional professional profissional pro travail trabajo trabalho laboral "
    "oficina escritorio lavoro ufficio aziendale werk zakelijk zakelijke dienststelle arbeit"
)
MAIN: Final = word_set(
    "main primary principal principale default standard haupt hoofd preferred contact contacts kontakt contacto "
    "contatto contato customer customers client cliente clientes clienti kunde kunden klant person persona "
    "personne user usuario utilisateur benutzer subscriber member mitglied 1 your"
)
"""Words that say: the customer, or the first of several."""

PEOPLE: Final = word_set("person persons contact contacts kontakt ansprechpartner contacto contatto contato personne")
"""Words for people who may be one of a company's."""

OTHER: Final = word_set(
    "other others alternate alternative alt secondary second additional weitere weiterer weiteres weiterem "
    "anderer andere anderes sonstige zweite zweiter autre autres secondaire supplementaire otro otra otros otras "
    "secundario secundaria alterno adicional altro altra altri secondario secondaria andere overig outro outra "
    "direct durchwahl 2 3 4 5 6 7 8 9 10"
)
"""Words that say: one of the others, after the first."""

COMPOUNDS: Final = {
    "privattelefon": "telefon privat",
    "privathandy": "handy privat",
    "privatnummer": "telefon privat",
    "diensttelefon": "telefon dienstlich",
    "diensthandy": "handy dienstlich",
    "geschaftstelefon": "telefon geschaftlich",
    "geschaftsnummer": "telefon geschaftlich",
    "burotelefon": "telefon buro",
    "haupttelefon": "telefon haupt",
    "hauptnummer": "telefon haupt",
    "homephone": "phone home",
    "workphone": "phone work",
    "businessphone": "phone business",
    "otherphone": "phone other",
    "primaryphone": "phone primary",
    "privatmail": "email privat",
    "privatemail": "email privat",
    "workemail": "email work",
    "homeemail": "email home",
    "mobilephone": "mobile",
    "telmobile": "mobile",
    "privatemailadresse": "email privat",
    "homestreet": "home street",
}
"""Words that are made of others."""

FAX: Final = word_set(
    "fax telefax telefaxnummer faxnummer faxnumber faxnr telecopie telecopieur facsimile faks "
    "factura fax2 факс ファックス ファクス 传真 傳真 팩스 faxphone"
) - {"factura"}
PAGER: Final = word_set(
    "pager beeper piepser radiomessagerie buscapersonas localizador cercapersone semafoon bip пейджер ポケットベル 呼机"
)

FAX_LABELS: Final = ("Work Fax", "Home Fax", "Other Fax", "Fax", "Pager")
"""Labels of numbers that are never a phone's."""

OTHER_FAX_LABELS: Final = (
    *(
        "Fax (geschäftlich)",
        "Fax (privat)",
        "Fax geschäftlich",
        "Fax privat",
        "Fax (Arbeit)",
        "Fax bureau",
        "Fax domicile",
    ),
    *("Fax professionnel", "Télécopie", "Fax del trabajo", "Fax de casa", "Fax trabajo", "Fax casa", "Fax particular"),
    *("Fax lavoro", "Fax werk", "Fax thuis"),
)
"""The same in other languages."""

PHONE_LABELS: Final = ("Mobile", "Home", "Work")
ENGLISH_LABELS: Final = frozenset(
    (
        "",
        "mobile",
        "home",
        "work",
        "main",
        "other",
        "work fax",
        "home fax",
        "other fax",
        "fax",
        "pager",
        "custom",
        "google voice",
    )
)

OF_ANOTHER: Final = word_set(
    "assistant asst assistent assistentin asistente assistente ayudante manager managers vorgesetzte vorgesetzter "
    "supervisor spouse partner partners conjoint conyuge emergency notfall urgence emergencia referrer referred "
    "referral referido empfohlen parrain owner besitzer proprietaire propietario rep representative agent "
    "salesperson salesrep verkaufer vertreter seller parent parents guardian reports superior responsable "
    "responsabile beneficiary employee employer lawyer accountant attorney doctor father mother child children "
    "kinder enfants hijos campaign list store shop branch vendor supplier lieferant bank secretary secretaire "
    "secretaria sekretariat attention attn webmaster sender reply bcc cc agency"
)
"""Words that say: not this customer, but somebody or something else."""

FLAGS: Final = word_set(
    "subscribe suspended promotional opt optin optout optedin optedout unsubscribe unsubscribed subscribed "
    "subscription subscriptions bounced bounce bounces bouncing bounceback verified unverified verification "
    "confirmed confirmation valid invalid validated validation consent permission permissions accepts accept "
    "accepted allow allowed allows donot dnc dnd newsletter gdpr dsgvo rgpd suppressed suppression blocked "
    "blacklisted blacklist enabled disabled marketing tracking quality deliverable deliverability status "
    "deactivated locked einwilligung bestatigt abgemeldet consentement autorise suscrito confirmado verifie valide "
    "is has can exclude excluded clicked opened clicks opens sent count quarantined quarantine eligible not"
)
"""Words that say: yes or no, or how it stands with it."""

TYPES: Final = word_set(
    "type types typ code label labels etiquette etiqueta bezeichnung kategorie ext extension "
    "durchwahl preference format domain provider carrier description timezone kennung tipo"
)
"""Words that say: only about another column."""

TIMES: Final = word_set(
    "created modified updated changed date timestamp datum erstellt geandert angelegt aktualisiert fecha creado "
    "modificado creation modification cree modifie visited seen aangemaakt gewijzigd datetime erstellungsdatum "
    "anderungsdatum createdate createddate modifieddate createdat updatedat"
)
"""Words that say on their own: a time."""

OWNERS: Final = word_set(
    "owner ownership besitzer zustandig zustandiger inhaber betreuer bearbeiter proprietaire "
    "propietario eigenaar proprietario assigned assignee createdby modifiedby sachbearbeiter"
)
INTERNALS: Final = word_set(
    "ip ipaddress latitude longitude lat lng lon geo geocode geolocation photo foto image "
    "bild avatar picture thumbnail checksum etag revision version uuid guid gravatar useragent browser os device "
    "referrer utm gclid fbclid phonetic phonetisch phonetisches yomi furigana kana pronunciation formatted "
    "formattedaddress deleted inferred estimated detected predicted rownum sysid locale"
)
IDS: Final = word_set("id ids key keys uid")
BANK: Final = word_set(
    "iban bic swift blz kontonummer ssn passport cvv cvc creditcard cardnumber sepa kreditkarte "
    "routing sozialversicherung socialsecurity steueridentifikationsnummer dni"
)

BIRTH: Final = word_set(
    "birth birthday birthdate geburt geburts geburtstag geburtsdatum naissance nacimiento nascita dob"
)

STANDARD: Final = (
    PHONE
    | MOBILE
    | EMAIL
    | word_set(
        "firstname lastname surname vorname nachname prenom apellido apellidos cognome voornaam achternaam "
        "sobrenome street strasse rue calle city ville stadt ciudad zip zipcode postcode postalcode plz "
        "postleitzahl country pays pais address adresse direccion indirizzo endereco birthday birthdate "
        "geburtsdatum geburtstag cumpleanos"
    )
)
"""Words of the fields of a profile: a name that has one, and others besides, is doubtful."""
