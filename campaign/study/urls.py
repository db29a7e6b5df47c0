"""Addresses of study."""

from django.urls import path

from campaign.study import activity_views, material_views, views

app_name = "study"
urlpatterns = [
    path("makeups/", views.MakeUpList.as_view(), name="makeup_list"),
    path("makeups/new/", views.makeup_new, name="makeup_new"),
    path("makeups/<int:pk>/undo/", views.makeup_undo, name="makeup_undo"),
    path("study/hours/", views.hours, name="hours"),
    path("study/figures/", views.figures, name="figures"),
    path("study/categories/", views.categories, name="categories"),
    path("study/reading/", material_views.reading, name="reading"),
    path("study/materials/", material_views.MaterialList.as_view(), name="material_list"),
    path("study/materials/new/", material_views.MaterialNew.as_view(), name="material_new"),
    path("study/materials/<int:pk>/", material_views.material, name="material"),
    path("study/materials/<int:pk>/change/", material_views.MaterialEdit.as_view(), name="material_edit"),
    path("study/materials/<int:pk>/withdraw/", material_views.MaterialWithdraw.as_view(), name="material_withdraw"),
    path("study/materials/<int:pk>/file/", material_views.material_file, name="material_file"),
    path("study/sessions/<int:pk>/", material_views.Studied.as_view(), name="studied"),
    path("study/applied/", material_views.NoteList.as_view(), name="note_list"),
    path("study/applied/<int:pk>/select/", material_views.note_select, name="note_select"),
    path("study/activities/", activity_views.ActivityList.as_view(), name="activity_list"),
    path("study/activities/new/", activity_views.ActivityNew.as_view(), name="activity_new"),
    path("study/activities/<int:pk>/", activity_views.activity, name="activity"),
    path("study/activities/<int:pk>/outcome/", activity_views.ActivityOutcome.as_view(), name="activity_outcome"),
    path("study/activities/<int:pk>/photo/", activity_views.ActivityPhotoNew.as_view(), name="activity_photo_new"),
    path("study/activities/<int:pk>/withdraw/", activity_views.ActivityWithdraw.as_view(), name="activity_withdraw"),
    path("study/birthdays/", activity_views.birthdays, name="birthdays"),
    path("study/photos/<int:pk>/", activity_views.photo, name="photo"),
]
