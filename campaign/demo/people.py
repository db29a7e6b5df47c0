"""Members, memberships, Party groups, posts and exemptions of generated organisations."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from campaign.demo import names
from campaign.demo.copying import NULL, Sheet
from campaign.demo.forest import K, Node
from enterprises.models import Exemption, Member, Membership, PartyGroup, Post
from enterprises.names import name_key

C = Member.Category
# Who stands on the roll of a branch, by its profile: shares in a hundred.
PROFILES = {
    "HQ": ((C.LEADER, 20), (C.HQ_STAFF, 80)),
    "STAFF": ((C.LEADER, 12), (C.TECHNICAL, 78), (C.FRONT_LINE, 10)),
    "TECH": ((C.TECHNICAL, 80), (C.FRONT_LINE, 20)),
    "FRONT": ((C.FRONT_LINE, 80), (C.TECHNICAL, 14), (C.MOBILE, 4), (C.LAID_OFF, 2)),
    "PROJECT": ((C.FRONT_LINE, 45), (C.TECHNICAL, 25), (C.MOBILE, 30)),
    "RETIRED": ((C.RETIRED, 100),),
    "LAID_OFF": ((C.LAID_OFF, 80), (C.TECHNICAL, 20)),
}
EDUCATION = ("11", "14", "21", "21", "21", "31", "31", "41", "47", "61", "61", "71")
TITLES = ("组织委员", "宣传委员", "纪检委员")

FREE = (C.RETIRED, C.LAID_OFF, C.MOBILE)

LOST_EVERY, EXEMPT_EVERY, STUDY_EVERY, MOVE_EVERY, VOTELESS_EVERY = 200, 120, 400, 250, 1700
PROBATIONARY = 0.035
GROUP_SIZE = 7


@dataclass(slots=True)
class Roll:
    """Who belongs to one branch, as far as meetings need it. Moves say from which day on."""

    node: Node
    ids: list[int] = field(default_factory=list)  # here from before our records until today
    full: set[int] = field(default_factory=set)
    leaving: list[tuple[int, date]] = field(default_factory=list)
    arriving: list[tuple[int, date]] = field(default_factory=list)
    out_of_contact: set[int] = field(default_factory=set)
    excused: list[int] = field(default_factory=list)
    voteless: set[int] = field(default_factory=set)
    free: set[int] = field(default_factory=set)  # attendance is advisory for their category (item 35)
    needs: set[str] = field(default_factory=set)  # categories present
    away: set[int] = field(default_factory=set)  # study elsewhere
    guests: list[int] = field(default_factory=list)  # of another branch, study here
    makes_up: float = 0.85  # share of absences that are made up
    _voters: list[int] | None = None  # the same on every day where nobody came or left
    committee: list[int] = field(default_factory=list)
    secretary: str = ""
    deputy: str = ""
    groups: list[tuple[int, list[int]]] = field(default_factory=list)

    def on(self, day: date) -> list[int]:
        """The members of the branch on that day, those exempt apart."""
        if not self.leaving and not self.arriving:
            return self.ids
        stayed = [m for m, moved in self.leaving if day < moved]
        return sorted(self.ids + stayed + [m for m, moved in self.arriving if day >= moved])

    def due(self, day: date, study: bool) -> list[int]:
        """Those due at a meeting of the whole branch; study follows where a member takes part (trap 7)."""
        here = self.on(day)
        if study and (self.away or self.guests):
            here = sorted([m for m in here if m not in self.away] + self.guests)
        return here

    def voters(self, day: date) -> list[int]:
        """Full members with the vote: an exemption is no exclusion (trap 3)."""
        if self._voters is not None:
            return self._voters
        found = sorted(m for m in [*self.on(day), *self.excused] if m in self.full and m not in self.voteless)
        if not self.leaving and not self.arriving:
            self._voters = found
        return found


class People:
    """Writes the members of one branch after the other; ``roll`` remembers who they are."""

    def __init__(self, today: date, random: Random) -> None:
        self.today = today
        self.random = random
        self.members = Sheet(
            Member,
            "id code name name_key gender born_on education admitted_on full_on kind category branch party_group"
            " study_branch contact last_contact_on status without_vote_until phone",
        )
        self.memberships = Sheet(Membership, "id member organization since until")
        self.groups = Sheet(PartyGroup, "id code name organization")
        self.posts = Sheet(Post, "id member role title scope_kind scope_id since")
        self.exemptions = Sheet(Exemption, "id member approved_by approved_on since until")
        self.count = 0
        self.pending = dict.fromkeys(("lost", "exempt", "study", "move", "voteless"), 0)
        self.arrivals: dict[int, list[tuple[int, date, bool]]] = {}
        self.visitors: dict[int, list[int]] = {}
        self.since = (today - timedelta(days=420)).isoformat()
        self.days = {n: (today - timedelta(days=n)).isoformat() for n in range(-400, 32_000)}
        self.keys: dict[str, str] = {}

    def sheets(self) -> list[Sheet]:
        return [self.members, self.memberships, self.groups, self.posts, self.exemptions]

    def _turn(self, what: str, every: int, allowed: bool) -> bool:
        """Once in ``every`` members, put off until one comes for whom it is ``allowed``."""
        if self.count % every == every // 2:
            self.pending[what] += 1
        if allowed and self.pending[what]:
            self.pending[what] -= 1
            return True
        return False

    def roll(self, node: Node, neighbor: Node | None) -> Roll:
        """Write the members of ``node``. ``neighbor``: the next branch of the same superior, still to come."""
        roll = Roll(node)
        for member, day, full in self.arrivals.pop(node.id, ()):
            roll.arriving.append((member, day))
            if full:
                roll.full.add(member)
        roll.guests = self.visitors.pop(node.id, [])
        heir = node.heir
        officers = 1 if node.vacant else 3 if node.size < 20 else 5
        in_groups = node.size >= 2 * GROUP_SIZE and node.profile in ("FRONT", "PROJECT", "RETIRED") and not heir
        groups = self._groups(node) if in_groups else []
        for position in range(node.size):
            group = groups[position * len(groups) // node.size] if groups else None
            self._member(roll, position, position >= officers and not heir, neighbor, group)
        roll.groups = [(group, ids) for group, ids in groups if ids]
        if node.is_branch:
            self._branch_posts(roll)
        return roll

    def _groups(self, node: Node) -> list[tuple[int, list[int]]]:
        groups = []
        for index in range(node.size // GROUP_SIZE):
            group = self.groups.take_id()
            name = f"第{names.SHOPS[index]}党小组"
            self.groups.add(group, f"{node.code}-G{index + 1}", name, node.id)
            groups.append((group, []))
        return groups

    def _kind(self, node: Node, position: int, plain: bool) -> bool:
        """Whether this one is a full member."""
        if node.probationary is not None:
            return position < node.size - node.probationary
        return not (plain and node.profile != "RETIRED" and self.random.random() < PROBATIONARY)

    def _member(self, roll: Roll, position: int, plain: bool, neighbor: Node | None, group) -> None:
        """One member. ``plain``: holds no post, so that chance may do with them as it likes."""
        node, random = roll.node, self.random
        self.count += 1
        member = self.members.take_id()
        full = self._kind(node, position, plain)
        lost = self._turn("lost", LOST_EVERY, plain and full and node.probationary is None)
        free = plain and full and not lost and node.probationary is None
        exempt = self._turn("exempt", EXEMPT_EVERY, free)
        may_move = free and not exempt and group is None and neighbor is not None and neighbor.heir is None
        moved = self._turn("move", MOVE_EVERY, may_move)
        studies = self._turn("study", STUDY_EVERY, may_move and not moved)
        home = node.heir or (neighbor if moved else None)
        name = names.person(member - 1)
        self._row(member, name, roll, position, full, lost, home or node, group, neighbor if studies else None)
        if full:
            roll.full.add(member)
        if lost:
            roll.out_of_contact.add(member)
        if studies and neighbor:
            roll.away.add(member)
            self.visitors.setdefault(neighbor.id, []).append(member)
        if exempt:
            roll.excused.append(member)
            day = self.days[370 + random.randrange(60)]
            self.exemptions.add(self.exemptions.take_id(), member, node.superior.id, day, day, None)
        self._memberships(roll, member, full, home, exempt)
        if group:
            group[1].append(member)
        if position == 0 and not node.vacant:
            roll.secretary = name
        elif position == 1:
            roll.deputy = name

    def _memberships(self, roll: Roll, member: int, full: bool, home: Node | None, exempt: bool) -> None:
        node = roll.node
        sheet = self.memberships
        if home is None:
            if not exempt:
                roll.ids.append(member)
            sheet.add_line(f"{sheet.take_id()}\t{member}\t{node.id}\t{NULL}\t{NULL}")
            return
        day = node.closed_on or self.today - timedelta(days=15 + self.random.randrange(40))
        roll.leaving.append((member, day))
        self.arrivals.setdefault(home.id, []).append((member, day, full))
        sheet.add(sheet.take_id(), member, node.id, None, day - timedelta(days=1))
        sheet.add(sheet.take_id(), member, home.id, day, None)

    def _category(self, profile: str, position: int) -> str:
        shares = PROFILES[profile]
        if position == 0 and profile in ("HQ", "STAFF"):
            return C.LEADER
        draw = self.random.random() * 100
        for category, share in shares:
            if draw < share:
                return category
            draw -= share
        return shares[-1][0]

    def _row(self, member, name, roll, position, full, lost, home, group, study) -> None:
        random, days = self.random, self.days
        category = self._category(roll.node.profile, position)
        if lost and category not in FREE:
            category = C.MOBILE
        age = 22_000 + int(random.random() * 8_000) if category == C.RETIRED else 9_500 + int(random.random() * 11_500)
        standing = int(random.random() * (age - 8_400)) + 400 if full else 20 + int(random.random() * 330)
        voteless = self._turn("voteless", VOTELESS_EVERY, full and position > 5)
        roll.needs.add(category)
        if category in FREE:
            roll.free.add(member)
        if voteless:
            roll.voteless.add(member)
        seek = ("SEARCHING" if member % 3 == 0 else "LOST") if lost else "NORMAL"
        key = self.keys.get(name[2:])
        if key is None:
            key = self.keys[name[2:]] = name_key(name[2:])
        self.members.add_line(
            f"{member}\tM{member:07}\t{name}\t{name_key(name[:2])} {key}"
            f"\t{2 if random.random() < 0.22 else 1}\t{days[age]}\t{EDUCATION[int(random.random() * 12)]}"
            f"\t{days[standing + 365 if full else standing]}\t{days[standing] if full else NULL}"
            f"\t{'FULL' if full else 'PROBATIONARY'}\t{category}\t{home.id}\t{group[0] if group else NULL}"
            f"\t{study.id if study else NULL}\t{seek}"
            f"\t{days[95 + member % 400] if lost else NULL}\tACTIVE\t{days[-200] if voteless else NULL}"
            f"\t{names.phone(member)}"
        )

    def post(self, member: int, role: str, title: str, kind: str, scope: int) -> None:
        """A post held by a member since before the campaign."""
        self.posts.add(self.posts.take_id(), member, role, title, kind, scope, self.since)

    def _branch_posts(self, roll: Roll) -> None:
        node = roll.node
        if node.heir:
            return
        able = [m for m in roll.ids if m in roll.full]
        size = 1 if len(able) < 7 else 3 if node.size < 20 else 5
        if node.vacant:
            able.insert(0, 0)
        else:
            node.secretary_name = roll.secretary
            self.post(able[0], "BRANCH_SECRETARY", "党支部书记", "organization", node.id)
            roll.committee.append(able[0])
        if size > 1:
            self.post(able[1], "DEPUTY_SECRETARY", "党支部副书记", "organization", node.id)
            roll.committee.append(able[1])
        for index, member in enumerate(able[2:size]):
            self.post(member, "COMMITTEE_MEMBER", TITLES[index], "organization", node.id)
            roll.committee.append(member)
        for group, ids in roll.groups:
            leader = next((m for m in reversed(ids) if m in roll.full), ids[-1])
            self.post(leader, "GROUP_LEADER", "党小组长", "party_group", group)


def officers(people: People, node: Node, able: list[int]) -> list[int]:
    """Give a committee, leading group or general branch its secretary, members and team from ``able``.

    Returns the leading team (empty for a general branch, which has none).
    """
    if not able or node.kind == K.LOCAL_COMMITTEE:
        return []
    node.secretary_name = names.person(able[0] - 1)
    title = {K.GENERAL_BRANCH: "党总支书记", K.LEADING_GROUP_DZ: "党组书记"}.get(node.kind, "党委书记")
    people.post(able[0], "COMMITTEE_SECRETARY", title, "organization", node.id)
    small = node.kind == K.GENERAL_BRANCH
    for member in able[1:3] if small else able[1:5]:
        people.post(member, "COMMITTEE_MEMBER", "委员", "organization", node.id)
    if small:
        return []
    team = able[:7]
    for member in team:
        people.post(member, "TEAM_MEMBER", "领导班子成员", "organization", node.id)
    return team
