"""The rules of support (items 41-43). Pure functions; each has its table of cases in the tests."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ANSWER_DAYS = 10  # an answer to a request is awaited for so many days; a suggested default, no Party rule (item 42)
ANSWER_SPAN = timedelta(days=ANSWER_DAYS)
RECENT_DAYS = 14  # what came back stays on the week page of the branch for so long
HIDDEN_BELOW = 5  # a figure behind which fewer persons stand is not shown (dossier 2.12)

# Weak organizations (item 41). Which state may follow which.
IN_HAND, REPORTED, ACCEPTED, WITHDRAWN = "IN_HAND", "REPORTED", "ACCEPTED", "WITHDRAWN"
WEAK_FOLLOWS = {
    IN_HAND: (REPORTED, WITHDRAWN),
    REPORTED: (ACCEPTED, IN_HAND),
    ACCEPTED: (IN_HAND,),
    WITHDRAWN: (),
}
OPEN = (IN_HAND, REPORTED)

# What the nightly checks find (items 38, 39, dossier 2.5), and the reason for which it may speak. A hint, no label.
PROPOSED = {
    "SECRETARY_MISSING": "NO_SECRETARY",
    "SECRETARY_VACANT": "NO_SECRETARY",
    "TERM_OVERDUE": "TERM_EXPIRED",
    "NO_GENERAL_MEETING": "NO_ACTIVITIES",
    "NO_MEETING_IN_PHASE": "NO_ACTIVITIES",
}

# Requests for help (item 42).
RAISED, ANSWERED, SOLVED, REFUSED = "RAISED", "ANSWERED", "SOLVED", "REFUSED"
REQUEST_FOLLOWS = {
    RAISED: (ANSWERED, SOLVED, REFUSED, WITHDRAWN),
    ANSWERED: (ANSWERED, SOLVED, REFUSED, WITHDRAWN),
    SOLVED: (RAISED,),
    REFUSED: (RAISED,),
    WITHDRAWN: (),
}
WAITING = (RAISED, ANSWERED)


def weak_may_follow(state: str, after: str) -> bool:
    """Whether a weak organization in ``state`` may come to stand at ``after``."""
    return after in WEAK_FOLLOWS[state]


def request_may_follow(state: str, after: str) -> bool:
    """Whether a request in ``state`` may come to stand at ``after``."""
    return after in REQUEST_FOLLOWS[state]


def is_unanswered_long(state: str, asked_on: date, today: date, limit: int = ANSWER_DAYS) -> bool:
    """Whether a request has been without an answer for more than ``limit`` days; the tenth day is still in time."""
    return state == RAISED and (today - asked_on).days > limit


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Whether what was promised has not come by its day."""
    return state in WAITING and due_on is not None and due_on < today


def still_dismissed(found_since: date, dismissed_on: date) -> bool:
    """Whether a dismissal holds for a finding: not for one that went away and was found anew afterwards."""
    return found_since <= dismissed_on


@dataclass(frozen=True)
class Cell:
    """One figure: how many records, and how many persons stand behind them."""

    records: int = 0
    persons: int = 0

    @property
    def is_small(self) -> bool:
        """Whether so few persons stand behind it that they could be known; nobody stands behind a nought."""
        return 0 < self.persons < HIDDEN_BELOW


Row = Mapping[str, Cell]


def hidden_alone(row: Row, sums: Iterable[Sequence[str]]) -> frozenset[str]:
    """The figures of one row that are not shown. ``sums``: groups of columns that add up to one of them."""
    found = _closed({("", column) for column in row if row[column].is_small}, {"": row}, _rows({"": row}, sums))
    return frozenset(column for _key, column in found)


def hidden_below(
    own: Row, above: Collection[str], rows: Mapping[str, Row], sums: Iterable[Sequence[str]]
) -> dict[str, frozenset[str]]:
    """The figures not shown in each of ``rows``, which add up to ``own``, of which ``above`` is not shown.

    A hidden figure that stands alone in a sum could be computed from it: the smallest other one is hidden with
    it, along the row and down the column.
    """
    unseen = {("", column) for column in above}
    unseen |= {(key, column) for key, row in rows.items() for column in row if row[column].is_small}
    lines = _rows(rows, sums) + [[("", column), *((key, column) for key in rows)] for column in own]
    found = _closed(unseen, rows, lines)
    return {key: frozenset(column for k, column in found if k == key) for key in rows}


Place = tuple[str, str]


def _rows(rows: Mapping[str, Row], sums: Iterable[Sequence[str]]) -> list[list[Place]]:
    groups = [list(group) for group in sums]
    return [[(key, column) for column in group] for key in rows for group in groups]


def _worth(cell: Cell) -> tuple[bool, int]:
    """What is hidden first: the smallest figure, but a nought hides nothing beside a small one."""
    return cell.records == 0, cell.records


def _closed(unseen: set[Place], rows: Mapping[str, Row], lines: list[list[Place]]) -> set[Place]:
    """Hide more until no hidden figure stands alone in a sum. Only figures of ``rows`` may be hidden."""
    found = set(unseen)
    changed = True
    while changed:
        changed = False
        for line in lines:
            free = [place for place in line if place not in found and place[0] in rows]
            if free and sum(place in found for place in line) == 1:
                found.add(min(free, key=lambda place: _worth(rows[place[0]][place[1]])))
                changed = True
    return found
