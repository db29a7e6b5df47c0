"""Addresses of concrete requirements."""

from django.urls import path

from campaign.requirements import views

app_name = "requirements"
urlpatterns = [
    path("requirements/", views.DocumentList.as_view(), name="document_list"),
    path("requirements/draft/", views.Draft.as_view(), name="draft"),
    path("requirements/<int:pk>/", views.document, name="document"),
    path("requirements/<int:pk>/publish/", views.Publish.as_view(), name="publish"),
    path("requirements/for/<int:pk>/", views.adopted, name="adopted"),
    path("requirements/versions/<int:pk>/adopt/", views.Adopt.as_view(), name="adopt"),
    path("requirements/versions/<int:pk>/revoke/", views.Revoke.as_view(), name="revoke"),
    path("requirements/versions/<int:pk>/comment/", views.Comment.as_view(), name="comment"),
    path("requirements/comments/<int:pk>/answer/", views.Answer.as_view(), name="answer"),
]
