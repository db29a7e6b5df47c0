"""Changing dates by page: the effect first, then the writing."""

import pytest
from django.urls import reverse

from campaign.plan.models import ScheduleChange
from campaign.plan.schedules import spans
from enterprises import clock
from tests.plan.launched import LAUNCH, part, second_batch
from tests.plan.pages import client


@pytest.fixture
def unit(cast):
    with clock.fixed(LAUNCH):
        yield part(second_batch(), "E01-A")


def entered(unit, **moved: int) -> dict[str, str]:
    """The form as the page fills it, with some ends of phases moved by days."""
    data = {"kind": "LOCAL", "reason": "设备大修（示例）"}
    for code, span in spans(unit).items():
        new = span.moved(moved.get(code, 0))
        for edge in ("starts_on", "ends_on"):
            data[f"seen_{edge}_{code}"] = str(getattr(span, edge))
            data[f"{edge}_{code}"] = str(getattr(new, edge))
    return data


def shown(answer) -> str:
    return answer.context["shown"]


def test_nothing_is_written_before_the_effect_was_shown(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change", args=[unit.pk])
    answer = browser.post(url, entered(unit, RECTIFY=1) | {"apply": "1"})
    assert answer.status_code == 200 and not ScheduleChange.objects.exists()
    moves = {name: move.organizations for name, move in answer.context["moves"]}
    assert len(moves) == 5 and max(moves.values()) == 3


def test_the_effect_then_the_dates(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change", args=[unit.pk])
    data = entered(unit, RECTIFY=1)
    answer = browser.post(url, data | {"show": "1"})
    assert answer.status_code == 200
    answer = browser.post(url, data | {"apply": "1", "shown": shown(answer)})
    assert answer.status_code == 302 and ScheduleChange.objects.get().reason == "设备大修（示例）"
    # the same form sent twice is refused: its dates are no longer those in view
    assert browser.post(url, data | {"apply": "1"}).status_code == 200
    assert ScheduleChange.objects.count() == 1


def test_objections_want_a_second_word(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change", args=[unit.pk])
    data = entered(unit, LEARN=-15, ANALYSE=-15, RECTIFY=-15)
    first = browser.post(url, data)
    assert len(first.context["preview"].objections) == 3 and "xf-note-late" in first.content.decode()
    data |= {"apply": "1", "shown": shown(first)}
    assert browser.post(url, data).status_code == 200 and not ScheduleChange.objects.exists()
    assert browser.post(url, data | {"accept": "on"}).status_code == 302


def test_what_cannot_be_is_not_offered(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change", args=[unit.pk])
    page = browser.post(url, entered(unit, ANALYSE=-3)).content.decode()
    assert "xf-note-over" in page and 'name="apply"' not in page


def test_a_phase_that_ends_first_and_a_missing_reason(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change", args=[unit.pk])
    data = entered(unit) | {"ends_on_RECTIFY": "2026-01-01", "reason": ""}
    form = browser.post(url, data).context["form"]
    assert set(form.errors) == {"ends_on_RECTIFY", "reason"}


def test_kinds_of_change_follow_the_post(cast, unit):
    url = reverse("plan:change", args=[unit.pk])
    own = client(cast, "committee_secretary").get(url).context["form"].fields["kind"].choices
    office = client(cast, "office").get(url).context["form"].fields["kind"].choices
    assert [code for code, _name in own] == ["LOCAL", "ROLLING"]
    assert [code for code, _name in office] == ["LOCAL", "ROLLING", "CENTRAL"]


def test_labels_are_punctuated_in_the_language_of_the_page(cast, unit):
    page = client(cast, "committee_secretary").get(reverse("plan:change", args=[unit.pk])).content.decode()
    assert "：开始日" in page and ": 开始日" not in page
