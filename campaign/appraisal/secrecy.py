"""Keeping texts where they belong: every showing is noted, and no failure carries a text into a log or a report."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from enterprises.actions.reads import record_read
from enterprises.models import Organization

View = Callable[..., HttpResponse]
HTTP = (Http404, PermissionDenied, SuspiciousOperation)  # answers, not failures


class Withheld(Exception):
    """A failure in a page with restricted texts: its kind and place, without its words, which may quote the text."""


def restricted(view: View) -> View:
    """Let a page show and take restricted texts: no cache keeps it, no log and no error report quotes it.

    A database error quotes the row it refused, and a traceback the values at hand; so what is passed on says
    only what kind of failure it was and where.
    """

    @sensitive_post_parameters()
    @sensitive_variables()
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except HTTP:
            raise
        except Exception as error:
            failure = _described(error)
        # Raised outside the handler, so that the first error is not carried along as its context.
        raise failure

    return never_cache(functools.wraps(view)(run))


def _described(error: Exception) -> Withheld:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"
    return Withheld(f"{type(error).__name__} at {place}")


def note_read(request: HttpRequest, record: models.Model, organization: Organization) -> None:
    """Note that the signed-in account is being shown the text of a record."""
    record_read(by=request.user, record=record, organization=organization)
