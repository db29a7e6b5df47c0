"""Pages of one unit's phase transitions: where it stands, asking, and the decisions from above."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from campaign.gates import actions, authority, forms, judging, rules, standing
from campaign.gates.models import LookBackLine, PhaseTransition
from campaign.gates.rules import Gate
from campaign.plan.models import Campaign, Participation
from campaign.plan.wording import stage_words
from enterprises import clock
from enterprises.access.roles import ROLES
from enterprises.views.base import ActionView, PageView, SubjectMixin


class UnitMixin(SubjectMixin):
    """A page about one unit in one campaign."""

    model = Participation
    related = ("campaign__definition", "unit__leading_organization")

    @cached_property
    def gate(self) -> Gate | None:
        """The next gate of the unit."""
        return rules.next_gate(self.subject.campaign.data.get("gates", []), self.subject.state)

    @cached_property
    def judged(self) -> list[judging.Judged]:
        """The conditions of the next gate."""
        return judging.judge(self.subject, self.gate, self.request.user) if self.gate else []

    @cached_property
    def request_open(self) -> PhaseTransition | None:
        """What the unit asks for and nobody has decided yet."""
        return self._transitions().filter(state=PhaseTransition.State.ASKED).first()

    def _transitions(self):
        mine = PhaseTransition.objects.visible_to(self.request.user).filter(participation=self.subject)
        return mine.select_related("asked_by", "decided_by", "undone_by", "look_back")

    def back(self) -> str:
        """The unit's page."""
        return reverse("gates:unit", args=[self.subject.pk])

    @property
    def running(self) -> bool:
        return self.subject.campaign.state == Campaign.State.RUNNING

    def gate_words(self) -> str:
        """The next gate in words."""
        if self.gate is None:
            return ""
        return standing.gate_words(self.subject.campaign, self.subject.state, self.gate["to"])


class UnitPage(UnitMixin, PageView):
    """Where a unit stands, what its next gate asks for, who lets it pass, and how it came here."""

    template_name = "gates/unit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.subject
        history = [self._entry(transition) for transition in self._transitions()]
        return super().get_context_data(
            part=part,
            unit=part.unit,
            campaign=part.campaign,
            stage=stage_words(part.campaign, part.state),
            stages=standing.stages_of(part),
            making_up=part.state == rules.MAKE_UP,
            gate=self.gate,
            gate_words=self.gate_words(),
            judged=self.judged,
            met=sum(row.met for row in self.judged),
            who=authority.who_passes(part.unit),
            posts=pgettext("between names", ", ").join(self._posts()),
            request_open=self.request_open,
            history=history,
            forced=[entry for entry in history if entry["transition"].forced],
            look_back=self._look_back(),
            as_of=clock.now(),
            **self._may(),
            **kwargs,
        )

    def _entry(self, transition: PhaseTransition) -> dict[str, Any]:
        words = standing.gate_words(self.subject.campaign, transition.from_stage, transition.to_stage)
        return {"transition": transition, "words": words, "unmet": standing.unmet_words(transition)}

    def _posts(self) -> list[str]:
        """The posts that may let pass, by the definition."""
        return [str(ROLES[code].name) for code in (self.gate or {}).get("may_pass", [])]

    def _look_back(self):
        phase = self.subject.campaign.phases.filter(code=self.subject.state).first()
        return judging.latest_look_back(self.subject, phase.code) if phase else None

    def _may(self) -> dict[str, bool]:
        account, part = self.request.user, self.subject
        asks = self.running and self.gate is not None and authority.may_ask(account, part)
        passes = self.running and self.gate is not None and authority.may_pass(account, part, self.gate)
        any_gate = self.running and authority.may_pass(account, part, None)
        last = actions.last_step(part) if any_gate else None
        return {
            "may_ask": asks and self.request_open is None,
            "may_look_back": asks and part.campaign.phases.filter(code=part.state).exists(),
            "may_pass": passes,
            "may_return": any_gate and rules.may_return(part.campaign.data.get("gates", []), part.state),
            "may_undo": last is not None and last.to_stage == part.state,
        }


class UnitAction(UnitMixin, ActionView):
    """A form about the unit; who may not is told why."""

    form_class: Any = forms.ReasonForm
    template_name = "gates/decide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part=self.subject,
            unit=self.subject.unit,
            campaign=self.subject.campaign,
            stage=stage_words(self.subject.campaign, self.subject.state),
            gate_words=self.gate_words(),
            judged=self.judged,
            request_open=self.request_open,
            **kwargs,
        )


class AskMixin(UnitAction):
    """What only the unit itself does."""

    def permitted(self) -> bool:
        if not authority.may_ask(self.request.user, self.subject):
            raise PermissionDenied(_("Only the unit itself asks for its transition. Ask its secretary."))
        return True


class LookBack(AskMixin):
    """Compare with the steps of the phase, and say how what is missing is made up."""

    title = gettext_lazy("Look-back check")
    button = gettext_lazy("Keep this check")
    form_class = forms.LookBackForm
    template_name = "gates/look_back.html"

    @cached_property
    def lines(self) -> list[LookBackLine]:
        """The steps of the present phase as the records have them today."""
        phase = self.subject.campaign.phases.filter(code=self.subject.state).first()
        return actions.compared(self.subject, phase) if phase else []

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self.lines}

    def act(self, form: forms.LookBackForm) -> Any:
        return actions.look_back(
            participation=self.subject,
            notes=form.notes(),
            by=self.request.user,
            submission=form.cleaned_data["submission"],
        )


class Ask(AskMixin):
    """Ask for the transition."""

    title = gettext_lazy("Ask for the transition")
    form_class = forms.AskForm

    def act(self, form: forms.AskForm) -> Any:
        return actions.ask(participation=self.subject, by=self.request.user, **form.arguments())


class FromAbove(UnitAction):
    """What only the leading organization above the unit does."""

    def permitted(self) -> bool:
        if not authority.may_pass(self.request.user, self.subject, self._gate()):
            raise PermissionDenied(authority.why_not(self.subject.unit))
        return True

    def _gate(self) -> Gate | None:
        return self.gate


class LetPass(FromAbove):
    """Let the unit pass its next gate; unmet conditions take a reason that stays."""

    form_class = forms.PassForm

    @cached_property
    def unmet(self) -> list[judging.Judged]:
        """The conditions that are not met."""
        return [row for row in self.judged if not row.met]

    def get_title(self) -> Any:
        if self.gate is None:
            return _("No gate is left")
        return _("Let it pass with conditions unmet") if self.unmet else _("Let it pass")

    def get_form_kwargs(self) -> dict[str, Any]:
        gate = self.gate["code"] if self.gate else ""
        return super().get_form_kwargs() | {"gate": gate, "forced": bool(self.unmet)}

    def act(self, form: forms.PassForm) -> Any:
        return actions.let_pass(participation=self.subject, by=self.request.user, **form.arguments())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unmet=self.unmet, show_conditions=True, **kwargs)


class Refuse(FromAbove):
    """Refuse what the unit asks for."""

    title = gettext_lazy("Refuse the transition for now")

    def act(self, form: forms.ReasonForm) -> Any:
        if self.request_open is None:
            raise actions.ActionError(_("The unit has not asked for anything that is still open."))
        return actions.refuse(transition=self.request_open, by=self.request.user, **form.arguments())


class SendToMakeUp(FromAbove):
    """Send the unit back, because most of the masses are dissatisfied."""

    title = gettext_lazy("Send back to make up")
    warning = gettext_lazy("The unit then meets the conditions of the survey's gate anew, and is surveyed again.")

    def _gate(self) -> Gate | None:
        return None

    def act(self, form: forms.ReasonForm) -> Any:
        return actions.send_to_make_up(participation=self.subject, by=self.request.user, **form.arguments())


class Undo(FromAbove):
    """Take back the latest passage."""

    title = gettext_lazy("Undo the last passage")
    warning = gettext_lazy("The unit stands where it stood before; the passage stays to be seen, marked as undone.")

    def _gate(self) -> Gate | None:
        return None

    def act(self, form: forms.ReasonForm) -> Any:
        return actions.undo(participation=self.subject, by=self.request.user, **form.arguments())
