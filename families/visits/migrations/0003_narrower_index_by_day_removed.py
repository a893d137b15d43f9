from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("visits", "0002_index_for_the_reports")]

    operations = [RemoveIndexConcurrently("visit", "visit_by_day")]
