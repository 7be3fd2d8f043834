from babel import Locale
from django.db import migrations

# ISO 3166-1 alpha-2 codes, as CLDR lists them, less the groupings and exceptional reservations.
NOT_COUNTRIES = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ", "CQ"}


def write_countries(apps, schema_editor):
    territories = {code: Locale(code).territories for code in ("ky", "ru", "en")}
    codes = sorted(
        code for code in territories["en"] if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    )
    apps.get_model("directory", "Country").objects.bulk_create(
        apps.get_model("directory", "Country")(
            code=code,
            name_ky=territories["ky"].get(code) or territories["ru"].get(code) or territories["en"][code],
            name_ru=territories["ru"].get(code) or territories["en"][code],
            name_en=territories["en"][code],
        )
        for code in codes
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(write_countries, migrations.RunPython.noop)]
