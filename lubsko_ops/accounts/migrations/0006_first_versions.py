"""Accounts that were there before their history get a first version, so that the next change has a before."""

from django.db import migrations


def add_first_versions(apps, schema_editor):
    user_model, version_model = (apps.get_model("accounts", name) for name in ("User", "HistoricalUser"))
    names = {field.name for field in version_model._meta.concrete_fields}
    kept = [field for field in user_model._meta.concrete_fields if field.name in names]
    version_model.objects.bulk_create(
        version_model(
            history_date=user.date_joined,
            history_type="+",
            history_change_reason="Konto sprzed prowadzenia historii",
            **{field.attname: getattr(user, field.attname) for field in kept},
        )
        for user in user_model.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_accounts_and_links")]

    operations = [migrations.RunPython(add_first_versions, migrations.RunPython.noop, elidable=True)]
