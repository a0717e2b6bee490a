"""Names of columns that a profile has no field for: the attribute that they become, or why they are not loaded.

Between names stands ``|``; case, accents, blanks and punctuation do not count.
"""

from typing import Final

ATTRIBUTES: Final = {
    "salutation": (
        "Salutation | Prefix | Name Prefix | Honorific | Honorific Prefix | Courtesy Title | Form of Address | "
        "Anrede | Namenszusatz | Civilité | Formule de politesse | Tratamiento | Saludo | Appellativo | Titolo di "
        "cortesia | Aanhef | Saudação | Tratamento | Personal Title"
    ),
    "title": "Title | Titel | Titre | Título | Titolo | Akademischer Titel | Academic Title",
    "name_suffix": "Suffix | Name Suffix | Honorific Suffix | Generation | Suffixe | Sufijo | Namenssuffix | Suffisso",
    "nickname": (
        "Nickname | Nick Name | Preferred Name | Goes By | Known As | Alias | Spitzname | Surnom | Apodo | "
        "Soprannome | Bijnaam"
    ),
    "job_title": (
        "Job Title | Jobtitle | Position | Job | Role Title | Occupation | Profession | Job Position | Function | "
        "Job Function | Organization Title | Organization 1 - Title | Business Title | Contact Title | Position "
        "Title | Current Position | Berufsbezeichnung | Stelle | Stellenbezeichnung | Jobtitel | Funktion | Beruf | "
        "Poste | Fonction | Intitulé du poste | Intitulé de poste | Titre du poste | Profession | Puesto | Cargo | "
        "Puesto de trabajo | Función | Profesión | Qualifica | Ruolo | Posizione | Professione | Functie | "
        "Functietitel | Beroep | Profissão"
    ),
    "department": (
        "Department | Dept | Division | Organization Department | Organization 1 - Department | Abteilung | Service "
        "| Département | Departamento | Reparto | Dipartimento | Afdeling"
    ),
    "website": (
        "Website | Web Site | Web Page | Webpage | URL | Web | Homepage | Home Page | Website URL | Web Address | "
        "Internet | Company Website | Webseite | Internetseite | Internetadresse | Site web | Site internet | Page "
        "web | Sitio web | Página web | Página personal | Sito web | Pagina web | Website-URL | Site"
    ),
    "tags": "Tags | Tag | Labels | Categories | Category | Groups | Group | Group Membership | Lists | List | "
    "Segments | Schlagworte | Schlagwörter | Stichwörter | Kategorien | Kategorie | Gruppe | Gruppen | Étiquettes | "
    "Catégories | Catégorie | Groupe | Groupes | Etiquetas | Categorías | Categoría | Grupo | Grupos | Etichette | "
    "Categorie | Gruppi",
    "language": (
        "Language | Preferred Language | Lang | Language Code | Sprache | Bevorzugte Sprache | Korrespondenzsprache "
        "| Langue | Langue préférée | Idioma | Idioma preferido | Lingua | Lingua preferita | Taal | Voorkeurstaal "
        "| Língua"
    ),
    "customer_group": "Customer Group | Customer Type | Customer Category | Client Type | Kundengruppe | Kundentyp "
    "| Kundenart | Kundenklasse | Groupe de clients | Type de client | Catégorie client | Grupo de clientes | Tipo "
    "de cliente | Gruppo clienti | Klantgroep",
    "vat_number": (
        "VAT Number | VAT ID | VAT | VAT No | Tax ID | Tax Number | Tax ID Number | VAT Reg No | VAT Registration "
        "Number | Taxvat | USt-IdNr | USt-ID | Umsatzsteuer-ID | USt-IdNr. | UStIdNr | "
        "Umsatzsteueridentifikationsnummer | EU-UStID | Steuernummer | Numéro de TVA | N° TVA | TVA "
        "intracommunautaire | N° TVA intracommunautaire | SIRET | SIREN | NIF | CIF | NIF/CIF | CIF/NIF | "
        "NIF/CIF/VAT | Número de IVA | Partita IVA | P. IVA | P.IVA | Codice fiscale | BTW-nummer | BTW nummer | "
        "NIPC | ABN | GSTIN | GST Number | CNPJ | CPF | EIN"
    ),
    "lead_source": "Lead Source | Source | Herkunft | Quelle | Leadquelle | Lead-Quelle | Origine | Origen | Origen "
    "del lead | Fuente | Fuente del lead | Fonte | Origine du lead | Bron | Lead Origin",
    "lifecycle_stage": "Lifecycle Stage | Lifecycle-Phase | Lebenszyklusphase | Phase du cycle de vie | Étapes du "
    "cycle de vie | Etapa del ciclo de vida | Fase del ciclo di vita",
    "industry": "Industry | Branche | Secteur | Secteur d'activité | Sector | Industria | Settore | Bedrijfstak",
    "username": "Username | User Name | Login | Login Name | Benutzername | Benutzerkennung | Nom d'utilisateur | "
    "Identifiant de connexion | Nombre de usuario | Nome utente | Gebruikersnaam | Screen Name | Handle",
    "email_2": (
        "Secondary Email | Secondary Email Address | Alternate Email | Alternative Email | Second Email | Other "
        "Email | Additional Email Addresses | Additional Emails | Zweite E-Mail | Weitere E-Mail | Autre e-mail | "
        "Otro correo"
    ),
    "phone_2": "Secondary Phone | Alternate Phone | Second Phone | Alternative Phone | Alt Phone",
    "linkedin": "LinkedIn | LinkedIn URL | LinkedIn Profile | LinkedIn Profile URL",
    "twitter": "Twitter | Twitter Handle | Twitter ID | Twitter Username | X Handle | Twitter Screen Name",
    "facebook": "Facebook | Facebook Name | Facebook ID | Facebook URL",
    "skype": "Skype | Skype ID | Skype Name",
    "status": "Status | State of Customer | Statut | Stato | Customer Status | Contact Status | Account Status",
    "maiden_name": "Maiden Name | Geburtsname | Nom de jeune fille | Mädchenname",
    "full_name": "Company or Full Name",
}
"""Names by the attribute's key."""

IGNORED: Final = {
    "a flag, no value of the customer": (
        "Private | Privat | Privé | Privado | Active | Inactive | Is Active | Aktiv | Inaktiv | Actif | Activo | "
        "Attivo | Deleted | Is Deleted | Archived | Suspended | Sensitivity | Priority | Vertraulichkeit | "
        "Priorität | Priorité | Prioridad | Critère de diffusion | Confidencialidad | Accepts Marketing"
    ),
    "a time of the record": (
        "Created | Created At | Created On | Created Date | Create Date | Date Created | Creation Date | Created "
        "Time | Date Added | Updated | Updated At | Updated On | Modified | Modified On | Last Modified | Last "
        "Modified Date | Last Updated | Modified Time | Last Activity | Last Activity Date | Last Activity Time | "
        "Last Seen | Last Login | Signed Up | Added | Connected On | Erstellt | Erstellt am | Erstelldatum | "
        "Erstellungsdatum | Angelegt am | Geändert am | Änderungsdatum | Letzte Änderung | Letzte Aktivität | Datum "
        "der letzten Aktivität | Zuletzt geändert | Aktualisiert am | Anlagedatum | Date de création | Créé le | "
        "Modifié le | Date de modification | Dernière modification | Dernière activité | Date de la dernière "
        "activité | Date d'ajout | Fecha de creación | Creado el | Modificado el | Fecha de modificación | Última "
        "modificación | Última actividad | Fecha de la última actividad | Fecha de alta | Data creazione | Data di "
        "creazione | Ultima modifica | Ultima attività | Aangemaakt op | Gewijzigd op | Data de criação"
    ),
    "who is responsible, not the customer": (
        "Owner | Owner Name | Contact Owner | Record Owner | Account Owner | Lead Owner | Sales Rep | Salesperson | "
        "Created By | Modified By | Last Modified By | Assigned To | Assigned User | Besitzer | Kontaktinhaber | "
        "Zuständiger Mitarbeiter | Zuständig | Bearbeiter | Betreuer | Verantwortlicher | Erstellt von | Geändert "
        "von | Vertreter | Propriétaire | Propriétaire du contact | Responsable | Créé par | Modifié par | "
        "Commercial | Propietario | Propietario del contacto | Creado por | Modificado por | Comercial | Vendedor | "
        "Proprietario | Proprietario del contatto | Eigenaar | Contacteigenaar"
    ),
    "the number of another record": (
        "Account ID | AccountId | Company ID | Organization ID | Organisation ID | Parent ID | Master Record ID | "
        "Owner ID | Lead ID | Associated Company ID | Associated Company IDs | Group ID | Website ID | Store ID | "
        "Order ID | Campaign ID | List ID"
    ),
    "the name of another record": "Associated Company | Zugehöriges Unternehmen | Verknüpftes Unternehmen | "
    "Entreprise associée | Empresa asociada | Parent Company | Parent Account | Parent",
    "how the name is pronounced": (
        "Phonetic First Name | Phonetic Middle Name | Phonetic Last Name | First Name Phonetic | Last Name Phonetic "
        "| Yomi Name | Given Name Yomi | Family Name Yomi | Additional Name Yomi | Given Yomi | Surname Yomi | "
        "Company Yomi"
    ),
    "personal, and not needed to serve a customer": (
        "Children | Kinder | Enfants | Hijos | Spouse | Ehepartner | Conjoint(e) | Cónyuge | Hobby | Hobbies | "
        "Passe-temps | Aficiones | Anniversary | Jahrestag | Anniversaire de mariage ou fête | Aniversario | "
        "Religion | Wedding Anniversary"
    ),
}
"""Names by the reason why they are not loaded."""
