"""What the pages share: finding what one may see, and forms that feed one action."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.views.generic import FormView, TemplateView

from enterprises.access.reach import may
from enterprises.action import ActionError

Words = str | Promise


def job_part(request: HttpRequest, job: dict[str, Any] | None) -> HttpResponse:
    """How far long work is, by ``components/job.html``; once it has ended (or there is none), the page loads anew."""
    if job is None or not job["running"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/job.html", {"job": job})


class SubjectMixin(LoginRequiredMixin):
    """A page about one row, found through ``visible_to``; ``model`` ``None``: about no row."""

    model: type[Model] | None = None
    related: tuple[str, ...] = ()
    permission = ""
    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.subject = self.find()
        if not self.permitted():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def queryset(self) -> QuerySet:
        """The rows among which the subject is looked for."""
        assert self.model is not None
        return self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def find(self) -> Any:
        """The subject; 404 where it is out of sight."""
        if self.model is None:
            return None
        return get_object_or_404(self.queryset().select_related(*self.related), pk=self.kwargs["pk"])

    def organization(self) -> Any:
        """The organisation at which the permission must hold."""
        return self.subject

    def permitted(self) -> bool:
        """Whether the acting post may do this. Those who see but may not are answered 403."""
        return not self.permission or may(self.request.user, self.permission, self.organization())


class PageView(SubjectMixin, TemplateView):
    """A page that is read."""


class ActionView(SubjectMixin, FormView):
    """A form that feeds one action. Refusals stand beside their field, with what was typed."""

    template_name = "enterprises/form.html"
    title: Words = ""
    button: Words = ""
    warning: Words = ""
    on_phone = False

    def get_title(self) -> Words:
        """What the page does."""
        return self.title

    def back(self) -> str:
        """Where it goes on to, and where "cancel" leads."""
        raise NotImplementedError

    def act(self, form: Any) -> Any:
        """Call the action. Raises ``ActionError``."""
        raise NotImplementedError

    def done(self, result: Any) -> HttpResponse:
        """The answer after the action."""
        return HttpResponseRedirect(self.back())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user, "subject": self.subject}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Locked from the comparison of versions to the save: nobody's change is overwritten unseen.
        with transaction.atomic():
            if self.subject is not None:
                type(self.subject)._base_manager.select_for_update(no_key=True).get(pk=self.subject.pk)
                self.subject = self.find()
            return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                result = self.act(form)
        except ActionError as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
            return self.form_invalid(form)
        return self.done(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            subject=self.subject,
            title=self.get_title(),
            button=self.button or self.get_title(),
            warning=self.warning,
            back=self.back(),
            **kwargs,
        )


class RecordView(ActionView):
    """A form on a page of its own, phone first, with the save bar; may take files. For the rooms above."""

    template_name = "components/form_page.html"
    back_words: Words = ""
    lead: Words = ""

    def get_back_words(self) -> Words:
        """What "back" leads to, in words."""
        return self.back_words or str(self.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found |= {"words": found["button"], "back_url": found["back"], "back_words": self.get_back_words()}
        return found | {"lead": self.lead}


class ConfirmedActionView(ActionView):
    """A form whose effect is shown before it applies; works without script."""

    confirm_template_name = "enterprises/confirm.html"

    def effect(self, form: Any) -> list[tuple[Words, Any]]:
        """What will change: label and words. Raises ``ActionError`` where the action would refuse."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.POST.get("confirmed"):
            return super().form_valid(form)
        try:
            effect = self.effect(form)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.form_invalid(form)
        context = self.get_context_data(form=form, effect=effect, entered=self.entered(form))
        return self.response_class(self.request, [self.confirm_template_name], context)

    def entered(self, form: Any) -> list[tuple[str, str]]:
        """What was typed, for the hidden fields of the confirmation."""
        return [(name, self.request.POST.get(name, "")) for name in form.fields]
