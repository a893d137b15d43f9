import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),  # extensions and collations: makemigrations does not see it
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('danger', 'sprawdzenie zagrożenia dziecka'), ('basis', 'podstawa pracy z rodziną'), ('first_visit', 'pierwsza wizyta'), ('visit', 'wizyta'), ('plan', 'plan pracy z rodziną'), ('plan_fix', 'poprawa planu'), ('plan_consult', 'konsultacja planu'), ('plan_accept', 'akceptacja planu'), ('plan_sign', 'podpisy pod planem'), ('plan_review', 'przegląd planu'), ('assessment', 'okresowa ocena')], max_length=15, verbose_name='co')),
                ('subject_id', models.BigIntegerField(default=0, verbose_name='wpis')),
                ('due_on', models.DateField(verbose_name='termin')),
                ('since', models.DateField(verbose_name='liczone od')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='zrobione')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='people.family', verbose_name='rodzina')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
            ],
            options={
                'verbose_name': 'obowiązek',
                'verbose_name_plural': 'obowiązki',
                'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['family', 'due_on'], name='deadline_by_family'), models.Index(condition=models.Q(('done_on', None)), fields=['responsible', 'due_on'], name='deadline_by_person'), models.Index(condition=models.Q(('done_on', None)), fields=['kind', 'due_on'], name='deadline_by_kind')],
                'constraints': [models.UniqueConstraint(fields=('family', 'kind', 'subject_id'), name='deadline_once')],
            },
        ),
    ]
