from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_presence_by_window"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="public_hash",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
