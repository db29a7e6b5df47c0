import pytest

from enterprises.names import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("王示一", "wang shi yi"),
        ("单示二", "shan shi er"),  # dan in other words
        ("曾 示三", "zeng shi san"),
        ("", ""),
    ],
)
def test_the_sort_key_is_pinyin_with_readings_of_surnames(name, key):
    assert name_key(name) == key


def test_the_key_fits_its_column():
    assert len(name_key("示" * 60)) == 120
