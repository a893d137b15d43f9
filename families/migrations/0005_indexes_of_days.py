from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0004_pairs_of_persons_alike'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['ends_on'], name='assignment_by_end'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['day', 'result'], name='visit_by_day'),
        ),
        migrations.AddIndex(
            model_name='workbasis',
            index=models.Index(fields=['ends_on'], name='basis_by_end'),
        ),
        migrations.AddIndex(
            model_name='workperiod',
            index=models.Index(fields=['ends_on'], name='period_by_end'),
        ),
    ]
