"""Addresses of publications and publicity."""

from django.urls import path

from campaign.publicity import views

app_name = "publicity"
urlpatterns = [
    path("publications/", views.PublicationList.as_view(), name="publication_list"),
    path("publications/new/<int:organization>/", views.NewPublication.as_view(), name="publication_new"),
    path("publications/<int:pk>/", views.publication, name="publication"),
    path("publications/<int:pk>/withdraw/", views.WithdrawPublication.as_view(), name="publication_withdraw"),
    path("publications/<int:pk>/file/", views.proof, name="publication_proof"),
    path("publicity/", views.PublicityList.as_view(), name="publicity_list"),
    path("publicity/new/<int:organization>/", views.NewPublicity.as_view(), name="publicity_new"),
    path("publicity/<int:pk>/edit/", views.CorrectPublicity.as_view(), name="publicity_edit"),
    path("notice/<int:pk>/", views.notice_page, name="notice"),
]
