"""A definition in words: who owes a step, what proves it, when it is due, what guidance asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from campaign.plan import own, rules
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Anchor, Campaign, Obligation, OwedBy, Step
from enterprises.access.roles import ROLES
from enterprises.models import Member, Organization
from enterprises.models.units import Condition

WRITING: dict[str, str | Promise] = {
    "WRITTEN": gettext_lazy("in writing"),
    "SHORT": gettext_lazy("short, in writing"),
    "ORAL": gettext_lazy("orally, taken down by another"),
    "EXEMPT": gettext_lazy("no writing"),
}

# Kinds of evidence without parameters.
PROOFS: dict[str, str | Promise] = {
    "requirements": gettext_lazy("concrete requirements adopted"),
    "opinions": gettext_lazy("opinions received, all of them sorted"),
    "survey": gettext_lazy("a satisfaction survey closed with a valid result"),
    "talks": gettext_lazy("a heart-to-heart talk with each member"),
    "analysis": gettext_lazy("each member's analysis, made as the guidance asks"),
    "appraisal": gettext_lazy("the appraisal fed back to each member"),
    "rectification_plan": gettext_lazy("a rectification plan approved by the leading organization"),
    "rectified": gettext_lazy("every rectification item due is done or explained"),
    "published": gettext_lazy("rectification published to the masses"),
}


def name_of(row: Mapping[str, Any]) -> str:
    """The name of a row of a definition in the reader's language."""
    return row["name_en"] if (get_language() or "").startswith("en") else row["name_zh"]


def kinds_words(org_kinds: tuple[str, ...]) -> str:
    """Kinds of organisation; the three forms of branch are called branches."""
    branches = [kind.value for kind in Organization.BRANCH_KINDS]
    words = [str(_("Party branches"))] if set(branches) <= set(org_kinds) else []
    rest = [kind for kind in org_kinds if not words or kind not in branches]
    return _(", ").join([*words, *(str(Organization.Kind(kind).label) for kind in rest)])


def owed_words(obligation: Obligation) -> str:
    """Who owes it."""
    kinds = kinds_words(obligation.org_kinds)
    if obligation.owed_by == OwedBy.MEMBERS:
        return _("every member, counted by %s") % kinds
    if obligation.owed_by == OwedBy.TEAM:
        return _("the leading team of: %s") % kinds
    return kinds


def evidence_words(data: Mapping[str, Any], evidence: Mapping[str, Any]) -> str:
    """What proves it."""
    kind = evidence["kind"]
    if kind == "filing":
        return _("filed: %s") % _named(data["documents"], evidence["code"])
    if kind == "feedback":
        return _("a dated entry for each member: %s") % _named(data["feedback"], evidence["code"])
    if kind in PROOFS:
        return str(PROOFS[kind])
    meetings = _(", ").join(str(MEETING_KINDS[code].label) for code in evidence["meeting_kinds"])
    if kind == "hours":
        return _("class hours as the guidance asks, in: %s") % meetings
    words = ngettext("%(n)d meeting: %(kinds)s", "%(n)d meetings: %(kinds)s", evidence["min_count"])
    words = words % {"n": evidence["min_count"], "kinds": meetings}
    if evidence["min_class_hours"]:
        hours = _("with at least %d class hours") % evidence["min_class_hours"]
        return _("%(what)s, %(hours)s") % {"what": words, "hours": hours}
    return words


def _named(rows: list[dict[str, Any]], code: str) -> str:
    return next((name_of(row) for row in rows if row["code"] == code), code)


def due_words(step: Step) -> str:
    """When it is due, counted from the phase."""
    start = step.anchor == Anchor.PHASE_START
    if step.due_days == 0:
        return _("on the first day of the phase") if start else _("on the last day of the phase")
    days = abs(step.due_days)
    if step.due_days < 0:
        words = _("%d days before the phase starts") if start else _("%d days before the phase ends")
    else:
        words = _("%d days after the phase starts") if start else _("%d days after the phase ends")
    return words % days


def guidance_words(found: rules.Guidance) -> str:
    """What is asked, in one line."""
    words = [_("%d class hours") % found.class_hours, str(WRITING[found.writing])]
    if found.materials_cap is not None:
        words.append(_("at most %d required titles") % found.materials_cap)
    if not found.binding:
        words.append(_("advisory"))
    return _(", ").join(words)


def mistake_words(mistake: own.Mistake) -> str:
    """Why a unit's own values are refused, and what to do."""
    category = Member.Category(mistake.category).label
    words = {
        "leaders": _("More would be asked of %(category)s than of leading cadres. Ask the leading cadres no less."),
        "binding": _("The campaign leaves %(category)s free. It may not be made binding."),
        "cap": _("The campaign caps the required titles of %(category)s. The cap may be lowered, not raised."),
    }
    return words[mistake.code] % {"category": category}


def own_words(own_rules: own.Rules) -> list[str]:
    """A unit's own values, one line for each category; none where it asks what the campaign asks."""
    return [_own_line(rule) for rule in own_rules]


def _own_line(rule: Mapping[str, Any]) -> str:
    category = rule.get("category")
    about = str(Member.Category(category).label) if category else _("the whole unit")
    words = []
    if rule.get("class_hours") is not None:
        words.append(_("%d class hours") % rule["class_hours"])
    if rule.get("writing"):
        words.append(str(WRITING[rule["writing"]]))
    if rule.get("materials_cap") is not None:
        words.append(_("at most %d required titles") % rule["materials_cap"])
    if rule.get("binding") is not None:
        words.append(_("binding") if rule["binding"] else _("advisory"))
    if rule.get("shift_days") is not None:
        words.append(shift_words(rule["shift_days"]))
    return f"{about}{_(': ')}{_(', ').join(words)}"


def shift_words(days: int) -> str:
    """How much later than its phases say the steps of a unit are due."""
    return ngettext("%(n)d day later", "%(n)d days later", days) % {"n": days} if days else _("as planned")


@dataclass(frozen=True)
class Matrix:
    """Guidance by category (rows) and enterprise condition (columns); ``shifts`` per condition, in days."""

    conditions: list[tuple[str | Promise, int]]
    rows: list[tuple[str | Promise, list[str]]]


def matrix(campaign: Campaign) -> Matrix:
    """The guidance of a campaign as a table (items 33-36)."""
    policy = campaign.data["guidance"]
    return Matrix(
        conditions=[(c.label, rules.unit_shift(policy, c.value)) for c in Condition],
        rows=[
            (
                category.label,
                [guidance_words(rules.guidance(policy, category.value, c.value)) for c in Condition],
            )
            for category in Member.Category
        ],
    )


@dataclass(frozen=True)
class Gate:
    """A gate in words: between which stages, its conditions, and who may let pass."""

    title: str
    conditions: list[str]
    may_pass: str


def stage_words(campaign: Campaign, code: str) -> str:
    """A stage of a unit: one of the phases, or before or after them."""
    fixed = {
        "enrolled": _("enrolled"),
        "make_up": _("making up"),
        "prepared": _("prepared"),
        "surveyed": _("surveyed"),
        "summed_up": _("summed up"),
        "closed": _("closed"),
    }
    phases = {row["code"]: name_of(row) for row in campaign.data["phases"]}
    return phases.get(code) or fixed.get(code, code)


def gates(campaign: Campaign) -> list[Gate]:
    """The gates of a campaign (dossier part 1 J)."""
    return [
        Gate(
            title=f"{stage_words(campaign, gate['from'])} → {stage_words(campaign, gate['to'])}",
            conditions=[name_of(condition) for condition in gate["conditions"]],
            may_pass=_(", ").join(str(ROLES[code].name) for code in gate["may_pass"]),
        )
        for gate in campaign.data["gates"]
    ]
