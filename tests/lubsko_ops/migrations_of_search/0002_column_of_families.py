from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE people_family ADD COLUMN migrated integer",
            "ALTER TABLE people_family DROP COLUMN migrated",
        )
    ]
