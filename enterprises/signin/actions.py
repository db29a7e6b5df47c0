"""What a person changes about the own account."""

from enterprises.action import action
from enterprises.models import Account


@action
def choose_language(*, by: Account, language: str) -> None:
    """Keep the language in which ``by`` reads every page."""
    by.language = language
    by.save(update_fields=["language"])


@action
def change_password(*, by: Account, password: str) -> None:
    """Set the own password; one that somebody else had set counts as changed."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
