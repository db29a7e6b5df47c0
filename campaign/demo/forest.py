"""The two trees while they are being made up, before they are written: units, and Party organisations."""

from dataclasses import dataclass, field
from datetime import date

from enterprises.models import Enterprise, Organization
from enterprises.tree import segment

K = Organization.Kind


@dataclass(slots=True, eq=False)
class Unit:
    """A unit of the ownership tree. ``local``: its Party affiliation is with the locality."""

    id: int
    code: str
    name: str
    kind: str
    parent: "Unit | None"
    path: str
    place: str
    industry: str
    condition: str = "SOUND"
    window: bool = False
    batch: int | None = 2
    local: bool = False
    lead: "Node | None" = None
    last_child: int = -1

    @property
    def top(self) -> "Unit":
        """The group it belongs to."""
        return self if self.parent is None else self.parent.top


@dataclass(slots=True, eq=False)
class Node:
    """A Party organisation. ``size`` is how many members stand on its own roll, ``profile`` who they are."""

    id: int
    code: str
    name: str
    kind: str
    superior: "Node | None"
    path: str
    unit: Unit | None
    given: bool
    headquarters: bool
    place: str
    profile: str = ""
    size: int = 0
    founded_on: date | None = None
    term_end: date | None = None
    secretary_name: str = ""
    vacant: bool = False
    probationary: int | None = None  # exactly so many; None: as chance has it
    closed_on: date | None = None
    heir: "Node | None" = None  # where its members went when it was closed
    merged: bool = False  # whether the heir is its successor
    last_child: int = -1
    children: "list[Node]" = field(default_factory=list)

    @property
    def is_branch(self) -> bool:
        return self.kind in Organization.BRANCH_KINDS

    @property
    def local(self) -> bool:
        root = self
        while root.superior:
            root = root.superior
        return root.kind == K.LOCAL_COMMITTEE

    @property
    def assisted(self) -> bool:
        """Whether the group that owns it does not lead it (as ``enterprises.tree.refresh`` derives it)."""
        lead = self.unit.top.lead if self.unit else None
        return lead is not None and not self.path.startswith(lead.path)


@dataclass
class Forest:
    """Units and organisations with their ids and paths, in the order in which they are written."""

    first_unit: int = 1
    first_node: int = 1
    first_root: int = 0
    first_unit_root: int = 0
    units: list[Unit] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    roots: int = 0
    unit_roots: int = 0

    def unit(self, code: str, name: str, parent: Unit | None, **fields) -> Unit:
        """Add a unit; without a parent it is the headquarters of a group or a direct unit of SASAC."""
        if parent is None:
            number, self.unit_roots = self.first_unit_root + self.unit_roots, self.unit_roots + 1
        else:
            parent.last_child += 1
            number = parent.last_child
        kind = Enterprise.Kind.SUBSIDIARY if parent else Enterprise.Kind.HEADQUARTERS
        unit = Unit(
            id=self.first_unit + len(self.units),
            code=code,
            name=name,
            parent=parent,
            path=(parent.path if parent else "") + segment(number),
            **({"kind": kind} | fields),
        )
        self.units.append(unit)
        return unit

    def node(self, code: str, name: str, kind: str, superior: Node | None, **fields) -> Node:
        """Add an organisation. ``unit`` given: it owns this and what stands below."""
        if superior is None:
            number, self.roots = self.first_root + self.roots, self.roots + 1
        else:
            superior.last_child += 1
            number = superior.last_child
        unit = fields.pop("unit", None)
        node = Node(
            id=self.first_node + len(self.nodes),
            code=code,
            name=name,
            kind=kind,
            superior=superior,
            path=(superior.path if superior else "") + segment(number),
            unit=unit or (superior.unit if superior else None),
            given=unit is not None,
            place=fields.pop("place", superior.place if superior else ""),
            headquarters=fields.pop("headquarters", bool(superior and superior.headquarters and not unit)),
            **fields,
        )
        self.nodes.append(node)
        if superior:
            superior.children.append(node)
        if unit and unit.lead is None:
            unit.lead = node
        return node

    def branches(self) -> list[Node]:
        """The branches, in the order in which they were added."""
        return [node for node in self.nodes if node.is_branch]
