from django.urls import path

from . import views

app_name = "alerts"
urlpatterns = [
    path("", views.by_email, name="by-email"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("manage/<str:token>/", views.manage, name="manage"),
    path("leave/<str:token>/", views.leave, name="leave"),
    path("<slug:what>/", views.sign_up, name="sign-up"),
    path("<slug:what>/<slug:about>/", views.sign_up, name="sign-up"),
]
