"""Forms about leading groups, offices and responsible persons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaign.leadership import forms
from campaign.leadership.actions import bodies, responsible
from campaign.leadership.models import CampaignOffice, GroupSeat, LeadingGroup, OfficeStaff, Responsibility
from campaign.leadership.standing import ADMIN
from campaign.leadership.views.subjects import OrganizationForm, RecordingForm
from enterprises.access import roles
from enterprises.access.reach import may


class Group(OrganizationForm):
    """Found the leading group, or correct its document."""

    title = _("Leading group")
    button = _("Save the leading group")
    form_class = forms.GroupForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(notes=[_("The secretary in office becomes the head.")], **kwargs)

    def act(self, form: Any) -> Any:
        return bodies.found_group(**self.told(form))


class GroupPart(RecordingForm):
    """A form about one leading group."""

    model = LeadingGroup
    related = ("organization__enterprise", "campaign")

    def organization(self) -> Any:
        return self.subject.organization


class Head(GroupPart):
    """The secretary in office takes the chair."""

    title = _("Let the secretary take the chair")
    form_class = forms.RoomForm

    def act(self, form: Any) -> Any:
        return bodies.seat_head(by=self.request.user, group=self.subject)


class NewSeat(GroupPart):
    """A seat beside the head's."""

    title = _("Add to the leading group")
    form_class = forms.SeatForm

    def act(self, form: Any) -> Any:
        return bodies.seat_member(by=self.request.user, group=self.subject, **form.arguments())


class EndSeat(RecordingForm):
    """End a seat."""

    model = GroupSeat
    related = ("group__organization__enterprise", "member")
    title = _("End the seat")
    form_class = forms.EndForm

    def organization(self) -> Any:
        return self.subject.group.organization

    def act(self, form: Any) -> Any:
        return bodies.end_seat(by=self.request.user, seat=self.subject, **form.arguments())


class Office(OrganizationForm):
    """Found the campaign office, or say its conditions anew."""

    title = _("Campaign office")
    button = _("Save the campaign office")
    form_class = forms.OfficeForm

    def act(self, form: Any) -> Any:
        return bodies.set_office(**self.told(form))


class NewStaff(RecordingForm):
    """Somebody who works in the office."""

    model = CampaignOffice
    related = ("organization__enterprise", "campaign")
    title = _("Add to the campaign office")
    form_class = forms.StaffForm

    def organization(self) -> Any:
        return self.subject.organization

    def act(self, form: Any) -> Any:
        return bodies.add_staff(by=self.request.user, office=self.subject, **form.arguments())


class EndStaff(RecordingForm):
    """Somebody leaves the office."""

    model = OfficeStaff
    related = ("office__organization__enterprise",)
    title = _("Leaves the campaign office")
    form_class = forms.EndForm

    def organization(self) -> Any:
        return self.subject.office.organization

    def act(self, form: Any) -> Any:
        return bodies.end_staff(by=self.request.user, staff=self.subject, **form.arguments())


class StandIn(OrganizationForm):
    """Who is responsible while the post of secretary is vacant."""

    title = _("Name who is responsible")
    form_class = forms.StandInForm

    def permitted(self) -> bool:
        return may(self.request.user, roles.CHANGE_TREE, self.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = _("Until a secretary takes office; from that day on the secretary is responsible.")
        return super().get_context_data(notes=[note], **kwargs)

    def act(self, form: Any) -> Any:
        told = self.told(form)
        del told["campaign"]
        return responsible.name_stand_in(**told)


class AdminHead(OrganizationForm):
    """The administrative head in support."""

    title = _("Enter the administrative head")
    form_class = forms.AdminHeadForm

    def act(self, form: Any) -> Any:
        told = self.told(form)
        del told["campaign"]
        return responsible.name_administrative_head(**told)


class EndResponsibility(RecordingForm):
    """End what was named."""

    model = Responsibility
    related = ("organization__enterprise",)
    title = _("End the responsibility")
    form_class = forms.EndForm

    def organization(self) -> Any:
        return self.subject.organization

    def permitted(self) -> bool:
        if self.subject.kind == ADMIN:
            return super().permitted()
        return may(self.request.user, roles.CHANGE_TREE, self.subject.organization)

    def act(self, form: Any) -> Any:
        return responsible.end_responsibility(by=self.request.user, responsibility=self.subject, **form.arguments())
