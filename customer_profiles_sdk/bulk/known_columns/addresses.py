"""The parts of an address in the names of columns, and the words that say whose or what address it is."""

from typing import Final

from customer_profiles_sdk.bulk.known_columns.spelling import word_set

NOUNS: Final = word_set(
    "address addresses addr adr adresse adressen anschrift direccion direcciones indirizzo adres endereco morada"
)
"""An address as a whole: alone, its first line."""

KINDS: Final = {
    "billing_address": "billing bill billto invoice invoicing rechnung rechnungs rechnungsadresse rechnungsanschrift "
    "facturation facturacion facture factura fatturazione factuur faturamento cobranca cobro facturare",
    "shipping_address": "shipping ship shipto delivery deliver liefer lieferung lieferadresse lieferanschrift "
    "versand versandadresse livraison expedition envio entrega spedizione consegna bezorg verzend aflever "
    "versandanschrift",
    "mailing_address": "mailing mailingaddress correspondence korrespondenz correspondance correspondencia "
    "corrispondenza postal postale postanschrift postadresse",
}
"""The words of the addresses that a profile has fields for."""

STEMS: Final = {
    "rechnungs": "billing_address",
    "liefer": "shipping_address",
    "versand": "shipping_address",
    "billing": "billing_address",
    "shipping": "shipping_address",
    "mailing": "mailing_address",
    "home": "home",
    "business": "business",
    "work": "business",
    "privat": "home",
    "geschafts": "business",
    "other": "other",
}
"""Words that begin a longer one, as in ``Lieferort``."""

_PARTS: Final = {
    "address1": "street street1 streetline streetline1 streetname line line1 1 one strasse strasse1 str "
    "strassehausnummer strassehausnr strasseundhausnummer strassehnr strassenr strassenname rue rue1 ruenumero voie "
    "ligne1 calle calle1 callenumero via viacivico straat straathuisnummer rua logradouro linea1 linie1 zeile1 "
    "zeile streetandnumber streethousenumber streetnameandnumber roadstreet street1line strassehaus adresszeile1 "
    "adresszeile",
    "address2": "street2 streetline2 line2 2 two strasse2 zusatz adresszusatz adresszusatz1 anschriftenzusatz "
    "complement complemento complementadresse appartement apartment apt aptsuite apartmentsuite suiteapt extended "
    "extendedaddress rue2 calle2 ligne2 linea2 via2 linie2 zeile2 zusatzzeile1 additionalline1 additionalinfo "
    "additionaladdressline1 apartmentsuiteetc aptsuiteetc adresszeile2 toevoeging",
    "address3": "street3 streetline3 line3 3 strasse3 adresszusatz2 rue3 calle3 ligne3 linea3 zeile3 additionalline2 "
    "zusatzzeile2 adresszeile3",
    "address4": "street4 streetline4 line4 4 strasse4 rue4 calle4 ligne4 linea4 zeile4",
    "pobox": "pobox pob postofficebox postbox postfach boitepostale bp apartadopostal apartado postbus "
    "casellapostale codigopostalapartado apartadocorreos caixapostal boitepostal",
    "city": "city town citytown towncity cityname cityortown towncityname ort stadt wohnort ortschaft ville "
    "localite commune ciudad ciudade poblacion localidad citta comune plaats woonplaats stad cidade locality suburb "
    "suburbcity citysuburb citysuburbtown stadtort ortstadt gemeinde",
    "state": "state states stateprovince stateorprovince statename stateregion regionstate statecode region "
    "regionname bundesland bundeslandkanton bundeslandregion bundeslandprovinz kanton estado estadoprovincia "
    "estadoregion etat etatprovince etatregion regionetat depregion departementregion etatdepartement "
    "provinciaestado provinciaestadoregion provinceetat estadoorprovincia regionprovince statecounty countystate "
    "stateprovinceregion stateprovincecounty provincestate regioncode stato statoprovincia staatprovincie estadouf "
    "uf landkanton statename regionprovincia provinceregion administrativearea",
    "province": "province provinz provincecode provincename provincia provincie prov",
    "county": "county countyname landkreis kreis comte condado contea",
    "postal_code": "zip zipcode zippostalcode zippostal zippostcode postalcode postalzip postalzipcode postcode plz "
    "postleitzahl codepostal cp codigopostal codpostal cpostal codicepostale cap postnr pincode cep eircode "
    "postcodezip postcodezipcode zipcodepostalcode zipcodepostcode postalcodezipcode postalcodezip postal",
    "country": "country countryregion countryname land landregion landname pays paysregion pais paisregion paese "
    "paeseregione nazione nation countrycode countrycodes countryregioncode countryiso countryisocode landescode "
    "landercode laendercode landerkennzeichen landkennzeichen laenderkennzeichen countryid codepays codigopais "
    "countryterritory",
}

PARTS: Final = {word: part for part, text in _PARTS.items() for word in text.split()}
"""What a part of an address is called, without the words for whose it is."""

NUMBERS: Final = word_set("1 2 3 4 one two")
"""Parts that count only behind the word for an address."""

WEAK: Final = word_set(
    "statecode regioncode provincecode ort region state estado etat stato staat land postal cp "
    "cap uf line kreis via commune comune prov zusatz states str nation regionname countrycode landescode pob bp "
    "locality complement complemento zeile kanton county province provincia comte localidad suburb town extended via2 "
    "countryid"
)
"""Parts that may mean something else: they count beside another part of the same address."""

CODES: Final = word_set(
    "countrycode countrycodes countryregioncode countryiso countryisocode countryid landescode "
    "landercode laendercode landerkennzeichen landkennzeichen laenderkennzeichen codepays codigopais statecode "
    "regioncode provincecode"
)
"""Codes: they give way to a column with the name."""
