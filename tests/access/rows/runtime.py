"""The two pages for those who watch the service."""

from tests.access.table import Row, public

ROWS = [Row("healthz", public()), Row("readyz", public())]
