"""Addresses of opinions; the public ones are short."""

from django.urls import path

from campaign.opinions.views import collecting, items, links, public, report, sorting

app_name = "opinions"
urlpatterns = [
    path("o/", public.look_up, name="look_up"),
    path("o/<slug:slug>/", public.send, name="send"),
    path("opinions/", collecting.OpinionList.as_view(), name="opinion_list"),
    path("opinions/new/", collecting.enter, name="enter"),
    path("opinions/import/", collecting.load, name="load"),
    path("opinions/sort/", sorting.sort, name="sort"),
    path("opinions/report/", report.report, name="report"),
    path("opinions/items/", items.ItemList.as_view(), name="item_list"),
    path("opinions/items/<int:pk>/", items.item, name="item"),
    path("opinions/items/<int:pk>/answer/", items.answer, name="answer"),
    path("opinions/items/<int:pk>/change/", items.change, name="item_change"),
    path("opinions/poster/<int:pk>/", links.poster, name="poster"),
    path("opinions/poster/<int:pk>/switch/", links.switch, name="switch"),
    path("opinions/<int:pk>/", collecting.opinion, name="opinion"),
    path("opinions/<int:pk>/sort/", sorting.sort_one, name="sort_one"),
    path("opinions/<int:pk>/remove/", collecting.remove, name="remove"),
]
