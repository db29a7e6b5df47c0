"""What the actions of this room share: who may enter, and entering once."""

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.leadership.models import Recorded
from campaign.meetings.actions import once
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Organization

R = TypeVar("R", bound=Recorded)


def require_own(by: Any, organization: Organization) -> None:
    """Refuse unless ``by`` records for the organisation; ``None`` is the system. Raises ``NotPermitted``."""
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def require_open(organization: Organization) -> None:
    """Refuse what is new in an organisation that is closed. Raises `ActionError`."""
    if organization.closed_on:
        raise ActionError(_("This organization is closed. Reopen it first."))


def entered(model: type[R], submission: UUID | None) -> R | None:
    """The row that this submission has made already; the second of two clicks waits for the first."""
    if submission is None:
        return None
    once(submission)
    return model._base_manager.filter(submission=submission).first()


def stamp(by: Any, submission: UUID | None) -> dict[str, Any]:
    """Who enters it and when."""
    return {"submission": submission or uuid4(), "recorded_by": by, "recorded_at": clock.now()}
