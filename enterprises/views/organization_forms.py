"""Forms about organisations, their terms, posts and Party groups."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises import remarks, rules
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.actions import attendance, organizations, posts, reshaping
from enterprises.checks import preset
from enterprises.forms import organizations as forms
from enterprises.models import Member, Organization, PartyGroup, Post
from enterprises.views.base import ActionView, ConfirmedActionView
from enterprises.views.organizations import below, settled_by


class OrganizationForm(ActionView):
    """A form about one organisation."""

    model = Organization
    related = ("superior", "enterprise")
    permission = roles.CHANGE_TREE

    def back(self) -> str:
        return reverse("enterprises:organization", args=[self.subject.pk])


class ConfirmedOrganizationForm(ConfirmedActionView, OrganizationForm):
    """A form about one organisation whose effect is shown first."""


class Found(OrganizationForm):
    title = gettext_lazy("Found an organization below")
    form_class = forms.FoundOrganizationForm

    def act(self, form: Any) -> Any:
        return organizations.found_organization(by=self.request.user, superior=self.subject, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:organization", args=[result.pk]))


class Rename(OrganizationForm):
    title = gettext_lazy("Rename")
    form_class = forms.RenameForm

    def act(self, form: Any) -> Any:
        return organizations.rename_organization(by=self.request.user, organization=self.subject, **form.arguments())


class Correct(OrganizationForm):
    title = gettext_lazy("Correct the facts")
    form_class = forms.CorrectOrganizationForm

    def act(self, form: Any) -> Any:
        return organizations.correct_organization(by=self.request.user, organization=self.subject, **form.arguments())


class ChangeKind(OrganizationForm):
    title = gettext_lazy("Change the kind")
    form_class = forms.ChangeKindForm

    def act(self, form: Any) -> Any:
        return organizations.change_kind(by=self.request.user, organization=self.subject, **form.arguments())


def _extent(organization: Organization) -> list[tuple[Any, Any]]:
    """How much stands at and below an organisation: for the confirmation of what moves."""
    inside = below(organization)
    members = Member.objects.filter(branch__path__startswith=organization.path).on_roll()
    return [
        (_("organizations below"), inside.open().count()),
        (_("branches below"), inside.open().branches().count()),
        (_("members"), members.count()),
    ]


class Move(ConfirmedOrganizationForm):
    title = gettext_lazy("Move")
    button = gettext_lazy("Show the effect first")
    form_class = forms.MoveForm

    def effect(self, form: Any) -> list[tuple[Any, Any]]:
        superior = form.cleaned_data["superior"]
        reshaping.check_move(self.subject, superior)
        rows = [
            (_("from"), self.subject.superior or _("the top")),
            (_("to"), superior),
            *_extent(self.subject),
        ]
        if superior.affiliation != self.subject.affiliation:
            rows.append((_("Party affiliation becomes"), superior.get_affiliation_display()))
        rows.append((_("due dates"), _("past ones stay; future ones follow the new place")))
        return rows

    def act(self, form: Any) -> Any:
        return reshaping.move_organization(by=self.request.user, organization=self.subject, **form.arguments())


class Merge(ConfirmedOrganizationForm):
    title = gettext_lazy("Merge")
    button = gettext_lazy("Show the effect first")
    form_class = forms.MergeForm

    def effect(self, form: Any) -> list[tuple[Any, Any]]:
        successor = form.cleaned_data["successor"]
        reshaping.check_merge(self.subject, successor)
        return [
            (_("successor"), successor),
            (_("first day in the successor"), form.cleaned_data["on"]),
            *_extent(self.subject),
            (_("records"), _("what was done before stays here; the successor is not credited")),
            (_("posts"), _("end the day before")),
        ]

    def act(self, form: Any) -> Any:
        return reshaping.merge_organization(by=self.request.user, organization=self.subject, **form.arguments())


class Close(ConfirmedOrganizationForm):
    title = gettext_lazy("Close")
    button = gettext_lazy("Show the effect first")
    form_class = forms.CloseForm

    def effect(self, form: Any) -> list[tuple[Any, Any]]:
        reshaping.check_close(self.subject)
        return [
            (_("closed from"), form.cleaned_data["on"]),
            (_("posts"), _("end the day before")),
            (_("open steps"), _("are not expected any more; what was done stays")),
        ]

    def act(self, form: Any) -> Any:
        return reshaping.close_organization(by=self.request.user, organization=self.subject, **form.arguments())


class Reopen(OrganizationForm):
    title = gettext_lazy("Reopen")
    form_class = forms.ReasonForm

    def act(self, form: Any) -> Any:
        return reshaping.reopen_organization(by=self.request.user, organization=self.subject, **form.arguments())


class Undo(OrganizationForm):
    title = gettext_lazy("Take back the last move or renaming")
    form_class = forms.ReasonForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = reshaping.last_reversible(self.subject)
        notes = []
        if event and event.name != self.subject.name:
            notes.append(_("It is called %(name)s again.") % {"name": event.name})
        if event and event.superior_id != self.subject.superior_id:
            superior = Organization.objects.visible_to(self.request.user).filter(pk=event.superior_id).first()
            notes.append(_("It stands under %(name)s again.") % {"name": superior or _("another superior")})
        return super().get_context_data(notes=notes, **kwargs)

    def act(self, form: Any) -> Any:
        return reshaping.undo_last_change(by=self.request.user, organization=self.subject, **form.arguments())


class ExtendTerm(OrganizationForm):
    title = gettext_lazy("Extend the term")
    form_class = forms.ExtendTermForm

    def organization(self) -> Any:
        return self.subject.superior or self.subject  # approved above

    def act(self, form: Any) -> Any:
        changed = organizations.extend_term(by=self.request.user, organization=self.subject, **form.arguments())
        _say(self.request, _extension_remarks(changed))
        return changed


class HoldElection(OrganizationForm):
    title = gettext_lazy("Record an election")
    form_class = forms.ElectionForm

    def act(self, form: Any) -> Any:
        data = form.arguments()
        changed = organizations.hold_election(by=self.request.user, organization=self.subject, **data)
        _say(
            self.request,
            rules.term_length_remarks(changed.kind, data["held_on"], data["term_end"], preset()),
        )
        return changed


def _extension_remarks(organization: Organization) -> list[rules.Remark]:
    found = rules.term_remarks(
        organization.kind,
        organization.term_end,
        organization.extension_until,
        organization.extension_until,
        preset(),
    )
    return [remark for remark in found if remark.code == "EXTENSION_LONG"]


def _say(request: Any, found: list[rules.Remark]) -> None:
    """Rules warn after saving; they never stop a save."""
    for remark in found:
        messages.warning(request, remarks.sentence(remark.code, remark.values))


class SetSecretary(OrganizationForm):
    title = gettext_lazy("Enter the secretary")
    form_class = forms.SecretaryForm

    def act(self, form: Any) -> Any:
        return posts.set_secretary(by=self.request.user, organization=self.subject, **form.arguments())


class GivePost(OrganizationForm):
    title = gettext_lazy("Give a post")
    form_class = forms.PostForm

    def permitted(self) -> bool:
        settles = roles.CHANGE_MEMBERS if self.subject.is_branch else roles.CHANGE_TREE
        return may(self.request.user, settles, self.subject)

    def act(self, form: Any) -> Any:
        return posts.give_member_post(by=self.request.user, organization=self.subject, **form.arguments())


class EndPost(ActionView):
    """End a post that a member holds."""

    model = Post
    related = ("member",)
    title = gettext_lazy("End the post")
    form_class = forms.EndPostForm

    def queryset(self) -> Any:
        return super().queryset().exclude(member=None)

    def find(self) -> Any:
        post = super().find()
        self.at = posts.post_organization(post)
        return post

    def permitted(self) -> bool:
        return may(self.request.user, settled_by(self.subject, self.at), self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = _("%(member)s, %(post)s, %(place)s")
        values = {"member": self.subject.member, "post": self.subject, "place": self.at}
        return super().get_context_data(notes=[note % values], **kwargs)

    def back(self) -> str:
        return reverse("enterprises:organization", args=[self.at.pk])

    def act(self, form: Any) -> Any:
        return posts.end_member_post(by=self.request.user, post=self.subject, **form.arguments())


class FoundGroup(OrganizationForm):
    title = gettext_lazy("Found a Party group")
    form_class = forms.PartyGroupForm
    permission = roles.CHANGE_MEMBERS

    def act(self, form: Any) -> Any:
        return attendance.found_party_group(by=self.request.user, organization=self.subject, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:group_members", args=[result.pk]))


class GroupForm(ActionView):
    """A form about one Party group."""

    model = PartyGroup
    related = ("organization",)
    permission = roles.CHANGE_MEMBERS

    def organization(self) -> Any:
        return self.subject.organization

    def back(self) -> str:
        return reverse("enterprises:organization", args=[self.subject.organization_id])


class RenameGroup(GroupForm):
    title = gettext_lazy("Rename")
    form_class = forms.RenameGroupForm

    def act(self, form: Any) -> Any:
        return attendance.rename_party_group(by=self.request.user, group=self.subject, **form.arguments())


class CloseGroup(GroupForm):
    title = gettext_lazy("Close the Party group")
    form_class = forms.CloseGroupForm

    def act(self, form: Any) -> Any:
        return attendance.close_party_group(by=self.request.user, group=self.subject, **form.arguments())


class GroupMembers(GroupForm):
    title = gettext_lazy("Members of the group")
    form_class = forms.GroupMembersForm

    def act(self, form: Any) -> Any:
        chosen = form.cleaned_data["members"]
        count = attendance.assign_to_group(by=self.request.user, group=self.subject, members=chosen)
        _say(self.request, rules.group_remarks(count, sum(m.kind == "FULL" for m in chosen)))
        return count


class GroupLeader(GroupForm):
    title = gettext_lazy("Leader of the group")
    form_class = forms.GroupLeaderForm

    def act(self, form: Any) -> Any:
        return posts.set_group_leader(by=self.request.user, group=self.subject, **form.arguments())
