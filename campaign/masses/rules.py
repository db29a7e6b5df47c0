"""Which meetings the masses may take part in, and how they come there (item 103, dossier 2.2). Pure."""

from campaign.masses.models import Representatives
from campaign.plan.kinds import Guests

Chosen = Representatives.Chosen


def ways_in(guests: Guests) -> list[Chosen]:
    """How representatives may have come to a meeting that admits these guests; none where it admits no masses.

    Whoever comes of the own wish may do so only where everybody may.
    """
    if guests is Guests.SENT:
        return []
    return [chosen for chosen in Chosen if guests is Guests.OPEN or chosen is not Chosen.OWN_WISH]
