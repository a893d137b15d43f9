from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ops', "0003_look_of_the_system"),
    ]

    operations = [
        migrations.AlterField(
            model_name='readentry',
            name='part',
            field=models.CharField(choices=[('list', 'lista rodzin'), ('search', 'wyniki wyszukiwania'), ('download', 'pobrana lista rodzin'), ('overview', 'przegląd'), ('people', 'osoby'), ('basics', 'dane rodziny'), ('visits', 'wizyty i kontakty'), ('plan', 'plan pracy'), ('assignment', 'przydzielenie i podstawa'), ('history', 'historia zmian'), ('access', 'rejestr dostępu'), ('duplicates', 'być może ta sama osoba'), ('draft', 'szkic')], max_length=20, verbose_name='część'),
        ),
    ]
