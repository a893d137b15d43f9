from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("visits", "0003_narrower_index_by_day_removed")]

    operations = [
        AddIndexConcurrently(
            "visit",
            models.Index(
                fields=["day", "result", "kind"],
                include=["assistant", "minutes", "entered_at", "areas", "period"],
                name="visit_counted_by_day_of_work",
            ),
        ),
        RemoveIndexConcurrently("visit", "visit_counted_by_day"),
    ]
