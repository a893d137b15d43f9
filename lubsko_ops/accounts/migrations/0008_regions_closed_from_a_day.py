import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def enter_existing(apps, schema_editor):
    """Regions made before they had a history: entered by the first account, with a first version in the history."""
    Region, History = apps.get_model('accounts', 'Region'), apps.get_model('accounts', 'HistoricalRegion')
    user = apps.get_model('accounts', 'User').objects.order_by('pk').first()
    if user is None:
        Region.objects.all().delete()  # without any account nothing can refer to a region
    for region in Region.objects.all():
        at = user.date_joined
        Region.objects.filter(pk=region.pk).update(entered_at=at, entered_by=user, version=1)
        History.objects.create(
            id=region.pk, name=region.name, entered_at=at, entered_by=user, version=1, history_date=at,
            history_type='+', history_user=user, history_change_reason='Rejon sprzed prowadzenia historii',
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_first_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRegion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('name', models.CharField(max_length=160, verbose_name='nazwa')),
                ('closed_from', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical rejon',
                'verbose_name_plural': 'historical rejony',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='region',
            name='closed_from',
            field=models.DateField(blank=True, null=True, verbose_name='zamknięty od'),
        ),
        migrations.AddField(
            model_name='region',
            name='entered_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='wpisano'),
        ),
        migrations.AddField(
            model_name='region',
            name='entered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='region',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja'),
        ),
        migrations.AlterField(
            model_name='region',
            name='name',
            field=models.CharField(db_collation='pl-PL-x-icu', max_length=160, verbose_name='nazwa'),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='region_name_once', violation_error_message='Taki rejon już jest.'),
        ),
        migrations.AddField(
            model_name='historicalregion',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalregion',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(enter_existing, migrations.RunPython.noop, elidable=True),
        # The checks of the foreign keys run before the columns may change.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='region',
            name='entered_at',
            field=models.DateTimeField(editable=False, verbose_name='wpisano'),
        ),
        migrations.AlterField(
            model_name='region',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
    ]
