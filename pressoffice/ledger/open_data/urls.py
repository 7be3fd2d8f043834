"""Addresses under "projects/", included before the pages of projects: `data.json` is no project's code."""

from django.urls import path

from . import views

urlpatterns = [
    path("data.json", views.record, name="data-json"),
    path("projects.csv", views.projects_table, name="data-projects-csv"),
    path("facts.csv", views.facts_table, name="data-facts-csv"),
    path("iati.xml", views.iati, name="data-iati"),
    path("oc4ids.json", views.oc4ids, name="data-oc4ids"),
    path("<slug:code>/data.json", views.record, name="data-project-json"),
    path("<slug:code>/facts.csv", views.facts_table, name="data-project-facts-csv"),
    path("<slug:code>/iati.xml", views.iati, name="data-project-iati"),
    path("<slug:code>/oc4ids.json", views.oc4ids, name="data-project-oc4ids"),
]
