import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessDeniedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='kiedy')),
                ('view_name', models.CharField(max_length=80, verbose_name='nazwa adresu')),
                ('path', models.CharField(max_length=300, verbose_name='ścieżka')),
                ('method', models.CharField(max_length=10, verbose_name='metoda')),
                ('status', models.PositiveSmallIntegerField(verbose_name='odpowiedź')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
            ],
            options={
                'verbose_name': 'odmowa',
                'verbose_name_plural': 'odmowy',
                'indexes': [models.Index(fields=['user', '-at'], name='denied_by_user'), models.Index(fields=['path'], name='denied_by_path', opclasses=['varchar_pattern_ops'])],
            },
        ),
        migrations.CreateModel(
            name='AccessLogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='kiedy')),
                ('view_name', models.CharField(max_length=80, verbose_name='nazwa adresu')),
                ('access_area', models.CharField(max_length=20, verbose_name='część')),
                ('families', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='rodziny')),
                ('emergency', models.BooleanField(default=False, verbose_name='dostęp awaryjny')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
            ],
            options={
                'verbose_name': 'wpis rejestru dostępu',
                'verbose_name_plural': 'rejestr dostępu',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['families'], name='access_by_family'), models.Index(fields=['user', '-at'], name='access_by_user')],
            },
        ),
    ]
