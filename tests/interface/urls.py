"""Addresses of the lists that only the tests of the interface show, beside those of the product."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import include, path

from enterprises.listing import Column, ListView
from enterprises.models import Member
from tests.interface.sampler import sampler


class MemberFilter(django_filters.FilterSet):
    class Meta:
        model = Member
        fields = ["category", "kind"]


class Members(ListView):
    title = "Members"
    model = Member
    columns = [
        Column("name", "Name", sort="name", link=lambda member: f"/members/{member.pk}/"),
        Column("code", "Code", sort="code"),
        Column("branch", "Branch", value="branch.name", sort="branch__name", css="full"),
        Column("admitted_on", "Admitted", sort="admitted_on", css="n"),
        Column("category", "Category", value="get_category_display"),
    ]
    filterset_class = MemberFilter
    search = ("name__contains", "code__startswith")
    ordering = "code"
    page_size = 10

    def get_queryset(self):
        return super().get_queryset().select_related("branch")


class Locked(Members):
    permission = "operate"


def failure(request):
    raise RuntimeError("on purpose")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [
    path("test-failure/", failure),
    path("test-forbidden/", forbidden),
    path("test-sampler/", sampler),
    path("test-members/", Members.as_view(), name="test_members"),
    path("test-locked/", Locked.as_view(), name="test_locked"),
    path("", include("config.urls")),
]
