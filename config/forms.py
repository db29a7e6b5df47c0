"""How every form of the product is drawn: our own markup through Django's form renderer.

``{{ form }}`` draws the error summary and all fields, ``{{ form.name.as_field_group }}`` one field.
"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop

# Words of Django that we say otherwise in Chinese; our catalogues are asked before Django's own.
SAID_OTHERWISE = (
    gettext_noop("This field is required."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a whole number."),
)
SELECTS = (forms.Select, forms.SelectMultiple)
BARE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class Field(BoundField):
    """A field whose widget carries the classes of our stylesheet, and the native keyboard it needs."""

    def build_widget_attrs(self, attrs: dict, widget: forms.Widget | None = None) -> dict:
        attrs = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if isinstance(shown, BARE):
            return attrs
        classes = [
            shown.attrs.get("class", ""),
            "form-select" if isinstance(shown, SELECTS) else "form-control",
        ]
        if self.errors:
            classes.append("is-invalid")
        return attrs | {"class": " ".join(filter(None, classes))}

    @property
    def is_choice_list(self) -> bool:
        """Radios and check boxes in a group: a fieldset with a legend instead of a label."""
        return isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))

    @property
    def is_checkbox(self) -> bool:
        """A single check box: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def error_id(self) -> str:
        """The id of the message beside the field."""
        return f"{self.auto_id}_error"

    @property
    def anchor(self) -> str:
        """Where the error summary leads: the control, or the group of controls."""
        return self.auto_id if self.is_choice_list else self.id_for_label or self.auto_id


class Renderer(TemplatesSetting):
    """Draws forms with the templates of ``templates/components``."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class: Any = Field
