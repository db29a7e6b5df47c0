"""Members: the list, the page of one member, and the forms about it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises import clock, panels
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.actions import attendance, members
from enterprises.codes import education_name
from enterprises.filters import MemberFilter
from enterprises.forms import members as forms
from enterprises.history import changes
from enterprises.listing import Column
from enterprises.long_lists import LongList
from enterprises.models import Exemption, Member, Organization, Post
from enterprises.views.base import ActionView, PageView
from enterprises.views.organizations import account_names

HISTORY = 20


class MemberList(LongList):
    """Every member in sight."""

    title = gettext_lazy("Members")
    model = Member
    columns = [
        Column("name", pgettext_lazy("person", "name"), sort="name_key", link="enterprises:member"),
        Column("code", gettext_lazy("code"), sort="code"),
        Column("branch", gettext_lazy("branch"), value="branch.name", sort="branch__name", css="full"),
        Column("party_group", gettext_lazy("Party group"), value="party_group.name"),
        Column("category", gettext_lazy("category"), value="get_category_display", sort="category"),
        Column("kind", gettext_lazy("type"), value="get_kind_display", sort="kind"),
        Column("admitted_on", gettext_lazy("admitted on"), sort="admitted_on", css="n"),
        Column("contact", gettext_lazy("contact"), value="get_contact_display", sort="contact"),
        Column("status", gettext_lazy("membership"), value="get_status_display", sort="status"),
    ]
    filterset_class = MemberFilter
    search = "search"
    ordering = "code"
    sorted_when_long = ("code",)

    def get_queryset(self) -> QuerySet:
        """Those on the roll, unless another state is asked for."""
        seen = super().get_queryset().select_related("branch", "party_group")
        return seen if self.request.GET.get("status") else seen.on_roll()

    def count(self, queryset: QuerySet) -> int:
        """In a large reach all of them from the summaries."""
        everybody = not any(True for _chip in self.chips()) and not self.request.GET.get("status")
        return self.in_sight if self.is_long and everybody else super().count(queryset)


class MemberPage(PageView):
    """What is on record of one member: facts, memberships, exemptions, posts, history."""

    model = Member
    related = ("branch", "party_group", "study_branch")
    template_name = "enterprises/member.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member, account, today = self.subject, self.request.user, clock.today()
        may_change = may(account, roles.CHANGE_MEMBERS, member.branch)
        # What was corrected is for those who correct, and for the member (item 66).
        sees_history = may_change or account.member_id == member.pk
        entries = changes(member, HISTORY) if sees_history else []
        memberships = list(member.memberships.select_related("organization"))
        return super().get_context_data(
            member=member,
            education=education_name(member.education),
            memberships=memberships,
            waiting=next((m for m in memberships if m.since and m.since > today), None),
            exemptions=list(member.exemptions.select_related("approved_by")),
            posts=named_posts(member),
            panels=panels.member_panels(self.request, member),
            may_change=may_change,
            sees_history=sees_history,
            sees_branch=may(account, roles.READ, member.branch),
            history=entries,
            names=account_names(entries),
            as_of=clock.now(),
            **kwargs,
        )


def named_posts(member: Member) -> list[tuple[Post, str]]:
    """The member's posts, newest first, with the name of the place each is held at."""
    held = list(member.posts.order_by("-since", "-pk"))
    ids = [p.scope_id for p in held if p.scope_kind == Post.Scope.ORGANIZATION]
    # Where somebody in sight holds a post is part of what is known of the person.
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    group = member.party_group
    if group:
        return [(p, names.get(p.scope_id, "") or group.name) for p in held]
    return [(p, names.get(p.scope_id, "")) for p in held]


class Admit(ActionView):
    """Enter a member in a branch's roll."""

    model = Organization
    permission = roles.CHANGE_MEMBERS
    title = gettext_lazy("Admit a member")
    button = gettext_lazy("Enter in the roll")
    form_class = forms.AdmitForm

    def back(self) -> str:
        return reverse("enterprises:organization", args=[self.subject.pk])

    def act(self, form: Any) -> Any:
        return members.admit_member(by=self.request.user, branch=self.subject, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:member", args=[result.pk]))


class MemberForm(ActionView):
    """A form about one member."""

    model = Member
    related = ("branch", "study_branch")
    permission = roles.CHANGE_MEMBERS

    def organization(self) -> Any:
        return self.subject.branch

    def back(self) -> str:
        return reverse("enterprises:member", args=[self.subject.pk])

    def done(self, result: Any) -> HttpResponse:
        seen = self.queryset().filter(pk=self.subject.pk).exists()
        return HttpResponseRedirect(self.back() if seen else reverse("enterprises:member_list"))


class Correct(MemberForm):
    title = gettext_lazy("Correct the member's facts")
    button = gettext_lazy("Save the corrections")
    form_class = forms.CorrectMemberForm

    def act(self, form: Any) -> Any:
        return members.correct_member(by=self.request.user, member=self.subject, **form.arguments())


class Transfer(MemberForm):
    title = gettext_lazy("Transfer to another branch")
    button = gettext_lazy("Transfer the member")
    form_class = forms.TransferForm

    def act(self, form: Any) -> Any:
        return members.transfer_member(by=self.request.user, member=self.subject, **form.arguments())


class CancelTransfer(MemberForm):
    title = gettext_lazy("Take back the waiting transfer")
    form_class = forms.ActionForm

    def act(self, form: Any) -> Any:
        return members.cancel_transfer(by=self.request.user, member=self.subject)


class EndMembership(MemberForm):
    title = gettext_lazy("Record the end of membership")
    button = gettext_lazy("Record it")
    form_class = forms.EndMembershipForm

    def act(self, form: Any) -> Any:
        return members.end_membership(by=self.request.user, member=self.subject, **form.arguments())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = _("Record it only after the general meeting has decided and the organization above approved.")
        return super().get_context_data(notes=[note], **kwargs)


class Restore(MemberForm):
    title = gettext_lazy("Put back on the roll")
    form_class = forms.RestoreForm

    def act(self, form: Any) -> Any:
        return members.restore_member(by=self.request.user, member=self.subject, **form.arguments())


class Study(MemberForm):
    title = gettext_lazy("Set where the member studies")
    button = gettext_lazy("Save")
    form_class = forms.StudyForm

    def act(self, form: Any) -> Any:
        return attendance.set_study_affiliation(by=self.request.user, member=self.subject, **form.arguments())


class Contact(MemberForm):
    title = gettext_lazy("Record contact")
    button = gettext_lazy("Save the contact state")
    form_class = forms.ContactForm

    def act(self, form: Any) -> Any:
        return attendance.set_contact(by=self.request.user, member=self.subject, **form.arguments())


class GrantExemption(MemberForm):
    title = gettext_lazy("Record an approved exemption")
    button = gettext_lazy("Record the exemption")
    form_class = forms.ExemptionForm

    def act(self, form: Any) -> Any:
        return attendance.grant_exemption(by=self.request.user, member=self.subject, **form.arguments())


class RevokeExemption(ActionView):
    """End an exemption."""

    model = Exemption
    related = ("member__branch",)
    permission = roles.CHANGE_MEMBERS
    title = gettext_lazy("End the exemption")
    form_class = forms.RevokeExemptionForm

    def organization(self) -> Any:
        return self.subject.member.branch

    def back(self) -> str:
        return reverse("enterprises:member", args=[self.subject.member_id])

    def act(self, form: Any) -> Any:
        return attendance.revoke_exemption(by=self.request.user, exemption=self.subject, **form.arguments())
