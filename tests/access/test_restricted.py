"""Ten thousand random pairs of account and restricted record: nobody but those entitled finds one.

Dossier 2.12 and items 43, 61, 64, 66, 69. The population: every member of five branches with an account of the own,
and every role that signs in at every organization. Who is entitled is said once more here, by hand, from the dossier
and not from the code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from campaign.appraisal.models import AnalysisVersion, AppraisalOpinion, AppraisalVersion, PartySpiritAnalysis
from campaign.rectification.measure_actions import set_measure
from campaign.rectification.models import RectificationMeasure
from campaign.support.care_actions import note_care
from campaign.support.models import CareRecord
from enterprises import clock
from enterprises.models import Account, Member, Organization, Post
from tests.appraisal.stage import TODAY, analysis, appraisal, launch, meeting
from tests.cast import Cast, build

PAIRS = 10_000
BRANCHES = ("B1", "B2", "B3", "B4", "B5")
SIGN_IN = ("OFFICE_STAFF", "COMMITTEE_SECRETARY", "BRANCH_SECRETARY", "GROUP_MEMBER", "LOCAL_LIAISON", "AUDITOR",
           "ADMINISTRATOR", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")  # fmt: skip
# Of whom the dossier names a reader above the branch, and who that is: the leading cadres' and the team members'.
READERS = {"M0201": "A", "M0101": "E01-DZ", "M0203": "A"}


@dataclass(frozen=True)
class Person:
    """An account as this test knows it: the member it belongs to, or its role at an organization."""

    account: Account
    member: str = ""
    role: str = ""
    at: str = ""


@dataclass(frozen=True)
class Thing:
    """A restricted record, whose it is, and the branch it stands with."""

    record: models.Model
    member: str
    branch: str


@pytest.fixture(scope="module")
def population(django_db_setup, django_db_blocker) -> Iterator[tuple[list[Person], list[Thing]]]:
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        with clock.fixed(TODAY):
            cast = build()
            things = _things(cast)
            yield _persons(cast), things
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def _persons(cast: Cast) -> list[Person]:
    found = []
    for code, member in cast.member.items():
        account = Account.objects.filter(member=member).first()
        found.append(Person(account or _account(f"own-{code}", "MEMBER", member.branch, member=member), member=code))
    for code, organization in cast.org.items():
        found += [Person(_account(f"{role}-{code}", role, organization), role=role, at=code) for role in SIGN_IN]
    return found


def _account(name: str, role: str, organization: Organization, **fields) -> Account:
    account = Account.objects.create(username=name, display_name=name, **fields)  # nobody signs in here
    Post.objects.create(account=account, role=role, scope_id=organization.pk)
    return account


def _things(cast: Cast) -> list[Thing]:
    campaign = launch()
    Member.objects.filter(code__in=["M0201", "M0101"]).update(category="LEADER")
    Post.objects.create(member=cast.member["M0203"], role="TEAM_MEMBER", scope_id=cast.org["G"].pk)
    found = []
    for branch in BRANCHES:
        held = meeting(cast, organization=branch)
        for member in Member.objects.filter(branch=cast.org[branch]).order_by("code"):
            written, told = analysis(campaign, member, text="查找不足。"), appraisal(campaign, member, held)
            note = {"whom": "MEMBER", "need": "PRACTICAL", "help": "VISIT", "given_on": TODAY, "giver": "SECRETARY"}
            records = [
                written,
                written.analysis,
                told,
                AppraisalVersion.objects.filter(appraisal=told).first(),
                set_measure(
                    by=None, campaign=campaign, member=member, measure="每周到班组", due_on=TODAY + timedelta(9)
                ),
                note_care(by=None, organization=cast.org[branch], member=member, **note),
            ]
            found += [Thing(record, member.code, branch) for record in records]
    return found


def entitled(person: Person, thing: Thing) -> bool:
    """The member the text is about; the secretary of the very branch; of analyses the reader above, for leaders."""
    if isinstance(thing.record, CareRecord):
        return person.role == "BRANCH_SECRETARY" and person.at == thing.branch
    if person.member == thing.member:
        return True
    if person.role == "BRANCH_SECRETARY" and person.at == thing.branch:
        return True
    if isinstance(thing.record, PartySpiritAnalysis | AnalysisVersion):
        return person.role == "COMMITTEE_SECRETARY" and READERS.get(thing.member) == person.at
    return False


@pytest.mark.django_db
@pytest.mark.item(43, 61, 64, 66, 69)
def test_no_random_pair_leaks(population, django_db_blocker):
    persons, things = population
    assert len(persons) * len(things) > 1.5 * PAIRS
    assert {type(thing.record) for thing in things} == {
        PartySpiritAnalysis, AnalysisVersion, AppraisalOpinion, AppraisalVersion, RectificationMeasure, CareRecord,
    }  # fmt: skip
    tried: set[tuple[Person, int]] = set()

    @how(max_examples=PAIRS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(persons), st.integers(0, len(things) - 1))
    def look(person: Person, number: int):
        thing = things[number]
        tried.add((person, number))
        found = type(thing.record).objects.visible_to(person.account).filter(pk=thing.record.pk).exists()
        assert found is entitled(person, thing), (person, thing)

    with django_db_blocker.unblock(), clock.fixed(TODAY):
        look()
    assert len(tried) > 0.95 * PAIRS
