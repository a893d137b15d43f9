from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("visits", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            "visit",
            models.Index(
                fields=["day", "result", "kind"],
                include=["assistant", "minutes", "entered_at", "areas"],
                name="visit_counted_by_day",
            ),
        ),
    ]
