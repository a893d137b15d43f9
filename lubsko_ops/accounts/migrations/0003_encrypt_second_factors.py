"""Secrets of code applications and seeds of recovery codes are encrypted, as the application does from now on."""

from cryptography.fernet import InvalidToken
from django.db import migrations

from lubsko_ops.core.fields import cipher

SECRETS = ("secret", "seed")


def is_encrypted(text: str) -> bool:
    try:
        cipher().decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def encrypt(apps, schema_editor):
    for each in apps.get_model("mfa", "Authenticator").objects.filter(data__has_any_keys=SECRETS):
        for name in SECRETS:
            if name in each.data and not is_encrypted(each.data[name]):
                each.data[name] = cipher().encrypt(each.data[name].encode()).decode()
        each.save(update_fields=["data"])


def decrypt(apps, schema_editor):
    for each in apps.get_model("mfa", "Authenticator").objects.filter(data__has_any_keys=SECRETS):
        for name in SECRETS:
            if name in each.data:
                each.data[name] = cipher().decrypt(each.data[name].encode()).decode()
        each.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_session_generation"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
