"""What is known of a system: the names of its columns, and those that mean something else in it than elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from customer_profiles_sdk.bulk.known_columns.spelling import compact, names_in


@attrs.frozen(eq=False, slots=False)
class KnownSystem:
    """A system that exports customers.

    Attributes:
        name: what people call it.
        columns: the names of its columns by what they become: a field, ``attributes`` (under a key of the column's
            name), ``attributes.`` and a key, ``ignore``, ``person`` (a whole name), or nothing (a person must say).
        others: more names of its columns, which mean what they mean anywhere.
    """

    name: str
    columns: Mapping[str, str]
    others: str = ""

    @cached_property
    def targets(self) -> Mapping[str, tuple[str, int]]:
        """What the columns become, by their names as ``spelling.compact`` returns them, and how early they are named.

        Of two columns for one field the one that is named first has it.
        """
        targets: dict[str, tuple[str, int]] = {}
        for target, text in self.columns.items():
            for place, name in enumerate(names_in(text)):
                targets.setdefault(compact(name), (target, place))
        return targets

    @cached_property
    def written_names(self) -> tuple[str, ...]:
        """All names, as they stand in the table."""
        return tuple(name for text in (*self.columns.values(), self.others) for name in names_in(text))

    @cached_property
    def names(self) -> frozenset[str]:
        """All names, as ``spelling.compact`` returns them."""
        return frozenset(map(compact, self.written_names))


def name_weights(systems: Iterable[KnownSystem]) -> Mapping[str, float]:
    """Return how much a name says about a system: 1 where one system alone has it."""
    counts = Counter(name for system in systems for name in system.names)
    return {name: 1 / count for name, count in counts.items()}
