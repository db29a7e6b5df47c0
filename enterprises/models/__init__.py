"""The register of the models of WHO."""

from enterprises.models.accounts import Account, Post
from enterprises.models.checks import CheckFinding
from enterprises.models.exports import ExportRun
from enterprises.models.keys import MemberKey
from enterprises.models.members import Exemption, Member, Membership
from enterprises.models.organizations import Organization, PartyGroup
from enterprises.models.reads import RestrictedRead
from enterprises.models.rosters import ImportRun
from enterprises.models.units import Condition, Enterprise, EnterpriseCondition

__all__ = [
    "Account",
    "CheckFinding",
    "Condition",
    "Enterprise",
    "EnterpriseCondition",
    "Exemption",
    "ExportRun",
    "ImportRun",
    "Member",
    "MemberKey",
    "Membership",
    "Organization",
    "PartyGroup",
    "Post",
    "RestrictedRead",
]
