"""Measure every figure of the design's performance table, each beside its limit from the same run."""

import json
import os
import platform
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from campaign.demo.bench import footprint, jobs, pages, writing
from campaign.demo.bench.figures import Figure, Findings, Missing, bare
from campaign.demo.models import DemoNotice
from enterprises.models import Organization

READING: dict[str, Callable[[], Findings]] = {**pages.ALL, **footprint.ALL}
WRITING: dict[str, Callable[[], Findings]] = {**writing.ALL, **jobs.ALL}
SIZES = {
    "branches": "SELECT count(*) FROM enterprises_organization WHERE kind LIKE '%BRANCH' AND kind <> 'GENERAL_BRANCH'",
    "organizations": "SELECT count(*) FROM enterprises_organization",
    "members": "SELECT count(*) FROM enterprises_member",
    "meetings": "SELECT count(*) FROM campaign_meeting",
    "statuses": "SELECT count(*) FROM campaign_stepstatus",
}


class Command(BaseCommand):
    help = "Measure on the data that are loaded. What writes runs only on data of make_campaign."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--only", action="append", choices=[*READING, *WRITING], help="measure only this")

    def handle(self, **options):
        if not Organization.objects.exists():
            raise CommandError(_("There is nothing to measure. Run make_campaign first."))
        chosen = options["only"] or [*READING, *WRITING]
        findings: Findings = []
        for name in chosen:
            self.stderr.write(name)
            findings += self._measure(name)
        about = {"size": {what: bare(sql)[0][0] for what, sql in SIZES.items()}, "machine": self._machine()}
        if options["json"]:
            figures = [f.as_json() for f in findings if isinstance(f, Figure)]
            missing = [{"name": f.name, "why": f.why} for f in findings if isinstance(f, Missing)]
            self.stdout.write(json.dumps(about | {"figures": figures, "not_measured": missing}))
        else:
            self._print(about, findings)

    def _measure(self, name: str) -> Findings:
        if name in READING:
            return READING[name]()
        if not DemoNotice.objects.filter(kind=DemoNotice.Kind.MEASURING).exists():
            return [Missing(name, _("it writes, and these data are not of make_campaign"))]
        return WRITING[name]()

    def _machine(self) -> dict[str, str]:
        version = bare("SHOW server_version")[0][0]
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return {
            "cores": str(os.cpu_count()),
            "memory": f"{memory:.0f} GiB",
            "load": f"{os.getloadavg()[0]:.1f}",
            "python": platform.python_version(),
            "postgresql": version,
            "database": connection.settings_dict["NAME"],
        }

    def _print(self, about: dict[str, dict], findings: Findings) -> None:
        self.stdout.write(", ".join(f"{number:,} {what}" for what, number in about["size"].items()))
        self.stdout.write(", ".join(f"{what} {value}" for what, value in about["machine"].items()))
        row = "{:<58} {:>12} {:>12} {:>12} {:>8}  {:<5} {}".format
        self.stdout.write(row("", _("target"), _("value"), _("limit"), _("ratio"), "", ""))
        for found in findings:
            if isinstance(found, Missing):
                self.stdout.write(row(found.name, "", "", "", "", "-", found.why))
                continue
            target = "" if found.target is None else f"{'≥' if found.least else '≤'} {found.target:.4g}"
            limit = "" if found.limit is None else f"{found.limit:.2f}"
            ratio = "" if found.ratio is None else f"{found.ratio:.1f}"
            state = {True: _("ok"), False: _("miss"), None: ""}[found.ok]
            value = f"{found.value:.2f} {found.unit}".strip()
            self.stdout.write(row(found.name, target, value, limit, ratio, state, found.note))
