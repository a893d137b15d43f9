from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0007_new_families_and_order_of_the_archive'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['handed_over_on'], name='assessment_by_day'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['day'], name='contact_by_day'),
        ),
    ]
