"""What the public pages may know: the page behind a short link, and where an opinion stands.

Visitors have no account, so ``visible_to`` gives them nothing. These two are all that is open to them: each
needs a random code, and neither gives away the words of an opinion or anything about its author.
"""

from dataclasses import dataclass, field
from datetime import date

from campaign.opinions.categories import categories_of
from campaign.opinions.models import Opinion, OpinionPage
from campaign.opinions.references import digest
from campaign.progress.outcomes import Outcome, outcomes_of


@dataclass(frozen=True)
class Standing:
    """Where an opinion stands, as its author reads it."""

    unit: str
    received_on: date
    state: str  # raw, sorted, merged, answered or removed
    category: str = ""
    sorted_on: date | None = None
    originals: int = 0
    answer: str = ""
    answered_on: date | None = None
    results: list[Outcome] = field(default_factory=list)


def page_of(slug: str) -> OpinionPage | None:
    """The open page behind a short link."""
    found = OpinionPage.objects.filter(slug=slug.lower(), is_open=True, participation__campaign__state="RUNNING")
    related = ("participation__unit__leading_organization", "participation__campaign__definition")
    page = found.select_related(*related).first()
    return page if page and page.participation.unit.leading_organization else None


def standing_of(reference: str) -> Standing | None:
    """Where the opinion with this reference number stands; ``None`` when there is none with it."""
    related = ("organization__enterprise", "item", "campaign__definition")
    opinion = Opinion.objects.select_related(*related).filter(reference_digest=digest(reference)).first()
    if opinion is None:
        return None
    owner = opinion.organization.enterprise or opinion.organization
    category = categories_of(opinion.campaign).get(opinion.category)
    item = opinion.item
    return Standing(
        unit=owner.name,
        received_on=opinion.received_on,
        state="answered" if item and item.is_answered else opinion.state.lower(),
        category=category.name if category else "",
        sorted_on=opinion.sorted_on,
        originals=item.opinions.count() if item else 0,
        answer=item.answer if item else "",
        answered_on=item.answered_on if item else None,
        results=outcomes_of([item.pk]).get(item.pk, []) if item else [],
    )
