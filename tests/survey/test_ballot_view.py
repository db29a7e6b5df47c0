"""The ballot as a phone sees it: with the link, with a code typed in, with mistakes, too often."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from campaign.survey import actions, throttle
from campaign.survey.models import Ballot
from enterprises import clock
from tests.survey.held import TODAY, answers, code_for, opened

URL = "/ballot/"


@pytest.fixture(autouse=True)
def _today():
    cache.clear()
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def survey(cast):
    return opened(cast)


def filled(survey, code, **fields):
    return {"code": code} | {f"q.{k}": v for k, v in answers(survey).items()} | fields


@pytest.mark.item(74)
def test_a_ballot_is_cast_without_signing_in_and_without_script(survey, client):
    code = code_for(survey)
    page = client.get(URL, {"c": code})
    text = page.content.decode()
    assert "<script" not in text and " checked" not in text  # nothing is chosen beforehand
    assert text.count('type="radio"') == 12 * 4
    assert "no-store" in page.headers["Cache-Control"]
    answer = client.post(URL, filled(survey, code, remark="班车再早一点"))
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("survey:thanks")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Ballot.objects.get().remark == "班车再早一点"
    assert not client.session.keys()  # the visit leaves no session


def test_what_is_missing_is_said_beside_the_question_and_the_rest_is_kept(survey, client):
    code = code_for(survey)
    data = filled(survey, code, remark="班车")
    del data["q.rectified"]
    page = client.post(URL, data)
    text = page.content.decode()
    assert page.status_code == 200 and text.count("invalid-feedback") == 1
    assert text.count(" checked") == 11 and "班车" in text
    assert 'href="#id_q.rectified"' in text
    assert not Ballot.objects.exists()
    assert client.post(URL, filled(survey, code)).status_code == 302  # the code is still good


def test_unknown_used_closed_and_early_codes_have_pages_of_their_own(survey, client):
    code, spare = code_for(survey), code_for(survey)
    client.post(URL, filled(survey, code))
    shown = {
        client.get(URL, {"c": code}).context["why"],
        client.post(URL, filled(survey, code)).context["why"],
    }
    assert shown == {"used"}
    assert client.get(URL, {"c": "ZZZZZZZZZZ"}).context["why"] == "unknown"
    assert client.get(URL).context["why"] == ""
    actions.close_survey(by=None, survey=survey)
    assert client.get(URL, {"c": spare}).context["why"] == "closed"
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("typed", ["{0}", "{1}-{2}", " {3} {4}"])
def test_a_code_may_be_typed_as_people_type(survey, client, typed):
    code = code_for(survey)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code[5:])
    text = typed.format(code, code[:5], code[5:], code[:5].lower(), wide)
    assert "form" in client.get(URL, {"c": text}).context


def test_guessing_is_braked_without_keeping_an_address(survey, client):
    code = code_for(survey)
    for _n in range(throttle.TRIES):
        assert client.get(URL, {"c": "ZZZZZZZZZZ"}, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.get(URL, {"c": code}, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert client.get(URL, {"c": code}, REMOTE_ADDR="203.0.113.10").status_code == 200
    keys = [key.decode() for key in cache._cache.get_client().keys("*ballot-tries*")]
    assert len(keys) == 1 and "203" not in keys[0].split("ballot-tries:")[1][:3]
    with clock.fixed(TODAY.replace(month=12, day=1)):
        assert client.get(URL, {"c": code}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_no_log_line_holds_a_code(survey, client, caplog):
    code = code_for(survey)
    with caplog.at_level("DEBUG"):
        client.get(URL, {"c": code})
        client.post(URL, filled(survey, code))
        client.post(URL, filled(survey, code))
        client.delete(URL, {"c": code})
    assert code not in caplog.text
