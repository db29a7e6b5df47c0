"""What the nightly checks propose for putting in order (item 41): hints for a person to take up or dismiss.

Nothing here opens a case. A proposal is a finding of the checks of a code in ``rules.PROPOSED`` about an open
organization that the account leads, unless a case of it is open or the proposal was dismissed since it was found.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from campaign.support import rules
from campaign.support.access import led_q
from campaign.support.models import ProposalDismissal, WeakOrganization
from enterprises.models import CheckFinding


def proposals(account: Any) -> QuerySet[CheckFinding]:
    """What waits for the account to look at; the condition on dismissals is ``rules.still_dismissed``."""
    cases = WeakOrganization.objects.open().filter(organization=OuterRef("organization"))
    dismissed = ProposalDismissal.objects.filter(
        organization=OuterRef("organization"),
        code=OuterRef("code"),
        undone_on=None,
        dismissed_on__gte=OuterRef("since"),
    )
    found = CheckFinding.objects.visible_to(account).filter(
        led_q(account, "organization__"), code__in=rules.PROPOSED, organization__closed_on=None
    )
    return found.exclude(Exists(cases)).exclude(Exists(dismissed)).order_by(F("since"), "pk")
