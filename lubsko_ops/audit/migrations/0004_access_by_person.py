from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_access_log_persons")]
    operations = [
        AddIndexConcurrently("accesslogentry", GinIndex(fields=["persons"], name="access_by_person")),
    ]
