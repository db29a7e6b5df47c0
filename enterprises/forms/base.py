"""What the forms share: days, reasons, choosing from long lists by code or name, and stale values."""

import hashlib
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MANY = 5  # matches that are named when a name is ambiguous


def day_field(label: Any, required: bool = True, **options: Any) -> forms.DateField:
    """A day, with the device's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


def reason_field(required: bool = True) -> forms.CharField:
    """Why; kept with the history."""
    return forms.CharField(
        label=gettext_lazy("reason"),
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept with the history, e.g. the number of the approval."),
    )


class LookupInput(forms.TextInput):
    """A text field with suggestions from the server; without script, code or name is typed in full."""

    template_name = "enterprises/widgets/lookup.html"

    def __init__(self, suggest: str) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggest = suggest

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggest"] = self.suggest
        return context


class LookupField(forms.CharField):
    """One row of a long list, by code, by name, or as suggested ("code name").

    ``queryset`` is set by the form: only what the account may see is found.
    """

    queryset: QuerySet | None = None

    def __init__(self, suggest: str, **options: Any) -> None:
        super().__init__(
            widget=LookupInput(suggest),
            help_text=options.pop("help_text", gettext_lazy("Code or name; type two characters to search.")),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return choice_words(value)
        if isinstance(value, int) and self.queryset is not None:
            found = self.queryset.filter(pk=value).first()
            return choice_words(found) if found else ""
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        return self._find(text) if text else None

    def _find(self, text: str) -> Model:
        assert self.queryset is not None
        code, _space, name = text.partition(" ")
        found = self.queryset.filter(code=code).first()
        if found and (not name or name.strip() == found.name):
            return found
        named = list(self.queryset.filter(name=text)[: MANY + 1])
        named = named or list(self.queryset.filter(name__contains=text)[: MANY + 1])
        if len(named) == 1:
            return named[0]
        if named:
            several = _(", ").join(choice_words(n) for n in named[:MANY])
            raise forms.ValidationError(_("Several match: %(several)s. Enter the code.") % {"several": several})
        raise forms.ValidationError(
            _("Nothing is found under “%(text)s”. Enter a code, or part of a name.") % {"text": text}
        )


def choice_words(row: Any) -> str:
    """A row as it is suggested and typed: code, then name."""
    return f"{row.code} {row.name}"


class ActionForm(forms.Form):
    """A form that feeds one action. ``account`` is the acting one, ``subject`` the row it is about."""

    def __init__(self, *args: Any, account: Any, subject: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.subject = subject
        self.prepare()

    def prepare(self) -> None:
        """Set the choices that depend on the account and the subject."""

    def arguments(self) -> dict[str, Any]:
        """The cleaned values as arguments of the action."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


class EditForm(ActionForm):
    """A form over present values of ``subject``: somebody else's change in between is shown, not lost.

    ``versioned`` names the fields that are attributes of the subject.
    """

    versioned: tuple[str, ...] = ()
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        subject = kwargs["subject"]
        present = {name: getattr(subject, name) for name in self.versioned}
        kwargs["initial"] = present | {"version": self._digest(present)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.conflicts: list[dict[str, Any]] = []

    @staticmethod
    def _digest(values: dict[str, Any]) -> str:
        plain = [(k, v.pk if isinstance(v, Model) else str(v)) for k, v in sorted(values.items())]
        return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("version") != self.initial["version"]:
            self._find_conflicts(data)
        return data

    def _find_conflicts(self, data: dict[str, Any]) -> None:
        for name in self.versioned:
            stored, entered = getattr(self.subject, name), data.get(name)
            if stored != entered and not (stored in (None, "") and entered in (None, "")):
                label = str(self.fields[name].label)
                row = {"label": label, "stored": self._words(name, stored)}
                self.conflicts.append(row | {"entered": self._words(name, entered)})
        # The next save is made knowing what is stored now.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.initial["version"]
        if self.conflicts:
            self.add_error(
                None,
                _("Somebody changed this in the meantime. Compare below; saving again keeps your values."),
            )

    def _words(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return "—"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        choices = dict(getattr(self.fields[name], "choices", ())) if not isinstance(value, Model) else {}
        return str(choices.get(value, value))
