"""The rules of finding and gaining members (items 37, 45). Pure functions; each has its table in the tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from enterprises.rules import add_months

WITHOUT_CONTACT_DAYS = 90  # item 37: a suggested default
QUIET_SEARCH_DAYS = 30  # an open search without any step for so long is spoken of; a suggested default
YOUNG_TO = 35  # item 45: the age band ends with this year of life
LEAST_AGE = 18  # to apply (the Party constitution)
TRAINING_MONTHS = 12  # an activist is trained for at least one year (2.4)

FOUND, PARTLY, NOT_FOUND = "FOUND", "PARTLY", "NOT_FOUND"
TRANSFERRED, DECEASED = "TRANSFERRED", "DECEASED"
APPLICANT, ACTIVIST, CANDIDATE = "APPLICANT", "ACTIVIST", "CANDIDATE"
ADMITTED, WITHDRAWN = "ADMITTED", "WITHDRAWN"

# The contact state that follows from the result of a search. What ends membership leaves it: that is recorded by
# the member's own actions, after the decision, and never follows from a search.
CONTACT_AFTER = {FOUND: "NORMAL", PARTLY: "SEARCHING", NOT_FOUND: "LOST"}
ENDS_MEMBERSHIP = (TRANSFERRED, DECEASED)


def contact_cutoff(today: date, days: int = WITHOUT_CONTACT_DAYS) -> date:
    """The last day on which a contact is so long ago that a member is without contact on ``today``."""
    return today - timedelta(days=days)


def without_contact(last: date | None, known_since: date | None, today: date) -> bool:
    """Whether a member has been without any contact for 90 days (item 37).

    ``last`` is the last contact on record. Before ``known_since`` nothing was recorded, so that silence counts
    from that day; where neither is known, nothing can be said.
    """
    reckoned = max(filter(None, [last, known_since]), default=None)
    return reckoned is not None and reckoned <= contact_cutoff(today)


def end_to_record(result: str, on_roll: bool) -> bool:
    """Whether a search has shown what ends membership while the member still stands on the roll."""
    return result in ENDS_MEMBERSHIP and on_roll


def is_quiet(opened_on: date, last_step: date | None, today: date) -> bool:
    """Whether an open search has seen no step for too long."""
    return (today - (last_step or opened_on)).days > QUIET_SEARCH_DAYS


@dataclass(frozen=True)
class Stages:
    """The days on which an applicant reached each stage."""

    applied_on: date
    activist_on: date | None = None
    candidate_on: date | None = None
    born_on: date | None = None

    @property
    def stage(self) -> str:
        """The last stage that was reached."""
        if self.candidate_on:
            return CANDIDATE
        return ACTIVIST if self.activist_on else APPLICANT


class Gap(StrEnum):
    """What is wrong with the days of the stages; the value is the field that it concerns."""

    TOO_YOUNG = "born_on"
    ACTIVIST_EARLY = "activist_on"
    CANDIDATE_EARLY = "candidate_on"


def stage_gaps(stages: Stages) -> list[Gap]:
    """What contradicts: below 18 when applying, or a stage before the one it follows (2.4)."""
    found = []
    if stages.born_on and age(stages.born_on, stages.applied_on) < LEAST_AGE:
        found.append(Gap.TOO_YOUNG)
    if stages.activist_on and stages.activist_on < stages.applied_on:
        found.append(Gap.ACTIVIST_EARLY)
    if stages.candidate_on and (stages.activist_on is None or stages.candidate_on < stages.activist_on):
        found.append(Gap.CANDIDATE_EARLY)
    return found


def trained_too_short(stages: Stages) -> bool:
    """Whether the year of training as an activist was cut short (2.4): a warning, the branch knows why."""
    if stages.activist_on is None or stages.candidate_on is None:
        return False
    return stages.candidate_on < add_months(stages.activist_on, TRAINING_MONTHS)


def age(born_on: date, on: date) -> int:
    """Full years of life on that day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_young(born_on: date | None, on: date) -> bool | None:
    """Whether somebody is 35 or younger on that day; ``None`` where the date of birth is not known."""
    return None if born_on is None else age(born_on, on) <= YOUNG_TO


def months(since: date, until: date) -> Iterator[date]:
    """The first days of the months from the one of ``since`` to the one of ``until``."""
    first = since.replace(day=1)
    while first <= until:
        yield first
        first = add_months(first, 1)
