"""The result of a closed survey: by group, by item, by sentence, beside an earlier one; export and print."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.plan.checks import OVERALL_CODE
from campaign.survey import evidence, questionnaire
from campaign.survey.models import Ballot, Respondents, SatisfactionSurvey
from campaign.survey.views.pages import found_survey, organizes
from enterprises import clock
from enterprises.listing import EXCEL
from enterprises.sheets import workbook

UNSEEN = "＊"
RATES = ("satisfied_rate", "satisfied_or_basically_rate", "dissatisfied_rate")


@dataclass(frozen=True)
class Row:
    """A line of the table: what it is about, its figures, and those of the earlier survey."""

    name: str
    figures: dict[str, Any]
    before: dict[str, Any] | None
    options: list[tuple[str, int | None]]
    of_sentence: bool = False

    @property
    def rates(self) -> list[str | None]:
        """The three rates in their order."""
        return [self.figures[name] for name in RATES]

    @property
    def before_rate(self) -> str | None:
        """Satisfied or basically satisfied, last time."""
        return self.before["satisfied_or_basically_rate"] if self.before else None


@dataclass(frozen=True)
class Group:
    """One respondent group: its ballots, the overall line, the lines by sentence with their items."""

    respondents: Respondents
    numbers: dict[str, Any]
    overall: Row | None
    rows: list[Row]


def groups_of(survey: SatisfactionSurvey, earlier: SatisfactionSurvey | None = None) -> list[Group]:
    """The frozen result as it is shown."""
    asked = questionnaire.of(survey)
    before = {g["code"]: g for g in earlier.result["groups"]} if earlier and earlier.result else {}
    return [_group(asked, numbers, before.get(numbers["code"])) for numbers in (survey.result or {}).get("groups", [])]


def _group(asked: questionnaire.Questionnaire, numbers: dict, before: dict | None) -> Group:
    who = Respondents(numbers["code"])
    if not numbers["measured"]:
        return Group(who, numbers, None, [])
    items, sentences = _by_code(numbers, "items"), _by_code(numbers, "sentences")
    old_items, old_sentences = _by_code(before, "items"), _by_code(before, "sentences")

    def row(name: str, code: str, now: dict, then: dict, of_sentence: bool = False) -> Row:
        options = [(option.name, now[code]["counts"][option.code]) for option in asked.options]
        return Row(name, now[code], then.get(code), options, of_sentence)

    rows = []
    for sentence, below in asked.sentences:
        rows.append(row(sentence.name, sentence.code, sentences, old_sentences, True))
        rows += [row(item.name, item.code, items, old_items) for item in below]
    return Group(who, numbers, row(asked.overall.name, OVERALL_CODE, items, old_items), rows)


def _by_code(numbers: dict | None, name: str) -> dict[str, Any]:
    return {line["code"]: line for line in (numbers or {}).get(name, [])}


def _closed(request: HttpRequest, pk: int) -> tuple[SatisfactionSurvey, SatisfactionSurvey | None]:
    survey = found_survey(request, pk)
    if not survey.is_closed:
        raise Http404
    earlier = SatisfactionSurvey.objects.visible_to(request.user).filter(pk=survey.earlier_id).first()
    return survey, earlier if earlier and earlier.is_closed else None


@login_required
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the result; what people wrote is for the organizer alone, in no order that tells anything."""
    survey, earlier = _closed(request, pk)
    remarks: list[str] = []
    if organizes(request, survey):
        remarks = sorted(
            Ballot.objects.visible_to(request.user)
            .filter(survey=survey)
            .exclude(remark="")
            .values_list("remark", flat=True)
        )
    context = {
        "survey": survey,
        "earlier": earlier,
        "words": evidence.state_words(survey),
        "groups": groups_of(survey, earlier),
        "asked": questionnaire.of(survey),
        "remarks": remarks,
        "as_of": clock.now(),
    }
    return render(request, "survey/result.html", context)


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The table of the page as a workbook; cells that are hidden there are hidden here."""
    survey, earlier = _closed(request, pk)
    asked = questionnaire.of(survey)
    headings = [
        _("Group"), _("Issued"), _("Returned"), _("Valid"), _("Item"), _("Valid answers"),
        *(option.name for option in asked.options),
        _("Satisfied, %"), _("Satisfied or basically satisfied, %"), _("Dissatisfied, %"), _("Earlier survey, %"),
    ]  # fmt: skip
    rows = [line for group in groups_of(survey, earlier) for line in _lines(group)]
    title = _("Survey of %(name)s") % {"name": survey.organization.name}
    notes = [
        (_("Organizer"), survey.organizer.name),
        (_("Closed on"), survey.closed_on.isoformat() if survey.closed_on else ""),
        (UNSEEN, _("figures behind which fewer than %(n)d ballots stand, and what would give them away")
         % {"n": asked.hidden_below}),
        (_("Exported by"), str(request.user)),
    ]  # fmt: skip
    content = workbook(title, headings, rows, notes)
    name = f"{title}-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=EXCEL)


def _lines(group: Group) -> list[list[Any]]:
    numbers = [group.numbers[name] for name in ("issued", "returned", "valid")]
    head = [str(group.respondents.label), *numbers]
    shown = [group.overall, *group.rows] if group.overall else []
    if not shown:
        return [[*head, _("too few ballots"), *[None] * 9]]
    return [
        [*head, row.name, row.figures["base"], *(UNSEEN if n is None else n for _name, n in row.options),
         *(_number(rate, row.figures["base"]) for rate in row.rates), row.before_rate and Decimal(row.before_rate)]
        for row in shown
    ]  # fmt: skip


def _number(rate: str | None, base: int) -> Decimal | str:
    """A rate for the sheet; hidden, or never measured, in words."""
    if rate is not None:
        return Decimal(rate)
    return UNSEEN if base else _("not measured")
