from django.db import migrations

from pressoffice.old_archive.paths import LONGEST, canonical


def rewrite(apps, schema_editor):
    """Where two were one address, it leads to what came in first."""
    brought_in = apps.get_model("old_archive", "BroughtIn").objects.using(schema_editor.connection.alias)
    for row in brought_in.exclude(old_path="").order_by("pk").iterator():
        path = canonical(row.old_path)
        if path == row.old_path:
            continue
        others = brought_in.filter(old_path=path)
        first = others.order_by("pk").first()
        if len(path) > LONGEST or (first is not None and first.pk < row.pk):
            path = ""
        else:
            others.update(old_path="")
        brought_in.filter(pk=row.pk).update(old_path=path)


class Migration(migrations.Migration):
    dependencies = [("old_archive", "0001_old_archive")]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop, elidable=True)]
