from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("quote/", views.quote_check, name="quote"),
    path("suggest.json", views.suggest, name="suggest"),
]
