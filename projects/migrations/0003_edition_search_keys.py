from django.db import migrations

from lubsko_ops.core.search_keys import build_search_key


def fill_keys(apps, schema_editor):
    """The words of the title, by which a project is searched."""
    edition_model = apps.get_model("projects", "Edition")
    for edition in edition_model.objects.select_related("line"):
        edition.search_key = build_search_key(edition.title, edition.line.title)[:1000]
        edition.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_participants_and_groups")]
    operations = [migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True)]
