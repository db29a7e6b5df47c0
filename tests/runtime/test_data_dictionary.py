"""docs/data-dictionary.md says what the models say."""

from pathlib import Path

from django.conf import settings

from runtime.management.commands.data_dictionary import dictionary


def test_the_data_dictionary_is_current():
    written = (Path(settings.BASE_DIR) / "docs" / "data-dictionary.md").read_text(encoding="utf8")
    assert written == dictionary(), "run manage.py data_dictionary"


def test_every_model_says_what_it_is():
    assert "\n\n\n" not in dictionary().replace("|\n\n", "|\n")
