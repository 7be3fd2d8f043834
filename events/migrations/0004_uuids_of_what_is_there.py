import uuid

from django.db import migrations


def give(apps, schema_editor):
    """The column came with one and the same value for every row."""
    table = apps.get_model("events", "event").objects.using(schema_editor.connection.alias)
    for key in table.values_list("pk", flat=True):
        table.filter(pk=key).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_uuid"),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop, elidable=True),
    ]
