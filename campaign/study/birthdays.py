"""Political birthdays of the coming weeks (item 51): the anniversaries of the day of admission."""

from dataclasses import dataclass
from datetime import date, timedelta

from campaign.study.rules import next_birthday
from enterprises.models import Account, Member, Organization

WEEKS = 4  # how far ahead a branch looks


@dataclass(frozen=True)
class Birthday:
    """Whose political birthday comes, when, and which one it is."""

    member: Member
    day: date
    years: int


def birthdays_of(account: Account, organization: Organization, today: date, weeks: int = WEEKS) -> list[Birthday]:
    """The political birthdays on the roll of a branch within so many weeks, the next first; one query."""
    members = Member.objects.visible_to(account).on_roll().filter(branch=organization, admitted_on__isnull=False)
    found = [Birthday(m, *next_birthday(m.admitted_on, today)) for m in members]
    near = [b for b in found if b.day <= today + timedelta(weeks=weeks)]
    return sorted(near, key=lambda b: (b.day, b.member.name_key, b.member.code))
