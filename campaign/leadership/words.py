"""Sentences of this room: what an office lacks, the acts on a plan."""

from django.utils.translation import gettext_lazy as _

GAPS = {
    "NO_STAFF": _("Nobody works in the office yet. Enter its staff."),
    "NO_BUDGET": _("No budget is on record. Enter what was allocated."),
    "OVERSPENT": _("More was used than allocated. Check the figures."),
    "NO_PREMISES": _("The office has no premises. Enter them, or ask for some."),
}
ACTS = {
    "submit": _("Hand in"),
    "review": _("Note as reviewed"),
    "approve": _("Approve"),
    "file": _("File"),
    "return": _("Return"),
}
