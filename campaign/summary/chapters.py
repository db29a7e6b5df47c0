"""The chapters of a summary report and what is already known for each of them, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from campaign.plan.frames import sentences_of
from campaign.plan.models import Campaign
from campaign.progress import queries
from campaign.progress.known import known
from campaign.progress.queries import Figures
from campaign.survey.models import Respondents, SatisfactionSurvey
from enterprises.models import Organization

# Item 114: the frame of the summary of batch one.
HEADINGS: tuple[tuple[str, Promise], ...] = (
    ("leadership", gettext_lazy("Leadership, and leaders who take the lead")),
    ("study", gettext_lazy("Study and mobilization")),
    ("analysis", gettext_lazy("Analysis and appraisal")),
    ("rectification", gettext_lazy("Rectification while learning, appraising and rectifying")),
    ("business", gettext_lazy("No delay on either side, each promoting the other")),
    ("organization", gettext_lazy("Organization building and lasting mechanisms")),
)
OF_PHASE = ("study", "analysis", "rectification")  # the headings that stand for the phases, in their order


@dataclass(frozen=True)
class Chapter:
    """A chapter: its code, its title, the part it belongs to, and what is known for it from the records."""

    code: str
    title: str
    part: str
    known: str = ""


def chapters_of(campaign: Campaign) -> list[Chapter]:
    """The six headings and the four sentences, without figures."""
    first, second = pgettext("summary", "What was done"), pgettext("summary", "What came of it")
    return [
        *(Chapter(code, str(name), first) for code, name in HEADINGS),
        *(Chapter(f"sentence_{code}", name, second) for code, name in sentences_of(campaign).items()),
    ]


def with_figures(campaign: Campaign, organization: Organization, today: date) -> list[Chapter]:
    """The chapters with the figures that exist, to start the text from."""
    figures = queries.figures([organization], campaign, today)[organization.pk]
    found = [
        {"leadership": _members(figures), "organization": _organizations(figures)},
        _phases(campaign, figures),
        _satisfaction(campaign, organization),
        *known(campaign, organization, today),
    ]
    lines = {c.code: "\n".join(filter(None, (one.get(c.code) for one in found))) for c in chapters_of(campaign)}
    return [Chapter(c.code, c.title, c.part, lines[c.code]) for c in chapters_of(campaign)]


def _members(figures: Figures) -> str:
    members = figures.members
    if not members.total:
        return ""
    words = _("%(covered)d of %(total)d members take part; %(sought)d are being sought, %(excused)d are excused.")
    told = {name: getattr(members, name) for name in ("covered", "total", "sought", "excused")}
    return words % told


def _organizations(figures: Figures) -> str:
    number = figures.members.branches
    return ngettext("%(n)d branch takes part.", "%(n)d branches take part.", number) % {"n": number} if number else ""


def _phases(campaign: Campaign, figures: Figures) -> dict[str, str]:
    """For each phase what was done of what was expected, step by step."""
    phases = list(campaign.phases.order_by("order"))
    found = {}
    for code, phase in zip(OF_PHASE, phases, strict=False):
        lines = [
            _("%(step)s: %(done)d of %(expected)d organizations.")
            % {"step": f.step.name, "done": f.done + f.late, "expected": f.expected}
            for f in figures.steps
            if f.step.phase_id == phase.pk and f.expected
        ]
        found[code] = "\n".join(lines)
    return found


def _satisfaction(campaign: Campaign, organization: Organization) -> dict[str, str]:
    """What the latest valid survey says of each sentence, group by group; what may not be shown is left out."""
    survey = (
        SatisfactionSurvey.objects.filter(campaign=campaign, organization=organization, state="CLOSED", is_valid=True)
        .order_by("-pk")
        .first()
    )
    found: dict[str, str] = {}
    for group in (survey.result or {}).get("groups", []) if survey else []:
        for line in group["sentences"]:
            if (rate := line["satisfied_or_basically_rate"]) is None:
                continue
            words = _("Survey, %(group)s: %(rate)s %% satisfied or basically satisfied, of %(base)d answers.")
            told = {"group": Respondents(group["code"]).label, "rate": rate, "base": line["base"]}
            key = f"sentence_{line['code']}"
            found[key] = "\n".join(filter(None, [found.get(key, ""), words % told]))
    return found
