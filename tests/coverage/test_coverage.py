"""The table of items in docs/coverage.md is what the marks in the tests say."""

from tests.coverage import table
from tests.coverage.items import ITEMS


def test_the_table_is_up_to_date():
    assert table.PAGE.read_text() == table.page(), "run: python -m tests.coverage.table"


def test_there_are_117_items():
    assert list(ITEMS) == list(range(1, 118))
