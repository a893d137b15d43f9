from django.db import migrations, models


def nobody_chose_light(apps, schema_editor):
    """Light was what everybody began with; from now on that is the look of the person's system."""
    apps.get_model("ops", "User").objects.filter(theme="light").update(theme="")


class Migration(migrations.Migration):

    dependencies = [
        ('ops', '0002_nightly_work'),
    ]

    operations = [
        migrations.AlterField(
            model_name='user',
            name='theme',
            field=models.CharField(blank=True, choices=[('', 'jak w systemie'), ('light', 'jasny'), ('dark', 'ciemny')], default='', max_length=5, verbose_name='wygląd'),
        ),
        migrations.RunPython(nobody_chose_light, migrations.RunPython.noop),
    ]
