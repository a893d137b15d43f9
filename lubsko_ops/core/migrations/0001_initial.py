from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Extensions every other app's constraints and indexes stand on, and the table of the database cache."""

    initial = True
    dependencies = []

    operations = [
        BtreeGistExtension(),  # exclusion constraints over ids and days
        TrigramExtension(),  # beginnings of words in search keys
        # The shared cache (rate limits): the table Django's createcachetable would make.
        migrations.RunSQL(
            'CREATE TABLE "core_cache" ('
            '"cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, '
            '"expires" timestamp with time zone NOT NULL);'
            'CREATE INDEX "core_cache_expires" ON "core_cache" ("expires");',
            'DROP TABLE "core_cache";',
        ),
    ]
