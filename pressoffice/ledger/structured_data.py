"""A joint project, as schema.org names such things."""

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.structured_data import Data, named
from projects.models import Project


def project_data(project: Project) -> Data:
    """Of a public project. Countries and organisations are those that take part, whatever their role.

    No query when participations with their country and organisation are prefetched.
    """
    address = absolute(project.get_absolute_url())
    rows = project.participations.all()
    return {
        "@type": "Project",
        "@id": address,
        "url": address,
        "name": project.name,
        "description": project.summary,
        "identifier": project.code,
        "areaServed": [named("Country", row.country.name) for row in rows if row.country],
        "member": [named("Organization", row.organisation.name) for row in rows if row.organisation],
    }
