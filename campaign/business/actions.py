"""Writing indicators, targets and arrangements (items 81-83)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.business.models import Arrangement, BusinessTarget, EconomicIndicator
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization

VALUES = (
    "revenue", "revenue_qualifier", "revenue_prior", "revenue_growth",
    "profit", "profit_qualifier", "profit_prior", "profit_growth", "preservation", "stability",
)  # fmt: skip


def _stamp(by, submission: UUID | None) -> dict[str, Any]:
    return {"submission": submission or uuid4(), "recorded_by": by, "recorded_at": clock.now()}


@action
def enter_indicator(
    *, by, organization: Organization, month: date, submission: UUID | None = None, **told: Any
) -> EconomicIndicator:
    """Enter the cumulative figures of a unit until the end of a month. The same ``submission`` twice is one.

    ``told``: any of ``VALUES``. Raises ``ActionError``.
    """
    require(by, roles.RECORD, organization)
    _leads(organization)
    submission = submission or uuid4()
    if (same := earlier(EconomicIndicator, submission, organization=organization)) is not None:
        return same
    first = month.replace(day=1)
    _over(first)
    _something(told)
    if EconomicIndicator.objects.filter(organization=organization, month=first).exists():
        raise ActionError(_("The figures of this month are entered already. Correct them there."), "month")
    return EconomicIndicator.objects.create(organization=organization, month=first, **told, **_stamp(by, submission))


@action
def correct_indicator(*, by, indicator: EconomicIndicator, reason: str, **told: Any) -> EconomicIndicator:
    """Correct figures, with the reason, which stays with the history. Raises ``ActionError``."""
    require(by, roles.RECORD, indicator.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is corrected."), "reason")
    indicator = locked(indicator)
    for name in VALUES:
        if name in told:
            setattr(indicator, name, told[name])
    _something({name: getattr(indicator, name) for name in VALUES})
    indicator.save()
    return indicator


@action
def import_indicators(*, by, rows: Sequence[tuple[Organization, date, dict[str, Any]]], reason: str) -> tuple[int, int]:
    """Enter or correct the figures of many units and months at once: all of them or none.

    Returns how many were entered and how many corrected; what is the same is neither. Raises ``ActionError``.
    """
    entered = corrected = 0
    for organization, month, told in rows:
        stored = EconomicIndicator.objects.filter(organization=organization, month=month.replace(day=1)).first()
        if stored is None:
            enter_indicator(by=by, organization=organization, month=month, **told)
            entered += 1
        elif any(getattr(stored, name) != value for name, value in told.items()):
            correct_indicator(by=by, indicator=stored, reason=reason, **told)
            corrected += 1
    return entered, corrected


@action
def set_target(
    *, by, organization: Organization, kind: str, year: int, target: str, submission: UUID | None = None
) -> BusinessTarget:
    """Enter a target of a year. The same ``submission`` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    _leads(organization)
    submission = submission or uuid4()
    if (same := earlier(BusinessTarget, submission, organization=organization)) is not None:
        return same
    if not target.strip():
        raise ActionError(_("Say what is to be reached."), "target")
    return BusinessTarget.objects.create(
        organization=organization, kind=kind, year=year, target=target.strip(), **_stamp(by, submission)
    )


@action
def say_result(*, by, target: BusinessTarget, state: str, actual: str) -> BusinessTarget:
    """Say what came of a target. Raises ``ActionError`` where it is met or missed without a word."""
    require(by, roles.RECORD, target.organization)
    if state != BusinessTarget.State.OPEN and not actual.strip():
        raise ActionError(_("Say what came of it, in figures where there are any."), "actual")
    target = locked(target)
    target.state, target.actual = state, actual.strip()
    target.save(update_fields=["state", "actual"])
    return target


@action
def arrange(
    *, by, campaign: Campaign, organization: Organization, text: str, submission: UUID | None = None
) -> Arrangement:
    """Say how campaign and production were arranged. The same ``submission`` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    _leads(organization)
    submission = submission or uuid4()
    if (same := earlier(Arrangement, submission, organization=organization)) is not None:
        return same
    if not text.strip():
        raise ActionError(_("Say how both were arranged."), "text")
    return Arrangement.objects.create(
        campaign=campaign,
        organization=organization,
        said_on=clock.today(),
        text=text.strip(),
        **_stamp(by, submission),
    )


def _leads(organization: Organization) -> None:
    unit = organization.enterprise
    if unit is None or unit.leading_organization_id != organization.pk:
        raise ActionError(_("Business figures belong to a unit. Enter them for the organization that leads it."))


def _over(first: date) -> None:
    not_future(first, "month")


def _something(told: dict[str, Any]) -> None:
    if all(told.get(name) is None for name in ("revenue", "profit", "revenue_growth", "profit_growth", "preservation")):
        raise ActionError(_("There is no figure in it. Enter one at least."), "revenue")
