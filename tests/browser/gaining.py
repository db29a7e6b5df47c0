"""Searches, applicants and the tables of a node on the stage, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable

from django.urls import reverse

from campaign.membership.models import Applicant, MemberSearchCase
from tests.cast import Cast
from tests.membership import stage


def _prepare(cast: Cast) -> None:
    """Everything these pages can show, at branch B2; done once for the stage."""
    if MemberSearchCase.objects.exists():
        return
    stage.closed(cast, "TRANSFERRED", "M0205")
    stage.step(stage.search(cast, known="原在采煤一队，改制时离岗"), kind="POLICE", text="户籍已迁往外省")
    stage.candidate(cast)
    stage.applicant(cast)


def _at(url_name: str, which: Callable[[], int] | None = None) -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        _prepare(cast)
        return reverse(url_name, args=[which()] if which else [])

    return address


def _table(name: str, code: str) -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        _prepare(cast)
        return reverse("membership:report", args=[cast.org[code].pk, name])

    return address


def _open() -> int:
    return MemberSearchCase.objects.open().values_list("pk", flat=True)[0]


def _moved() -> int:
    return MemberSearchCase.objects.filter(result="TRANSFERRED").values_list("pk", flat=True)[0]


def _candidate() -> int:
    return Applicant.objects.at("CANDIDATE").values_list("pk", flat=True)[0]


SECRETARY, ABOVE = "branch_secretary", "committee_secretary"
PAGES = [
    ("searches", _at("membership:search_list"), SECRETARY),
    ("search", _at("membership:search", _open), SECRETARY),
    ("search-moved", _at("membership:search", _moved), SECRETARY),
    (
        "search-new",
        lambda cast: reverse("membership:search_new", args=[cast.member["M0207"].pk]),
        SECRETARY,
    ),
    ("search-step", _at("membership:search_step", _open), SECRETARY),
    ("search-close", _at("membership:search_close", _open), SECRETARY),
    ("without-contact", _at("membership:contact_list"), SECRETARY),
    ("applicants", _at("membership:applicant_list"), SECRETARY),
    ("applicant", _at("membership:applicant", _candidate), SECRETARY),
    ("applicant-admit", _at("membership:applicant_admit", _candidate), SECRETARY),
    (
        "applicant-new",
        lambda cast: reverse("membership:applicant_new", args=[cast.org["B2"].pk]),
        SECRETARY,
    ),
    ("coverage", _table("coverage", "A"), ABOVE),
    ("contact-by-organization", _table("contact", "G"), ABOVE),
    ("members-by-category", _table("categories", "E01-DZ"), "enterprise_office"),
    ("joining-by-month", _table("joining", "A"), ABOVE),
    ("newly-founded", _table("founded", "A"), ABOVE),
]
