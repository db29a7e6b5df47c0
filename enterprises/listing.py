"""One list view for every list of the product: search, filters, sort, pages, export, print, phone.

    class MemberList(ListView):
        title = _("Members")
        model = Member                      # read through ``visible_to``
        columns = [
            Column("name", _("Name"), sort="name_key", link="enterprises:member"),
            Column("code", _("Code"), sort="code"),
            Column("branch", _("Branch"), value="branch.name", sort="branch__name", css="full"),
        ]
        filterset_class = MemberFilter      # a django-filter FilterSet; its state is in the address
        search = "search"                   # a method of the queryset, or a tuple of look-ups
        ordering = "code"                   # a column's name, "-" before it for descending

Everything works without script; with it, htmx swaps only the list.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, reduce
from operator import or_ as either
from typing import Any
from uuid import uuid4

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from enterprises import clock
from enterprises.sheets import workbook

PAGE_SIZE = 50
CHUNK = 2000
AT_ONCE = 10_000  # rows up to which a list is exported while the person waits; longer ones go to a worker
RESERVED = ("page", "export")
CHOICE = re.compile(r"get_(\w+)_display")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Words = str | Promise


def follow(thing: Any, path: str) -> Any:
    """The value at a dotted path; callables are called, a missing link gives ``None``."""
    for name in path.split("."):
        if thing is None:
            return None
        thing = getattr(thing, name)
        if callable(thing):
            thing = thing()
    return thing


def may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a column can hold NULL; so assumed of what is no field (annotations)."""
    for name in path.split("__"):
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        model = field.related_model
    return False


def shown(value: Any) -> str:
    """A value as it stands on the page."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


@dataclass(frozen=True)
class Column:
    """A column: where its value comes from, how it is sorted, drawn and exported.

    ``value``: dotted path or function of the object (default: the name). ``sort``: order_by expression(s).
    ``link``: url name taking the pk, or a function of the object giving an address (or ``None``).
    ``css``: ``n`` for numbers, ``full`` for the whole width on phones. ``template``: draws the cell with
    ``object`` and ``value``. ``export``: what the sheet gets, where it is not the value itself.
    """

    name: str
    label: Words
    value: str | Callable[[Any], Any] = ""
    sort: str | tuple[str, ...] = ()
    link: str | Callable[[Any], str | None] | None = None
    css: str = ""
    template: str = ""
    export: Callable[[Any], Any] | None = None
    short: Words = ""

    def of(self, thing: Any) -> Any:
        """The value for an object."""
        return self.value(thing) if callable(self.value) else follow(thing, self.value or self.name)

    def exported(self, thing: Any) -> Any:
        """The value for the sheet."""
        return self.export(thing) if self.export else self.of(thing)

    def reader(self) -> Callable[[Any], Any]:
        """``exported`` for many things in one language. Words of choices are asked for once each: Django makes all
        words of a field anew for every row, half the time of an export.
        """
        words = None if self.export or callable(self.value) else CHOICE.fullmatch(self.value)
        if not words:
            return self.exported
        known: dict[Any, str] = {}

        def read(thing: Any) -> str:
            code = getattr(thing, words[1])
            if code not in known:
                known[code] = str(self.of(thing))
            return known[code]

        return read

    def url(self, thing: Any) -> str | None:
        """Where the cell leads."""
        if self.link is None:
            return None
        return self.link(thing) if callable(self.link) else reverse(self.link, args=[thing.pk])

    def order(self, model: type[Model], descending: bool) -> list:
        """The order_by of this column, empty values last in both directions."""
        names = (self.sort,) if isinstance(self.sort, str) else self.sort
        if not descending:
            return [F(name).asc() for name in names]  # PostgreSQL puts empty values last by itself
        # Said only where needed: with it, an index cannot be read backwards.
        return [F(name).desc(nulls_last=may_be_empty(model, name) or None) for name in names]


@dataclass(frozen=True)
class Cell:
    """A drawn cell."""

    column: Column
    text: str
    url: str | None
    html: str
    css: str

    @property
    def label(self) -> str:
        """What stands before the value on a phone."""
        return capfirst(str(self.column.short or self.column.label))


@dataclass(frozen=True)
class Heading:
    """A drawn column heading; ``url`` sorts by it."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Chip:
    """An active condition and the address of the list without it."""

    label: str
    text: str
    url: str


class ListView(LoginRequiredMixin, View):
    """The list view; see the module's example. Subclasses declare, and override where they must."""

    http_method_names = ["get", "head", "options"]
    is_exported = True  # what a job may be told to open
    title: Words = ""
    model: type[Model]
    columns: list[Column] = []
    filterset_class: Any = None
    search: str | tuple[str, ...] = ()
    search_label: Words = gettext_lazy("Name or code")
    search_hint: Words = ""
    ordering = ""
    page_size = PAGE_SIZE
    permission = ""
    template_name = "components/list.html"
    part_name = "components/_list.html"
    nothing: Words = gettext_lazy("Nothing has been entered here yet")

    # What a subclass may say

    def get_queryset(self) -> QuerySet:
        """All that the list is about, before search and filters; always through ``visible_to``."""
        return self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def get_columns(self) -> list[Column]:
        """The columns for this request."""
        return self.columns

    def count(self, queryset: QuerySet) -> int:
        """How many rows there are."""
        return queryset.count()

    def count_words(self, count: int) -> Words:
        """What stands beside the number, in words."""
        return _("in all")

    def facts(self) -> list[Words]:
        """The line of facts below the title."""
        return []

    def actions(self) -> list[tuple[Words, str]]:
        """Buttons beside the title: words and address."""
        return []

    def context(self) -> dict:
        """More variables for a template of one's own."""
        return {}

    # The request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if self.permission and user.is_authenticated and self.permission not in user.reach.permissions:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export") == "xlsx":
            return self.export()
        htmx = getattr(request, "htmx", None)
        part = htmx and htmx.target == "list" and not htmx.history_restore_request
        context = self.page_context() | self.context()
        content = render_to_string(self.part_name if part else self.template_name, context, request)
        response = HttpResponse(content)
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response

    # State, all of it from the address

    @cached_property
    def term(self) -> str:
        """What is searched for."""
        return self.request.GET.get("q", "").strip()[:100].replace("\x00", "") if self.search else ""

    @cached_property
    def all_rows(self) -> QuerySet:
        """The rows without any condition."""
        return self.get_queryset()

    @cached_property
    def filterset(self) -> Any:
        """The bound filters, or ``None`` where the list has none."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.all_rows, request=self.request)

    def searched(self, queryset: QuerySet) -> QuerySet:
        """The rows that the search term leaves."""
        if not self.term:
            return queryset
        if isinstance(self.search, str):
            return getattr(queryset, self.search)(self.term)
        return queryset.filter(reduce(either, (Q(**{lookup: self.term}) for lookup in self.search)))

    @cached_property
    def rows(self) -> QuerySet:
        """The rows shown on all pages together, in order."""
        queryset = self.all_rows
        if self.filterset is not None:
            # A condition that makes no sense (an unknown choice) finds nothing rather than everything.
            queryset = self.filterset.qs if self.filterset.is_valid() else queryset.none()
        return self.sorted(self.searched(queryset))

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether descending. Only columns that allow it."""
        wanted = self.request.GET.get("sort", "")
        for choice in (wanted, self.ordering):
            name = choice.removeprefix("-")
            column = next((c for c in self.get_columns() if c.name == name and c.sort), None)
            if column:
                return column, choice.startswith("-")
        return None, False

    def sorted(self, queryset: QuerySet) -> QuerySet:
        """The rows in the order asked for; the key last, so that pages never overlap."""
        column, descending = self.sort
        if column is None:
            return queryset if queryset.query.order_by or queryset.query.default_ordering else queryset.order_by("pk")
        return queryset.order_by(*column.order(queryset.model, descending), "-pk" if descending else "pk")

    def url(self, **changes: str | None) -> str:
        """The address of this list with some conditions changed; ``None`` takes one away."""
        query = self.request.GET.copy()
        for name in (*RESERVED, *(k for k in list(query) if not query.get(k))):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        encoded = query.urlencode()
        return f"{self.request.path}?{encoded}" if encoded else self.request.path

    # Drawing

    def page_context(self) -> dict:
        """What the templates of the list need."""
        count = self.count(self.rows)
        paginator = Paginator(self.rows, self.page_size)
        paginator.count = count
        page = paginator.get_page(self.request.GET.get("page"))
        chips = list(self.chips())
        return {
            "list": self,
            "title": self.title,
            "count": count,
            "count_words": self.count_words(count),
            "page": page,
            "pages": self.page_links(page),
            "headings": self.headings(),
            "table": [self.drawn(thing) for thing in page.object_list],
            "chips": chips,
            "total": self.count(self.all_rows) if chips and not count else None,
            "clear_url": self.clear_url(),
            "export_url": self.url(export="xlsx"),
            "export_order": self.order() if count > AT_ONCE else None,
            "as_of": clock.now(),
        }

    def drawn(self, thing: Any) -> dict:
        """A row."""
        return {"object": thing, "cells": [self.cell(column, thing) for column in self.get_columns()]}

    def cell(self, column: Column, thing: Any) -> Cell:
        """A cell, by the column's template where it has one."""
        value = column.of(thing)
        html = ""
        if column.template:
            html = render_to_string(column.template, {"object": thing, "value": value}, self.request)
        classes = [column.css, "none" if value in (None, "") else "", "nw" if isinstance(value, date) else ""]
        return Cell(column, shown(value), column.url(thing), html, " ".join(filter(None, classes)))

    def headings(self) -> list[Heading]:
        """The headings with the addresses that sort by them."""
        current, descending = self.sort
        drawn = []
        for column in self.get_columns():
            mine = column is current
            url = self.url(sort=f"-{column.name}" if mine and not descending else column.name)
            direction = ("descending" if descending else "ascending") if mine else ""
            drawn.append(Heading(column, url if column.sort else "", direction))
        return drawn

    def chips(self) -> Iterator[Chip]:
        """The active conditions."""
        if self.term:
            yield Chip(_("contains"), self.term, self.url(q=None))
        if self.filterset is None or not self.filterset.is_valid():
            return
        for name, field in self.filterset.form.fields.items():
            value = self.filterset.form.cleaned_data.get(name)
            if value not in (None, "", []):
                keys = [key for key in self.request.GET if key == name or key.startswith(f"{name}_")]
                yield Chip(str(field.label), self._choice_words(field, value), self.url(**dict.fromkeys(keys)))

    @staticmethod
    def _choice_words(field: Any, value: Any) -> str:
        if isinstance(value, slice):
            return " – ".join(shown(end) for end in (value.start, value.stop))
        choices = dict(getattr(field, "choices", ())) if not isinstance(value, Model) else {}
        return str(choices.get(value, choices.get(str(value).lower(), shown(value))))

    def clear_url(self) -> str:
        """The address without any condition; the order stays."""
        return self.url(**{name: None for name in self.request.GET if name != "sort"})

    def page_links(self, page: Page) -> list[dict]:
        """The numbered pages around the present one; an ellipsis has no address."""
        if page.paginator.num_pages < 2:
            return []
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return [
            {"number": n, "current": n == page.number, "url": self.url(page=str(n)) if isinstance(n, int) else ""}
            for n in numbers
        ]

    # Export

    def order(self) -> dict[str, Any]:
        """What orders the workbook of a long list (``components/export_order.html``)."""
        return {"token": uuid4(), "address": self.url(), "title": self.title}

    def export(self) -> HttpResponseBase:
        """The workbook; of a long list only to the worker, who has ``watched`` count the rows (``exports``)."""
        watched = getattr(self.request, "watched", None)
        if watched is None and self.count(self.rows) > AT_ONCE:
            return HttpResponseRedirect(self.url())
        cells = [column.reader() for column in self.get_columns()]
        rows: Iterator = ([cell(thing) for cell in cells] for thing in self.rows.iterator(chunk_size=CHUNK))
        return self.written(watched(rows, self.rows.order_by().count()) if watched else rows)

    def written(self, rows: Iterator) -> FileResponse:
        """Exactly the rows and columns shown, all pages, in the same order."""
        columns = self.get_columns()
        conditions = [(chip.label, chip.text) for chip in self.chips()]
        moment = clock.now()
        notes = [
            (_("List"), str(self.title)),
            (_("As of"), moment.strftime("%Y-%m-%d %H:%M")),
            (_("Exported by"), str(self.request.user)),
            *conditions,
        ]
        content = workbook(str(self.title), [capfirst(str(c.label)) for c in columns], rows, notes)
        name = f"{self.title}-{moment:%Y%m%d}.xlsx"
        return FileResponse(content, as_attachment=True, filename=name, content_type=EXCEL)
