"""The project's own form, with a link to its page of the ledger: the projects app lies below this one."""

from django.contrib import admin

from projects.admin import ProjectAdmin
from projects.models import Project

admin.site.unregister(Project)


@admin.register(Project)
class ProjectWithLedgerAdmin(ProjectAdmin):
    change_form_template = "admin/projects/project/change_form.html"
