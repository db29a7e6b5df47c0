"""Categories of opinion, as the campaign's definition names them (item 59)."""

from dataclasses import dataclass

from django.utils.translation import get_language

from campaign.plan.models import Campaign


@dataclass(frozen=True)
class Category:
    """A category; ``reference_percent`` is the share seen in batch one, for comparison only (item 60)."""

    code: str
    name_zh: str
    name_en: str
    reference_percent: int | None = None

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


def categories_of(campaign: Campaign) -> dict[str, Category]:
    """The categories of the campaign by code, in their order; none where the definition has none."""
    rows = campaign.data.get("opinion_categories") or []
    found = [Category(r["code"], r["name_zh"], r["name_en"], r.get("reference_percent")) for r in rows]
    return {category.code: category for category in found}
