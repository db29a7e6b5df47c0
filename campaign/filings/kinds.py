"""Kinds of filing, as the campaign's definition names them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from campaign.plan.models import Campaign, Step


@dataclass(frozen=True)
class FilingKind:
    """A document or figure of the organisation, or an entry for each member."""

    code: str
    name_zh: str
    name_en: str
    figure: bool = False
    per_member: bool = False

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


def kinds_of(campaign: Campaign) -> dict[str, FilingKind]:
    """Every kind of the campaign by its code."""
    data = campaign.data
    documents = [FilingKind(d["code"], d["name_zh"], d["name_en"], figure=d["figure"]) for d in data["documents"]]
    entries = [FilingKind(d["code"], d["name_zh"], d["name_en"], per_member=True) for d in data["feedback"]]
    return {kind.code: kind for kind in (*documents, *entries)}


def kind_of_step(step: Step, org_kind: str) -> FilingKind | None:
    """What an organisation of that kind files for the step; None when the step is proved otherwise."""
    obligation = step.obligation_for(org_kind)
    if obligation is None or obligation.evidence["kind"] not in ("filing", "feedback"):
        return None
    return kinds_of(step.campaign).get(obligation.evidence["code"])
