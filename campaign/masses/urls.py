"""Addresses of the masses' participation."""

from django.urls import path

from campaign.masses import views

app_name = "masses"
urlpatterns = [
    path("notice/<int:pk>/comment/", views.comment, name="say"),
    path("comments/", views.CommentList.as_view(), name="comment_list"),
    path("comments/<int:pk>/", views.read_comment, name="comment"),
    path("comments/<int:pk>/decide/", views.DecideComment.as_view(), name="decide"),
    path("representatives/", views.RepresentativesList.as_view(), name="representatives_list"),
    path("meetings/<int:pk>/representatives/", views.NoteRepresentatives.as_view(), name="representatives"),
]
