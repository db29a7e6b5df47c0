"""Extraction of strings, upkeep of the catalogues, and their check."""

import polib
import pytest
from django.core.management import CommandError, call_command

from runtime.catalogs import AREAS, area_of, catalogue_path
from runtime.extraction import Message, NotConstant, from_python, from_template
from runtime.messages import placeholders, problems, update


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("enterprises/models/members.py", "enterprises"),
        ("enterprises/rosters/read.py", "rosters"),
        ("enterprises/signin/forms.py", "base"),
        ("enterprises/listing.py", "base"),
        ("campaign/meetings/rules.py", "meetings"),
        ("campaign/models.py", "base"),
        ("templates/meetings/new.html", "meetings"),
        ("templates/components/eq.html", "base"),
        ("templates/404.html", "base"),
        ("config/navigation.py", "base"),
    ],
)
def test_each_file_belongs_to_one_area(path, area):
    assert area_of(path) == area


def test_finds_every_form_of_call_in_python():
    source = (
        "from django.utils.translation import gettext_lazy as lazy, ngettext, pgettext, npgettext, gettext as _\n"
        "a = _('one' ' line')\nb = lazy('lazy')\nc = ngettext('%(n)s man', '%(n)s men', n)\n"
        "d = pgettext('cell', 'M')\ne = npgettext('roll', 'x', 'y', n)\nf = other('not this')\n"
    )
    assert set(from_python(source, "x.py")) == {
        Message("", "one line"),
        Message("", "lazy"),
        Message("", "%(n)s man", "%(n)s men"),
        Message("cell", "M"),
        Message("roll", "x", "y"),
    }


def test_takes_a_variable_for_marked_elsewhere():
    source = "from django.utils.translation import gettext_noop\nA = gettext_noop('marked')\nb = _(A)\nc = _(d['x'])\n"
    assert set(from_python(source, "x.py")) == {Message("", "marked")}


def test_refuses_a_string_that_is_put_together():
    with pytest.raises(NotConstant, match="x.py:1"):
        list(from_python("a = _(f'{n} men')", "x.py"))


def test_finds_every_form_in_templates():
    source = (
        '{% load i18n %}{% translate "Save (now)" %}{% translate "May" context "month" %}'
        "{% blocktranslate count n=k trimmed %}\n one {{ n }}\n {% plural %} many {{ n }} {% endblocktranslate %}"
        "{% include 'x' with a=_('Title') %}{% blocktranslate %}50% done{% endblocktranslate %}"
    )
    assert set(from_template(source, "x.html")) == {
        Message("", "Save (now)"),
        Message("month", "May"),
        Message("", "one %(n)s", "many %(n)s"),
        Message("", "Title"),
        Message("", "50%% done"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%(n)s of %(all)d", {"%(n)s", "%(all)d"}),
        ("100%% of %s", {"%s"}),
        ("{name} {}", {"{name}", "{}"}),
        ("plain 5%", set()),
    ],
)
def test_placeholders(text, expected):
    assert placeholders(text) == expected


@pytest.fixture
def checkout(tmp_path):
    """A small checkout with one translated string."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "a.py").write_text("a = _('Kept')\nb = _('%(n)s new')\n")
    entry = polib.POEntry(msgid="Kept", msgstr="保留")
    gone = polib.POEntry(msgid="Gone", msgstr="没了")
    path = catalogue_path("base", tmp_path)
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.extend([gone, entry])
    catalogue.save(str(path))
    return tmp_path


def kinds(root):
    return {(p.kind.split(" (")[0], p.text) for p in problems(root)}


def test_check_names_what_is_missing_and_what_is_stale(checkout):
    assert kinds(checkout) == {("missing", "%(n)s new"), ("stale", "Gone")}


def test_update_keeps_adds_drops_and_is_stable(checkout):
    assert update("base", checkout) == 1
    path = catalogue_path("base", checkout)
    first = path.read_text()
    assert "保留" in first and "Gone" not in first and "fuzzy" not in first
    update("base", checkout)
    assert path.read_text() == first
    assert kinds(checkout) == {("untranslated", "%(n)s new")}


def edit(root, area, msgid, **values):
    path = catalogue_path(area, root)
    catalogue = polib.pofile(str(path))
    entry = catalogue.find(msgid)
    for name, value in values.items():
        setattr(entry, name, value)
    catalogue.save(str(path))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"msgstr": "新"}, "placeholders differ"),
        ({"msgstr": "%(m)s 新"}, "placeholders differ"),
        ({"msgstr": "%(n)s 新", "flags": ["fuzzy"]}, "fuzzy"),
    ],
)
def test_check_finds_wrong_entries(checkout, values, kind):
    update("base", checkout)
    edit(checkout, "base", "%(n)s new", **values)
    assert kinds(checkout) == {(kind, "%(n)s new")}


def test_a_new_string_takes_the_translation_of_another_area(checkout):
    (checkout / "campaign" / "plan").mkdir(parents=True)
    (checkout / "campaign" / "plan" / "a.py").write_text("a = _('Kept')\n")
    assert update("plan", checkout) == 0
    edit(checkout, "plan", "Kept", msgstr="别样")
    assert ("differs from base", "Kept") in kinds(checkout)


def test_the_command_exits_with_1_and_lists(checkout, settings, capsys):
    settings.BASE_DIR = checkout
    with pytest.raises(CommandError) as raised:
        call_command("messages", "base", "--check")
    assert raised.value.returncode == 1
    assert "base: missing: '%(n)s new'" in capsys.readouterr().out


def test_check_writes_nothing(checkout, settings):
    settings.BASE_DIR = checkout
    before = catalogue_path("base", checkout).read_bytes()
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    assert catalogue_path("base", checkout).read_bytes() == before


@pytest.mark.parametrize("area", AREAS)
def test_the_product_is_translated_completely(area):
    """No string of the product is missing, stale, fuzzy, untranslated or formatted differently."""
    call_command("messages", area, "--check")
