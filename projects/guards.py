"""What the database refuses of projects and agreements that were public."""

from pressoffice.publishing.triggers import of_a_period

GUARDS = [
    *of_a_period("projects_project", permanent=["code", "uuid"]),
    *of_a_period("projects_agreement", permanent=["code"]),
]
