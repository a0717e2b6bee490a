"""How the name of a column is compared: its words without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_MAX_NAME: Final = 200
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_POSSESSIVE: Final = re.compile("['\u2019\u00b4`]s\\b")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name: ``E-Mail 2: Adresse``, ``eMail2Adresse`` are ``email``, ``2``, ``adresse``."""
    text = unicodedata.normalize("NFKD", name[:_MAX_NAME])
    text = _POSSESSIVE.sub("", "".join(each for each in text if not unicodedata.combining(each)))
    found = _WORD.findall(_HUMP.sub(" ", text).casefold())
    joined: list[str] = []
    for word in found:
        if joined and joined[-1] == "e" and word in {"mail", "mails", "posta"}:
            joined[-1] = "email"
        else:
            joined.append("email" if word == "emails" else word)
    return tuple(joined)


def compact(name: str) -> str:
    """Return the words of a name as one: ``firstname`` for ``First Name``, ``first_name`` and ``FIRSTNAME``."""
    return "".join(words(name))


def names_in(text: str) -> Iterator[str]:
    """Yield the names in a cell of a table, where ``|`` stands between them."""
    for name in text.split("|"):
        if name.strip():
            yield name.strip()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a cell of a table, where a blank stands between them."""
    return frozenset(text.split())
