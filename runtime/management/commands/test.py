"""Run the tests with pytest, which starts servers of its own."""

import sys

import pytest
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the tests. Arguments go to pytest."

    def run_from_argv(self, argv):
        sys.exit(pytest.main(argv[2:]))
