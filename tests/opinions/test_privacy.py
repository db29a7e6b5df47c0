"""No row, event, cache entry or column leads from an opinion to a person, an address or a time of day (2.12)."""

import json
import logging
import re
from datetime import date, datetime, time
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from campaign.opinions import actions
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from enterprises.models import Account, Member
from tests.opinions.given import entered, page

pytestmark = [pytest.mark.django_db, pytest.mark.item(58)]
ADDRESS, AGENT = "203.0.113.77", "Trustworthy/5.0"
TABLES = ("campaign_opinion", "campaign_opinionitem", "campaign_opinionpage")


def test_no_column_can_hold_a_person_an_address_or_a_time_of_day():
    kinds = (models.DateTimeField, models.TimeField, models.GenericIPAddressField, models.UUIDField, models.JSONField)
    for model in (Opinion, OpinionItem, OpinionPage):
        for field in model._meta.get_fields():
            assert not isinstance(field, kinds), field
            if field.is_relation and not field.auto_created:
                assert field.related_model not in (Account, Member), field


def test_no_key_of_the_database_leads_to_a_person():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
            [list(TABLES)],
        )
        reached = {row[0] for row in cursor.fetchall()}
    assert reached <= {
        "campaign_campaign", "campaign_opinionitem", "campaign_participation", "enterprises_organization",
    }  # fmt: skip


def rows_of_everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = cursor.fetchall()
    return found


def test_what_sending_leaves_behind(cast, campaign, caplog):
    address = reverse("opinions:send", args=[page(cast, campaign).slug])
    before = rows_of_everything()
    form = {"text": "班车太少，建议增开一班。", "submission": str(uuid4()), "source_group": "USER"}
    with caplog.at_level(logging.DEBUG):
        answer = Client().post(address, form, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)
    number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.content.decode())[0]
    after = rows_of_everything()
    new = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    assert {table for table, rows in new.items() if rows} == {"campaign_opinion"}
    [row] = new["campaign_opinion"]
    assert not any(isinstance(value, (datetime, time, UUID)) for value in row)
    assert [type(value) for value in row if isinstance(value, date)] == [date]
    everything = repr(new) + caplog.text
    for secret in (ADDRESS, AGENT, number, number.replace("-", ""), form["submission"], UUID(form["submission"]).hex):
        assert secret not in everything
    assert "班车" not in caplog.text


def test_the_cache_holds_no_address_and_forgets(cast, campaign):
    address = reverse("opinions:send", args=[page(cast, campaign).slug])
    Client().post(address, {"text": "建议", "submission": str(uuid4())}, REMOTE_ADDR=ADDRESS)
    store = cache._cache.get_client()
    keys = list(store.keys("*opinions:*"))
    assert len(keys) == 2  # the day's salt and one count
    for key in keys:
        assert ADDRESS.encode() not in key + (store.get(key) or b"")
        assert 0 < store.ttl(key) <= 86_400


def test_what_is_taken_out_is_nowhere_any_more(cast, campaign):
    words = "举报王示九（示例）"
    opinion, _number = actions.receive(
        by=None, page=page(cast, campaign), text=words, submission=uuid4(), guess="other"
    )
    actions.sort(by=cast.account["committee_secretary"], opinion=opinion, category="other")
    actions.remove(by=cast.account["committee_secretary"], opinion=opinion)
    assert words not in repr(rows_of_everything())


def test_the_history_of_sorting_says_who_sorted_and_never_the_words(cast, campaign):
    [opinion] = entered(cast, campaign)
    actions.sort(by=cast.account["committee_secretary"], opinion=opinion, category="other")
    [event] = opinion.history.all()
    names = {field.name for field in event._meta.get_fields()}
    assert not {"text", "guess", "source_group", "reference_digest"} & names
    assert event.pgh_context.metadata["account"] == cast.account["committee_secretary"].pk
    assert "建议" not in json.dumps(event.pgh_context.metadata, ensure_ascii=False)


def test_entering_on_behalf_leaves_no_trace_of_who_entered(cast, campaign):
    before = rows_of_everything()
    actions.enter(
        by=cast.account["committee_secretary"],
        campaign=campaign,
        organization=cast.org["A"],
        told=[actions.Told("建议", "TALK", date(2026, 9, 1))],
        submission=uuid4(),
    )
    after = rows_of_everything()
    changed = {table for table, rows in after.items() if rows != before[table]}
    assert changed == {"campaign_opinion"}
