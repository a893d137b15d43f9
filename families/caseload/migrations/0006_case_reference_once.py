import django.core.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caseload', '0005_origin_of_rows'),
        ('people', '0005_search_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalworkperiod',
            name='case_reference',
            field=models.CharField(blank=True, db_default='', default='', max_length=80, validators=[django.core.validators.RegexValidator('^[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]*(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]+)*\\.[0-9]{2,6}\\.[0-9]{1,6}(?:\\.[0-9]{1,4})?\\.(?:19|20)[0-9]{2}(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż]{1,6})?\\Z', 'Znak sprawy to znak komórki, symbol, numer i rok po kropkach, np. ABC.1234.12.2026.')], verbose_name='znak sprawy'),
        ),
        migrations.AlterField(
            model_name='workperiod',
            name='case_reference',
            field=models.CharField(blank=True, db_default='', default='', max_length=80, validators=[django.core.validators.RegexValidator('^[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]*(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]+)*\\.[0-9]{2,6}\\.[0-9]{1,6}(?:\\.[0-9]{1,4})?\\.(?:19|20)[0-9]{2}(?:\\.[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż]{1,6})?\\Z', 'Znak sprawy to znak komórki, symbol, numer i rok po kropkach, np. ABC.1234.12.2026.')], verbose_name='znak sprawy'),
        ),
        migrations.AddConstraint(
            model_name='workperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('case_reference__gt', '')), fields=('case_reference',), name='period_reference_once', violation_error_message='Ten znak sprawy nosi już inny okres pracy. Sprawdź numer w spisie spraw.'),
        ),
    ]
