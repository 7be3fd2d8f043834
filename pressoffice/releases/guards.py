"""What the database refuses of releases: what has gone out together stays written down."""

from pressoffice.publishing.triggers import Guard, of_a_period

DECIDED = "EXISTS (SELECT 1 FROM releases_release r WHERE r.id = {row}.release_id AND r.state = 'published')"

GUARDS = [
    *of_a_period("releases_release"),
    *(
        Guard(
            f"releases_member_stays_{'off' if event == 'insert' else 'on'}_{event}",
            "releases_member",
            DECIDED.format(row="NEW" if event == "insert" else "OLD"),
            "what goes out with a release is settled before its moment is",
            (event,),
        )
        for event in ("insert", "update", "delete")
    ),
]
