"""Addresses of the dashboards."""

from django.urls import path

from campaign.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("week/", views.week, name="week"),
    path("week/more/", views.week_more, name="week_more"),
    path("me/", views.own_page, name="me"),
    path("units/", views.units, name="units"),
    path("progress/", views.country, name="country"),
    path("progress/export.xlsx", views.country_export, name="country_export"),
    path("progress/headline/", views.country_headline, name="country_headline"),
    path("progress/stuck/", views.country_stuck, name="country_stuck"),
    path("progress/<int:pk>/", views.node, name="node"),
    path("progress/<int:pk>/export.xlsx", views.node_export, name="node_export"),
    path("progress/<int:pk>/headline/", views.node_headline, name="node_headline"),
    path("progress/<int:pk>/stuck/", views.node_stuck, name="node_stuck"),
    path("progress/<int:pk>/<slug:campaign>/<slug:step>/", views.step, name="step"),
]
