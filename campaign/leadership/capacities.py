"""In which capacity an account meets a plan: its own organisation, the leading one, a supervision group (item 25).

The leading organisation is the superior by affiliation. So the plan of a unit whose affiliation is local is
approved by its local committee only: the enterprise that owns it has no permission there (item 8).
"""

from campaign.leadership import rules
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Account, Organization

# Whoever keeps the calendars of the organisations it leads also approves their plans: offices, committee
# secretaries, and the liaison of a local committee.
APPROVE = roles.CALENDAR


def leading(organization: Organization) -> Organization:
    """The organisation that approves: the superior; at the top there is nobody above."""
    return organization.superior or organization


def capacities(account: Account, organization: Organization) -> set[str]:
    """What the acting post is to a plan of this organisation."""
    found = set()
    if may_record(account, organization):
        found.add(rules.OWN)
    if may(account, APPROVE, leading(organization)):
        found.add(rules.LEADING)
    heads = any(post.role == "GROUP_HEAD" for post in account.acting_posts)
    if heads and may(account, roles.READ_RECORDS, organization):
        found.add(rules.GROUP)
    return found
