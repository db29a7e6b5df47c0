"""No join leads from a ballot to a code, a person, an address or a time finer than the day (2.8, 2.12).

Read from the schema as the database has it, from the rows, and from what PostgreSQL keeps beside the rows: the
number of the transaction that wrote them, and their place in the table.
"""

import threading

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from campaign.survey import actions, codes
from campaign.survey.actions import BallotRefused
from campaign.survey.models import Ballot, SurveyCode
from enterprises import clock
from tests.cast import build
from tests.survey.held import TODAY, answers, code_for, opened, vote

BALLOT, CODE = "campaign_ballot", "campaign_surveycode"


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def columns(table):
    found = "SELECT column_name, data_type, column_default FROM information_schema.columns WHERE table_name = %s"
    return {name: (kind, default) for name, kind, default in rows(found, table)}


def references(table):
    """Where the foreign keys of a table lead, by column."""
    found = """
        SELECT k.column_name, u.table_name FROM information_schema.table_constraints c
        JOIN information_schema.key_column_usage k USING (constraint_name)
        JOIN information_schema.constraint_column_usage u USING (constraint_name)
        WHERE c.table_name = %s AND c.constraint_type = 'FOREIGN KEY'
    """
    return dict(rows(found, table))


@pytest.mark.item(74)
@pytest.mark.django_db
def test_the_schema_offers_no_join():
    ballot, code = columns(BALLOT), columns(CODE)
    # Survey and group are all that a ballot shares with a code, or with anything else.
    assert set(ballot) & set(code) == {"id", "survey_id", "respondents"}
    assert set(ballot) == {"id", "survey_id", "respondents", "answers", "remark", "voted_on"}
    assert set(code) == {"id", "survey_id", "respondents", "digest", "used"}
    # No time but the day, no address, no number that counts up.
    assert {kind for kind, _d in ballot.values()} == {"uuid", "bigint", "character varying", "jsonb", "text", "date"}
    assert {kind for kind, _d in code.values()} == {"uuid", "bigint", "character varying", "bytea", "boolean"}
    assert not [d for table in (ballot, code) for _k, d in table.values() if d is not None]
    assert references(BALLOT) == references(CODE) == {"survey_id": "campaign_satisfactionsurvey"}
    # Nothing points at them, and nothing is written beside them when they change.
    assert not rows(
        "SELECT 1 FROM information_schema.constraint_column_usage u JOIN information_schema.table_constraints c "
        "USING (constraint_name) WHERE u.table_name IN (%s, %s) AND c.constraint_type = 'FOREIGN KEY' "
        "AND c.table_name NOT IN (%s, %s)", BALLOT, CODE, BALLOT, CODE,
    )  # fmt: skip
    user_made = "SELECT tgname FROM pg_trigger WHERE tgrelid IN (%s::regclass, %s::regclass) AND NOT tgisinternal"
    assert not rows(user_made, BALLOT, CODE)
    assert rows("SHOW track_commit_timestamp") == [("off",)]


@pytest.mark.item(74)
@pytest.mark.django_db(transaction=True)
def test_no_transaction_number_joins_a_ballot_to_a_code():
    with transaction.atomic():
        survey = opened(build())
    # Each vote in a transaction of its own, as from phones; everybody answers otherwise.
    for option in ("satisfied", "dissatisfied", "unknown", "basically_satisfied", "satisfied"):
        vote(survey, option)
    spare = code_for(survey)
    joined = f"SELECT c.id, count(*) FROM {CODE} c JOIN {BALLOT} b ON b.xmin = c.xmin WHERE c.used GROUP BY c.id"
    assert {number for _id, number in rows(joined)} == {5}  # every code used meets every ballot
    places = [pk for (pk,) in rows(f"SELECT id FROM {BALLOT} ORDER BY ctid")]
    before = set(places)
    actions.close_survey(by=None, survey=survey)
    assert len({x for (x,) in rows(f"SELECT DISTINCT xmin::text FROM {BALLOT}")}) == 1
    assert not before & set(Ballot.objects.values_list("pk", flat=True))  # new keys
    assert not SurveyCode.objects.filter(used=False).exists()  # nobody can tell any more who voted
    assert codes.find(spare).used


@pytest.mark.django_db(transaction=True)
def test_votes_are_mixed_so_that_places_tell_no_order():
    with transaction.atomic():
        survey = opened(build())
    orders = set()
    for number in range(12):
        vote(survey, remark=f"{number:02}")
        orders.add(tuple(r for (r,) in rows(f"SELECT remark FROM {BALLOT} ORDER BY ctid")))
    assert any(list(order) != sorted(order) for order in orders)


@pytest.mark.django_db
def test_no_value_of_a_ballot_stands_in_any_row_about_codes_or_people(cast, client):
    survey = opened(cast)
    code = code_for(survey)
    data = {"code": code, "remark": "食堂再改一改"} | {f"q.{k}": v for k, v in answers(survey).items()}
    assert client.post(reverse("survey:ballot"), data, REMOTE_ADDR="203.0.113.9").status_code == 302
    ballot = Ballot.objects.get()
    found = rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    for (table,) in found:
        for (row,) in rows(f'SELECT t::text FROM "{table}" t'):
            assert "203.0.113.9" not in row and code not in row, table
            if table != BALLOT:
                assert str(ballot.pk) not in row and "食堂" not in row, table


@pytest.mark.item(74)
@pytest.mark.django_db(transaction=True)
def test_two_posts_at_the_same_time_are_one_ballot():
    with transaction.atomic():
        survey = opened(build())
        code = code_for(survey)
    start, outcomes = threading.Barrier(2), []

    def post():
        try:
            with clock.fixed(TODAY):
                start.wait(10)
                actions.cast_ballot(by=None, code=code, answers=answers(survey))
                outcomes.append("in")
        except BallotRefused as refusal:
            outcomes.append(refusal.why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["in", "used"]
    assert Ballot.objects.count() == 1 and SurveyCode.objects.get().used


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_waits_for_the_closing_is_refused():
    """Closing holds the box; whoever votes meanwhile is told that it is closed, and nothing is lost or added."""
    with transaction.atomic():
        survey = opened(build())
        code = code_for(survey)
    outcomes = []

    def post():
        try:
            with clock.fixed(TODAY):
                actions.cast_ballot(by=None, code=code, answers=answers(survey))
                outcomes.append("in")
        except BallotRefused as refusal:
            outcomes.append(refusal.why)
        finally:
            connections.close_all()

    with transaction.atomic():
        actions.close_survey(by=None, survey=survey)
        thread = threading.Thread(target=post)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(30)
    assert outcomes == ["closed"] and not Ballot.objects.exists()
