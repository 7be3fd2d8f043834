import re

from django.db import migrations

# As articles.bodies read them when this was written.
LINK = re.compile(r'<a href="/(?:ky|ru|en)/(people|events)/([A-Za-z0-9_-]+)/?(?:[?#][^"]*)?">')


def derive(apps, schema_editor):
    """Without its row a link to a person or an event is plain words from now on."""
    Edition = apps.get_model("articles", "Edition")
    NamedInText = apps.get_model("articles", "NamedInText")
    people = dict(apps.get_model("directory", "Person").objects.values_list("slug", "pk"))
    events = dict(apps.get_model("events", "Event").objects.values_list("code", "pk"))
    linking = Edition.objects.filter(body__contains='<a href="/').values_list("pk", "body")
    for pk, body in linking.iterator():
        links = {(match[1], match[2]) for match in LINK.finditer(body)}
        NamedInText.objects.bulk_create(
            [
                *(
                    NamedInText(edition_id=pk, person_id=people[k])
                    for kind, k in links
                    if kind == "people" and k in people
                ),
                *(
                    NamedInText(edition_id=pk, event_id=events[k])
                    for kind, k in links
                    if kind == "events" and k in events
                ),
            ]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_names_and_presence"),
    ]

    operations = [migrations.RunPython(derive, migrations.RunPython.noop, elidable=True)]
