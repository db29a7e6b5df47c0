"""How forms are drawn: labels, help, errors beside the field, summary with links, kept input."""

import re

import pytest
from django import forms


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the roster")
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    unit = forms.ChoiceField(label="Unit", choices=[("", "—"), ("u", "U")])
    sure = forms.BooleanField(label="Sure")


@pytest.fixture
def wrong() -> str:
    return str(Sample({"name": "<b>", "day": "never", "unit": "x"}))


def test_every_field_has_its_label_and_class():
    page = str(Sample())
    assert '<label class="form-label" for="id_name">Name' in page
    assert 'class="form-control" id="id_name"' in page.replace(' aria-describedby="id_name_helptext"', "")
    assert 'class="form-select"' in page
    assert page.count('class="xf-choice"') == 2 and "<legend>Kind" in page


def test_help_is_tied_to_the_field():
    page = str(Sample())
    assert 'id="id_name_helptext"' in page and 'aria-describedby="id_name_helptext"' in page


def test_errors_stand_beside_the_field_and_in_a_summary_with_links(wrong):
    assert 'role="alert"' in wrong and 'href="#id_day"' in wrong and 'href="#id_kind"' in wrong
    assert 'id="id_day_error"' in wrong and 'aria-invalid="true"' in wrong
    assert 'aria-describedby="id_day_error"' in wrong
    assert 'id="id_kind"' in wrong


def test_every_link_of_the_summary_leads_somewhere(wrong):
    for target in re.findall(r'href="#([^"]+)"', wrong):
        assert f'id="{target}"' in wrong, target


def test_what_was_typed_is_kept_and_escaped(wrong):
    assert 'value="&lt;b&gt;"' in wrong and 'value="never"' in wrong
