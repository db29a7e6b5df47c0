"""Catalogues are compiled when they are stale, and only then."""

import gettext
import os

import pytest

from runtime.translations import compile_stale

SOURCE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "branch"
msgstr "党支部"
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "base" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE)
    return folder / "django.po"


def test_compiles_what_is_new_or_changed(tmp_path, source):
    compiled = source.with_suffix(".mo")
    assert compile_stale(tmp_path) == [compiled]
    assert compile_stale(tmp_path) == []
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("branch") == "党支部"
    later = compiled.stat().st_mtime_ns + 10**9
    source.write_text(SOURCE.replace("党支部", "支部"))
    os.utime(source, ns=(later, later))
    assert compile_stale(tmp_path) == [compiled]
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("branch") == "支部"


def test_leaves_nothing_beside(tmp_path, source):
    compile_stale(tmp_path)
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
