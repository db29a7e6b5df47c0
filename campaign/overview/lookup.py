"""What the commands are asked about, by code. Everything not found is a ``LookupError`` in plain words."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.translation import gettext as _

from campaign.plan.current import default
from campaign.plan.models import Campaign, Step
from enterprises.models import Member, Organization


def day(text: str) -> date:
    """A date as YYYY-MM-DD. Raises ``ArgumentTypeError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("%s is not a date; write it as 2005-11-09") % text) from None


def organization(code: str) -> Organization:
    """The organisation with that code. Raises ``LookupError``."""
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise LookupError(_("There is no organization with the code %s.") % code)
    return found


def member(code: str) -> Member:
    """The member with that code, with the branch. Raises ``LookupError``."""
    found = Member.objects.select_related("branch").filter(code=code).first()
    if found is None:
        raise LookupError(_("There is no member with the code %s.") % code)
    return found


def campaign(code: str) -> Campaign:
    """The launched campaign with that code. Raises ``LookupError``."""
    found = Campaign.objects.exclude(state=Campaign.State.PREPARED).filter(code=code).first()
    if found is None:
        raise LookupError(_("There is no campaign with the code %s.") % code)
    return found


def running_campaign(code: str | None) -> Campaign | None:
    """The campaign with that code, else the one running longest, if any. Raises ``LookupError``."""
    if code is not None:
        return campaign(code)
    return default(Campaign.objects.filter(state=Campaign.State.RUNNING))


def step(code: str, of: Campaign) -> Step:
    """The step with that code of a campaign. Raises ``LookupError``, which names the steps there are."""
    found = of.steps.filter(code=code).first()
    if found is None:
        known = ", ".join(of.steps.order_by("order").values_list("code", flat=True))
        message = _("The campaign has no step %(step)s. Use one of: %(known)s.")
        raise LookupError(message % {"step": code, "known": known})
    return found


def nothing_runs() -> LookupError:
    """No campaign runs, and none was named."""
    return LookupError(_("No campaign is running."))


def nothing_named() -> LookupError:
    """Neither an organisation with a step nor a member was named."""
    return LookupError(_("Name an organization and a step, or a member with --member."))
