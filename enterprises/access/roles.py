"""Roles as described classes (dossier part 1 J, design section 4). A permission is a plain word."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = "read"  # organisations, calendars, figures
READ_MEMBERS = "read_members"  # member rows
READ_RECORDS = "read_records"  # meetings, make-ups, filings
CHANGE_TREE = "change_tree"  # found, rename, move, merge, close organisations
CHANGE_MEMBERS = "change_members"  # admit, transfer, correct members
IMPORT = "import"  # rosters
RECORD = "record"  # meetings, make-ups, filings of the organisations in reach
CALENDAR = "calendar"  # phase dates, peaks
CAMPAIGN = "campaign"  # definitions, launch
ACCOUNTS = "accounts"  # accounts and posts in reach
SURVEY = "survey"  # satisfaction surveys of the organizations directly below (item 74)
AUDIT = "audit"  # who changed and saw what
OPERATE = "operate"  # the installation itself

_STAFF = {READ, READ_MEMBERS, READ_RECORDS, CHANGE_TREE, CHANGE_MEMBERS, IMPORT, RECORD, CALENDAR, SURVEY, ACCOUNTS}


class Role:
    """A role: what it is called, what it is in prose, and what it permits within its reach."""

    code: str
    name: str | Promise
    prose: str | Promise
    permissions: frozenset[str] = frozenset()
    everywhere = False


class OfficeStaff(Role):
    code = "OFFICE_STAFF"
    name = _("campaign office staff")
    prose = _("Staff of the campaign office at the top: sees every unit's figures, keeps its own tree.")
    permissions = frozenset(_STAFF | {CAMPAIGN})
    everywhere = True


class EnterpriseOffice(Role):
    code = "ENTERPRISE_OFFICE"
    name = _("enterprise office staff")
    prose = _("Staff of an enterprise's office: its own organizations, and the figures of assisted units.")
    permissions = frozenset(_STAFF)


class CommitteeSecretary(Role):
    code = "COMMITTEE_SECRETARY"
    name = _("committee secretary")
    prose = _("Secretary of a committee or general branch: its own subtree, and approvals.")
    permissions = frozenset(_STAFF)


class BranchSecretary(Role):
    code = "BRANCH_SECRETARY"
    name = _("branch secretary")
    prose = _("Secretary of a branch: its members, meetings and make-up lessons.")
    permissions = frozenset({READ, READ_MEMBERS, READ_RECORDS, CHANGE_MEMBERS, RECORD})


class GroupLeader(Role):
    code = "GROUP_LEADER"
    name = _("Party group leader")
    prose = _("Leader of a Party group: the attendance of the own group.")
    permissions = frozenset({READ, READ_MEMBERS, READ_RECORDS, RECORD})


class MemberRole(Role):
    code = "MEMBER"
    name = _("member")
    prose = _("A member: the own record.")
    permissions = frozenset({READ})


class GroupHead(Role):
    code = "GROUP_HEAD"
    name = _("head of a supervision group")
    prose = _("Reads the assigned units; writes only the group's own reports, findings and suggestions.")
    permissions = frozenset({READ, READ_RECORDS})


class GroupMember(Role):
    code = "GROUP_MEMBER"
    name = _("member of a supervision group")
    prose = _("Reads the assigned units; writes only the group's own reports, findings and suggestions.")
    permissions = frozenset({READ, READ_RECORDS})


class LocalLiaison(Role):
    code = "LOCAL_LIAISON"
    name = _("local Party committee liaison")
    prose = _("Liaison of a local Party committee: leads the units whose affiliation is local.")
    permissions = frozenset({READ, READ_MEMBERS, READ_RECORDS, CALENDAR, SURVEY})


class Auditor(Role):
    code = "AUDITOR"
    name = _("auditor")
    prose = _("Reads the logs: who changed what and who saw a restricted record.")
    permissions = frozenset({READ, AUDIT})
    everywhere = True


class Administrator(Role):
    code = "ADMINISTRATOR"
    name = _("administrator")
    prose = _("Keeps accounts, campaigns and the installation; sees no member rows and no records.")
    permissions = frozenset({READ, ACCOUNTS, CAMPAIGN, AUDIT, OPERATE})
    everywhere = True


class DeputySecretary(Role):
    code = "DEPUTY_SECRETARY"
    name = _("deputy secretary")
    prose = _("A post in a branch or committee; carries no sign-in rights of its own.")


class CommitteeMember(Role):
    code = "COMMITTEE_MEMBER"
    name = _("committee member")
    prose = _("A member of a branch committee or committee: due at its meetings.")


class TeamMember(Role):
    code = "TEAM_MEMBER"
    name = _("member of the leading team")
    prose = _("A Party member of the leading team: due at its democratic life meeting (items 26, 27).")


class AdministrativeHead(Role):
    code = "ADMIN_HEAD"
    name = _("administrative head")
    prose = _("Supports the Party organization in the campaign (item 19).")


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        OfficeStaff,
        EnterpriseOffice,
        CommitteeSecretary,
        BranchSecretary,
        GroupLeader,
        MemberRole,
        GroupHead,
        GroupMember,
        LocalLiaison,
        Auditor,
        Administrator,
        DeputySecretary,
        CommitteeMember,
        TeamMember,
        AdministrativeHead,
    )
}
ROLE_CHOICES = [(code, role.name) for code, role in ROLES.items()]
SECRETARIES = ("COMMITTEE_SECRETARY", "BRANCH_SECRETARY")
