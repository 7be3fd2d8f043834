from django.db import migrations, models
from django.db.models import F

import pressoffice.alerts.models


def the_key_until_now(apps, schema_editor):
    """By which the links to leave in letters that have been sent are signed."""
    apps.get_model("alerts", "Subscriber").objects.update(leave_key=F("key"))


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_end_subscriber"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscriber",
            name="leave_key",
            field=models.CharField(editable=False, max_length=32, null=True),
        ),
        migrations.RunPython(the_key_until_now, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="subscriber",
            name="leave_key",
            field=models.CharField(
                default=pressoffice.alerts.models.new_key, editable=False, max_length=32, unique=True
            ),
        ),
    ]
