"""Rendering a page whose context holds thousands of objects, so that they end with the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, engines
from django.template.loader import get_template


def draw(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """What ``render`` does, without a circle.

    Django's ``RequestContext`` refers to itself: what it holds waits for the collector, which took up to 80 ms of
    a later page to find the maps of a country in it. A plain ``Context`` ends with the page.
    """
    known: dict[str, Any] = {}
    for processor in engines["django"].engine.template_context_processors:  # type: ignore[attr-defined]
        known |= processor(request)
    page = get_template(template).template  # type: ignore[attr-defined]
    return HttpResponse(page.render(Context(known | context)))
