"""The one way to write. An action is atomic, takes keyword arguments only, and knows its actor."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import transaction

F = TypeVar("F", bound=Callable[..., Any])


class ActionError(Exception):
    """A refusal with its remedy, in words for the person who asked; ``field`` names the form field."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


def action(function: F) -> F:
    """Make ``function`` an action: one transaction, audited under its name with actor and reason.

    The function must take keyword-only arguments, among them ``by`` (the acting ``Account``, or ``None``
    for the system). A ``reason`` argument, where there is one, is kept with the audit trail.
    """
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters):
        raise TypeError(f"{function.__qualname__}: actions take keyword-only arguments")

    @functools.wraps(function)
    def run(*, by: Any, **arguments: Any) -> Any:
        context: dict[str, Any] = {"action": f"{function.__module__}.{function.__name__}"}
        if by is not None:
            context["account"] = by.pk
        if arguments.get("reason"):
            context["reason"] = str(arguments["reason"])
        with pghistory.context(**context), transaction.atomic():
            return function(by=by, **arguments)

    run.is_action = True  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]
