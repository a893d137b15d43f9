import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import lubsko_ops.centre.dictionaries.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('centre', '0002_norms_citations_and_letterhead'),
    ]

    operations = [
        migrations.CreateModel(
            name='FilingSymbol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('unit', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]*(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]+)*\\Z', 'Znak komórki to litery i cyfry, w razie potrzeby z myślnikiem albo kropką, np. ABC albo ABC.DS.')], verbose_name='znak komórki')),
                ('symbol', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[0-9]{2,6}\\Z', 'Symbol to od dwóch do sześciu cyfr, np. 1234.')], verbose_name='symbol')),
                ('title', models.CharField(max_length=200, verbose_name='hasło')),
                ('category', models.CharField(max_length=4, validators=[django.core.validators.RegexValidator('^(?:A|Bc|BE?[1-9][0-9]?)\\Z', 'Kategoria to A, B albo BE z liczbą lat (B5, BE10) albo Bc.')], verbose_name='kategoria archiwalna')),
                ('year_from', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='od roku')),
                ('year_to', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='do roku')),
                ('purpose', models.CharField(blank=True, choices=[('family_work', 'praca z rodziną')], max_length=20, verbose_name='do czego')),
                ('numbered_elsewhere', models.BooleanField(default=False, verbose_name='numery nadajemy poza aplikacją')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
            ],
            options={
                'verbose_name': 'symbol JRWA',
                'verbose_name_plural': 'symbole JRWA',
                'ordering': ['symbol', 'unit', 'year_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('year_to', None), ('year_to__gte', models.F('year_from')), _connector='OR'), name='symbol_years', violation_error_message='Ostatni rok nie może poprzedzać pierwszego.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('symbol', '='), (lubsko_ops.centre.dictionaries.models.YearRange('year_from', 'year_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='symbol_once', violation_error_message='Ten symbol tej komórki jest już w słowniku w tych latach.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('purpose__gt', '')), expressions=[('purpose', '='), (lubsko_ops.centre.dictionaries.models.YearRange('year_from', 'year_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='symbol_one_for_purpose', violation_error_message='Do tego celu inny symbol jest już używany w tych latach. Zamknij go najpierw ostatnim rokiem.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalFilingSymbol',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('unit', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]*(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]+)*\\Z', 'Znak komórki to litery i cyfry, w razie potrzeby z myślnikiem albo kropką, np. ABC albo ABC.DS.')], verbose_name='znak komórki')),
                ('symbol', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[0-9]{2,6}\\Z', 'Symbol to od dwóch do sześciu cyfr, np. 1234.')], verbose_name='symbol')),
                ('title', models.CharField(max_length=200, verbose_name='hasło')),
                ('category', models.CharField(max_length=4, validators=[django.core.validators.RegexValidator('^(?:A|Bc|BE?[1-9][0-9]?)\\Z', 'Kategoria to A, B albo BE z liczbą lat (B5, BE10) albo Bc.')], verbose_name='kategoria archiwalna')),
                ('year_from', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='od roku')),
                ('year_to', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='do roku')),
                ('purpose', models.CharField(blank=True, choices=[('family_work', 'praca z rodziną')], max_length=20, verbose_name='do czego')),
                ('numbered_elsewhere', models.BooleanField(default=False, verbose_name='numery nadajemy poza aplikacją')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical symbol JRWA',
                'verbose_name_plural': 'historical symbole JRWA',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalInstitution',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('name', models.CharField(max_length=160, verbose_name='nazwa')),
                ('closed_from', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('kind', models.CharField(choices=[('school', 'szkoła'), ('kindergarten', 'przedszkole albo żłobek'), ('counselling', 'poradnia'), ('clinic', 'przychodnia albo szpital'), ('police', 'Policja'), ('court', 'sąd, kurator'), ('pcpr', 'PCPR'), ('commission', 'komisja rozwiązywania problemów alkoholowych'), ('office', 'urząd'), ('ngo', 'organizacja pozarządowa'), ('parish', 'parafia'), ('other', 'inna')], max_length=20, verbose_name='rodzaj')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adres')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='uwagi')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical instytucja',
                'verbose_name_plural': 'historical instytucje',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMeetingPlace',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('name', models.CharField(max_length=160, verbose_name='nazwa')),
                ('closed_from', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adres, sala')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(2000)], verbose_name='liczba miejsc')),
                ('accessible', models.CharField(blank=True, choices=[('yes', 'tak'), ('no', 'nie')], max_length=3, verbose_name='dostępne na wózku')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical miejsce spotkań',
                'verbose_name_plural': 'historical miejsca spotkań',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('name', models.CharField(db_collation='pl-PL-x-icu', max_length=160, verbose_name='nazwa')),
                ('closed_from', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('kind', models.CharField(choices=[('school', 'szkoła'), ('kindergarten', 'przedszkole albo żłobek'), ('counselling', 'poradnia'), ('clinic', 'przychodnia albo szpital'), ('police', 'Policja'), ('court', 'sąd, kurator'), ('pcpr', 'PCPR'), ('commission', 'komisja rozwiązywania problemów alkoholowych'), ('office', 'urząd'), ('ngo', 'organizacja pozarządowa'), ('parish', 'parafia'), ('other', 'inna')], max_length=20, verbose_name='rodzaj')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adres')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='uwagi')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
            ],
            options={
                'verbose_name': 'instytucja',
                'verbose_name_plural': 'instytucje',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), django.db.models.functions.text.Lower('address'), name='institution_once', violation_error_message='Taki wpis z tym adresem już jest w słowniku.')],
            },
        ),
        migrations.CreateModel(
            name='MeetingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('name', models.CharField(db_collation='pl-PL-x-icu', max_length=160, verbose_name='nazwa')),
                ('closed_from', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adres, sala')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(2000)], verbose_name='liczba miejsc')),
                ('accessible', models.CharField(blank=True, choices=[('yes', 'tak'), ('no', 'nie')], max_length=3, verbose_name='dostępne na wózku')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
            ],
            options={
                'verbose_name': 'miejsce spotkań',
                'verbose_name_plural': 'miejsca spotkań',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), django.db.models.functions.text.Lower('address'), name='place_once', violation_error_message='Taki wpis z tym adresem już jest w słowniku.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSymbolCounter',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('kind', models.CharField(choices=[('cases', 'spis spraw')], default='cases', max_length=15, verbose_name='rodzaj')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='ostatni numer')),
                ('given', models.PositiveIntegerField(default=0, verbose_name='ostatni nadany w aplikacji')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('symbol', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centre.filingsymbol', verbose_name='symbol')),
            ],
            options={
                'verbose_name': 'historical licznik',
                'verbose_name_plural': 'historical liczniki',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SymbolCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('kind', models.CharField(choices=[('cases', 'spis spraw')], default='cases', max_length=15, verbose_name='rodzaj')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='ostatni numer')),
                ('given', models.PositiveIntegerField(default=0, verbose_name='ostatni nadany w aplikacji')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('symbol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counters', to='centre.filingsymbol', verbose_name='symbol')),
            ],
            options={
                'verbose_name': 'licznik',
                'verbose_name_plural': 'liczniki',
                'constraints': [models.UniqueConstraint(fields=('symbol', 'year', 'kind'), name='counter_once', violation_error_message='Ktoś właśnie założył ten licznik. Zapisz jeszcze raz.'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('given'))), name='counter_not_below_given', violation_error_message='Ostatni numer nie może być niższy niż już nadany.')],
            },
        ),
    ]
