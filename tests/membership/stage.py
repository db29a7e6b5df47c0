"""Short ways to make searches and applicants for the cast."""

from datetime import timedelta

from campaign.membership import applicant_actions, search_actions
from campaign.membership.models import Applicant, MemberSearchCase
from enterprises import clock


def search(cast, member="M0206", days_ago=10, **told) -> MemberSearchCase:
    """An open search for a member."""
    opened = clock.today() - timedelta(days_ago)
    return search_actions.open_search(by=None, member=cast.member[member], opened_on=opened, **told)


def step(case: MemberSearchCase, days_ago=5, **told):
    """One attempt in a search."""
    values = {"kind": "VISIT", "text": "到原住址走访，邻居称已搬走"}
    return search_actions.enter_step(by=None, case=case, on=clock.today() - timedelta(days_ago), **values | told)


def closed(cast, result="FOUND", member="M0206"):
    """A search closed today with that result."""
    case = search(cast, member)
    step(case)
    return search_actions.close_search(by=None, case=case, result=result, closed_on=clock.today())


def applicant(cast, organization="B2", days_ago=30, **told) -> Applicant:
    """Somebody who applied."""
    values = {"name": "孙示范", "applied_on": clock.today() - timedelta(days_ago)}
    return applicant_actions.enter_applicant(by=None, organization=cast.org[organization], **values | told)


def candidate(cast, organization="B2") -> Applicant:
    """Somebody who may be admitted."""
    today = clock.today()
    told = {"born_on": today - timedelta(25 * 366), "activist_on": today - timedelta(500)}
    return applicant(cast, organization, 600, candidate_on=today - timedelta(60), **told)
