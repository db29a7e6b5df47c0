"""The heat map, without a database: states, numbers, order, width."""

from datetime import date
from types import SimpleNamespace

import pytest

from campaign.overview import charts, heat
from campaign.plan.models import Phase, Step
from campaign.progress.counting import Figures, StepFigures
from campaign.progress.models import StepStatus
from campaign.progress.rules import State
from enterprises.models import Organization

TODAY = date(2026, 8, 25)


def make_steps(*sizes: int) -> list[Step]:
    """Phases with so many steps each."""
    steps = []
    for number, size in enumerate(sizes, 1):
        phase = Phase(pk=number, code=f"P{number}", name_zh="", name_en="")
        for i in range(size):
            steps.append(Step(pk=len(steps) + 1, code=f"s{number}{i}", name_en=f"step {number}{i}", phase=phase))
    return steps


STEP = make_steps(1)[0]


def counts(**values) -> StepFigures:
    return StepFigures(step=STEP, **values)


def owes(due: date, done: date | None = None, **values) -> StepStatus:
    return StepStatus(step=STEP, due_on=due, done_on=done, **values)


@pytest.mark.parametrize(
    ("figures", "own", "state", "number"),
    [
        (counts(), None, State.NONE, None),
        (counts(not_applicable=5), None, State.NONE, None),  # grey, never red, though nothing is done
        (counts(done=100), None, State.OK, None),
        (counts(done=98, overdue=2), None, State.OK, 2),  # within two per cent
        (counts(done=97, overdue=3), None, State.OVER, 3),
        (counts(done=99, overdue=1, overdue_long=1), None, State.OVER, 1),  # one, but for more than a week
        (counts(done=97, late=3), None, State.LATE, 3),
        (counts(done=9, pending=1, next_due_on=date(2026, 8, 28)), None, State.SOON, 3),
        (counts(done=9, pending=1, next_due_on=date(2026, 9, 28)), None, State.WAIT, None),
        # the node's own debt is not lost in the tolerance
        (counts(done=99, overdue=1), owes(date(2026, 8, 24)), State.OVER, 1),
        # its own merit does not hide the branches below
        (counts(done=90, overdue=10), owes(date(2026, 8, 24), date(2026, 8, 20)), State.OVER, 10),
        # what is not expected of the node itself leaves the branches' state
        (counts(done=5), owes(date(2026, 8, 1), applicable=False), State.OK, None),
    ],
)
def test_cell(figures, own, state, number):
    found = heat.make_cell(STEP, figures, own, TODAY)
    assert (found.state, found.number) == (state, number)


def row(name: str, *parts: StepFigures) -> heat.Row:
    organization = Organization(pk=1, name=name)
    return heat.make_row(organization, Figures(steps=list(parts)), TODAY, "")


def test_hard_places_come_first():
    calm = row("calm", counts(done=5))
    late = row("late", counts(late=5))
    behind = row("behind", counts(overdue=2, overdue_long=2))
    far_behind = row("far behind", counts(overdue=9, overdue_long=9))
    ordered = sorted([calm, late, behind, far_behind], key=lambda r: r.hardness)
    assert [r.name for r in ordered] == ["far behind", "behind", "late", "calm"]


@pytest.mark.parametrize(
    ("sizes", "expected"), [((3, 5, 4), [12]), ((1, 3, 5, 4, 1), [14]), ((3, 5, 4, 6), [12, 6]), ((), [])]
)
def test_maps_are_at_most_fourteen_columns_wide_and_keep_phases_whole(sizes, expected):
    steps = make_steps(*sizes)
    figures = Figures(steps=[StepFigures(step=step, done=1) for step in steps])
    line = heat.make_row(Organization(pk=1, name="x"), figures, TODAY, "")
    drawn = heat.maps(steps, [heat.Group("", [line])])
    assert [len(one.columns) for one in drawn] == expected
    assert [len(one.blocks[0][1][0].cells) for one in drawn] == expected
    assert [column.step for one in drawn for column in one.columns] == steps


def test_every_state_has_its_own_words_and_letter():
    words = {heat.sentence(state, 3) for state in (State.OVER, State.LATE, State.SOON)}
    words |= {heat.sentence(state, None) for state in State}
    assert len(words) == 9
    assert len(set(heat.LETTERS.values())) == len(State)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, ""),
        (0, 5, "0.0"),
        (5, 5, "100.0"),
        (9999, 10000, "99.9"),  # never rounded up to all
        (1, 100000, "0.1"),  # never rounded down to nothing
        (412, 670, "61.5"),
        (1, 8, "12.5"),
    ],
)
def test_percent(part, whole, expected):
    assert charts.percent(part, whole) == expected


def test_bar_fills_its_width_and_shows_the_smallest_part():
    rects = charts.bar([("a", 9999), ("b", 1), ("c", 0)])
    assert [rect.css for rect in rects] == ["a", "b"]
    assert rects[-1].width >= charts.GAP
    assert rects[-1].x + rects[-1].width == 1000
    assert charts.bar([]) == []


def test_filters_keep_what_they_say():
    from campaign.overview.boards import Filters

    behind, calm = row("behind", counts(overdue=2, overdue_long=2)), row("calm", counts(done=5))
    assert [Filters().keep(r) for r in (behind, calm)] == [True, True]
    assert [Filters(behind=True).keep(r) for r in (behind, calm)] == [True, False]
    assert [Filters(step=STEP.code).keep(r) for r in (behind, calm)] == [True, False]
    assert not Filters(step="other").keep(behind)
    assert SimpleNamespace(**Filters(behind=True).query).behind == "1"
