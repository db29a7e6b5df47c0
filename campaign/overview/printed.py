"""The figures of a node as aligned text for a terminal."""

from typing import Any
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from enterprises.models import Organization


def text(found: dict[str, Any], organization: Organization, campaign: Campaign | None) -> str:
    """What ``progress`` prints: the node, what is assisted beside it, its children."""
    title = [f"{organization.name} ({found['org']})", found["as_of"]]
    if campaign:
        title.insert(1, campaign.name)
    blocks = [" · ".join(title), _members(found), _steps(found)]
    if found["assisted"]["members"]["total"] or any(s["expected"] for s in found["assisted"]["steps"]):
        blocks += [_("Assisted units, counted apart:"), _members(found["assisted"]), _steps(found["assisted"])]
    if found["children"]:
        blocks.append(_children(found["children"]))
    return "\n\n".join(block for block in blocks if block)


def _members(found: dict[str, Any]) -> str:
    return (
        _("Members %(total)s = taking part %(covered)s + being sought %(sought)s + excused %(excused)s")
        % found["members"]
    )


def _steps(found: dict[str, Any]) -> str:
    heads = [
        _("Step"),
        _("Expected"),
        _("Done in time"),
        _("Made up or late"),
        _("Overdue"),
        _("Not due yet"),
        _("Not expected"),
    ]
    rows = [[str(value) for value in step.values()] for step in found["steps"]]
    return table([heads, *rows]) if rows else ""


def _children(children: list[dict[str, Any]]) -> str:
    heads = [_("Code"), _("Organization"), _("Members"), _("Expected"), _("Done"), _("Overdue")]
    rows = []
    for child in children:
        steps = child["steps"]
        done = sum(step["done"] + step["late"] for step in steps)
        sums = [child["members"]["total"], sum(s["expected"] for s in steps), done, sum(s["overdue"] for s in steps)]
        rows.append([child["org"], child["name"], *map(str, sums)])
    return table([heads, *rows], texts=2)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: list[list[str]], texts: int = 1) -> str:
    """Aligned columns on a terminal, where a Chinese character is two wide; the first ``texts`` to the left."""
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        padded = []
        for i, text in enumerate(row):
            room = " " * (widths[i] - _width(text))
            padded.append(text + room if i < texts else room + text)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
