import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import lubsko_ops.core.temporal
import lubsko_ops.core.fields
import lubsko_ops.accounts.models
import simple_history.models
import uuid
from decimal import Decimal
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),  # exclusion constraints over ids and days
        TrigramExtension(),  # beginnings of words in search keys
        # The shared cache (rate limits): the table Django's createcachetable would make.
        migrations.RunSQL(
            'CREATE TABLE "ops_cache" ('
            '"cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, '
            '"expires" timestamp with time zone NOT NULL);'
            'CREATE INDEX "ops_cache_expires" ON "ops_cache" ("expires");',
            'DROP TABLE "ops_cache";',
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_collation='pl-PL-x-icu', max_length=80, unique=True, verbose_name='nazwa')),
            ],
            options={
                'verbose_name': 'rejon',
                'verbose_name_plural': 'rejony',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('first_name', models.CharField(db_collation='pl-PL-x-icu', max_length=80, verbose_name='imię')),
                ('last_name', models.CharField(db_collation='pl-PL-x-icu', max_length=120, verbose_name='nazwisko')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telefon służbowy')),
                ('theme', models.CharField(choices=[('light', 'jasny'), ('dark', 'ciemny')], default='light', max_length=5, verbose_name='wygląd')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'konto',
                'verbose_name_plural': 'konta',
            },
            managers=[
                ('objects', lubsko_ops.accounts.models.StaffManager()),
            ],
        ),
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('name', models.CharField(max_length=200, verbose_name='pełna nazwa')),
                ('name_locative', models.CharField(blank=True, max_length=200, verbose_name='pełna nazwa w miejscowniku')),
                ('short_name', models.CharField(max_length=60, verbose_name='skrót')),
                ('locality', models.CharField(max_length=80, verbose_name='miejscowość')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adres')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.CharField(blank=True, max_length=120, verbose_name='strona')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
            ],
            options={
                'verbose_name': 'ośrodek',
                'verbose_name_plural': 'ośrodek',
            },
        ),
        migrations.CreateModel(
            name='FirstAdministratorLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='skrót')),
                ('made_at', models.DateTimeField(verbose_name='utworzono')),
                ('used_at', models.DateTimeField(null=True, verbose_name='użyto')),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'odsyłacz pierwszego administratora',
                'verbose_name_plural': 'odsyłacze pierwszego administratora',
            },
        ),
        migrations.CreateModel(
            name='HistoricalCentre',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('name', models.CharField(max_length=200, verbose_name='pełna nazwa')),
                ('name_locative', models.CharField(blank=True, max_length=200, verbose_name='pełna nazwa w miejscowniku')),
                ('short_name', models.CharField(max_length=60, verbose_name='skrót')),
                ('locality', models.CharField(max_length=80, verbose_name='miejscowość')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adres')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.CharField(blank=True, max_length=120, verbose_name='strona')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical ośrodek',
                'verbose_name_plural': 'historical ośrodek',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalContract',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('form', models.CharField(choices=[('employment', 'umowa o pracę, zadaniowy czas pracy'), ('services', 'umowa o świadczenie usług'), ('commissioned', 'podmiot, któremu zlecono zadanie (art. 190)')], max_length=20, verbose_name='forma')),
                ('fraction', models.DecimalField(decimal_places=3, default=1, max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.001')), django.core.validators.MaxValueValidator(1)], verbose_name='wymiar etatu')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
            ],
            options={
                'verbose_name': 'historical umowa',
                'verbose_name_plural': 'historical umowy',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleGrant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('role', models.CharField(choices=[('assistant', 'asystent rodziny'), ('social_worker', 'pracownik socjalny'), ('specialist', 'specjalista'), ('manager', 'kierownik'), ('admin', 'administrator')], max_length=20, verbose_name='rola')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('deputy_for', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zastępuje')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
            ],
            options={
                'verbose_name': 'historical nadanie roli',
                'verbose_name_plural': 'historical nadania ról',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRegionGrant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('history_change_reason', models.TextField(default='')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ops.region', verbose_name='rejon')),
            ],
            options={
                'verbose_name': 'historical przypisanie rejonu',
                'verbose_name_plural': 'historical przypisania rejonów',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SearchQuery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200, verbose_name='zapytanie')),
                ('pesel_key', models.CharField(blank=True, max_length=64, verbose_name='skrót PESEL')),
                ('asked_at', models.DateTimeField(db_index=True, verbose_name='kiedy')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'zapytanie',
                'verbose_name_plural': 'zapytania',
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('form', models.CharField(choices=[('employment', 'umowa o pracę, zadaniowy czas pracy'), ('services', 'umowa o świadczenie usług'), ('commissioned', 'podmiot, któremu zlecono zadanie (art. 190)')], max_length=20, verbose_name='forma')),
                ('fraction', models.DecimalField(decimal_places=3, default=1, max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.001')), django.core.validators.MaxValueValidator(1)], verbose_name='wymiar etatu')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
            ],
            options={
                'verbose_name': 'umowa',
                'verbose_name_plural': 'umowy',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contract_end', violation_error_message='Koniec nie może poprzedzać początku.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='contract_once', violation_error_message='Ta osoba ma już umowę w tym czasie.')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='klucz')),
                ('address', models.CharField(max_length=300, verbose_name='adres formularza')),
                ('title', lubsko_ops.core.fields.SealedTextField(blank=True, verbose_name='tytuł')),
                ('content', lubsko_ops.core.fields.SealedJSONField(blank=True, default=dict, verbose_name='treść')),
                ('saved_at', models.DateTimeField(db_index=True, verbose_name='zapisano')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'szkic',
                'verbose_name_plural': 'szkice',
                'ordering': ['-saved_at'],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ReadEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='kiedy')),
                ('address', models.CharField(max_length=80, verbose_name='nazwa adresu')),
                ('part', models.CharField(choices=[('list', 'lista rodzin'), ('search', 'wyniki wyszukiwania'), ('download', 'pobrana lista rodzin'), ('overview', 'przegląd'), ('people', 'osoby'), ('basics', 'dane rodziny'), ('visits', 'wizyty i kontakty'), ('assignment', 'przydzielenie i podstawa'), ('history', 'historia zmian'), ('access', 'rejestr dostępu'), ('duplicates', 'być może ta sama osoba'), ('draft', 'szkic')], max_length=20, verbose_name='część')),
                ('families', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='rodziny')),
                ('emergency', models.BooleanField(default=False, verbose_name='dostęp awaryjny')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
            ],
            options={
                'verbose_name': 'wpis rejestru dostępu',
                'verbose_name_plural': 'rejestr dostępu',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['families'], name='read_by_family'), models.Index(fields=['user', '-at'], name='read_by_user')],
            },
        ),
        migrations.CreateModel(
            name='RefusalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='kiedy')),
                ('address', models.CharField(max_length=80, verbose_name='nazwa adresu')),
                ('path', models.CharField(max_length=300, verbose_name='ścieżka')),
                ('method', models.CharField(max_length=10, verbose_name='metoda')),
                ('status', models.PositiveSmallIntegerField(verbose_name='odpowiedź')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
            ],
            options={
                'verbose_name': 'odmowa',
                'verbose_name_plural': 'odmowy',
                'indexes': [models.Index(fields=['user', '-at'], name='refusal_by_user'), models.Index(fields=['path'], name='refusal_by_path', opclasses=['varchar_pattern_ops'])],
            },
        ),
        migrations.CreateModel(
            name='RegionGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='ops.region', verbose_name='rejon')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='region_grants', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
            ],
            options={
                'verbose_name': 'przypisanie rejonu',
                'verbose_name_plural': 'przypisania rejonów',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='region_grant_end', violation_error_message='Koniec nie może poprzedzać początku.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('region', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='region_grant_once', violation_error_message='Ta osoba ma już ten rejon w tym czasie.')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='wpisano')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='wersja')),
                ('starts_on', models.DateField(verbose_name='od')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('role', models.CharField(choices=[('assistant', 'asystent rodziny'), ('social_worker', 'pracownik socjalny'), ('specialist', 'specjalista'), ('manager', 'kierownik'), ('admin', 'administrator')], max_length=20, verbose_name='rola')),
                ('deputy_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL, verbose_name='zastępuje')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL, verbose_name='osoba')),
            ],
            options={
                'verbose_name': 'nadanie roli',
                'verbose_name_plural': 'nadania ról',
                'indexes': [models.Index(fields=['user', 'starts_on'], name='role_grant_by_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_grant_end', violation_error_message='Koniec nie może poprzedzać początku.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='role_grant_once', violation_error_message='Ta osoba ma już tę rolę w tym czasie.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['assistant', 'social_worker'])), expressions=[('user', '='), ('role', '<>'), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='role_grant_assistant_or_social_worker', violation_error_message='Pracy asystenta rodziny nie można łączyć z obowiązkami pracownika socjalnego (art. 17 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej).'), models.CheckConstraint(condition=models.Q(('deputy_for', None), ('ends_on__isnull', False), _connector='OR'), name='role_grant_deputy_ends', violation_error_message='Zastępstwo musi mieć ostatni dzień.')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='klucz')),
                ('deed', models.CharField(max_length=80, verbose_name='czynność')),
                ('content_hash', models.CharField(max_length=64, verbose_name='skrót treści')),
                ('content', lubsko_ops.core.fields.SealedJSONField(blank=True, default=dict, verbose_name='treść')),
                ('address', models.CharField(max_length=300, verbose_name='adres formularza')),
                ('result_address', models.CharField(blank=True, max_length=300, verbose_name='adres wyniku')),
                ('result_words', models.CharField(blank=True, max_length=500, verbose_name='odpowiedź')),
                ('sent_at', models.DateTimeField(db_index=True, verbose_name='wysłano')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wysłany formularz',
                'verbose_name_plural': 'wysłane formularze',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_once')],
            },
        ),
    ]
