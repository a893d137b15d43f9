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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseCounter',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='rok')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='ostatni numer')),
            ],
            options={
                'verbose_name': 'licznik spraw',
                'verbose_name_plural': 'liczniki spraw',
            },
        ),
        migrations.CreateModel(
            name='FamilyWithoutWork',
            fields=[
                ('family', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='people.family', verbose_name='rodzina')),
            ],
            options={
                'verbose_name': 'rodzina bez okresu pracy',
                'verbose_name_plural': 'rodziny bez okresu pracy',
            },
        ),
        migrations.CreateModel(
            name='HistoricalLeadWorkerAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.family', verbose_name='rodzina')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('social_worker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pracownik socjalny')),
            ],
            options={
                'verbose_name': 'historical prowadzący pracownik socjalny',
                'verbose_name_plural': 'historical prowadzący pracownicy socjalni',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalWorkPeriod',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('serial', models.PositiveIntegerField(verbose_name='numer w roku')),
                ('closing_reason', models.CharField(blank=True, choices=[('goals_reached', 'osiągnięcie celów'), ('family_stopped', 'zaprzestanie współpracy przez rodzinę'), ('no_effect', 'brak efektów'), ('method_changed', 'zmiana metody pracy'), ('moved', 'inne: zmiana miejsca zamieszkania'), ('children_placed', 'inne: dzieci w pieczy zastępczej bez perspektywy powrotu'), ('authority_lost', 'inne: pozbawienie władzy rodzicielskiej'), ('grown_up', 'inne: pełnoletność dzieci'), ('death', 'inne: zgon'), ('court_lifted', 'inne: uchylenie zobowiązania przez sąd')], max_length=30, verbose_name='powód zakończenia')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.family', verbose_name='rodzina')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical okres pracy',
                'verbose_name_plural': 'historical okresy pracy',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='WorkPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('serial', models.PositiveIntegerField(verbose_name='numer w roku')),
                ('closing_reason', models.CharField(blank=True, choices=[('goals_reached', 'osiągnięcie celów'), ('family_stopped', 'zaprzestanie współpracy przez rodzinę'), ('no_effect', 'brak efektów'), ('method_changed', 'zmiana metody pracy'), ('moved', 'inne: zmiana miejsca zamieszkania'), ('children_placed', 'inne: dzieci w pieczy zastępczej bez perspektywy powrotu'), ('authority_lost', 'inne: pozbawienie władzy rodzicielskiej'), ('grown_up', 'inne: pełnoletność dzieci'), ('death', 'inne: zgon'), ('court_lifted', 'inne: uchylenie zobowiązania przez sąd')], max_length=30, verbose_name='powód zakończenia')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='people.family', verbose_name='rodzina')),
            ],
            options={
                'verbose_name': 'okres pracy',
                'verbose_name_plural': 'okresy pracy',
                'indexes': [models.Index(fields=['family', 'starts_on'], name='period_by_family'), models.Index(fields=['ends_on'], name='period_by_end'), models.Index(fields=['starts_on'], name='period_by_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='period_end', violation_error_message='Koniec nie może poprzedzać początku.'), models.UniqueConstraint(fields=('year', 'serial'), name='period_number_once', violation_error_message='Ten numer sprawy jest już zajęty. Zapisz jeszcze raz.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), (lubsko_ops.core.temporal.InclusiveDateRange(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='period_once', violation_error_message='Z tą rodziną trwa już praca w tym czasie.'), models.CheckConstraint(condition=models.Q(models.Q(('closing_reason', ''), ('ends_on', None)), models.Q(('closing_reason__gt', ''), ('ends_on__isnull', False)), _connector='OR'), name='period_end_with_reason', violation_error_message='Zakończenie pracy wymaga daty i powodu.')],
            },
        ),
        migrations.CreateModel(
            name='LeadWorkerAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='people.family', verbose_name='rodzina')),
                ('social_worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_families', to=settings.AUTH_USER_MODEL, verbose_name='pracownik socjalny')),
            ],
            options={
                'verbose_name': 'prowadzący pracownik socjalny',
                'verbose_name_plural': 'prowadzący pracownicy socjalni',
                'indexes': [models.Index(fields=['social_worker', 'starts_on'], name='lead_by_worker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='lead_end', violation_error_message='Koniec nie może poprzedzać początku.'), models.CheckConstraint(condition=models.Q(models.Q(('end_cause', ''), ('planned_end', None)), models.Q(('end_cause__in', ('lead_changed',)), ('ends_on__isnull', False), models.Q(('planned_end', None), ('planned_end__gte', models.F('ends_on')), _connector='OR')), _connector='OR'), name='lead_early_end', violation_error_message='Wcześniejszy koniec ma dzień i przyczynę.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), (lubsko_ops.core.temporal.InclusiveDateRange(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='lead_once', violation_error_message='Rodzina ma już prowadzącego w tym czasie.')],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('kind', models.CharField(choices=[('consent', 'zgoda'), ('court', 'zobowiązanie sądu'), ('za_zyciem', 'Za życiem'), ('minor_parent', 'małoletni rodzic')], max_length=20, verbose_name='podstawa')),
                ('reference', models.CharField(blank=True, max_length=120, verbose_name='sygnatura albo numer pisma')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód końca')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='osoba')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'podstawa pracy',
                'verbose_name_plural': 'podstawy pracy',
                'indexes': [models.Index(fields=['ends_on'], name='basis_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='basis_end', violation_error_message='Koniec nie może poprzedzać początku.'), models.CheckConstraint(condition=models.Q(models.Q(('end_cause', ''), ('planned_end', None)), models.Q(('end_cause__in', ('death',)), ('ends_on__isnull', False), models.Q(('planned_end', None), ('planned_end__gte', models.F('ends_on')), _connector='OR')), _connector='OR'), name='basis_early_end', violation_error_message='Wcześniejszy koniec ma dzień i przyczynę.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['consent', 'minor_parent']), _negated=True), ('person__isnull', False), _connector='OR'), name='basis_consent_names_person', violation_error_message='Wskaż osobę, która wyraziła zgodę albo jest małoletnim rodzicem.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLegalBasis',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('kind', models.CharField(choices=[('consent', 'zgoda'), ('court', 'zobowiązanie sądu'), ('za_zyciem', 'Za życiem'), ('minor_parent', 'małoletni rodzic')], max_length=20, verbose_name='podstawa')),
                ('reference', models.CharField(blank=True, max_length=120, verbose_name='sygnatura albo numer pisma')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód końca')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person', verbose_name='osoba')),
                ('period', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'historical podstawa pracy',
                'verbose_name_plural': 'historical podstawy pracy',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('kind', models.CharField(choices=[('leading', 'prowadzi'), ('stand_in', 'zastępuje'), ('accompanying', 'towarzyszy'), ('monitoring', 'monitoruje')], default='leading', max_length=15, verbose_name='rodzaj')),
                ('override_reason', models.CharField(blank=True, max_length=500, verbose_name='powód przekroczenia limitu')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('assistant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'historical przydzielenie asystenta',
                'verbose_name_plural': 'historical przydzielenia asystentów',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('death', 'śmierć osoby'), ('handed_over', 'przekazanie rodziny innemu asystentowi'), ('taken_over', 'przejęcie prowadzenia rodziny przez tego samego asystenta'), ('lead_changed', 'zmiana prowadzącego pracownika socjalnego')], editable=False, max_length=15, verbose_name='przyczyna końca')),
                ('planned_end', models.DateField(blank=True, editable=False, null=True, verbose_name='planowany ostatni dzień')),
                ('kind', models.CharField(choices=[('leading', 'prowadzi'), ('stand_in', 'zastępuje'), ('accompanying', 'towarzyszy'), ('monitoring', 'monitoruje')], default='leading', max_length=15, verbose_name='rodzaj')),
                ('override_reason', models.CharField(blank=True, max_length=500, verbose_name='powód przekroczenia limitu')),
                ('assistant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='caseload.workperiod', verbose_name='okres pracy')),
            ],
            options={
                'verbose_name': 'przydzielenie asystenta',
                'verbose_name_plural': 'przydzielenia asystentów',
                'indexes': [models.Index(fields=['assistant', 'starts_on'], name='assignment_by_assistant'), models.Index(fields=['period', 'starts_on'], name='assignment_by_period'), models.Index(fields=['ends_on'], name='assignment_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assignment_end', violation_error_message='Koniec nie może poprzedzać początku.'), models.CheckConstraint(condition=models.Q(models.Q(('end_cause', ''), ('planned_end', None)), models.Q(('end_cause__in', ('handed_over', 'taken_over')), ('ends_on__isnull', False), models.Q(('planned_end', None), ('planned_end__gte', models.F('ends_on')), _connector='OR')), _connector='OR'), name='assignment_early_end', violation_error_message='Wcześniejszy koniec ma dzień i przyczynę.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'leading')), expressions=[('period', '='), (lubsko_ops.core.temporal.InclusiveDateRange(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='assignment_one_leading', violation_error_message='Rodzina ma już asystenta prowadzącego w tym czasie.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('period', '='), ('assistant', '='), (lubsko_ops.core.temporal.InclusiveDateRange(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='assignment_once', violation_error_message='Ten asystent jest już przydzielony tej rodzinie w tym czasie.')],
            },
        ),
    ]
