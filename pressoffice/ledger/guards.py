"""What the database refuses of facts, beyond single rows."""

from pressoffice.publishing.triggers import Guard

SPEAKS_OF = (
    "NOT EXISTS (SELECT 1 FROM articles_passage p JOIN articles_edition e ON e.id = p.edition_id "
    "WHERE e.statement_id = NEW.source_id AND p.project_id = {project})"
)
OF_PROJECT = "NEW.project_id"
OF_MILESTONE = "(SELECT m.project_id FROM ledger_milestone m WHERE m.id = NEW.milestone_id)"
OF_INDICATOR = "(SELECT i.project_id FROM ledger_indicator i WHERE i.id = NEW.indicator_id)"
FACTS = {
    "statuschange": OF_PROJECT,
    "commitment": OF_PROJECT,
    "budgetline": OF_PROJECT,
    "milestonedate": OF_MILESTONE,
    "measurement": OF_INDICATOR,
    "target": OF_INDICATOR,
}
# As Fact.objects.live() has it, at any moment up to now.
WAS_PUBLIC = (
    "EXISTS (SELECT 1 FROM articles_passage p JOIN articles_edition e ON e.id = p.edition_id "
    "JOIN projects_project r ON r.id = p.project_id WHERE e.statement_id = OLD.source_id "
    "AND p.project_id = {project} AND (OLD.words = '' OR p.exact = OLD.words) "
    "AND e.live_from <= {now} AND r.live_from <= {now})"
)

GUARDS = [
    *(
        Guard(
            f"ledger_{table}_source_speaks_of_project",
            f"ledger_{table}",
            SPEAKS_OF.format(project=project),
            "no text of the source speaks of the project",
        )
        for table, project in FACTS.items()
    ),
    *(
        Guard(
            f"ledger_{table}_never_deleted",
            f"ledger_{table}",
            # Not by format(): the clock is put in later.
            WAS_PUBLIC.replace("{project}", project.replace("NEW.", "OLD.")),
            "a fact that was public is never deleted",
            ("delete",),
        )
        for table, project in FACTS.items()
    ),
    Guard(
        "ledger_indicator_with_figures_stays",
        "ledger_indicator",
        "EXISTS (SELECT 1 FROM ledger_indicator i WHERE i.id = NEW.id "
        "AND (i.project_id <> NEW.project_id OR i.unit <> NEW.unit)) "
        "AND (EXISTS (SELECT 1 FROM ledger_measurement m WHERE m.indicator_id = NEW.id) "
        "OR EXISTS (SELECT 1 FROM ledger_target t WHERE t.indicator_id = NEW.id))",
        "figures were stated in this unit about this project",
    ),
    Guard(
        "ledger_milestone_with_dates_stays",
        "ledger_milestone",
        "EXISTS (SELECT 1 FROM ledger_milestone m WHERE m.id = NEW.id AND m.project_id <> NEW.project_id) "
        "AND EXISTS (SELECT 1 FROM ledger_milestonedate d WHERE d.milestone_id = NEW.id)",
        "dates were stated about this project",
    ),
    Guard(
        "ledger_commitment_answers_earlier",
        "ledger_commitment",
        "NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_commitment c "
        "WHERE c.id = NEW.answers_id AND c.project_id = NEW.project_id AND c.stated_on < NEW.stated_on)",
        "the earlier promise is about another project or not of an earlier day",
    ),
    Guard(
        "ledger_commitment_answered_later",
        "ledger_commitment",
        "EXISTS (SELECT 1 FROM ledger_commitment c WHERE c.answers_id = NEW.id "
        "AND (c.project_id <> NEW.project_id OR c.stated_on <= NEW.stated_on))",
        "a later word on this promise would not be later any more",
    ),
]
