"""Panels that the floors above put on pages of this floor, and the figures they lend to its lists.

    @organization_panel(order=10)
    def due(request, organization) -> Panel | None: ...      # None: nothing to show

    @member_panel(order=10)
    def study_hours(request, member) -> Panel | None: ...

    @own_panel(order=10)
    def own_study(request, member) -> Panel | None: ...      # on the member's own page

    @counts
    def tallies(organization_ids) -> dict[int, Counts]: ...  # summary rows, one query

    @targets
    def campaign_targets() -> list[Target]: ...              # registered against target (item 4)

Sources are asked in order; a panel's template is included with its context. Register in the module that
``AppConfig.ready`` of the app imports.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template and its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    def drawn(self, request: HttpRequest) -> SafeString:
        """The part as it stands on the page."""
        return render_to_string(self.template, self.context, request)


@dataclass(frozen=True)
class Counts:
    """Figures of an organisation with everything below it."""

    members: int
    branches: int
    organizations: int = 0


@dataclass(frozen=True)
class Target:
    """A national figure the campaign expects at least (items 2, 4), e.g. members, 2 700 000."""

    what: str  # "members", "organizations" or "headquarters"
    floor: int


PanelSource = Callable[[HttpRequest, Any], Panel | None]
_ORGANIZATION: list[tuple[int, PanelSource]] = []
_MEMBER: list[tuple[int, PanelSource]] = []
_ENTERPRISE: list[tuple[int, PanelSource]] = []
_OWN: list[tuple[int, PanelSource]] = []
_COUNTS: list[Callable[[list[int]], dict[int, Counts]]] = []
_TARGETS: list[Callable[[], list[Target]]] = []


def _registrar(sources: list[tuple[int, PanelSource]]):
    def registrar(order: int = 50) -> Callable[[PanelSource], PanelSource]:
        def register(source: PanelSource) -> PanelSource:
            if all(source is not known for _, known in sources):
                sources.append((order, source))
                sources.sort(key=lambda pair: pair[0])
            return source

        return register

    return registrar


organization_panel = _registrar(_ORGANIZATION)
member_panel = _registrar(_MEMBER)
enterprise_panel = _registrar(_ENTERPRISE)
own_panel = _registrar(_OWN)


def counts(source):
    """Lend the figures of organisations to the lists and the tree. One source; the last one counts."""
    _COUNTS[:] = [source]
    return source


def targets(source):
    """Lend the national targets of the running campaign. One source; the last one counts."""
    _TARGETS[:] = [source]
    return source


def _panels(sources: list[tuple[int, PanelSource]], request: HttpRequest, thing: Any) -> list[SafeString]:
    found = (source(request, thing) for _, source in sources)
    return [panel.drawn(request) for panel in found if panel is not None]


def organization_panels(request: HttpRequest, organization: Any) -> list[SafeString]:
    """What the floors above have to say on the page of an organisation."""
    return _panels(_ORGANIZATION, request, organization)


def member_panels(request: HttpRequest, member: Any) -> list[SafeString]:
    """What the floors above have to say on the page of a member."""
    return _panels(_MEMBER, request, member)


def enterprise_panels(request: HttpRequest, unit: Any) -> list[SafeString]:
    """What the floors above have to say on the page of an enterprise."""
    return _panels(_ENTERPRISE, request, unit)


def own_panels(request: HttpRequest, member: Any) -> list[SafeString]:
    """What the floors above have to say on a member's own page (item 66)."""
    return _panels(_OWN, request, member)


def counts_of(organization_ids: Iterable[int]) -> dict[int, Counts]:
    """Figures by organisation; empty where no floor above keeps summaries."""
    return _COUNTS[0](list(organization_ids)) if _COUNTS else {}


def campaign_targets() -> dict[str, int]:
    """The national targets by name; empty where no campaign states any."""
    return {target.what: target.floor for target in _TARGETS[0]()} if _TARGETS else {}
