"""Addresses: one ``include`` for each room."""

from django.urls import include, path

from runtime.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("campaign.overview.urls")),
    path("", include("campaign.plan.urls")),
    path("", include("campaign.meetings.urls")),
    path("", include("campaign.study.urls")),
    path("", include("campaign.filings.urls")),
    path("", include("campaign.survey.urls")),
    path("", include("campaign.summary.urls")),
    path("", include("campaign.gates.urls")),
    path("", include("campaign.rectification.urls")),
    path("", include("campaign.publicity.urls")),
    path("", include("campaign.masses.urls")),
    path("", include("campaign.services.urls")),
    path("", include("campaign.requirements.urls")),
    path("", include("campaign.exemplars.urls")),
    path("", include("campaign.appraisal.urls")),
    path("", include("campaign.opinions.urls")),
    path("", include("campaign.leadership.urls")),
    path("", include("campaign.support.urls")),
    path("", include("campaign.membership.urls")),
    path("", include("campaign.business.urls")),
    path("", include("campaign.mechanisms.urls")),
    path("", include("enterprises.signin.urls")),
    path("", include("enterprises.keys.urls")),
    path("", include("enterprises.rosters.urls")),
    path("", include("enterprises.exporting.urls")),
    path("", include("enterprises.urls")),
]
