"""The smallest update from one profile to another.

It reads the models' tables (``members``) and does not know the models themselves, which stand above it.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import attrs

from customer_profiles_sdk._core.members import Field, Kind, fields_of

_Model = TypeVar("_Model", bound=attrs.AttrsInstance)


def changes_between(stored: _Model, wanted: _Model, *, absent: str | None) -> _Model:
    """Return the smallest update from what is stored to what is wanted.

    A value of a type that no profile can have is passed on, for the check of the request to name.

    Args:
        stored: the whole stored profile.
        wanted: what it should become.
        absent: what stands for a value that ``wanted`` lacks: ``CLEAR`` removes the stored value, ``None`` keeps it.
    """
    kind = type(stored)
    return kind(
        **{
            field.name: _change(field, getattr(stored, field.name), getattr(wanted, field.name), absent)
            for field in fields_of(kind)
        }
    )


def _change(field: Field, old: Any, new: Any, absent: str | None) -> object:
    if field.kind is Kind.TEXT:
        return _changed_text(old, new, absent if field.limits.clearable else None)
    if field.kind is Kind.MODELS:
        return None if isinstance(new, tuple) and new == old else new
    if field.kind is Kind.MAP:
        if new is not None and not isinstance(new, Mapping):
            return new
        return _changed_map(old or {}, new or {}, absent) or None
    model = cast("type[attrs.AttrsInstance]", field.model)
    if new is not None and not isinstance(new, model):
        return new
    empty = model()
    changed = changes_between(old or empty, new or empty, absent=absent)
    return None if changed == empty else changed


def _changed_text(old: str | None, new: str | None, absent: str | None) -> str | None:
    wanted = absent if new is None else new
    if wanted is None or not isinstance(wanted, str):
        return wanted
    return None if wanted == (old or "") else wanted


def _changed_map(old: Mapping[str, str], new: Mapping[str, str], absent: str | None) -> dict[str, str]:
    changed = {key: _changed_text(old.get(key), new.get(key), absent) for key in {**old, **new}}
    return {key: text for key, text in changed.items() if text is not None}
