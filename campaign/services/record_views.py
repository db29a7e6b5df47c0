"""Pages of single records of services: making, correcting, checking, and what happened to them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress.record_pages import NewRecordView, RecordView, history_of, listed
from campaign.services import actions, figures, forms
from campaign.services.models import (
    ComplianceCheck,
    HotIssue,
    HotIssueStep,
    PostRule,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may


class _New(NewRecordView):
    """Make a record, with the action of its kind."""

    record: Any = None
    make: Any = None
    list_name = ""
    page_name = ""

    def get_form_class(self) -> Any:
        return forms.FORMS[self.record][0]

    def back(self) -> str:
        return listed(self.list_name, self.subject)

    def act(self, form: Any) -> Any:
        return type(self).make(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: Any) -> str:
        return reverse(self.page_name, args=[result.pk]) if self.page_name else self.back()


class _Edit(RecordView):
    """Correct a record."""

    title: str | Promise = gettext_lazy("Correct the entry")
    list_name = ""
    page_name = ""

    def get_form_class(self) -> Any:
        return forms.FORMS[self.model][1]

    def back(self) -> str:
        if self.page_name:
            return reverse(self.page_name, args=[self.subject.pk])
        return listed(self.list_name, self.subject.organization)

    def act(self, form: Any) -> Any:
        return actions.correct(by=self.request.user, record=self.subject, **form.arguments())


class NewCommitment(_New):
    """Enter a set of commitments."""

    title = gettext_lazy("Enter commitments")
    record, make = ServiceCommitment, actions.make_commitment
    list_name, page_name = "services:commitment_list", "services:commitment"


class EditCommitment(_Edit):
    """Correct what is known of a set."""

    model, page_name = ServiceCommitment, "services:commitment"


class NewIssue(_New):
    """Enter a hot issue."""

    title = gettext_lazy("Enter a hot issue")
    record, make = HotIssue, actions.raise_issue
    list_name, page_name = "services:issue_list", "services:issue"


class EditIssue(_Edit):
    """Correct what is known of a hot issue."""

    model, page_name = HotIssue, "services:issue"


class NewLine(_New):
    """Enter a user line."""

    title = gettext_lazy("Enter a user line")
    record, make, list_name = UserLine, actions.open_line, "services:line_list"


class EditLine(_Edit):
    """Correct or close a user line."""

    model, list_name = UserLine, "services:line_list"


class NewActivity(_New):
    """Enter a service activity."""

    title = gettext_lazy("Enter an activity")
    record, make, list_name = ServiceActivity, actions.record_activity, "services:activity_list"


class EditActivity(_Edit):
    """Correct an activity."""

    model, list_name = ServiceActivity, "services:activity_list"


class NewRule(_New):
    """Enter a rule of posts."""

    title = gettext_lazy("Enter a rule")
    record, make, list_name = PostRule, actions.enter_rule, "services:rule_list"


class EditRule(_Edit):
    """Correct or repeal a rule."""

    model, list_name = PostRule, "services:rule_list"


class _About(RecordView):
    """A form that adds something to a record; ``field`` names the record in its action."""

    field = ""
    add: Any = None
    page_name = ""

    def back(self) -> str:
        return reverse(self.page_name, args=[self.subject.pk])

    def act(self, form: Any) -> Any:
        return type(self).add(by=self.request.user, **{self.field: self.subject}, **form.arguments())


class NewCheck(_About):
    """Enter a check or a complaint."""

    title = gettext_lazy("Enter a check or complaint")
    model, field, form_class = ServiceCommitment, "commitment", forms.CheckForm
    add, page_name = actions.check_commitment, "services:commitment"


class NewStep(_About):
    """Enter a step forward with a hot issue."""

    title = gettext_lazy("Enter what was done")
    model, field, form_class = HotIssue, "issue", forms.StepForm
    add, page_name = actions.step_issue, "services:issue"


@login_required
@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One set: its sentences, whether they are kept, checks and complaints, its history."""
    seen = ServiceCommitment.objects.visible_to(request.user).select_related("organization")
    found = get_object_or_404(seen, pk=pk)
    checks = ComplianceCheck.objects.visible_to(request.user).filter(commitment=found).select_related("item")
    context = {
        "commitment": found,
        "items": found.items.all(),
        "checks": checks,
        "kept": figures.kept(checks),
        "may_write": may(request.user, roles.RECORD, found.organization),
        "today": clock.today(),
        "back": listed("services:commitment_list", found.organization),
    }
    return render(request, "services/commitment.html", context | history_of(found))


@login_required
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One hot issue: how far it has come, what to do next, its history."""
    found = get_object_or_404(HotIssue.objects.visible_to(request.user).select_related("organization"), pk=pk)
    context = {
        "issue": found,
        "steps": HotIssueStep.objects.visible_to(request.user).filter(issue=found),
        "overdue": found.solved_on is None and found.due_on < clock.today(),
        "may_write": may(request.user, roles.RECORD, found.organization),
        "back": listed("services:issue_list", found.organization),
    }
    return render(request, "services/issue.html", context | history_of(found))
