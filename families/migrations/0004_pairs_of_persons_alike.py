import django.db.models.deletion
from django.db import migrations, models


# The same as families.people.duplicates.candidate_cache finds, as it was when the pairs were first stored.
PAIRS = """SET LOCAL statement_timeout = 0;
WITH person AS (
    SELECT id, pesel_key, born_on, string_to_array(btrim(search_key), ' ') AS words
    FROM families_person WHERE merged_into_id IS NULL
), numbered AS (
    SELECT one.id AS one, other.id AS other
    FROM person one JOIN person other ON one.pesel_key = other.pesel_key AND one.id < other.id
    WHERE one.pesel_key <> ''
), named AS (
    SELECT one.id AS one, other.id AS other
    FROM person one JOIN person other ON one.born_on = other.born_on AND one.id < other.id
    WHERE (one.pesel_key = '' OR other.pesel_key = '') AND (one.words @> other.words OR one.words <@ other.words)
)
INSERT INTO families_alikepair (one_id, other_id)
SELECT one, other FROM numbered
UNION
(SELECT one, other FROM named EXCEPT SELECT one_id, other_id FROM families_notsameperson)"""


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0003_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlikePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person', verbose_name='osoba')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person', verbose_name='inna osoba')),
            ],
            options={
                'verbose_name': 'być może ta sama osoba',
                'verbose_name_plural': 'być może te same osoby',
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='alike_pair_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='alike_pair_ordered')],
            },
        ),
        migrations.RunSQL(PAIRS, migrations.RunSQL.noop),
    ]
