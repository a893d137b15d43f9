import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
        ('caseload', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalAssessment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('covers_from', models.DateField(verbose_name='okres oceny od')),
                ('covers_to', models.DateField(verbose_name='okres oceny do')),
                ('handed_over_on', models.DateField(verbose_name='przekazana dnia')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('author', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'historical okresowa ocena',
                'verbose_name_plural': 'historical okresowe oceny',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('covers_from', models.DateField(verbose_name='okres oceny od')),
                ('covers_to', models.DateField(verbose_name='okres oceny do')),
                ('handed_over_on', models.DateField(verbose_name='przekazana dnia')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'okresowa ocena',
                'verbose_name_plural': 'okresowe oceny',
                'indexes': [models.Index(fields=['period', '-handed_over_on'], name='assessment_by_period'), models.Index(fields=['handed_over_on'], name='assessment_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('covers_from__lte', models.F('covers_to')), ('covers_to__lte', models.F('handed_over_on'))), name='assessment_days', violation_error_message='Okres oceny kończy się najpóźniej w dniu jej przekazania.')],
            },
        ),
    ]
