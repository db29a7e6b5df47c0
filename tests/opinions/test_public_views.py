"""The public pages: sending, the number, looking up, limits; all without signing in."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from campaign.opinions import actions, limits
from campaign.opinions.models import Opinion
from campaign.opinions.references import ALPHABET, digest, new_slug, reference_of
from tests.opinions.given import page

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@pytest.fixture
def address(cast, campaign):
    return reverse("opinions:send", args=[page(cast, campaign).slug])


def told(**fields):
    return {"text": "班车太少，建议增开一班。", "submission": str(uuid4())} | fields


@pytest.mark.item(58)
def test_an_opinion_is_sent_and_its_number_shown_once(client, address):
    form = told(guess="welfare", source_group="USER")
    first, again = client.post(address, form), client.post(address, form)
    opinion = Opinion.objects.get()
    assert (opinion.channel, opinion.guess, opinion.source_group) == ("WEB", "welfare", "USER")
    [number] = NUMBER.findall(first.content.decode())
    assert number in again.content.decode()  # the same sending: the same number
    answer = client.post(reverse("opinions:look_up"), {"reference": number.lower()})
    assert answer.context["standing"].state == "raw"
    assert "班车" not in answer.content.decode()
    assert number not in client.get(address).content.decode()


def test_the_page_says_what_is_recorded_and_where_accusations_go(client, address):
    words = client.get(address).content.decode()
    for said in ("不记：姓名、电话、网络地址、设备", "纪检机构", "华岳北山矿业公司（示例）", "职工生活福利"):
        assert said in words
    assert "<script" not in words


def test_what_was_typed_stays_when_something_is_wrong(client, address):
    answer = client.post(address, told(text=" ", guess="welfare"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["text"]
    assert answer.context["form"]["guess"].value() == "welfare"
    assert not Opinion.objects.exists()


def test_line_breaks_count_as_one_character(client, address):
    words = "\r\n".join(["建议"] * 666)  # 1,998 characters as the browser counts, more as it sends
    client.post(address, told(text=words))
    assert len(Opinion.objects.get().text) == 1997


def test_sending_needs_no_cookie_but_the_form_s_own(cast, campaign):
    strict = Client(enforce_csrf_checks=True)
    address = reverse("opinions:send", args=[page(cast, campaign).slug])
    assert strict.post(address, told()).status_code == 403
    token = strict.get(address).cookies["csrftoken"].value
    assert strict.post(address, told(csrfmiddlewaretoken=token)).status_code == 200
    assert "sessionid" not in strict.cookies


def test_unknown_and_closed_pages_are_not_found(cast, campaign, client, address):
    assert client.get(reverse("opinions:send", args=["nowhere2"])).status_code == 404
    actions.close_page(by=None, page=page(cast, campaign))
    assert client.get(address).status_code == 404


def test_one_network_may_write_only_so_often(client, address, monkeypatch):
    monkeypatch.setattr(limits, "SENDINGS", 2)
    answers = [client.post(address, told(text=f"第{i}条")) for i in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "第2条" in answers[2].content.decode()  # what was typed is still there
    assert Opinion.objects.count() == 2
    assert client.post(address, told(), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_behind_a_proxy_the_address_that_the_proxy_noted_counts(client, address, monkeypatch, settings):
    monkeypatch.setattr(limits, "SENDINGS", 1)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for n, status in ((1, 200), (2, 200), (2, 429)):
        answer = client.post(address, told(), HTTP_X_FORWARDED_FOR=f"10.9.9.9, 10.0.0.{n}")
        assert answer.status_code == status


def test_numbers_cannot_be_tried_out(client, cast, campaign, monkeypatch):
    monkeypatch.setattr(limits, "LOOKUPS", 1)
    url = reverse("opinions:look_up")
    answer = client.post(url, {"reference": "2222-2222-2222"})
    assert answer.context["form"].errors["reference"]
    assert client.post(url, {"reference": "2222-2222-2222"}).status_code == 429


def test_codes_are_easy_to_read_and_hard_to_guess():
    assert not set("01ILO") & set(ALPHABET)
    assert len({new_slug() for _time in range(50)}) == 50
    number = reference_of(uuid4())
    assert NUMBER.fullmatch(number)
    fullwidth = "".join(chr(ord(c) + 0xFEE0) if c != "-" else " " for c in number.lower())
    assert digest(fullwidth) == digest(number)
