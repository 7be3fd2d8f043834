from django.db import migrations

# Their permissions follow after every `migrate`, from the table in pressoffice.accounts.roles.
ROLES = ["Author", "Translator", "Editor", "Chief editor"]


def make_roles(apps, schema_editor):
    for name in ROLES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
