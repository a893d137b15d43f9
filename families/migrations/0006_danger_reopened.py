from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0005_indexes_of_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dangerstep',
            name='reopens',
            field=models.BooleanField(db_default=False, default=False, verbose_name='zagrożenie trwa nadal'),
        ),
        migrations.AddField(
            model_name='historicaldangerstep',
            name='reopens',
            field=models.BooleanField(db_default=False, default=False, verbose_name='zagrożenie trwa nadal'),
        ),
        migrations.AddConstraint(
            model_name='dangerstep',
            constraint=models.CheckConstraint(condition=models.Q(('closes', False), ('reopens', False), _connector='OR'), name='danger_step_says_one', violation_error_message='Zagrożenie albo ustało, albo trwa nadal. Wybierz jedno.'),
        ),
    ]
