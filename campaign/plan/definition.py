"""A campaign definition: TOML text in, checked content out (design section 5).

Days are counted from the launch date (day 0), both ends included. Names stand in both languages. The
evidence of an obligation is one of

* ``{kind = "meeting", meeting_kinds = [...], min_count = 1, min_class_hours = 0}``: meetings held,
* ``{kind = "hours", meeting_kinds = [...]}``: class hours of each member, against the guidance policy,
* ``{kind = "filing", code = "..."}``: a document or figure filed by the organisation,
* ``{kind = "feedback", code = "..."}``: a dated entry for each member,
* ``{kind = "survey"}``: a satisfaction survey of the organisation, closed with a valid result.
* ``{kind = "rectification_plan"}``: a rectification plan that the leading organization has approved,
* ``{kind = "rectified"}``: every item due is done or explained; or an approved plan says there is nothing,
* ``{kind = "published"}``: the masses were told of it afterwards.
* ``{kind = "requirements"}``: concrete requirements adopted by the organisation (item 52).
* ``{kind = "talks"}``: somebody has talked heart to heart with each member,
* ``{kind = "analysis"}``: each member's Party-spirit analysis, made as the guidance policy asks (``writing``),
* ``{kind = "appraisal"}``: the branch's appraisal fed back to each member.
* ``{kind = "opinions"}``: opinions received by the organisation, none of them left unsorted.
"""

import tomllib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaign.plan import checks, rules
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.lines import LineIndex
from campaign.plan.models import Anchor, Campaign, OwedBy
from campaign.plan.shape import Shape, Value, read
from enterprises.access.roles import ROLES
from enterprises.codes import EducationBand
from enterprises.models import Member, Organization
from enterprises.models.units import Condition


@dataclass(frozen=True)
class DefinitionError:
    """One mistake in a definition file: the line, and what to do about it."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class DefinitionErrors(ValueError):
    """Everything that is wrong with a definition file, in the order of its lines."""

    def __init__(self, errors: list[DefinitionError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


NAMES: Shape = {"name_zh": Value("text"), "name_en": Value("text")}
CODED: Shape = {"code": Value("code"), **NAMES}
_MEETING_KINDS = Value("codes", choices=tuple(MEETING_KINDS))
EVIDENCE: dict[str, Shape] = {
    "meeting": {
        "meeting_kinds": _MEETING_KINDS,
        "min_count": Value("integer", required=False, default=1, low=1),
        "min_class_hours": Value("integer", required=False, default=0, low=0),
    },
    "hours": {"meeting_kinds": _MEETING_KINDS},
    "filing": {"code": Value("code")},
    "feedback": {"code": Value("code")},
    "survey": {},
    "rectification_plan": {},
    "rectified": {},
    "published": {},
    "requirements": {},
    "talks": {},
    "analysis": {},
    "appraisal": {},
    "opinions": {},
}
OBLIGATION: Shape = {
    "owed_by": Value("code", choices=tuple(OwedBy.values)),
    "org_kinds": Value(
        "codes", choices=tuple(k for k in Organization.Kind.values if k != Organization.Kind.LOCAL_COMMITTEE)
    ),
    "evidence": Value("variant", variants=EVIDENCE),
}
STEP: Shape = {
    **CODED,
    "phase": Value("code"),
    **OBLIGATION,
    "also": Value("tables", required=False, default=[], shape=OBLIGATION),
    "anchor": Value("code", required=False, default=Anchor.PHASE_END.value, choices=tuple(Anchor.values)),
    "due_days": Value("integer", required=False, default=0, low=-365, high=365),
    "tolerance_percent": Value("integer", required=False, default=2, low=0, high=100),
    "tolerance_days": Value("integer", required=False, default=7, low=0),
    "soon_days": Value("integer", required=False, default=7, low=0),
}
REQUIREMENT: Shape = {
    "class_hours": Value("integer", required=False, low=0, high=400),
    "writing": Value("code", required=False, choices=rules.WRITING),
    "shift_days": Value("integer", required=False, low=0, high=180),
    "binding": Value("flag", required=False),
    "materials_cap": Value("integer", required=False, low=1),
}
RULE: Shape = {
    "category": Value("code", required=False, choices=tuple(Member.Category.values)),
    "condition": Value("code", required=False, choices=tuple(Condition.values)),
    **REQUIREMENT,
}
GUIDANCE: Shape = {
    "class_hours": Value("integer", low=0, high=400),
    "writing": Value("code", choices=rules.WRITING),
    "shift_days": Value("integer", required=False, default=0, low=0, high=180),
    "binding": Value("flag", required=False, default=True),
    "materials_cap": Value("integer", required=False, low=1),
    "rules": Value("tables", required=False, default=[], shape=RULE),
    # Of whom less writing is asked by education, whatever the category (items 31, 36); it never asks more.
    "writing_at_most": Value(
        "table",
        required=False,
        default={},
        shape={band: Value("code", required=False, choices=rules.WRITING) for band in EducationBand.values},
    ),
}
DOCUMENT: Shape = {**CODED, "figure": Value("flag", required=False, default=False)}
GATE: Shape = {
    "code": Value("code"),
    "from": Value("code"),
    "to": Value("code"),
    "may_pass": Value("codes", choices=tuple(ROLES)),
    "conditions": Value("tables", required=False, default=[], shape={**CODED, "step": Value("code", required=False)}),
}
SURVEY: Shape = {
    "scale": Value("tables", shape={**CODED, "counts_as": Value("code", choices=checks.SURVEY_MEANINGS)}),
    "items": Value("tables", shape={**CODED, "sentence": Value("code")}),
    "sentences": Value("tables", shape=CODED),
    "overall": Value("table", required=False, default=checks.OVERALL, shape=NAMES),
    "min_satisfied_percent": Value("integer", required=False, default=60, low=0, high=100),
    "max_dissatisfied_percent": Value("integer", required=False, default=50, low=0, high=100),
    "hidden_below": Value("integer", required=False, default=5, low=1),
    "held_within_days": Value("integer", required=False, default=7, low=1),
}
OPINION_CATEGORY: Shape = {**CODED, "reference_percent": Value("integer", required=False, low=0, high=100)}
TARGETS: Shape = {
    name: Value("integer", required=False, low=1) for name in ("members", "organizations", "headquarters")
}
SHAPE: Shape = {
    **CODED,
    "preset": Value("text", choices=tuple(Campaign.Preset.values)),
    "batch": Value("integer", required=False, low=1),
    "class_hour_minutes": Value("integer", required=False, default=45, low=30, high=90),
    "total_days_min": Value("integer", required=False, default=75, low=1),
    "total_days_max": Value("integer", required=False, default=110, low=1),
    "targets": Value("table", required=False, default={}, shape=TARGETS),
    "phases": Value(
        "tables",
        shape={**CODED, "opens_day": Value("integer", low=0), "closes_day": Value("integer", low=0)},
    ),
    "steps": Value("tables", shape=STEP),
    "documents": Value("tables", required=False, default=[], shape=DOCUMENT),
    "feedback": Value("tables", required=False, default=[], shape=CODED),
    "guidance": Value("table", shape=GUIDANCE),
    "rolling": Value(
        "table",
        required=False,
        default={"subsidiary_days": 0, "hard_condition_days": 0},
        shape={
            "subsidiary_days": Value("integer", low=0, high=120),
            "hard_condition_days": Value("integer", low=0, high=120),
        },
    ),
    "makeup": Value(
        "table",
        shape={
            "meeting_kinds": _MEETING_KINDS,
            "days": Value("integer", required=False, default=7, low=1),
            "reminder_days": Value("integer", required=False, default=14, low=1),
        },
    ),
    # Days before a warning: a post without anybody responsible, a contact point without a visit (items 19, 28).
    "leadership": Value(
        "table",
        required=False,
        default={"vacancy_days": 7, "unvisited_days": 30},
        shape={
            "vacancy_days": Value("integer", required=False, default=7, low=0),
            "unvisited_days": Value("integer", required=False, default=30, low=1),
        },
    ),
    "gates": Value("tables", required=False, default=[], shape=GATE),
    "survey": Value("table", required=False, shape=SURVEY),
    "opinion_categories": Value("tables", required=False, default=[], shape=OPINION_CATEGORY),
    # The guiding ideas that plans and study sessions are tagged with (item 111).
    "tags": Value("tables", required=False, default=[], shape=CODED),
    "report_templates": Value("tables", required=False, default=[], shape=CODED),
}


def load(text: str) -> dict[str, Any]:
    """The content of a definition, defaults filled in.

    Raises ``DefinitionErrors`` with every mistake found, each with its line and its remedy.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionErrors([_syntax_error(error, text)]) from error
    data, problems = read(SHAPE, raw)
    if not problems:
        problems = checks.run(data)
    if problems:
        index = LineIndex(text)
        errors = [DefinitionError(index.line(problem.path), problem.message) for problem in problems]
        raise DefinitionErrors(sorted(errors, key=lambda error: error.line))
    return data


def _syntax_error(error: tomllib.TOMLDecodeError, text: str) -> DefinitionError:
    found = str(error)
    line = text.count("\n") + 1
    if "(at line " in found:
        line = int(found.rsplit("(at line ", 1)[1].split(",")[0])
    message = _("This is not valid TOML: %s. Correct the line, then check again.")
    return DefinitionError(line, message % found.split(" (at ")[0])
