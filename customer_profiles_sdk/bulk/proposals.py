"""A mapping for the columns of a file, proposed from their names and a sample of their cells.

The system that wrote the file is recognised by its set of names, and then its own table counts; else each name counts
for itself. What is not certain is left to a person, since a wrong field is worse than none. The tables, and what a
single name says, are in ``known_columns``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import attrs

from customer_profiles_sdk.bulk.columns import ADDED_COLUMNS
from customer_profiles_sdk.bulk.known_columns import SYSTEMS, KnownSystem, blocks, evidence, lookup, pairs
from customer_profiles_sdk.bulk.known_columns.lookup import NOT_CERTAIN, PERSON, WHOLE_ADDRESS, Meaning
from customer_profiles_sdk.bulk.known_columns.names import FIELDS, HALF_NAMES, HALF_OF
from customer_profiles_sdk.bulk.known_columns.spelling import compact, names_in
from customer_profiles_sdk.bulk.known_columns.systems import name_weights
from customer_profiles_sdk.bulk.rules import IGNORE, ColumnRule, is_secret
from customer_profiles_sdk.enums import SearchKey

_ENOUGH: Final = 1.6
"""The weight of names that a system must have."""
_ENOUGH_OWN: Final = 1.4
"""The weight of them that lists of customers do not have: more than one name that no other system has."""
_SHARE: Final = 0.5
"""The share of the file's names that the system must have."""
_CERTAIN: Final = 5.0
"""The weight that is enough among many names that are not the system's."""
_LEAD: Final = 1.2
_COMMON: Final = 0.2
_DOUBLED: Final = re.compile(r"(.*)#[0-9]+", re.DOTALL)
_UNNAMED: Final = re.compile(r"#[0-9]+")
_MATCH_ON: Final = (
    (SearchKey.ACCOUNT, ("account_number",)),
    (SearchKey.EMAIL, ("email_address", "personal_email_address", "business_email_address")),
    (SearchKey.PHONE, ("phone_number", "mobile_phone_number", "home_phone_number", "business_phone_number")),
)
_APOSTROPHES: Final = ("account_number", "phone_number", "postal_code", "birth_date")
_ATTRIBUTES: Final = "attributes."
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@attrs.frozen
class ProposedColumn:
    """What is proposed for a column."""

    name: str
    """The column's name."""
    rule: ColumnRule | None
    """What becomes of it; ``None`` where a person must say."""
    reason: str = ""
    """Why it is ignored or left to a person, or what else to know of it."""
    suggestion: ColumnRule | None = None
    """What a person would probably choose, where there is a choice."""


@attrs.frozen
class Proposal:
    """A mapping that is proposed for a file."""

    system: str | None
    """The system that the file comes from, if it is recognised."""
    columns: tuple[ProposedColumn, ...]
    """The columns, in the order of the file."""
    match_on: SearchKey | None
    """The key that most rows can be found by, if there is one."""

    def rules(self) -> dict[str, ColumnRule]:
        """Return the rules of the columns for which one is proposed, as ``ColumnMapping`` takes them."""
        return {each.name: each.rule for each in self.columns if each.rule is not None}


def propose(names: Sequence[str], sample: Sequence[Sequence[object]] = ()) -> Proposal:
    """Return a mapping for the columns of a file.

    Args:
        names: the columns' names, each once.
        sample: the cells of the file's first records, in the order of the names; the first 200 records count.
    """
    system = _recognised(names)
    cells = [[row[at] for row in sample[: evidence.MAX_SAMPLE] if at < len(row)] for at in range(len(names))]
    columns = _Columns(tuple(names), cells, system)
    proposed = tuple(columns.proposed(at) for at in range(len(names)))
    filled = {field for each in proposed for field in _fields_of(each.rule)}
    match_on = next((key for key, fields in _MATCH_ON if filled.intersection(fields)), None)
    return Proposal(system.name if system else None, proposed, match_on)


def _recognised(names: Sequence[str]) -> KnownSystem | None:
    present = set(map(compact, _bases(names))) - {""}
    weights = _weights()
    scores = sorted(
        ((sum(weights[each] for each in system.names & present), at) for at, system in enumerate(SYSTEMS)), reverse=True
    )
    (best, at), (second, _) = scores[:2]
    found = SYSTEMS[at].names & present
    own = sum(weights[each] for each in found if weights[each] > _COMMON)
    is_share = len(found) >= _SHARE * len(present)
    is_enough = best >= _CERTAIN or (best >= _ENOUGH and own >= _ENOUGH_OWN and is_share)
    return SYSTEMS[at] if is_enough and best >= second * _LEAD else None


@cache
def _weights() -> Mapping[str, float]:
    """Return how much a name says about a system; one that any list of customers may have says little."""
    weights = dict(name_weights(SYSTEMS))
    for system in SYSTEMS:
        for name in system.written_names:
            meaning = lookup.meaning_of(name)
            is_field = meaning and not meaning.target.startswith((IGNORE, _ATTRIBUTES))
            if meaning and is_field and meaning.block in {"", "main"}:
                weights[compact(name)] = min(weights[compact(name)], _COMMON)
    return weights


def _bases(names: Sequence[str]) -> list[str]:
    """Return the names, those of doubled columns without their numbers."""
    present = frozenset(names)
    bases = []
    for name in names:
        found = _DOUBLED.fullmatch(name)
        is_doubled = found and {f"{found[1]}#1", f"{found[1]}#2"} <= present
        bases.append(found[1] if found and is_doubled else name)
    return bases


def _fields_of(rule: ColumnRule | None) -> tuple[str, ...]:
    if rule is None or isinstance(rule, str):
        return (rule,) if rule else ()
    labels = rule.get("labels")
    fields = labels.values() if isinstance(labels, Mapping) else (rule["field"],)
    return tuple(map(str, fields))


def proposal_toml(proposal: Proposal) -> str:
    """Return a proposal as a mapping file, in which what a person must say is commented out."""
    undecided = sum(each.rule is None for each in proposal.columns)
    source = f"an export of {proposal.system}" if proposal.system else "single names; the system is not recognized"
    lines = [f"# A proposal, made from {source}. Look it over before you load."]
    if undecided:
        lines.append(f'# Columns that are left to you: {undecided}. Choose a field or "ignore", and take off the #.')
    match_on = f" --match-on {proposal.match_on.removeprefix('_')}" if proposal.match_on else " --match-on KEY"
    lines += [f"# Then: customer-profiles check FILE --mapping THIS_FILE{match_on}", "", "[columns]"]
    return "\n".join([*lines, *map(_line, proposal.columns), ""])


def _line(column: ProposedColumn) -> str:
    rule = column.rule if column.rule is not None else column.suggestion
    line = f"{_toml(column.name)} = {_toml(rule if rule is not None else IGNORE)}"
    comment = column.reason
    if column.rule is not None and column.suggestion is not None:
        comment = f"{comment}; or {_toml(column.suggestion)}"
    line = f"{line}  # {comment}" if comment else line
    can_be_written = not any("\ud800" <= character <= "\udfff" for character in column.name)
    if column.rule is None or not can_be_written:
        line = f"# {line}"
    return line.encode("utf-8", "backslashreplace").decode()


def _toml(value: object) -> str:
    """Return a text, a list or a table as TOML writes it in one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '"' + "".join(_ESCAPES.get(each) or _escaped(each) for each in str(value)) + '"'


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _toml(key)


def _escaped(character: str) -> str:
    is_control = character < " " or character in "\x7f\x85\u2028\u2029"
    return f"\\u{ord(character):04x}" if is_control else character


class _Columns:
    """The columns of a file in one view: what they mean together."""

    def __init__(self, names: tuple[str, ...], cells: Sequence[Sequence[object]], system: KnownSystem | None) -> None:
        self._names = names
        self._bases = _bases(names)
        self._cells = cells
        self._texts = [evidence.texts_of(each) for each in cells]
        self._system = system
        self._labels = pairs.label_columns(names)
        meanings = [self._alone(at) for at in range(len(names))]
        meanings = [self._with_half(meaning, at) for at, meaning in enumerate(meanings)]
        meanings = blocks.joined(blocks.numbered(names, meanings))
        self._is_understood = sum(meaning is not None for meaning in meanings) * 2 >= len(names)
        self._blocks = blocks.fields_of_blocks(meanings)
        self._meanings = [self._with_block(at, meanings) for at in range(len(names))]
        self._owners = self._owners_of_fields()
        self._keys = self._unique_attributes()
        self._has_apostrophes = any(map(evidence.has_apostrophes, self._texts))

    def _alone(self, at: int) -> Meaning | None:
        """Return what a column's name says, in the system or anywhere."""
        name, base = self._names[at], self._bases[at]
        if name in ADDED_COLUMNS:
            return Meaning(IGNORE, "added by an earlier load")
        if is_secret(base):
            return Meaning(IGNORE, "a secret is never loaded")
        if _UNNAMED.fullmatch(name):
            return Meaning("", "has cells, and no name") if self._texts[at] else Meaning(IGNORE, "has no name")
        if name in self._labels.values():
            return Meaning(IGNORE, "only says what another column holds")
        meaning = self._in_system(name) or (self._in_system(base) if base != name else None)
        meaning = meaning or lookup.meaning_of(pairs.stem(name) if name in self._labels else base)
        if meaning and base != name and not meaning.target.startswith((IGNORE, _ATTRIBUTES)):
            suggestion = meaning.suggestion or self._field_of(meaning)
            return Meaning("", "several columns have this name", suggestion=suggestion)
        return meaning

    def _in_system(self, name: str) -> Meaning | None:
        if not self._system or (found := self._system.targets.get(compact(name))) is None:
            return None
        target, place = found
        if target == "attributes":
            return Meaning(lookup.attribute(name))
        if target == IGNORE:
            meaning = lookup.meaning_of(name)
            is_known = meaning is not None and meaning.target == IGNORE
            return meaning if is_known else Meaning(IGNORE, f"no value of the customer in {self._system.name}")
        if target == PERSON:
            return Meaning(PERSON)
        return lookup.meaning_of_target(target, rank=place / 100)

    def _with_half(self, meaning: Meaning | None, at: int) -> Meaning | None:
        """Return what a whole name is: half of one beside the other half, and a repetition beside both."""
        if meaning is None or meaning.target != PERSON:
            return meaning
        key = compact(self._bases[at])
        present = {compact(base) for base in self._bases}
        firsts, lasts = (present & set(map(compact, names_in(FIELDS[half]))) for half in ("first_name", "last_name"))
        if firsts and lasts:
            return Meaning(IGNORE, "repeats the first and the last name")
        others = {compact(name) for name in names_in(HALF_OF.get(key, ""))}
        if others & present:
            return Meaning(HALF_NAMES[key], rank=2)
        if key in HALF_NAMES and (firsts or lasts):
            return Meaning("", NOT_CERTAIN, suggestion="last_name" if firsts else "first_name")
        target = f"{_ATTRIBUTES}full_name" if key in HALF_NAMES else self._attribute(at)
        return Meaning(target, "a whole name in one cell", suggestion=PERSON)

    def _with_block(self, at: int, meanings: Sequence[Meaning | None]) -> Meaning | None:
        meaning = meanings[at]
        if meaning and meaning.reason == WHOLE_ADDRESS and any(each and each.block for each in meanings):
            return Meaning(IGNORE, "repeats the lines of an address")
        if meaning is None or not meaning.block:
            return meaning
        line = blocks.free_line(meaning.block, meanings) if meaning.target == "pobox" else meaning.target
        field = self._blocks.get(meaning.block)
        if field is None:
            return Meaning(self._attribute(at), "a profile has no field for one more address")
        if blocks.is_alone(meaning, meanings):
            return Meaning("", NOT_CERTAIN, suggestion=f"{field}.{line}")
        return attrs.evolve(meaning, target=f"{field}.{line}", block="")

    def _attribute(self, at: int) -> str:
        name = self._names[at]
        return lookup.attribute(pairs.stem(name) if name in self._labels else self._bases[at])

    def _field_of(self, meaning: Meaning) -> str:
        return meaning.target if not meaning.block else f"{meaning.block.removeprefix('=')}.{meaning.target}"

    def _owners_of_fields(self) -> Mapping[str, int]:
        """Return the column that has each field: of several the most certain, then the first."""
        owners: dict[str, int] = {}
        for at in sorted(range(len(self._names)), key=lambda at: (self._rank(at), at)):
            meaning = self._meanings[at]
            is_field = meaning and meaning.target and not meaning.target.startswith((IGNORE, _ATTRIBUTES))
            if meaning and is_field and not evidence.doubt(meaning.target, self._texts[at]):
                owners.setdefault(meaning.target, at)
        return owners

    def _rank(self, at: int) -> float:
        meaning = self._meanings[at]
        return meaning.rank if meaning else 0

    def _target(self, at: int) -> str:
        """Return the field of a column; an attribute where another column has its field."""
        meaning = self._meanings[at]
        if meaning is None or (meaning.reason == NOT_CERTAIN and meaning.suggestion in self._owners):
            return self._attribute(at)  # a field that another column fills for certain is not asked for
        if meaning.target in {"", IGNORE} or meaning.target.startswith(_ATTRIBUTES):
            return meaning.target
        return meaning.target if self._owners.get(meaning.target) in {at, None} else self._attribute(at)

    def _unique_attributes(self) -> Mapping[int, str]:
        """Return the attribute of each column that becomes one; no two have the same."""
        keys: dict[int, str] = {}
        for at in range(len(self._names)):
            target = self._target(at)
            if target.startswith(_ATTRIBUTES):
                keys[at] = _unique(target, frozenset(keys.values()))
        return keys

    def proposed(self, at: int) -> ProposedColumn:
        """Return what is proposed for a column."""
        name, meaning = self._names[at], self._meanings[at]
        target = self._keys.get(at) or self._target(at)
        reason = meaning.reason if meaning else ""
        if target == IGNORE:
            return ProposedColumn(name, IGNORE, reason)
        if evidence.has_structure(self._cells[at]):
            return ProposedColumn(name, None, "its cells hold lists or tables", IGNORE)
        if not target and meaning:
            return ProposedColumn(name, None, reason, meaning.suggestion)
        if doubt := self._doubt(at, target):
            return ProposedColumn(name, None, *doubt)
        owner = self._owners.get(meaning.target) if meaning else None
        if owner not in {None, at} and meaning:
            reason = f"another column is the {meaning.target}"
        suggestion = None
        if meaning and meaning.suggestion == PERSON:
            suggestion = {"split": ["first_name", "last_name"]}
        return ProposedColumn(name, self._rule(at, target), reason, suggestion)

    def _doubt(self, at: int, target: str) -> tuple[str, str] | None:
        """Return why the cells forbid a field, and what to do instead."""
        texts = self._texts[at]
        free = _unique(self._attribute(at), frozenset(self._keys.values()) - {self._keys.get(at, "")})
        if evidence.doubt(target, texts):
            return "its cells do not look like what its name says", free
        if not target.startswith(_ATTRIBUTES):
            return None
        if any(len(text) > evidence.MAX_ATTRIBUTE for text in texts):
            return f"an attribute takes {evidence.MAX_ATTRIBUTE} characters, and there are longer cells", IGNORE
        if self._meanings[at] is None:
            if seen := evidence.resembles(texts):
                return f"the name is not known; the cells look like {seen}", free
            if not self._system and not self._is_understood:
                return "the name is not known", free
        return None

    def _rule(self, at: int, target: str) -> ColumnRule:
        texts = self._texts[at]
        options: dict[str, object] = {}
        ends_with_number = target.endswith(_APOSTROPHES) and not target.startswith(_ATTRIBUTES)
        if evidence.has_apostrophes(texts) or (self._has_apostrophes and ends_with_number):
            options["strip"] = "'"
        label = self._labels.get(self._names[at])
        is_labelled_phone = label is not None and pairs.is_phone(self._names[at])
        if (
            separator := pairs.SEPARATOR
            if label and pairs.is_value(self._names[at])
            else evidence.separator(target, texts)
        ):
            options["first_of"] = separator
        if target.startswith(_ATTRIBUTES) and not is_labelled_phone:
            options.pop("first_of", None)  # an attribute may hold several values
        if target == "birth_date":
            blanks = evidence.empty_dates(texts)
            if self._system and self._system.name == "Outlook":
                blanks = tuple(sorted({*blanks, "0/0/00"}))
            if blanks:
                options["blank"] = blanks[0] if len(blanks) == 1 else list(blanks)
        if label is not None and is_labelled_phone:
            seen = evidence.texts_of(self._cells[self._names.index(label)])
            if labels := pairs.phone_labels(seen, target, frozenset(self._keys.values())):
                return {"field_by": label, "labels": labels, **options}
        if target == "email_address" and (label := pairs.exchange_label(self._names, self._bases)):
            return {"field_by": label, "labels": {"EX": f"{_ATTRIBUTES}exchange_address", "*": target}, **options}
        return {"field": target, **options} if options else target


def _unique(target: str, taken: frozenset[str]) -> str:
    number, unique = 2, target
    while unique in taken:
        unique, number = f"{target}_{number}", number + 1
    return unique
