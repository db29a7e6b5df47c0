"""The content security policy, and sources that would break it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*="),
    "a data: address": re.compile(r"""(src|href)=["']data:"""),
    "htmx that evaluates": re.compile(r"""hx-(on|vals=["']js:|vars)"""),
}


def test_every_answer_carries_the_policy(client, db):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "data:" not in policy


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_no_template_needs_more_than_the_policy_allows(path: Path):
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", sorted((settings.BASE_DIR / "static" / "css").glob("*.css")), ids=lambda p: p.name)
def test_no_style_sheet_needs_more_than_the_policy_allows(path: Path):
    assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8"))
