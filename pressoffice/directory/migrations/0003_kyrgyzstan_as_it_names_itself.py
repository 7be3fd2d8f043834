from django.db import migrations

# CLDR has the old Russian name. An office may have changed it already: that stays.
CLDR, OWN = "Киргизия", "Кыргызстан"


def rename(apps, schema_editor):
    countries = apps.get_model("directory", "Country").objects
    countries.filter(code="KG", name_ru=CLDR).update(name_ru=OWN)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_countries_from_cldr")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
