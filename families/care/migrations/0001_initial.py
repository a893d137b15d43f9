import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import lubsko_ops.core.temporal
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalPlacement',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('form', models.CharField(choices=[('related', 'rodzina zastępcza spokrewniona'), ('unprofessional', 'rodzina zastępcza niezawodowa'), ('professional', 'rodzina zastępcza zawodowa'), ('family_home', 'rodzinny dom dziecka'), ('institution', 'placówka opiekuńczo-wychowawcza'), ('other', 'inna forma')], max_length=15, verbose_name='forma pieczy')),
                ('returned', models.BooleanField(default=False, verbose_name='wróciło do rodziny')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.family', verbose_name='rodzina')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person', verbose_name='dziecko')),
            ],
            options={
                'verbose_name': 'historical umieszczenie w pieczy zastępczej',
                'verbose_name_plural': 'historical umieszczenia w pieczy zastępczej',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('form', models.CharField(choices=[('related', 'rodzina zastępcza spokrewniona'), ('unprofessional', 'rodzina zastępcza niezawodowa'), ('professional', 'rodzina zastępcza zawodowa'), ('family_home', 'rodzinny dom dziecka'), ('institution', 'placówka opiekuńczo-wychowawcza'), ('other', 'inna forma')], max_length=15, verbose_name='forma pieczy')),
                ('returned', models.BooleanField(default=False, verbose_name='wróciło do rodziny')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='people.family', verbose_name='rodzina')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='people.person', verbose_name='dziecko')),
            ],
            options={
                'verbose_name': 'umieszczenie w pieczy zastępczej',
                'verbose_name_plural': 'umieszczenia w pieczy zastępczej',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='placement_end', violation_error_message='Koniec nie może poprzedzać początku.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), ('person', '='), (lubsko_ops.core.temporal.InclusiveDateRange(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='placement_once', violation_error_message='To dziecko jest już w pieczy w tym czasie.'), models.CheckConstraint(condition=models.Q(('returned', False), ('ends_on__isnull', False), _connector='OR'), name='placement_return_has_day', violation_error_message='Powrót do rodziny ma swój dzień.')],
            },
        ),
    ]
