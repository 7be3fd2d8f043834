from django.db import migrations

from articles.chain import hash_of, record_of

TOGETHER = 200


def hash_all(apps, schema_editor):
    """By series from its first edition on, scheduled ones as well."""
    Edition = apps.get_model("articles", "Edition")
    Statement = apps.get_model("articles", "Statement")
    last = 0
    while portion := list(
        Statement.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:TOGETHER]
    ):
        last = portion[-1]
        editions = Edition.objects.filter(statement__in=portion, state="published")
        hashes = {}
        hashed = []
        for edition in editions.select_related("statement").order_by("statement", "language", "number"):
            series = edition.statement_id, edition.language
            edition.public_hash = hashes[series] = hash_of(
                record_of(edition, previous=hashes.get(series, ""))
            )
            hashed.append(edition)
        Edition.objects.bulk_update(hashed, ["public_hash"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_public_hash"),
    ]

    operations = [migrations.RunPython(hash_all, migrations.RunPython.noop, elidable=True)]
