"""Readings of indicators: the value of a day with its source, instead of one value of the goal."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0006_invoices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only the code forgets the column: the release that still runs reads and writes it. The next one drops it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name='historicalspecificgoal', name='reached'),
                migrations.RemoveField(model_name='specificgoal', name='reached'),
            ]
        ),
        migrations.AddField(
            model_name='historicalspecificgoal',
            name='computed_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='skąd wartość osiągnięta'),
        ),
        migrations.AddField(
            model_name='specificgoal',
            name='computed_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='skąd wartość osiągnięta'),
        ),
        migrations.CreateModel(
            name='HistoricalIndicatorReading',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('history_change_reason', models.TextField(default='')),
                ('day', models.DateField(verbose_name='z dnia')),
                ('value', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0, 'Wpisz liczbę od zera w górę.')], verbose_name='wartość')),
                ('source', models.CharField(max_length=300, verbose_name='skąd wiadomo')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('goal', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.specificgoal', verbose_name='cel szczegółowy')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical pomiar wskaźnika',
                'verbose_name_plural': 'historical pomiary wskaźników',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='IndicatorReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('day', models.DateField(verbose_name='z dnia')),
                ('value', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0, 'Wpisz liczbę od zera w górę.')], verbose_name='wartość')),
                ('source', models.CharField(max_length=300, verbose_name='skąd wiadomo')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='projects.specificgoal', verbose_name='cel szczegółowy')),
            ],
            options={
                'verbose_name': 'pomiar wskaźnika',
                'verbose_name_plural': 'pomiary wskaźników',
                'constraints': [models.UniqueConstraint(fields=('goal', 'day'), name='indicator_read_once_a_day', violation_error_message='Ten wskaźnik ma już pomiar z tego dnia.'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='indicator_reading_not_negative', violation_error_message='Wpisz liczbę od zera w górę.')],
            },
        ),
    ]
