"""The frames of a campaign, as its definition names them: its guiding ideas as tags (item 111), and the sentences
under which results are filed (item 112)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy

from campaign.plan.models import Campaign
from campaign.plan.wording import name_of

# Item 112, where the campaign's definition names no sentences of its own.
SENTENCES = (
    ("quality", gettext_lazy("Raise the quality of members")),
    ("base", gettext_lazy("Strengthen grass-roots organizations")),
    ("service", gettext_lazy("Serve the masses")),
    ("work", gettext_lazy("Promote all work")),
)


@dataclass(frozen=True)
class Tag:
    """One guiding idea of a campaign, e.g. its theme."""

    code: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


def tags_of(campaign: Campaign) -> dict[str, Tag]:
    """The guiding ideas by code, in their order; none where the definition names none."""
    rows = campaign.data.get("tags") or []
    return {row["code"]: Tag(row["code"], row["name_zh"], row["name_en"]) for row in rows}


def lacking(campaign: Campaign, tags: Iterable[str]) -> list[Tag]:
    """The guiding ideas that are not among ``tags``: a phase plan should hold them all (item 111)."""
    held = set(tags)
    return [tag for code, tag in tags_of(campaign).items() if code not in held]


def sentences_of(campaign: Campaign) -> dict[str, str]:
    """The sentences under which results are filed, by code, in the reader's language."""
    told = (campaign.data.get("survey") or {}).get("sentences", [])
    return {row["code"]: name_of(row) for row in told} or {code: str(name) for code, name in SENTENCES}
