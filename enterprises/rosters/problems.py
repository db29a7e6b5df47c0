"""What may be wrong with a row: one code for each, its sentence and its remedy (look/README "Words")."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N

from enterprises.rosters.columns import ID_NUMBER
from enterprises.rosters.values import text

LONGEST_SHOWN = 40  # characters of a cell repeated in a message

_DATE = N("Write it like 2005-07-01 or 2005年7月1日.")
SENTENCES: dict[str, tuple[str, str]] = {
    "required": (N("required"), N("Fill it in.")),
    "too_long": (N("longer than %(longest)s characters"), N("Shorten it.")),
    "code": (N("no code"), N("Use letters, digits, points and hyphens only.")),
    "digits_lost": (
        N("a number of more than 15 digits, of which Excel has lost some"),
        N("Format the column as text and enter the code again."),
    ),
    "name": (N("no name"), N("Enter the name.")),
    "date": (N("no date"), _DATE),
    "year": (N("a year outside 1900–2100"), _DATE),
    "month": (N("the month is outside 1–12"), _DATE),
    "day_of_month": (N("%(year)s-%(month)s has no such day"), _DATE),
    "no_month": (N("no month"), N("Give at least year and month, like 2005-07 or 2005年7月.")),
    "ambiguous_month": (N("January or October"), N("Write 2005-01 or 2005-10.")),
    "short_year": (N("the year is not in four digits"), _DATE),
    "future": (N("has not come yet"), N("Correct the date.")),
    "before_birth": (N("not after the date of birth %(other)s"), N("Check the two dates; one is wrong.")),
    "birth_late": (N("not before the admission on %(other)s"), N("Check the two dates; one is wrong.")),
    "before_admission": (
        N("earlier than the admission on %(other)s"),
        N("The two dates may be in each other's place. Check and correct them."),
    ),
    "term_before_founding": (N("earlier than the founding on %(other)s"), N("Check the two dates; one is wrong.")),
    "gender": (N("no gender"), N("Write 男 or 女.")),
    "member_kind": (N("neither 正式 nor 预备"), N("Write 正式 or 预备.")),
    "not_a_member": (N("neither 正式 nor 预备"), N("Applicants and activists are not on the roll: delete this row.")),
    "category": (
        N("no member category"),
        N("Choose 领导干部, 总部机关, 生产一线, 专业技术, 离退休, 下岗失业 or 流动党员."),
    ),
    "contact": (N("no state of contact"), N("Choose 正常, 失去联系 or 查找中.")),
    "yes_no": (N("neither yes nor no"), N("Write 是 or 否.")),
    "organization_kind": (
        N("no kind of organization"),
        N("Choose 党委, 党组, 机关党委, 党总支, 党支部, 联合党支部, 临时党支部, 党小组 or 地方党委."),
    ),
    "affiliation": (N("neither 总部 nor 地方"), N("Write 总部 or 地方.")),
    "condition": (N("no enterprise condition"), N("Choose 正常, 经营困难, 重组改制 or 濒临破产.")),
    "batch": (N("no batch"), N("Write 第一批 or 第二批.")),
    "enterprise_kind": (N("no kind of unit"), N("Choose 总部, 所属企业 or 直属单位.")),
    "education": (N("no level of education"), N("Write it like 大学本科, 大专, 中专, 高中, or the code of GB/T 4658.")),
    "division": (N("no division code"), N("Write the six digits of GB/T 2260, like 110000.")),
    "division_unknown": (N("no province has this code"), N("Check the first two digits against GB/T 2260.")),
    "phone": (N("cannot be a telephone number"), N("Check the digits, or leave it empty.")),
    "duplicate": (
        N("the same as in row %(other)s"),
        N("Delete one row if both are the same; give another code if not."),
    ),
    "unknown_branch": (
        N("no such branch"),
        N("Check the code. Import the roster of organizations first if it is new."),
    ),
    "not_a_branch": (
        N("%(name)s is no branch (%(kind)s)"),
        N("Members belong to a branch: enter the code of the branch or Party group."),
    ),
    "closed": (N("%(name)s is closed"), N("Enter the code of an open one, or reopen it first.")),
    "outside": (
        N("outside what your post looks after"),
        N("Leave the row to the office in charge, or correct the code."),
    ),
    "not_on_roll": (
        N("%(name)s is not on the roll any more (%(status)s)"),
        N("Delete the row, or restore the member first on the member's page."),
    ),
    "transfer_waiting": (
        N("a transfer to another branch is waiting"),
        N("Take the transfer back first, or enter the present branch %(branch)s."),
    ),
    "unknown_superior": (N("no such organization"), N("Check the code, or add the superior to this file.")),
    "left_out": (
        N("waits for the row of %(other)s, which has errors"),
        N("It is applied together with that row once it is corrected."),
    ),
    "own_superior": (N("the organization itself"), N("Enter the code of the organization above it.")),
    "cycle": (N("the superiors run in a circle"), N("One of %(others)s has the wrong superior.")),
    "under_branch": (N("%(name)s is a branch and has nothing below it"), N("Enter a general branch or a committee.")),
    "group_without_branch": (N("a Party group belongs to a branch"), N("Enter the code of its branch.")),
    "local_below": (
        N("a local Party committee stands at the top or under another one"),
        N("Leave it empty, or enter the code of a local Party committee."),
    ),
    "affiliation_differs": (
        N("the organization at its top is %(root)s, so it is %(should)s"),
        N("Correct the affiliation, or the superior."),
    ),
    "unknown_enterprise": (
        N("no such enterprise"),
        N("Check the code. Import the roster of enterprises first if it is new."),
    ),
    "unknown_parent": (N("no such enterprise"), N("Check the code, or add the parent to this file.")),
    "own_parent": (N("the enterprise itself"), N("Enter the code of the enterprise above it.")),
    "kind_has_members": (N("the branch has %(count)s members"), N("Transfer the members first, or keep it a branch.")),
    "kind_has_below": (N("organizations stand below it"), N("Move them first, or keep its kind.")),
    "group_or_organization": (
        N("the code belongs to something else: %(name)s"),
        N("A Party group cannot become an organization, nor the other way. Give another code."),
    ),
    "missing_column": (N("the column is missing"), N("Add the column “%(column)s” to the header.")),
    # Warnings
    "probationary_full": (
        N("a probationary member has no conversion date"),
        N("It is not kept. After conversion, write 正式."),
    ),
    "admitted_young": (N("under 18 at the admission"), N("Check the two dates.")),
    "branch_small": (
        N("%(name)s would have %(full)s full members, fewer than three"),
        N("Check the roster; if it stays so, form a joint branch with a neighbour."),
    ),
    "branch_large": (
        N("%(name)s would have %(members)s members, more than 50"),
        N("Check the roster; if it stays so, think of dividing it."),
    ),
    "dz_has_branches": (
        N("a leading Party members' group has no branches below it"),
        N("Branches stand under the 机关党委."),
    ),
    "term_over": (N("the term has run out"), N("Prepare the election, or record the approved extension.")),
    "facts_of_enterprise": (
        N("the enterprise %(name)s says otherwise"),
        N("It is kept with the enterprise: correct the roster of enterprises."),
    ),
    "subsidiary_without_parent": (
        N("a subsidiary without a parent"),
        N("Enter the code of the enterprise it belongs to."),
    ),
    "parent_of_headquarters": (N("only a subsidiary has a parent"), N("Check kind and parent.")),
    "secretary_unmatched": (
        N("no member there has this name"),
        N("The name is kept; the post follows with the members."),
    ),
    "secretary_several": (
        N("%(count)s members have this name"),
        N("The name is kept; appoint the right one on the page."),
    ),
    "sheet_without_header": (
        N("no header was recognised in this sheet, it was not read"),
        N("Check that its columns have their names."),
    ),
}
WARNINGS = frozenset(
    (
        "probationary_full", "admitted_young", "branch_small", "branch_large", "dz_has_branches", "term_over",
        "facts_of_enterprise", "subsidiary_without_parent", "parent_of_headquarters", "secretary_unmatched",
        "secretary_several", "sheet_without_header", "left_out",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell. ``row`` is the number a person sees; ``entered`` is never an ID number."""

    row: int
    column: str
    code: str
    entered: str = ""
    sheet: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        return self.code in WARNINGS

    @property
    def what(self) -> str:
        """What is wrong, in the language of the reader."""
        return _(SENTENCES[self.code][0]) % self._spoken()

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return _(SENTENCES[self.code][1]) % self._spoken()

    def _spoken(self) -> dict[str, Any]:
        return {
            name: _(value) if name in ("kind", "status", "should") else value for name, value in self.values.items()
        }

    @property
    def message(self) -> str:
        """One sentence: what was entered, what is wrong, what to do."""
        if self.entered:
            return _("“%(entered)s”: %(what)s. %(remedy)s") % {
                "entered": self.entered,
                "what": self.what,
                "remedy": self.remedy,
            }
        return _("Empty: %(what)s. %(remedy)s") % {"what": self.what, "remedy": self.remedy}

    def as_json(self) -> dict[str, Any]:
        """The entry of the command's JSON result."""
        entry = {"row": self.row, "column": self.column, "message": self.message}
        return {**entry, "sheet": self.sheet} if self.sheet else entry

    def stored(self) -> list[Any]:
        """A small spelling for the run's report."""
        return [self.row, self.column, self.code, self.entered, self.sheet, self.values]

    @classmethod
    def restored(cls, stored: list[Any]) -> "Problem":
        """The problem that ``stored`` spells."""
        return cls(*stored)


def entered(raw: Any) -> str:
    """A cell for repeating in a message: shortened, and ID numbers made unreadable."""
    found = re.sub(r"\s+", " ", text(raw)).strip()
    found = ID_NUMBER.sub(lambda match: match[0][:2] + "*" * (len(match[0]) - 2), found)
    return found if len(found) <= LONGEST_SHOWN else found[:LONGEST_SHOWN] + "…"
