from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ops', '0001_start'),
    ]

    operations = [
        migrations.CreateModel(
            name='NightlyWork',
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
