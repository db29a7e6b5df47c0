"""Run the whole product. ``manage.py`` hands over to the supervisor before Django is loaded."""

import sys

from django.core.management.base import BaseCommand

from runtime import supervisor


class Command(BaseCommand):
    help = supervisor.HELP

    def add_arguments(self, parser):
        supervisor.add_arguments(parser)

    def handle(self, **options):
        sys.exit(supervisor.run(demo=options["demo"], port=options["port"]))
