from django.db import migrations

from lubsko_ops.core.search_keys import build_search_key

BATCH = 5_000


def _rebuild(model, get_key):
    """In batches, each with a transaction of its own."""
    last = 0
    while rows := list(model.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last, changed = rows[-1].pk, []
        for row in rows:
            key = get_key(row)
            if row.search_key != key:
                row.search_key = key
                changed.append(row)
        model.objects.bulk_update(changed, ["search_key"], batch_size=500)


def rebuild_keys(apps, schema_editor):
    """Names with an apostrophe are found in one word too, and people by their earlier surnames."""
    family, person, address, version = (
        apps.get_model("people", name) for name in ("Family", "Person", "Address", "HistoricalPerson")
    )
    surnames = {}
    for pk, surname in version.objects.order_by("history_id").values_list("id", "last_name").iterator():
        surnames.setdefault(pk, {})[surname] = None

    def person_key(row):
        earlier = [each for each in surnames.get(row.pk, ()) if each != row.last_name]
        return build_search_key(row.first_name, row.last_name, *row.other_spellings, *earlier)[:1200]

    _rebuild(family, lambda row: build_search_key(row.name)[:600])
    _rebuild(person, person_key)
    _rebuild(address, lambda row: build_search_key(row.street, row.house, row.flat, row.locality)[:600])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("people", "0004_person_merge")]
    operations = [migrations.RunPython(rebuild_keys, migrations.RunPython.noop)]
