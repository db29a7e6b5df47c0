"""Size, term and coverage rules of organisations (dossier 2.1, 2.5, items 38, 39). Pure functions.

They only ever warn: below a number is allowed "for the needs of work, with approval of the higher
organisation". Trap 11: 50 and 100 belong to the larger form. Trap 12: probationary members do not count
towards the three of a branch. Trap 15: no branch stands directly below a leading Party members' group.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

BRANCH_KINDS = ("BRANCH", "JOINT_BRANCH", "TEMPORARY_BRANCH")
COMMITTEE_KINDS = ("COMMITTEE", "HQ_COMMITTEE")
APPOINTED_KINDS = ("LEADING_GROUP_DZ", "TEMPORARY_BRANCH")  # no elections (2.1)
PRESETS = ("2005", "current")

MIN_FULL = 3
MAX_BRANCH = 50
COMMITTEE_FROM_FULL = 7
COMMITTEE_SIZE = (3, 7)
GENERAL_BRANCH_FROM = 50
COMMITTEE_FROM = 100
NOTICE_MONTHS = 6
EXTENSION_MONTHS = 12
VACANCY_DAYS = 7  # a suggested default, no Party rule (item 19)
PHASE_PATIENCE = 14  # days into a phase before the lack of any meeting is spoken of; a suggested default

# Years of a term, least and most (2.5).
TERMS = {
    ("2005", "committee"): (3, 5),
    ("2005", "branch"): (2, 3),
    ("current", "committee"): (5, 5),
    ("current", "branch"): (3, 3),
}


@dataclass(frozen=True)
class Remark:
    """What a rule has to say: a code (see ``enterprises.remarks``) and the values its sentence needs."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Size:
    """The figures of one organisation with everything below it."""

    members: int
    full: int
    officers: int = 0  # persons in the committee: secretary, deputies and members
    branches_directly_below: int = 0


def size_remarks(kind: str, size: Size) -> list[Remark]:
    """What 2.1 says about the size of an organisation of that kind."""
    if kind in BRANCH_KINDS:
        return _branch_remarks(kind, size)
    if kind == "GENERAL_BRANCH":
        return _general_branch_remarks(size)
    if kind in COMMITTEE_KINDS and size.members < COMMITTEE_FROM:
        return [Remark("COMMITTEE_SMALL", {"members": size.members})]
    if kind == "LEADING_GROUP_DZ" and size.branches_directly_below:
        return [Remark("DZ_HAS_BRANCHES", {"count": size.branches_directly_below})]
    return []


def _branch_remarks(kind: str, size: Size) -> list[Remark]:
    remarks = []
    if size.full < MIN_FULL:
        code = "JOINT_BRANCH_SMALL" if kind == "JOINT_BRANCH" else "BRANCH_SMALL"
        remarks.append(Remark(code, {"full": size.full}))
    if size.members > MAX_BRANCH:
        remarks.append(Remark("BRANCH_LARGE", {"members": size.members}))
    if kind not in APPOINTED_KINDS:
        remarks += _committee_remarks(size)
    return remarks


def _committee_remarks(size: Size) -> list[Remark]:
    if size.full >= COMMITTEE_FROM_FULL:
        least, most = COMMITTEE_SIZE
        if size.officers < least:
            return [Remark("BRANCH_COMMITTEE_DUE", {"full": size.full, "officers": size.officers})]
        if size.officers > most:
            return [Remark("BRANCH_COMMITTEE_LARGE", {"officers": size.officers})]
    elif size.officers > 2:  # one secretary, one deputy if needed
        return [Remark("BRANCH_COMMITTEE_NOT_DUE", {"full": size.full, "officers": size.officers})]
    return []


def _general_branch_remarks(size: Size) -> list[Remark]:
    if size.members < GENERAL_BRANCH_FROM:
        return [Remark("GENERAL_BRANCH_SMALL", {"members": size.members})]
    if size.members >= COMMITTEE_FROM:
        return [Remark("GENERAL_BRANCH_LARGE", {"members": size.members})]
    return []


def group_remarks(members: int, full: int) -> list[Remark]:
    """What 2.1 says about a Party group: at least three members, at least one of them full."""
    if members < MIN_FULL:
        return [Remark("GROUP_SMALL", {"members": members})]
    if full < 1:
        return [Remark("GROUP_WITHOUT_FULL", {"members": members})]
    return []


def add_months(day: date, months: int) -> date:
    """The same day that many months on (or back), or the last day of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def term_years(kind: str, preset: str) -> tuple[int, int] | None:
    """Least and most years of a term; ``None`` where there is none. Raises ``ValueError`` on the preset."""
    if preset not in PRESETS:
        raise ValueError(f"unknown rule preset: {preset}")
    if kind in COMMITTEE_KINDS:
        return TERMS[preset, "committee"]
    if kind in ("GENERAL_BRANCH", "BRANCH", "JOINT_BRANCH"):
        return TERMS[preset, "branch"]
    return None


def term_length_remarks(kind: str, start: date, end: date, preset: str) -> list[Remark]:
    """Whether a term from ``start`` to ``end`` (its last day or the same day years on) has a usual length."""
    years = term_years(kind, preset)
    if years is None:
        return []
    day = timedelta(days=1)
    least, most = years
    if end < add_months(start, 12 * least) - day or end > add_months(start, 12 * most):
        return [Remark("TERM_LENGTH", {"least": least, "most": most})]
    return []


def term_remarks(
    kind: str, term_end: date | None, extension: date | None, on: date, preset: str = "current"
) -> list[Remark]:
    """Overdue, ending soon, or extended too far (2.5). ``on`` is the last day that may still be in term."""
    if term_end is None:
        return []
    end = max(filter(None, [term_end, extension]))
    if kind == "TEMPORARY_BRANCH":
        return [Remark("TASK_ENDED", {"end": term_end})] if term_end < on else []
    remarks = []
    if extension and extension > add_months(term_end, EXTENSION_MONTHS):
        remarks.append(Remark("EXTENSION_LONG", {"end": term_end, "until": extension}))
    if end < on:
        remarks.append(Remark("TERM_OVERDUE", {"end": end, "days": (on - end).days}))
    elif preset == "current" and add_months(end, -NOTICE_MONTHS) <= on:
        remarks.append(Remark("TERM_ENDS_SOON", {"end": end, "days": (end - on).days}))
    return remarks


def vacancy_remarks(kind: str, has_secretary: bool, vacant_since: date | None, on: date) -> list[Remark]:
    """A secretary's post vacant over seven days (item 19); at once where nobody is on record at all."""
    if has_secretary or kind == "LOCAL_COMMITTEE":
        return []
    if vacant_since is None:
        return [Remark("SECRETARY_MISSING")]
    days = (on - vacant_since).days
    return [Remark("SECRETARY_VACANT", {"days": days})] if days > VACANCY_DAYS else []


def coverage_remarks(full: int, branches: int) -> list[Remark]:
    """Item 38, for one unit: members but no branch. Three full members make a branch, fewer a joint one."""
    if branches or full == 0:
        return []
    code = "UNIT_NEEDS_BRANCH" if full >= MIN_FULL else "UNIT_NEEDS_JOINT_BRANCH"
    return [Remark(code, {"full": full})]


def unplaced_remarks(unplaced: int) -> list[Remark]:
    """Item 38: members on the roll of an organisation that is not an open branch."""
    return [Remark("MEMBERS_WITHOUT_BRANCH", {"count": unplaced})] if unplaced else []


@dataclass(frozen=True)
class Life:
    """The last meetings of one branch; ``None``: none on record. ``since``: the first day records may be
    expected from (its founding, or the start of the records). ``groups``: whether it has Party groups."""

    since: date
    has_committee: bool
    has_groups: bool
    last_general: date | None = None
    last_committee: date | None = None
    last_group: date | None = None
    last_of_any_kind: date | None = None


def life_remarks(life: Life, phase_since: date | None, on: date) -> list[Remark]:
    """Item 39: no general meeting for a quarter, no committee or group meeting for a month, none at all
    since the present phase began two weeks ago or more. ``phase_since``: ``None`` where none is running."""
    remarks = []
    if add_months(life.last_general or life.since, 3) < on:
        remarks.append(Remark("NO_GENERAL_MEETING", {"last": life.last_general}))
    if life.has_committee and add_months(life.last_committee or life.since, 1) < on:
        remarks.append(Remark("NO_COMMITTEE_MEETING", {"last": life.last_committee}))
    if life.has_groups and add_months(life.last_group or life.since, 1) < on:
        remarks.append(Remark("NO_GROUP_MEETING", {"last": life.last_group}))
    if phase_since and (on - phase_since).days >= PHASE_PATIENCE and (life.last_of_any_kind or date.min) < phase_since:
        remarks.append(Remark("NO_MEETING_IN_PHASE", {"since": phase_since}))
    return remarks


# 2.4: how membership may end. Probation is cancelled, never removed; suspension is no rule of 2005.
_ENDINGS = {
    "FULL": ("TRANSFERRED", "WITHDRAWN", "ADVISED", "REMOVED", "EXPELLED", "DECEASED"),
    "PROBATIONARY": ("TRANSFERRED", "CANCELLED", "WITHDRAWN", "DECEASED"),
}


def endings(kind: str, preset: str = "current") -> tuple[str, ...]:
    """The statuses with which membership of that type may end (2.4)."""
    found = _ENDINGS[kind]
    return (*found, "SUSPENDED") if kind == "FULL" and preset == "current" else found
