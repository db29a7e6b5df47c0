"""Load a campaign definition as a new version; or only check it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaign.plan import actions
from campaign.plan.definition import DefinitionErrors
from campaign.plan.models import Campaign

SHIPPED = Path(actions.definitions.__file__).parent / "definitions"


class Command(BaseCommand):
    help = "Load a campaign definition (TOML). Lists what changes; running campaigns keep their version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="path of the file, or the name of a shipped definition")
        parser.add_argument("--check", action="store_true", help="only check and compare, store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["file"])
        try:
            found = actions.compare(text)
        except DefinitionErrors as errors:
            self._refuse(errors, options)
        lines = [str(difference) for difference in found.differences] if found.stored else []
        apply = found.is_new and not options["check"]
        if not options["json"]:
            self._announce(found, lines)
        stored = actions.load_definition(text=text, by=None) if apply else found.stored
        result = {
            "code": found.data["code"],
            "version": stored.version if stored else None,
            "new": found.is_new,
            "applied": apply,
            "changes": lines,
            "errors": [],
        }
        self._report(result, as_json=options["json"])

    def _refuse(self, errors: DefinitionErrors, options: dict[str, Any]) -> None:
        if options["json"]:
            rows = [{"line": error.line, "message": error.message} for error in errors.errors]
            result = {"code": None, "version": None, "new": False, "applied": False, "changes": []}
            self.stdout.write(json.dumps(result | {"errors": rows}, ensure_ascii=False))
            raise SystemExit(1)
        for error in errors.errors:
            self.stderr.write(f"{options['file']}: {error}")
        raise CommandError(_("%d mistakes. Nothing was stored.") % len(errors.errors))

    def _announce(self, found: actions.Comparison, lines: list[str]) -> None:
        if found.stored is None:
            self.stdout.write(_("%s is not stored yet.") % found.data["code"])
            return
        head = _("Compared with version %(version)d of %(code)s:")
        self.stdout.write(head % {"version": found.stored.version, "code": found.stored.code})
        for line in lines or [_("nothing differs")]:
            self.stdout.write(f"  {line}")
        for campaign in Campaign.objects.filter(definition__code=found.stored.code, state="RUNNING"):
            values = {"code": campaign.code, "version": campaign.definition.version}
            self.stdout.write(_("Campaign %(code)s is running and keeps version %(version)d.") % values)

    def _report(self, result: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        elif result["applied"]:
            values = {"code": result["code"], "version": result["version"]}
            self.stdout.write(_("Stored %(code)s as version %(version)d.") % values)
        elif result["new"]:
            self.stdout.write(_("The definition is right. Nothing was stored."))
        else:
            self.stdout.write(_("Nothing to store."))


def _read(file: str) -> str:
    for path in (Path(file), SHIPPED / f"{file}.toml"):
        if path.is_file():
            try:
                return path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError as error:
                raise CommandError(_("%s is not UTF-8 text. Save it as UTF-8.") % file) from error
    known = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.toml")))
    raise CommandError(_("No file %(file)s. Shipped are: %(known)s.") % {"file": file, "known": known})
