"""The condition of a gate that asks whether the result of the survey was published (item 102)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.plan.models import Participation
from campaign.progress.gates import Check, register_condition
from campaign.progress.publications import Subject
from campaign.progress.record_pages import listed
from campaign.publicity.models import Publication


def result_published(participation: Participation, stage: str) -> Check:
    """Whether an organization of the unit has published the result of the survey."""
    told = Publication.objects.standing().filter(
        campaign=participation.campaign_id,
        organization__enterprise=participation.unit_id,
        subject=Subject.SURVEY,
    )
    first = told.order_by("since").first()
    leading = participation.unit.leading_organization
    url = listed("publicity:publication_list", leading) if leading else ""
    if first is None:
        return Check(False, _("The result of the survey has not been published."), url)
    return Check(True, _("The result was published on %(day)s.") % {"day": date_format(first.since)}, url)


register_condition("result_published", result_published)
