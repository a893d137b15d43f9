"""Numbers of identity documents are encrypted like PESEL numbers, in their history too.

A ciphertext is longer than the old column. The rows are encrypted in batches with a transaction each; what is
encrypted already is passed over, so an interrupted migration can be run again.
"""

import django.core.validators
from django.db import connection, migrations, models, transaction

import lubsko_ops.core.fields
from lubsko_ops.core.fields import cipher

TABLES = {"people_person": "id", "people_historicalperson": "history_id"}
BATCH = 2_000
ENCRYPTED = "LIKE 'gAAAA%%'"  # how every ciphertext of Fernet begins


def convert(condition: str, change) -> None:
    """Change the documents that meet the condition, in all tables."""
    for table, key in TABLES.items():
        last = 0
        while rows := _read(table, key, condition, last):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(
                    f'UPDATE "{table}" SET other_document = %s WHERE "{key}" = %s AND other_document = %s',
                    [(change(document), pk, document) for pk, document in rows],
                )
            last = rows[-1][0]


def _read(table: str, key: str, condition: str, last: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{key}", other_document FROM "{table}" '
            f'WHERE "{key}" > %s AND other_document {condition} ORDER BY "{key}" LIMIT %s',
            [last, BATCH],
        )
        return cursor.fetchall()


def encrypt(apps, schema_editor):
    convert(f"<> '' AND NOT other_document {ENCRYPTED}", lambda text: cipher().encrypt(text.encode()).decode())


def decrypt(apps, schema_editor):
    convert(ENCRYPTED, lambda text: cipher().decrypt(text.encode()).decode())


def alter(field: models.Field) -> list:
    return [
        migrations.AlterField(model_name=name, name="other_document", field=field)
        for name in ("person", "historicalperson")
    ]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_initial")]

    operations = [
        *alter(models.TextField(blank=True, default="", verbose_name="inny dokument")),
        migrations.RunPython(encrypt, decrypt),
        *alter(
            lubsko_ops.core.fields.EncryptedTextField(
                blank=True,
                default="",
                validators=[django.core.validators.MaxLengthValidator(120)],
                verbose_name="inny dokument",
            )
        ),
    ]
