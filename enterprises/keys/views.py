"""The sheet of slips a branch secretary prints, and the door through which a member's slip leads."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from enterprises import clock, qr
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError
from enterprises.keys import actions
from enterprises.keys.forms import CodeForm, SheetForm
from enterprises.keys.rules import good
from enterprises.models import Member, MemberKey, Organization

OWN_DEVICE = 30 * 24 * 3600  # seconds a session lasts on the member's own phone
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _branch(request: HttpRequest, pk: int) -> Organization:
    """The branch: 404 out of sight, 403 for everybody but its own secretary."""
    visible = Organization.objects.visible_to(request.user).branches().open()
    branch = get_object_or_404(visible, pk=pk)
    if not actions.may_issue(request.user, branch):
        raise PermissionDenied
    return branch


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, organization: int) -> HttpResponse:
    """Choose members and print their slips. The codes stand in this one answer and nowhere else."""
    branch = _branch(request, organization)
    form = SheetForm(request.POST if request.method == "POST" else None)
    chosen = {int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdigit()}
    members = list(Member.objects.visible_to(request.user).on_roll().filter(branch=branch))
    if request.method == "POST" and form.is_valid():
        try:
            slips = actions.issue_keys(
                by=request.user,
                organization=branch,
                members=[m for m in members if m.pk in chosen],
                submission=form.cleaned_data["submission"],
            )
            return render(request, "enterprises/keys_print.html", {"branch": branch, "slips": _drawn(request, slips)})
        except ActionError as refusal:
            form.add_error(None, refusal.message)
    context = {"branch": branch, "form": form, "chosen": chosen, "rows": _rows(request, members)}
    return render(request, "enterprises/keys.html", context)


def _rows(request: HttpRequest, members: list[Member]) -> list[dict]:
    """Each member with the newest key and whether it is still good."""
    keys = MemberKey.objects.visible_to(request.user).filter(member__in=members).order_by("issued_at", "pk")
    newest = {key.member_id: key for key in keys}
    now, signing = clock.now(), actions.signing_in(members)
    return [
        {
            "member": member,
            "password": member.pk in signing,
            "key": (key := newest.get(member.pk)),
            "good": key is not None and good(key.used_at, key.revoked_at, key.expires_at, now),
        }
        for member in members
    ]


def _drawn(request: HttpRequest, slips: list[actions.Slip]) -> list[dict]:
    door = request.build_absolute_uri(reverse("keys:door"))
    drawn = []
    for slip in slips:
        size, path = qr.svg_path(request.build_absolute_uri(reverse("keys:open", args=[slip.code])))
        drawn.append({"slip": slip, "door": door, "size": size, "path": path})
    return drawn


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost slip's key back."""
    key = get_object_or_404(MemberKey.objects.visible_to(request.user).select_related("organization", "member"), pk=pk)
    if not actions.may_issue(request.user, key.organization):
        if not may(request.user, roles.READ, key.organization):
            raise Http404
        raise PermissionDenied
    actions.revoke_key(by=request.user, key=key)
    messages.success(request, _("The slip of %(name)s opens nothing any more.") % {"name": key.member.name})
    return redirect("keys:sheet", key.organization_id)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, code: str = "") -> HttpResponse:
    """Where a slip leads. Looking uses up nothing, so that a preview of the link does no harm; the button does."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": code})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.redeem(form.cleaned_data["code"])
        except actions.Refused as refusal:
            form.add_error("code", refusal.message)
            status = 429 if refusal.locked else 200
        else:
            login(request, account, backend=BACKEND)
            if form.cleaned_data["own_device"]:
                request.session.set_expiry(OWN_DEVICE)
            return redirect("/")
    return render(request, "enterprises/keys_door.html", {"form": form, "given": bool(code)}, status=status)
