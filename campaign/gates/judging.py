"""Whether the conditions of a gate are met, with the reasons in words and links (dossier part 1 J).

A condition that names a step is judged by the statuses of the unit's organizations; if a room registered a
check under the condition's code as well, both must hold. A condition without a step is judged by the room's
check. Where no room registered one, a document filed under the condition's code counts (`by_document`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.filings.models import Filing
from campaign.gates import rules
from campaign.gates.models import LookBackCheck, PhaseTransition
from campaign.gates.rules import Gate
from campaign.plan.models import Campaign, Participation, Step
from campaign.plan.wording import name_of
from campaign.progress.gates import Check, condition
from campaign.progress.models import StepStatus
from enterprises import clock
from enterprises.models import Account

NAMED = 5  # organizations that a condition names; the dashboard has them all
REQUESTED = {"code": "requested", "name_zh": "本单位已申请", "name_en": "The unit has asked for it"}
LOOKED_BACK = {"code": "look_back", "name_zh": "已“回头看”", "name_en": "Look-back check made"}
STANDING = (PhaseTransition.State.PASSED, PhaseTransition.State.RETURNED)


@dataclass(frozen=True)
class Judged:
    """One condition of a gate for one unit: met or not, why, and links (words and address)."""

    row: Mapping[str, Any]
    check: Check
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The condition in the reader's language."""
        return name_of(self.row)

    @property
    def met(self) -> bool:
        return self.check.met


@dataclass(frozen=True)
class StepCount:
    """Organizations of a unit that owe a step, and how many of them have not done it."""

    expected: int = 0
    missing: int = 0
    made_up: int = 0
    first_due: date | None = None


Counts = dict[tuple[int, str], StepCount]


def counts_of(campaign: Campaign, unit_ids: Iterable[int]) -> Counts:
    """The counts of every step by unit and step code: one query, meant for a page of units."""
    open_ones = Q(applicable=True, done_on=None)
    rows = (
        StepStatus.objects.filter(step__campaign=campaign, organization__enterprise__in=list(unit_ids))
        .order_by()
        .values_list("organization__enterprise", "step__code")
        .annotate(
            expected=Count("pk", filter=Q(applicable=True)),
            missing=Count("pk", filter=open_ones),
            late=Count("pk", filter=Q(made_up=True)),
            first_due=Min("due_on", filter=open_ones),
        )
    )
    return {(unit, code): StepCount(*counts) for unit, code, *counts in rows}


def stage_since(participation: Participation, stage: str) -> datetime | None:
    """The moment at which the unit last came to this stage; None where it has stood there from the start."""
    came = participation.transitions.filter(to_stage=stage, state__in=STANDING, undone_at=None)
    return came.order_by("-id").values_list("decided_at", flat=True).first()


def judge(
    participation: Participation, gate: Gate, account: Account | None = None, counts: Counts | None = None
) -> list[Judged]:
    """Every condition of the gate for the unit, those of the request first.

    ``account``: links to organizations that are missing are given as far as it may see them. ``counts``: those
    of `counts_of`, where they are already known.
    """
    if counts is None:
        counts = counts_of(participation.campaign, [participation.unit_id])
    own = [_requested(participation, gate)]
    if gate["from"] in _phases(participation.campaign) and participation.state != rules.MAKE_UP:
        own.append(_looked_back(participation, gate["from"]))
    return own + [_judged(participation, gate, row, account, counts) for row in gate["conditions"]]


def _phases(campaign: Campaign) -> set[str]:
    return {phase["code"] for phase in campaign.data["phases"]}


def _judged(participation: Participation, gate: Gate, row: Mapping, account: Account | None, counts: Counts) -> Judged:
    registered = condition(row["code"])
    if row["step"] is None:
        check = registered(participation, gate["from"]) if registered else by_document(participation, gate, row)
        return Judged(row, check)
    found = by_step(participation, row, account, counts)
    if registered is None or not found.met:
        return found
    further = registered(participation, gate["from"])
    return replace(found, check=further) if not further.met else found


def by_step(participation: Participation, row: Mapping, account: Account | None, counts: Counts) -> Judged:
    """Whether all organizations of the unit that owe the step have done it."""
    count = counts.get((participation.unit_id, row["step"]), StepCount())
    step = participation.campaign.steps.get(code=row["step"]) if count.missing and account else None
    url = _dashboard(participation)
    if count.expected == 0:
        return Judged(row, Check(True, _("None of the unit's organizations owes this step."), url))
    if count.missing == 0:
        text = ngettext(
            "The only organization that owes it has done it.",
            "All %(n)d organizations that owe it have done it.",
            count.expected,
        )
        return Judged(row, Check(True, text % {"n": count.expected}, url))
    text = ngettext(
        "%(missing)d of %(expected)d organization has not done it.",
        "%(missing)d of %(expected)d organizations have not done it.",
        count.expected,
    )
    check = Check(False, text % {"missing": count.missing, "expected": count.expected}, url)
    return Judged(row, check, _missing(participation, step, account) if step and account else [])


def _missing(participation: Participation, step: Step, account: Account) -> list[tuple[str, str]]:
    """The organizations that are missing, as far as the account sees them, each with the page that says why."""
    statuses = (
        StepStatus.objects.visible_to(account)
        .filter(step=step, organization__enterprise=participation.unit_id, applicable=True, done_on=None)
        .select_related("organization")
        .order_by("due_on", "organization__path")[:NAMED]
    )
    campaign = participation.campaign.code
    return [
        (status.organization.name, reverse("overview:step", args=[status.organization_id, campaign, step.code]))
        for status in statuses
    ]


def _dashboard(participation: Participation) -> str:
    leading = participation.unit.leading_organization_id
    if leading is None:
        return ""
    return reverse("overview:node", args=[leading], query={"campaign": participation.campaign.code})


def by_document(participation: Participation, gate: Gate, row: Mapping) -> Check:
    """A condition no room keeps: met by a document of the same code, filed by the unit's leading organization
    within the stage that the gate leads out of."""
    known = {document["code"] for document in participation.campaign.data["documents"]}
    leading = participation.unit.leading_organization
    if row["code"] not in known or leading is None:
        return Check(False, _("There are no records of this yet."))
    filed = Filing.objects.filter(
        campaign=participation.campaign, organization=leading, kind=row["code"], member=None, withdrawn_on=None
    )
    since = stage_since(participation, gate["from"])
    if since:
        filed = filed.filter(recorded_at__gt=since)
    query = {"organization": leading.pk, "campaign": participation.campaign.code, "code": row["code"]}
    url = reverse("filings:filing_new", query=query)
    last = filed.order_by("filed_on", "pk").last()
    if last is None:
        return Check(False, _("%(name)s has not filed it in this stage.") % {"name": leading.name}, url)
    told = {"day": date_format(last.filed_on), "title": last.title}
    return Check(True, _("Filed on %(day)s: %(title)s.") % told, url)


def _requested(participation: Participation, gate: Gate) -> Judged:
    asked = participation.transitions.filter(state=PhaseTransition.State.ASKED, gate=gate["code"]).first()
    url = reverse("gates:ask", args=[participation.pk])
    if asked is None:
        return Judged(REQUESTED, Check(False, _("The unit has not asked for it yet."), url))
    day = date_format(asked.asked_at.astimezone(clock.ZONE))
    return Judged(REQUESTED, Check(True, _("Asked for on %(day)s.") % {"day": day}))


def latest_look_back(participation: Participation, phase: str) -> LookBackCheck | None:
    """The last look-back check of the phase since the unit came to it."""
    found = participation.look_backs.filter(phase__code=phase)
    since = stage_since(participation, phase)
    if since:
        found = found.filter(recorded_at__gte=since)
    return found.prefetch_related("lines__step").first()


def _looked_back(participation: Participation, phase: str) -> Judged:
    url = reverse("gates:look_back", args=[participation.pk])
    found = latest_look_back(participation, phase)
    if found is None:
        return Judged(LOOKED_BACK, Check(False, _("Not yet compared with the steps of the phase."), url))
    missing = sum(line.result == "MISSING" for line in found.lines.all())
    told = {"day": date_format(found.checked_on), "n": missing}
    if missing:
        text = ngettext(
            "Checked on %(day)s; %(n)d step was missing then.",
            "Checked on %(day)s; %(n)d steps were missing then.",
            missing,
        )
        return Judged(LOOKED_BACK, Check(True, text % told, url))
    return Judged(LOOKED_BACK, Check(True, _("Checked on %(day)s; nothing was missing.") % told, url))
