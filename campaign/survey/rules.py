"""The arithmetic of a satisfaction survey (dossier 2.8, items 74-75), and which figures may be shown.

Rates are of the *valid answers* (trap 17), never of what was handed out, to one decimal, halves up.
Thresholds compare whole numbers, never rounded percentages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

SATISFIED, BASICALLY, DISSATISFIED, NO_ANSWER = "satisfied", "basically_satisfied", "dissatisfied", "no_answer"
# Codes of the options of the default scale (满意 / 基本满意 / 不满意 / 不了解), and what each counts as.
DEFAULT_SCALE: Mapping[str, str] = {
    "satisfied": SATISFIED,
    "basically_satisfied": BASICALLY,
    "dissatisfied": DISSATISFIED,
    "unknown": NO_ANSWER,
}
MIN_SATISFIED_PERCENT = 60  # satisfied and basically satisfied together; below it a make-up is required
MAX_DISSATISFIED_PERCENT = 50  # above it a make-up is required
HIDDEN_BELOW = 5  # a figure behind which fewer ballots stand is not shown
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class SurveyResult:
    """What the answers to one question amount to. Rates in per cent of the valid answers.

    Without a valid answer nothing was measured: the rates are ``None`` (shown as 未测评, never as 0 %) and no
    make-up follows. The return rate is ``None`` where nothing was handed out.
    """

    issued: int
    returned: int
    valid: int
    answers: Mapping[str, int]
    return_rate: Decimal | None
    satisfied_rate: Decimal | None
    satisfied_or_basically_rate: Decimal | None
    dissatisfied_rate: Decimal | None
    make_up_required: bool

    @property
    def measured(self) -> bool:
        """Whether there is a valid answer at all."""
        return self.valid > 0


def rate(part: int, whole: int) -> Decimal | None:
    """A share in per cent, one decimal, halves up; ``None`` of an empty whole."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def result(
    issued: int,
    returned: int,
    valid: int,
    answers: Mapping[str, int],
    *,
    min_satisfied_percent: int = MIN_SATISFIED_PERCENT,
    max_dissatisfied_percent: int = MAX_DISSATISFIED_PERCENT,
    scale: Mapping[str, str] = DEFAULT_SCALE,
) -> SurveyResult:
    """The result of one question. ``answers`` counts the valid answers by the code of the option.

    ``scale`` says what each option counts as; several options may count as one. A make-up is required when
    satisfied and basically satisfied are under ``min_satisfied_percent`` of the valid answers, or dissatisfied
    over ``max_dissatisfied_percent``. Raises ``ValueError`` with the reason for what cannot be.
    """
    _check(issued, returned, valid, answers, scale)
    satisfied, basically, dissatisfied = (
        sum(count for code, count in answers.items() if scale[code] == meaning)
        for meaning in (SATISFIED, BASICALLY, DISSATISFIED)
    )
    too_few = 100 * (satisfied + basically) < min_satisfied_percent * valid
    too_many = 100 * dissatisfied > max_dissatisfied_percent * valid
    return SurveyResult(
        issued=issued,
        returned=returned,
        valid=valid,
        answers={code: answers.get(code, 0) for code in scale},
        return_rate=rate(returned, issued),
        satisfied_rate=rate(satisfied, valid),
        satisfied_or_basically_rate=rate(satisfied + basically, valid),
        dissatisfied_rate=rate(dissatisfied, valid),
        make_up_required=valid > 0 and (too_few or too_many),
    )


def _check(issued: int, returned: int, valid: int, answers: Mapping[str, int], scale: Mapping[str, str]) -> None:
    unknown = sorted(set(answers) - set(scale))
    if unknown:
        raise ValueError(_("The scale has no option “%s”.") % unknown[0])
    if min(issued, returned, valid, *answers.values(), 0) < 0:
        raise ValueError(_("A number of ballots cannot be negative."))
    if returned > issued:
        raise ValueError(
            _("%(returned)d were returned, but only %(issued)d issued.") % {"returned": returned, "issued": issued}
        )
    if valid > returned:
        raise ValueError(
            _("%(valid)d are valid, but only %(returned)d were returned.") % {"valid": valid, "returned": returned}
        )
    total = sum(answers.values())
    if total != valid:
        raise ValueError(
            _("The answers add up to %(total)d, but %(valid)d are valid.") % {"total": total, "valid": valid}
        )


def halves(scale: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The options that count as satisfied or basically satisfied, and the others."""
    good = frozenset(code for code, meaning in scale.items() if meaning in (SATISFIED, BASICALLY))
    return good, frozenset(scale) - good


def hidden(
    counts: Mapping[str, int], below: int = HIDDEN_BELOW, scale: Mapping[str, str] = DEFAULT_SCALE
) -> frozenset[str]:
    """The cells of one row that are not shown, the sum of the row being known (2.8, 2.12).

    A cell behind which 1 to ``below - 1`` ballots stand is hidden; nobody stands behind a nought. One hidden
    cell alone could be computed from the sum: the smallest other one is hidden with it, of the same half of
    the scale where it has another, so that "satisfied and basically satisfied" together can still be shown.
    """
    unseen = {code for code in scale if 0 < counts.get(code, 0) < below}
    for half in halves(scale):
        if len(unseen & half) == 1 and len(half) > 1:
            unseen.add(_smallest(counts, half - unseen, scale))
    if len(unseen) == 1 and len(scale) > 1:
        unseen.add(_smallest(counts, frozenset(scale) - unseen, scale))
    return frozenset(unseen)


def _smallest(counts: Mapping[str, int], among: frozenset[str], scale: Mapping[str, str]) -> str:
    return min((code for code in scale if code in among), key=lambda code: counts.get(code, 0))


def sum_shown(counts: Mapping[str, int], unseen: frozenset[str], wanted: frozenset[str]) -> int | None:
    """The sum of the ``wanted`` cells, unless it would give away a hidden one; then ``None``.

    It gives nothing away when no hidden cell stands alone among the wanted ones, nor alone among the others.
    """
    inside, outside = len(unseen & wanted), len(unseen - wanted)
    if inside == 1 or (inside and outside == 1):
        return None
    return sum(counts.get(code, 0) for code in wanted)


def open_by(ended_on: date, held_within_days: int) -> date:
    """The last day on which the survey after a phase that ended on that day is in time (item 74)."""
    return ended_on + timedelta(days=held_within_days)
