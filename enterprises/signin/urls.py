from django.urls import path

from enterprises.signin import views

app_name = "signin"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("password/", views.password, name="password"),
    path("identity/", views.identity, name="identity"),
    path("account/", views.account, name="account"),
    path("menu/", views.menu, name="menu"),
]
