from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
    ]

    operations = [
        migrations.CreateModel(
            name='NightlyJobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, unique=True, verbose_name='nazwa')),
                ('night', models.DateField(verbose_name='noc')),
                ('done_at', models.DateTimeField(verbose_name='kiedy')),
            ],
            options={
                'verbose_name': 'praca nocna',
                'verbose_name_plural': 'prace nocne',
            },
        ),
    ]
