"""One filling-in of the log form: who records where, what was typed, what is proposed, who is due."""

from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from campaign.meetings import forms, proposals, rules
from campaign.meetings.due import DueList, due_list
from campaign.meetings.extras import EXTRAS, Extra
from campaign.meetings.models import Absence, Meeting
from campaign.meetings.policy import makeup_due_on
from campaign.meetings.quorum import Note, quorum_note
from campaign.meetings.record import Record
from campaign.plan.kinds import MEETING_KINDS, Due, MeetingKind, kinds_for
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Member, Organization, PartyGroup

MOST_BLOCKS = 20  # resolutions of one meeting
WEEKENDS_ALLOWED = 2  # in a row, before a word about it (item 55)


class Sheet:
    """What the log form shows and, once posted, tells. `meeting` is the draft being changed, if any."""

    def __init__(
        self,
        account: Any,
        organization: Organization,
        data: QueryDict | None = None,
        files: Any = None,
        query: Any = None,
        meeting: Meeting | None = None,
    ) -> None:
        self.account = account
        self.organization = organization
        self.posted = data
        self.files = files
        self.meeting = meeting
        initial = forms.initial_of(meeting) if meeting else {}
        self.told: Any = data if data is not None else {**initial, **(query.dict() if query else {})}

    # What the person may do here

    @cached_property
    def group_only(self) -> bool:
        """Whether the account records for its own Party group only."""
        return not may(self.account, roles.RECORD, self.organization)

    @cached_property
    def groups(self) -> list[PartyGroup]:
        found = self.organization.party_groups.filter(closed_on=None).order_by("code")
        return list(found.filter(pk__in=self.account.reach.groups) if self.group_only else found)

    @cached_property
    def _campaigns(self):
        code = self.told.get("campaign")
        if self.posted is None and self.meeting is None and not code:
            return proposals.campaign_for(self.organization, None)
        running, found = proposals.campaign_for(self.organization, code)
        return running, found if found and found.code == code else None

    @property
    def campaigns(self):
        return self._campaigns[0]

    @property
    def campaign(self):
        """The campaign the meeting belongs to, or none."""
        return self._campaigns[1]

    # The meeting

    @cached_property
    def likely(self) -> list[MeetingKind]:
        """The kinds offered at first, the one asked for among them."""
        preset = proposals.preset_for(self.campaign)
        likely = proposals.likely_kinds(self.organization, preset, self.group_only)
        asked = MEETING_KINDS.get(self.told.get("kind", ""))
        if asked and asked in kinds_for(preset) and asked not in likely and not self.group_only:
            likely = [asked, *likely[: proposals.LIKELY - 1]]
        return likely

    @cached_property
    def others(self) -> list[MeetingKind]:
        """The kinds behind "other meeting"."""
        if self.group_only:
            return []
        return [kind for kind in kinds_for(proposals.preset_for(self.campaign)) if kind not in self.likely]

    @cached_property
    def kind(self) -> MeetingKind:
        code = forms.chosen_kind(self.told)
        return MEETING_KINDS[code] if code else self.likely[0]

    @cached_property
    def held_on(self):
        """The day told, or today while none that makes sense was."""
        field = forms.MeetingForm.base_fields["held_on"]
        try:
            return field.clean(self.told.get("held_on")) if self.told.get("held_on") else clock.today()
        except forms.forms.ValidationError:
            return clock.today()

    @cached_property
    def proposed(self) -> proposals.Proposed:
        minutes = str(self.told.get("minutes") or "")
        typed = int(minutes) if minutes.isascii() and minutes.isdigit() and minutes != self._last("minutes") else None
        return proposals.propose(self.organization, self.kind, self.campaign, typed)

    def _last(self, name: str) -> str:
        """What was proposed when the form was drawn; a field left so takes the new proposal."""
        return str(self.told.get(f"proposed-{name}") or "")

    @cached_property
    def values(self) -> dict[str, Any]:
        """The fields that follow the kind: as typed, else as proposed."""
        found = {}
        for name in forms.FOLLOWING:
            typed = self.told.get(name)
            untouched = typed in (None, "") or (self.posted is not None and str(typed) == self._last(name))
            found[name] = getattr(self.proposed, name) if untouched else typed
        if self.group_only:
            found["due"] = Due.GROUP
        return found

    @property
    def due(self) -> str:
        return str(self.values["due"])

    @cached_property
    def group(self) -> PartyGroup | None:
        """The Party group that met; the first one where none was chosen."""
        if self.due != Due.GROUP:
            return None
        chosen = str(self.told.get("party_group") or "")
        return next((g for g in self.groups if str(g.pk) == chosen), self.groups[0] if self.groups else None)

    @cached_property
    def _named(self) -> tuple[list[Member], list[str]]:
        text = self.told.get("named_text")
        if text is None and self.meeting is not None and self.due == Due.NAMED:
            stored = Member.objects.visible_to(self.account).filter(pk__in=self.meeting.due_ids)
            return list(stored.order_by("name_key", "code")), []
        return proposals.named_members(self.account, self.organization, text or "")

    @property
    def named(self) -> tuple[int, ...]:
        """The named list, or the exempt members who came."""
        if self.due == Due.NAMED:
            return tuple(member.pk for member in self._named[0])
        return tuple(sorted(self.roll.came))

    @cached_property
    def roll(self) -> forms.Roll:
        """What was ticked; at first, those of a draft, or those being sought."""
        if self.posted is not None:
            return forms.Roll.read(self.posted)
        if self.meeting is not None:
            absent = dict(self.meeting.absences.values_list("member_id", "reason"))
            return forms.Roll(absent, set(self.meeting.due_ids), set(absent))
        return forms.Roll()

    @cached_property
    def people(self) -> DueList:
        """Who is due, the ticks applied."""
        if self.due == Due.GROUP and self.group is None:
            return DueList((), (), ())
        return due_list(self.organization, self.kind.code, self.due, self.held_on, self.group, self.named)

    @cached_property
    def absent(self) -> dict[int, str]:
        """Those ticked who are due, with their reasons; at first also those out of contact."""
        if self.posted is None and self.meeting is None:
            sought = [m.pk for m in self.people.members if m.contact in Member.OUT_OF_CONTACT]
            return dict.fromkeys(sought, Absence.Reason.OTHER)
        due = {m.pk for m in self.people.members}
        return {pk: reason for pk, reason in self.roll.absent.items() if pk in due}

    @property
    def missing(self) -> list[tuple[Member, str]]:
        """Those ticked, with their reasons, in the order of the roll."""
        return [(m, self.absent[m.pk]) for m in self.people.members if m.pk in self.absent]

    @property
    def came(self) -> list[Member]:
        """Exempt members who came all the same."""
        return [m for m in self.people.members if m.pk in self.roll.came and self.due != Due.NAMED]

    @property
    def roll_mark(self) -> str:
        """What the roll on the page depends on: when it is unchanged, the roll need not be drawn anew."""
        shown = (self.people.ids, self.people.voter_ids, [m.pk for m in self.people.exempt], self.warnings)
        return sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def present(self) -> int:
        return len(self.people.members) - len(self.absent)

    @property
    def proposals(self) -> list[tuple[str, Any]]:
        """What is proposed, kept in the form so that an untouched field can follow the kind."""
        return [(name, getattr(self.proposed, name)) for name in forms.FOLLOWING]

    # Sentences beside the roll

    @property
    def length(self) -> str:
        """The length and class hours in words, with the time of the week."""
        told = {"minutes": self.values["minutes"], "hours": floatformat(self.values["class_hours"])}
        if told["hours"] in ("", "0"):
            return _("%(minutes)s minutes") % told
        return _("%(minutes)s minutes, %(hours)s class hours") % told

    @property
    def due_words(self) -> str:
        """The due list in words."""
        return str(self.group) if self.group else str(forms.DUE_WORDS.get(Due(self.due), ""))

    @property
    def quorum(self) -> Note | None:
        return quorum_note(self.kind.code, self.due, self.people, set(self.absent))

    @property
    def makeup_day(self):
        """The day by which those absent make up for it, or none."""
        return makeup_due_on(self.campaign, self.kind.code, self.held_on)

    @cached_property
    def warnings(self) -> list[str]:
        """What speaks against the day; never a reason to refuse (items 7, 55)."""
        found = []
        peak = proposals.peak_on(self.organization, self.held_on)
        if peak:
            found.append(
                _("This day lies in a time of full production of the unit (%(first)s to %(last)s).")
                % {"first": peak.starts_on.isoformat(), "last": peak.ends_on.isoformat()}
            )
        days = proposals.study_days(self.organization, self.held_on)
        running = rules.weekends_running(days, self.held_on)
        if running > WEEKENDS_ALLOWED:
            found.append(
                _("This would be the %(count)dth weekend in a row with a meeting. Leave people one free.")
                % {"count": running}
            )
        return found

    # The form

    @cached_property
    def form(self) -> forms.MeetingForm:
        """The form, bound once something was posted."""
        dues = [Due.GROUP] if self.group_only else proposals.due_choices(self.organization)
        if self.due not in dues:
            dues = [*dues, Due(self.due)] if self.due in list(Due) else dues
        if self.posted is None:
            form = forms.MeetingForm(initial=self._initial())
        else:
            data = self.posted.copy()
            for name, value in self.values.items():
                data[name] = str(value)
            form = forms.MeetingForm(data, self.files)
        forms.fill_choices(form, self.likely, self.others, dues, self.groups, self.campaigns)
        self._add_extras(form)
        return form

    def _add_extras(self, form: forms.MeetingForm) -> None:
        """The fields that other rooms offer for this kind of meeting."""
        for extra in EXTRAS:
            field = extra.field(self.account, self.organization, self.campaign, self.kind)
            if field is not None:
                form.fields[extra.name] = field
                if self.meeting is not None:
                    form.initial[extra.name] = extra.initial(self.meeting)

    @property
    def extras(self) -> list[Any]:
        """The fields of other rooms, bound to the form."""
        return [self.form[extra.name] for extra in self._offered()]

    def keep_extras(self, meeting: Meeting) -> None:
        """Let the other rooms store what was said for them. Call `is_valid` first."""
        for extra in self._offered():
            if self.meeting is not None or self.form.cleaned_data[extra.name]:
                extra.keep(self.account, meeting, self.form.cleaned_data[extra.name])

    def _offered(self) -> list[Extra]:
        return [extra for extra in EXTRAS if extra.name in self.form.fields]

    def _initial(self) -> dict[str, Any]:
        day, hour = proposals.moment(clock.now())
        shown = {"held_on": day, "starts_at": hour, "submission": uuid4(), **dict(self.told), **self.values}
        in_radios = self.kind in self.likely
        return shown | {
            "kind": self.kind.code if in_radios else forms.OTHER,
            "other_kind": "" if in_radios else self.kind.code,
            "campaign": self.campaign.code if self.campaign else "",
            "party_group": str(self.group.pk) if self.group else "",
            "named_text": "\n".join(m.code for m in self._named[0]) if self.due == Due.NAMED else "",
        }

    @cached_property
    def votes(self):
        """The blocks of resolutions; one is always empty."""
        if self.posted is not None:
            return forms.ProposalFormSet(self._blocks(), prefix="votes")
        stored = []
        if self.meeting is not None:
            names = ("text", "kind", "votes_for", "votes_against", "abstentions", "written_for")
            stored = [{n: getattr(r, n) for n in names} for r in self.meeting.resolutions.all()]
        return forms.ProposalFormSet(initial=stored, prefix="votes")

    def _blocks(self) -> QueryDict:
        """What was posted, with one more block of a resolution when that was asked for."""
        assert self.posted is not None
        count = self.posted.get("votes-TOTAL_FORMS", "")
        if self.posted.get("do") != "more" or not (count.isascii() and count.isdigit()):
            return self.posted
        data = self.posted.copy()
        data["votes-TOTAL_FORMS"] = str(min(int(count), MOST_BLOCKS - 1) + 1)
        return data

    def is_valid(self) -> bool:
        """Whether what was posted can be understood. Names that fit nobody or several are said so."""
        valid = self.form.is_valid() and self.votes.is_valid()
        if self.posted is not None and not forms.chosen_kind(self.posted):
            self.form.add_error("kind", _("Choose which meeting it was."))
            valid = False
        valid = self._names_its_officers() and valid
        if self.due == Due.NAMED and self._named[1]:
            words = _("Nobody or several here are called: %(lines)s. Write their codes, or take them out.")
            self.form.add_error("named_text", words % {"lines": "、".join(self._named[1])})
            valid = False
        return valid

    def _names_its_officers(self) -> bool:
        """A mobilisation meeting opens the phase: who chaired and who spoke belongs to its record (item 47)."""
        if self.kind.code != "MOBILISATION":
            return True
        missing = [name for name in ("chair", "speaker") if not self.form.cleaned_data.get(name)]
        words = _("Name who chaired and who spoke: the mobilisation meeting opens the phase.")
        for name in missing:
            self.form.add_error(name, words)
        return not missing

    def record(self) -> Record:
        """What the form tells. Call `is_valid` first."""
        blocks = [block.proposal() for block in self.votes.forms]
        resolved = {
            "kind": self.kind.code,
            "due": self.due,
            "campaign": self.campaign,
            "party_group": self.group,
            "named": self.named,
        }
        return forms.record_of(self.form, self.roll, [b for b in blocks if b], **resolved)
