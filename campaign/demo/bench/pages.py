"""Server time, queries and database time of pages, through the whole stack of middleware with a sign-in."""

import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from campaign.demo.bench.figures import Figure, Findings, bare, percentile, seconds, statements
from enterprises.models import Account, Organization, Post
from runtime.process import leave_alone_what_is_loaded

ROUNDS = 60
WARMING = 3
PAGE_MS, DATABASE_MS, QUERIES = 40, 8, 8
SECRETARY_MS, SECRETARY_DATABASE_MS = 30, 4
FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

SUMMARY_ROWS = """
SELECT s.* FROM enterprises_organization o JOIN campaign_stepsummary s ON s.organization_id = o.id
JOIN campaign_step step ON step.id = s.step_id
WHERE (o.superior_id = %s OR o.id = %s) AND step.campaign_id = %s
"""
NATIONAL_ROWS = """
SELECT s.* FROM enterprises_enterprise e JOIN campaign_stepsummary s ON s.organization_id = e.leading_organization_id
JOIN campaign_step step ON step.id = s.step_id WHERE e.parent_id IS NULL AND step.campaign_id = %s
"""
STATUS_ROWS = """
SELECT s.* FROM campaign_stepstatus s JOIN campaign_step step ON step.id = s.step_id
WHERE s.organization_id = %s AND step.campaign_id = %s
"""


@dataclass
class Taken:
    """The times of one kind of page, in milliseconds."""

    whole: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@contextmanager
def signed_in(role: str, scope: int):
    """A client signed in with that role, in a transaction that leaves nothing behind."""
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    quiet = {
        "DEBUG": False,
        "STORAGES": settings.STORAGES | FILES,
        "ALLOWED_HOSTS": hosts,
        "SECURE_SSL_REDIRECT": False,
    }
    with transaction.atomic(), override_settings(**quiet):
        account = Account.objects.create_user(f"bench-{role.lower()}", None, display_name="bench")
        Post.objects.create(account=account, role=role, scope_id=scope)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        yield client
        transaction.set_rollback(True)


def visit(client: Client, urls: list[str]) -> Taken:
    """Open the pages in turn, as a process of the web server does. Raises ``RuntimeError`` on any answer but 200."""
    taken = Taken()
    leave_alone_what_is_loaded()
    warming = max(WARMING, len(urls))  # every page once: the reference is a warm machine
    for index in range(warming + ROUNDS):
        url = urls[index % len(urls)]
        spent = time.thread_time()
        with statements() as found, seconds() as whole:
            answer = client.get(url)
        spent = time.thread_time() - spent
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
        if index >= warming:
            taken.whole.append(whole[0] * 1000)
            taken.processor.append(spent * 1000)
            taken.database.append(found.time * 1000)
            taken.queries.append(found.count)
            taken.texts = found.texts
    return taken


def _limit(statement: str, parameters: list[list]) -> float:
    """p95 in ms of the bare read of the same rows."""
    times = []
    for index in range(WARMING + ROUNDS):
        with seconds() as whole:
            bare(statement, parameters[index % len(parameters)])
        times.append(whole[0] * 1000)
    return percentile(times[WARMING:], 95)


def _figures(name: str, taken: Taken, limit: float, page: int = PAGE_MS, database: int = DATABASE_MS) -> Findings:
    middle = (
        f"p50 {percentile(taken.whole, 50):.1f} ms, of it database {percentile(taken.database, 50):.1f} ms,"
        f" own processor {percentile(taken.processor, 50):.1f} ms"
    )
    return [
        Figure(f"{name}: server time p95", percentile(taken.whole, 95), "ms", page, limit, note=middle),
        Figure(f"{name}: database time p95", percentile(taken.database, 95), "ms", database, limit),
        Figure(f"{name}: queries", max(taken.queries), "", QUERIES),
    ]


def _sample(kinds: tuple[str, ...], count: int = 20) -> list[int]:
    """Organisations of these kinds, spread evenly over all that have members below."""
    found = Organization.objects.open().filter(kind__in=kinds, enterprise__isnull=False).order_by("path")
    ids = list(found.values_list("pk", flat=True))
    return ids[:: max(1, len(ids) // count)][:count]


def _leading() -> list[int]:
    rows = bare("SELECT leading_organization_id FROM enterprises_enterprise WHERE parent_id IS NULL ORDER BY path")
    return [row[0] for row in rows if row[0]][:40]


def _campaign() -> int:
    return bare("SELECT id FROM campaign_campaign WHERE state = 'RUNNING' ORDER BY launched_on, code LIMIT 1")[0][0]


def _root() -> int:
    return bare("SELECT id FROM enterprises_organization WHERE superior_id IS NULL ORDER BY path LIMIT 1")[0][0]


def dashboards() -> Findings:
    """The country, the root, enterprises, committees and branches, as office staff at the root."""
    campaign, root = _campaign(), _root()
    leading, committees = _leading(), _sample(("COMMITTEE", "GENERAL_BRANCH"))
    branches = _sample(Organization.BRANCH_KINDS)

    def node(pk: int) -> str:
        return reverse("overview:node", args=[pk])

    findings: Findings = []
    with signed_in("OFFICE_STAFF", root) as client:
        code = {"campaign": bare("SELECT code FROM campaign_campaign WHERE id = %s", [campaign])[0][0]}
        kinds: list[tuple[str, list[str], str, list[list]]] = [
            ("country page", [reverse("overview:country")], NATIONAL_ROWS, [[campaign]]),
            ("root page", [node(root)], SUMMARY_ROWS, [[root, root, campaign]]),
            ("enterprise page", [node(pk) for pk in leading], SUMMARY_ROWS, [[p, p, campaign] for p in leading]),
            ("committee page", [node(p) for p in committees], SUMMARY_ROWS, [[p, p, campaign] for p in committees]),
            ("branch page", [node(pk) for pk in branches], STATUS_ROWS, [[pk, campaign] for pk in branches]),
        ]
        for name, urls, statement, parameters in kinds:
            addressed = [f"{url}?campaign={code['campaign']}" for url in urls]
            findings += _figures(name, visit(client, addressed), _limit(statement, parameters))
    return findings


def tree() -> Findings:
    """The tree, level by level: the roots, and the levels below enterprises."""
    below = "SELECT * FROM enterprises_organization WHERE superior_id = %s ORDER BY directory_order, code LIMIT 200"
    leading = _leading()
    with signed_in("OFFICE_STAFF", _root()) as client:
        roots = visit(client, [reverse("enterprises:tree")])
        levels = visit(client, [reverse("enterprises:tree_node", args=[pk]) for pk in leading])
    limit = _limit(below, [[pk] for pk in leading])
    return [
        *_figures("tree, roots", roots, _limit(below, [[_root()]])),
        *_figures("tree, a level of an enterprise", levels, limit),
    ]


def secretary() -> Findings:
    """The branch secretary's week."""
    branch = _sample(("BRANCH",), 9)[4]
    with signed_in("BRANCH_SECRETARY", branch) as client:
        taken = visit(client, [reverse("overview:week")])
    limit = _limit(STATUS_ROWS, [[branch, _campaign()]])
    return _figures("secretary's page", taken, limit, SECRETARY_MS, SECRETARY_DATABASE_MS)


def search() -> Findings:
    """Members by part of a name and by code: of the root's whole subtree, and of one enterprise's."""
    findings: Findings = []
    name, code = bare("SELECT name, code FROM enterprises_member ORDER BY id OFFSET 1234 LIMIT 1")[0]
    for what, scope in (("root", _root()), ("enterprise", _leading()[0])):
        with transaction.atomic():
            account = Account.objects.create_user(f"bench-{what}", None)
            Post.objects.create(account=account, role="OFFICE_STAFF", scope_id=scope)
            times = [_searched(account, text) for text in (name[1:], name, code[:6]) for _ in range(20)]
            transaction.set_rollback(True)
        limit = _limit("SELECT id FROM enterprises_member WHERE xf_bigrams(name) @> xf_bigrams(%s)", [[name[1:]]])
        findings.append(Figure(f"member search, {what}: database time p95", percentile(times, 95), "ms", 15, limit))
    return findings


def _searched(account: Account, text: str) -> float:
    """Milliseconds in the database for one page of 50 and the count."""
    from enterprises.models import Member

    found = Member.objects.visible_to(account).search(text)
    with statements() as taken:
        list(found.order_by("name_key", "code")[:50])
        found.count()
    return taken.time * 1000


def weight() -> Findings:
    """What the office's landing page weighs on the wire, brotli at the strength of each kind of file."""
    with signed_in("OFFICE_STAFF", _root()) as client:
        page = client.get(reverse("overview:country")).content
    later = len(brotli.compress(page, quality=4))
    files = sum(len(brotli.compress(_read(path), quality=11)) for path in _linked(page.decode()))
    return [
        Figure("page weight, first visit", (later + files) / 1000, "kB", 150),
        Figure("page weight, later", later / 1000, "kB", 25),
    ]


def _linked(page: str) -> list[str]:
    """The static files that a page asks for at once: style sheets and scripts."""
    found = re.findall(rf'(?:href|src)="{re.escape(settings.STATIC_URL)}([^"?#]+\.(?:css|js|svg))"', page)
    return sorted(set(found))


def _read(path: str) -> bytes:
    found = finders.find(path)
    if not found:
        return b""
    with open(found, "rb") as file:
        return file.read()


ALL: dict[str, Callable[[], Findings]] = {
    "dashboards": dashboards,
    "tree": tree,
    "secretary": secretary,
    "search": search,
    "weight": weight,
}
