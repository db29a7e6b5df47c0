"""The names of restricted records, which the floors above announce for the list of readings."""

from django.utils.functional import Promise

# Model name -> what it is called on the screen.
_NAMES: dict[str, str | Promise] = {}


def restricted(model_name: str, label: str | Promise) -> None:
    """Announce a kind of restricted record. Called where the room registers with this floor, at start."""
    _NAMES[model_name] = label


def choices() -> list[tuple[str, str | Promise]]:
    """Every kind announced, for a filter."""
    return list(_NAMES.items())


def words(model_name: str) -> str:
    """What a kind of record is called."""
    return str(_NAMES.get(model_name, model_name))
