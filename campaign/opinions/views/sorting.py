"""Sorting, one original after the other, by keyboard or thumb (item 59)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.opinions import actions
from campaign.opinions.categories import categories_of
from campaign.opinions.models import Opinion, OpinionItem
from campaign.opinions.suggestions import model_of
from campaign.opinions.views.scope import campaign_of, recording_for
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.tree import under

ITEMS = 100  # offered for merging


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: HttpRequest) -> HttpResponse:
    """The next unsorted original of an organisation with everything below it; one press sorts it."""
    organization, campaign = recording_for(request), campaign_of(request)
    raw = Opinion.objects.visible_to(request.user).filter(
        under(organization.path, "organization__"), campaign=campaign, state=Opinion.State.RAW
    )
    query = {"organization": organization.pk, "campaign": campaign.code}
    here = reverse("opinions:sort", query=query)
    opinion = None
    if request.method == "POST":
        opinion, answer = _sorted(request, here)
        if answer is not None:
            return answer
    queue = raw.select_related("organization", "campaign__definition").order_by("received_on", "pk")
    opinion = opinion or _next(queue, request.GET.get("after", ""))
    context = {"organization": organization, "campaign": campaign, "left": raw.count(), "opinion": opinion}
    if opinion is not None:
        context |= _choices(request, opinion) | {"skip_url": f"{here}&after={opinion.pk}", "back": here}
    return render(request, "opinions/sort.html", context)


def _next(queue, after: str):
    """The first of the queue, or the one behind the one that was skipped."""
    if after.isascii() and after.isdigit():
        ids = list(queue.values_list("pk", flat=True)[:500])
        behind = ids[ids.index(int(after)) + 1 :] if int(after) in ids else []
        if behind:
            return queue.filter(pk=behind[0]).first()
    return queue.first()


def _choices(request: HttpRequest, opinion: Opinion) -> dict:
    """The categories with the suggested one, and the items that an original can be merged into."""
    categories = categories_of(opinion.campaign)
    model = model_of(opinion.campaign, opinion.organization.enterprise_id)
    suggested = model.suggest(opinion.text) if model else ""
    items = OpinionItem.objects.visible_to(request.user).filter(
        campaign=opinion.campaign, organization=opinion.organization
    )
    return {
        "categories": list(categories.values()),
        "suggested": suggested if suggested in categories else "",
        "guess": categories.get(opinion.guess),
        "new_item": request.POST.get("new_item", ""),
        "items": [(item, categories.get(item.category)) for item in items[:ITEMS]],
    }


def _sorted(request: HttpRequest, here: str) -> tuple[Opinion, HttpResponse | None]:
    """Sort one, then go on with the next; no answer where something is still wrong with it."""
    visible = Opinion.objects.visible_to(request.user).select_related("organization", "campaign__definition")
    asked = request.POST.get("opinion", "")
    opinion = get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if not may_record(request.user, opinion.organization):
        raise PermissionDenied
    try:
        _place(request, opinion)
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return opinion, None
    one = request.POST.get("back") == "opinion"
    return opinion, redirect(reverse("opinions:opinion", args=[opinion.pk]) if one else here)


def _place(request: HttpRequest, opinion: Opinion) -> None:
    wanted = request.POST.get("item", "")
    item = None
    if wanted:
        items = OpinionItem.objects.visible_to(request.user)
        item = get_object_or_404(items, pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0)
    category = request.POST.get("category", "") or (item.category if item else "")
    actions.sort(
        by=request.user,
        opinion=opinion,
        category=category,
        item=item,
        new_item=request.POST.get("new_item", "")[:200],
    )
    messages.success(request, _("Sorted."))


@login_required
@require_http_methods(["GET", "HEAD"])
def sort_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for one original, to correct how it was sorted."""
    visible = Opinion.objects.visible_to(request.user).select_related("organization", "campaign__definition", "item")
    opinion = get_object_or_404(visible, pk=pk)
    if not may_record(request.user, opinion.organization):
        raise PermissionDenied
    if opinion.state == Opinion.State.REMOVED:
        raise Http404
    context = {"organization": opinion.organization, "campaign": opinion.campaign, "opinion": opinion, "single": True}
    query = {"organization": opinion.organization_id, "campaign": opinion.campaign.code}
    context |= _choices(request, opinion) | {"back": reverse("opinions:sort", query=query)}
    return render(request, "opinions/sort.html", context)
