"""Both shipped campaigns, launched so that today falls into phase two of the first one."""

from datetime import date, timedelta
from pathlib import Path

from campaign.demo.sayings import CHANGE_REASONS, PEAKS
from campaign.plan import actions, definition, schedules
from campaign.plan.models import Campaign, Participation, ScheduleChange
from campaign.plan.rules import Span
from enterprises import clock
from enterprises.models import Enterprise
from enterprises.tree import WIDTH

DEFINITIONS = Path(definition.__file__).parent / "definitions"
# Days ago on which each was launched: the first is in the middle of its second phase, the other has begun.
LAUNCHED = (("2005-second-batch", 66), ("2024-discipline-study", 18))
# A few subsidiaries have gone ahead as pilots and are through: their phases, in days from the launch.
PILOTS, PILOT_PHASES = 4, (("LEARN", 0, 20), ("ANALYSE", 21, 38), ("RECTIFY", 39, 56))
PILOT_REASON = "经上级批准先行试点，压缩在先，补足在后"
LATER = 7  # days by which a changed calendar is later
CHANGED, PEAKED = 9, 11  # one unit in so many has changed its calendar, has a time of full production
MOST = 40


def launch(today: date) -> list[Campaign]:
    """Launch both campaigns for the units that are stored, then change some calendars. Organisations follow."""
    campaigns = []
    for name, days in LAUNCHED:
        text = (DEFINITIONS / f"{name}.toml").read_text(encoding="utf-8")
        loaded = actions.load_definition(text=text, by=None)
        campaigns.append(actions.launch(definition=loaded, launched_on=today - timedelta(days=days), by=None))
    _pilots(campaigns[0])
    _peaks(today)
    _changes(campaigns[0], today)
    return campaigns


def pilots() -> list[Enterprise]:
    """The subsidiaries that have gone ahead: sound ones, each of another group."""
    sound = Enterprise.objects.select_related("leading_organization__superior").filter(
        parent__parent=None, parent__isnull=False, condition="SOUND"
    )
    by_group = {unit.path[:WIDTH]: unit for unit in sound.order_by("-path")}
    return [by_group[path] for path in sorted(by_group)][:PILOTS]


def _pilots(campaign: Campaign) -> None:
    """Earlier dates for the pilots, set when the campaign was launched."""
    start = campaign.launched_on
    wanted = {
        code: Span(start + timedelta(days=first), start + timedelta(days=last)) for code, first, last in PILOT_PHASES
    }
    with clock.fixed(start):
        for participation in Participation.objects.filter(campaign=campaign, unit__in=pilots()).select_related(
            "campaign", "unit"
        ):
            actions.reschedule(
                participation=participation, wanted=wanted, by=None, accept=True, kind=ScheduleChange.Kind.CENTRAL,
                reason=PILOT_REASON,
            )  # fmt: skip


def _peaks(today: date) -> None:
    """Times of full production around today (item 7)."""
    for index, unit in enumerate(Enterprise.objects.order_by("path")[4 : PEAKED * MOST : PEAKED]):
        starts = today + timedelta(days=(index % 5) * 9 - 20)
        note = f"{PEAKS[index % len(PEAKS)]}（示例）"
        actions.add_peak(unit=unit, starts_on=starts, ends_on=starts + timedelta(days=24), by=None, note=note)


def _changes(campaign: Campaign, today: date) -> None:
    """Later dates for phases still to come, with reasons: set locally, rolling, or decided centrally."""
    kind = ScheduleChange.Kind
    taking_part = Participation.objects.filter(campaign=campaign, unit__parent__isnull=False)
    chosen = taking_part.select_related("campaign", "unit").order_by("unit__path")[2 : CHANGED * MOST : CHANGED]
    for index, participation in enumerate(chosen):
        coming = {
            code: Span(span.starts_on + timedelta(days=LATER), span.ends_on + timedelta(days=LATER))
            for code, span in schedules.spans(participation).items()
            if span.starts_on > today - timedelta(days=LATER)
        }
        if coming:
            actions.reschedule(
                participation=participation, wanted=coming, by=None, accept=True,
                kind=(kind.LOCAL, kind.ROLLING, kind.CENTRAL)[index % 3],
                reason=CHANGE_REASONS[index % len(CHANGE_REASONS)],
            )  # fmt: skip
