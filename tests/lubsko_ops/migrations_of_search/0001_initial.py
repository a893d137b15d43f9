"""Stands for the first migration of the app, which is applied."""

from django.db import migrations


class Migration(migrations.Migration):
    operations = []
