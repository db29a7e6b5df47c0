"""Addresses of business beside the campaign."""

from django.urls import path

from campaign.business import views

app_name = "business"
urlpatterns = [
    path("business/", views.IndicatorList.as_view(), name="indicator_list"),
    path("business/import/", views.ImportIndicators.as_view(), name="import"),
    path("business/table/", views.cumulative, name="table"),
    path("business/of/<int:pk>/", views.both, name="both"),
    path("business/new/<int:organization>/", views.NewIndicator.as_view(), name="indicator_new"),
    path("business/<int:pk>/", views.CorrectIndicator.as_view(), name="indicator"),
    path("business/targets/new/<int:organization>/", views.NewTarget.as_view(), name="target_new"),
    path("business/targets/<int:pk>/", views.TargetResult.as_view(), name="target"),
    path("business/arrangements/new/<int:organization>/", views.Arrange.as_view(), name="arrange"),
]
