"""What services warn of: a window unit without a line for its users (item 78)."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from campaign.progress.record_pages import listed
from campaign.services.models import UserLine
from campaign.services.rules import needs_line
from enterprises.models import Enterprise, Organization
from enterprises.warnings import Warning, register


@register
def unheard(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Leading organizations of window units in which no organization keeps a user line."""
    line = UserLine.objects.filter(organization__enterprise=OuterRef("pk"), closed_on=None)
    units = Enterprise.objects.filter(is_window_unit=True, leading_organization__in=organization_ids)
    found = {}
    for leading, has_line in units.values_list("leading_organization", Exists(line)):
        if needs_line(True, int(has_line)):
            url = listed("services:line_list", Organization(pk=leading))
            text = _("A window unit without a line for its users. Open one, and enter it.")
            found[leading] = [Warning("NO_USER_LINE", text, url)]
    return found
