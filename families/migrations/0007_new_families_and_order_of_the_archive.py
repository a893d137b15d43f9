import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FILL = """INSERT INTO families_notbegun (family_id)
SELECT id FROM families_family family
WHERE NOT EXISTS (SELECT FROM families_workperiod WHERE family_id = family.id)"""


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0001_start_to_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NotBegun',
            fields=[
                ('family', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='families.family', verbose_name='rodzina')),
            ],
            options={
                'verbose_name': 'rodzina bez okresu pracy',
                'verbose_name_plural': 'rodziny bez okresu pracy',
            },
        ),
        migrations.AddIndex(
            model_name='workperiod',
            index=models.Index(fields=['starts_on'], name='period_by_start'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
