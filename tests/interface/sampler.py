"""One page with every component, for the eye and for axe."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines

from enterprises import clock

SOURCE = """{% extends "base.html" %}{% load i18n %}
{% block title %}Sampler{% endblock %}
{% block breadcrumb %}{% include "components/breadcrumb.html" %}{% endblock %}
{% block content %}
{% include "components/head.html" %}
{% include "components/print_head.html" with unit="采煤二队党支部" %}
<p>{% for kind in kinds %}{% state kind %} {% endfor %}{% state "over" "逾期 21 天" %}</p>
{% include "components/eq.html" with sought_url="/" %}
<section class="xf-sec" aria-labelledby="h"><div class="xf-sec-head"><h2 id="h">Heat</h2>{% legend %}</div>
<div class="xf-scroll" tabindex="0" role="group" aria-labelledby="h"><table class="xf-heat">
<caption class="visually-hidden">Heat</caption>
<thead><tr><th scope="col" class="lft">Unit</th>
{% for kind in kinds %}<th scope="col">{{ kind }}</th>{% endfor %}</tr></thead>
<tbody><tr><th scope="row"><a href="/">北山矿党委（示例）</a></th>{% for kind in kinds %}
<td class="{{ kind|cell_class }}">{% cell kind "a sentence" 12 "/" %}</td>
{% endfor %}</tr></tbody></table></div></section>
<section class="xf-sec"><h2>Facts</h2>{% include "components/facts.html" %}</section>
<section class="xf-sec"><h2>History</h2>{% include "components/log.html" %}</section>
{% include "components/job.html" %}
<p>{{ 1234567|figure }} {{ none|figure }} {{ 1|percent:3 }} {{ 0|percent:0 }}</p>
<form method="post">{% csrf_token %}{{ form }}
{% include "components/sticky.html" with words="Save" cancel_url="/" cancel_words="Back" note="A note" %}</form>
{% endblock %}"""


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the roster")
    text = forms.CharField(label="Gist", widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ChoiceField(label="Unit", choices=[("", "—"), ("u", "U")])
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I have checked it")


def sampler(request: HttpRequest) -> HttpResponse:
    """The page; its form is wrong on purpose."""
    moment = clock.now()
    context = {
        "title": "Sampler",
        "facts": [("Label", "value"), ("Empty", "")],
        "actions": [("Export", "/")],
        "as_of": moment,
        "trail": [("Above", "/"), ("Here", "")],
        "kinds": ["ok", "late", "over", "soon", "none", "wait"],
        "members": {"total": 1234, "covered": 1200, "sought": 30, "excused": 4},
        "entries": [{"moment": moment, "words": "Something happened", "url": "/", "url_words": "see it"}],
        "job": {"title": "Writing", "words": "70 of 100", "done": 70, "total": 100, "running": False},
        "form": SampleForm({"name": ""}),
    }
    return HttpResponse(engines["django"].from_string(SOURCE).render(context, request))
