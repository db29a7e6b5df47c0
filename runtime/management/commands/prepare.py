"""What has to be done before serving: migrate, load the demo, gather static files. ``up`` runs it."""

import hashlib
from io import StringIO

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

STAMP = "gathered"


class Command(BaseCommand):
    help = "Migrate the database and gather static files if they have changed; with --demo load the demo."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demo into an empty database")

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        gather()
        if options["demo"]:
            call_command("load_demo", stdout=StringIO())  # ``up`` prints the sign-ins at its end


def gather() -> bool:
    """Gather and compress the static files unless nothing has changed. Returns whether it did."""
    stamp = settings.STATIC_ROOT / STAMP
    present = fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=settings.STATIC_ROOT.exists(), verbosity=0)
    stamp.write_text(present)
    return True


def fingerprint() -> str:
    """A hash of the name, size and time of every static file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            size, time = storage.size(name), storage.get_modified_time(name).timestamp()
            digest.update(f"{name} {size} {time}\n".encode())
    return digest.hexdigest()
