import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import lubsko_ops.core.temporal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('families', '0001_start'),
        ('ops', '0001_start'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='address',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='address',
            name='region',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ops.region', verbose_name='rejon'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='agreementtick',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='families.agreement', verbose_name='ustalenie'),
        ),
        migrations.AddField(
            model_name='agreementtick',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assistant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='contact',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL, verbose_name='kto'),
        ),
        migrations.AddField(
            model_name='contact',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='dangerreport',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='dangerstep',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='dangerstep',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='families.dangerreport', verbose_name='zagrożenie'),
        ),
        migrations.AddField(
            model_name='duty',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL, verbose_name='kto'),
        ),
        migrations.AddField(
            model_name='family',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='duty',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='address',
            name='family',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='familycategory',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='familycategory',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='familyproblem',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='familyproblem',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='region',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ops.region', verbose_name='rejon'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalagreementtick',
            name='agreement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.agreement', verbose_name='ustalenie'),
        ),
        migrations.AddField(
            model_name='historicalagreementtick',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalagreementtick',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='author',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalassignment',
            name='assistant',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='historicalassignment',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalassignment',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='author',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto'),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldangerreport',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicaldangerreport',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldangerstep',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicaldangerstep',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldangerstep',
            name='report',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.dangerreport', verbose_name='zagrożenie'),
        ),
        migrations.AddField(
            model_name='historicalfamily',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalfamily',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalfamilycategory',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalfamilycategory',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalfamilycategory',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalfamilyproblem',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalfamilyproblem',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalfamilyproblem',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalmembership',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalmembership',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalmembership',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalnotsameperson',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalnotsameperson',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalperson',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalperson',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalphone',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalphone',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalphone',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpresence',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalpresence',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsocialworkerlead',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalsocialworkerlead',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalsocialworkerlead',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsocialworkerlead',
            name='social_worker',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pracownik socjalny'),
        ),
        migrations.AddField(
            model_name='historicalvisit',
            name='assistant',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='historicalvisit',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalvisit',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalworkbasis',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalworkbasis',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalworkperiod',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='historicalworkperiod',
            name='family',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicalworkperiod',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='membership',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='membership',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.membership', verbose_name='członek rodziny'),
        ),
        migrations.AddField(
            model_name='address',
            name='membership',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='families.membership', verbose_name='członek rodziny'),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='person',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='połączono z osobą'),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='inna osoba'),
        ),
        migrations.AddField(
            model_name='membership',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicalworkbasis',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicalpresence',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicalphone',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='czyj'),
        ),
        migrations.AddField(
            model_name='historicalperson',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='połączono z osobą'),
        ),
        migrations.AddField(
            model_name='historicalnotsameperson',
            name='one',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicalnotsameperson',
            name='other',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='inna osoba'),
        ),
        migrations.AddField(
            model_name='historicalmembership',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='withheld_from',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.person', verbose_name='nie ujawniać osobie'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='address',
            name='withheld_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='nie ujawniać osobie'),
        ),
        migrations.AddField(
            model_name='phone',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='phone',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='phone',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='families.person', verbose_name='czyj'),
        ),
        migrations.AddField(
            model_name='presence',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='presence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='socialworkerlead',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='socialworkerlead',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='socialworkerlead',
            name='social_worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_families', to=settings.AUTH_USER_MODEL, verbose_name='pracownik socjalny'),
        ),
        migrations.AddField(
            model_name='visit',
            name='assistant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to=settings.AUTH_USER_MODEL, verbose_name='asystent rodziny'),
        ),
        migrations.AddField(
            model_name='visit',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='presence',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='historicalpresence',
            name='visit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='historicaldangerreport',
            name='visit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='historicalagreementtick',
            name='visit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='historicalagreement',
            name='visit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='dangerreport',
            name='visit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='danger', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='agreementtick',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='families.visit', verbose_name='wizyta'),
        ),
        migrations.AddField(
            model_name='workbasis',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='workbasis',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.person', verbose_name='osoba'),
        ),
        migrations.AddField(
            model_name='workperiod',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        migrations.AddField(
            model_name='workperiod',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='families.family', verbose_name='rodzina'),
        ),
        migrations.AddField(
            model_name='workbasis',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='visit',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='historicalworkbasis',
            name='period',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='historicalvisit',
            name='period',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='period',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='historicalassignment',
            name='period',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='period',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='contact',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='families.workperiod', verbose_name='okres pracy'),
        ),
        migrations.AddIndex(
            model_name='dangerstep',
            index=models.Index(fields=['report', 'day'], name='danger_step_by_report'),
        ),
        migrations.AddIndex(
            model_name='family',
            index=models.Index(fields=['name', 'id'], name='family_by_name'),
        ),
        migrations.AddIndex(
            model_name='family',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='family_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_on', None)), fields=['family', 'due_on'], name='duty_by_family'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_on', None)), fields=['responsible', 'due_on'], name='duty_by_person'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_on', None)), fields=['kind', 'due_on'], name='duty_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('family', 'kind', 'about'), name='duty_once'),
        ),
        migrations.AddConstraint(
            model_name='familycategory',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='category_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='familycategory',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='category_once', violation_error_message='Rodzina ma już kategorię w tym czasie.'),
        ),
        migrations.AddConstraint(
            model_name='familyproblem',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='problem_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='familyproblem',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), ('problem', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='problem_once', violation_error_message='Ten problem jest już zapisany w tym czasie.'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='person_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('pesel_key', ''), _negated=True), fields=['pesel_key'], name='person_by_pesel'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['born_on'], name='person_by_birth'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pesel_key', ''), ('pesel_missing__gt', '')), models.Q(('pesel_key__gt', ''), ('pesel_missing', '')), _connector='OR'), name='person_pesel_or_reason', violation_error_message='Wpisz PESEL albo wybierz powód, dla którego go nie ma.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('died_on', None), ('born_on', None), ('died_on__gte', models.F('born_on')), _connector='OR'), name='person_died_after_birth', violation_error_message='Data śmierci nie może poprzedzać daty urodzenia.'),
        ),
        migrations.AddConstraint(
            model_name='notsameperson',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='not_same_person_once', violation_error_message='O tych dwóch osobach zapisano już, że są różne.'),
        ),
        migrations.AddConstraint(
            model_name='notsameperson',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='not_same_person_ordered', violation_error_message='Porównuje się dwie różne osoby.'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['family', 'starts_on'], name='membership_by_family'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), ('person', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='membership_once', violation_error_message='Ta osoba należy już do tej rodziny w tym czasie.'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='address_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['family', 'starts_on'], name='address_by_family'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(condition=models.Q(('family__isnull', False)), fields=['region', 'family'], name='address_by_region'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='address_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family', None), ('membership__isnull', False)), models.Q(('family__isnull', False), ('membership', None)), _connector='OR'), name='address_of_family_or_member', violation_error_message='Adres należy do rodziny albo do jednej osoby.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('family__isnull', False)), expressions=[('family', '='), ('kind', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='address_of_family_once', violation_error_message='Rodzina ma już taki adres w tym czasie.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('membership__isnull', False)), expressions=[('membership', '='), ('kind', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='address_of_member_once', violation_error_message='Ta osoba ma już taki adres w tym czasie.'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['family'], name='phone_by_family'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['digits'], name='phone_by_digits'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='phone_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), ('digits', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='phone_once', violation_error_message='Ten numer jest już zapisany w tej teczce.'),
        ),
        migrations.AddIndex(
            model_name='socialworkerlead',
            index=models.Index(fields=['social_worker', 'starts_on'], name='lead_by_worker'),
        ),
        migrations.AddConstraint(
            model_name='socialworkerlead',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='lead_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='socialworkerlead',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='lead_once', violation_error_message='Rodzina ma już prowadzącego w tym czasie.'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('visit', 'person'), name='presence_once', violation_error_message='Ta osoba jest już zaznaczona.'),
        ),
        migrations.AddConstraint(
            model_name='agreementtick',
            constraint=models.UniqueConstraint(fields=('agreement', 'visit'), name='agreement_ticked_once', violation_error_message='To ustalenie jest już rozliczone na tej wizycie.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_by__gt', ''), ('person', None)), models.Q(('agreed_by', ''), ('person__isnull', False)), _connector='OR'), name='agreement_names_who', violation_error_message='Wybierz, kto ma to zrobić.'),
        ),
        migrations.AddIndex(
            model_name='workperiod',
            index=models.Index(fields=['family', 'starts_on'], name='period_by_family'),
        ),
        migrations.AddConstraint(
            model_name='workperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='period_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='workperiod',
            constraint=models.UniqueConstraint(fields=('year', 'serial'), name='period_number_once', violation_error_message='Ten numer sprawy jest już zajęty. Zapisz jeszcze raz.'),
        ),
        migrations.AddConstraint(
            model_name='workperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('family', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='period_once', violation_error_message='Z tą rodziną trwa już praca w tym czasie.'),
        ),
        migrations.AddConstraint(
            model_name='workperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closing_reason', ''), ('ends_on', None)), models.Q(('closing_reason__gt', ''), ('ends_on__isnull', False)), _connector='OR'), name='period_end_with_reason', violation_error_message='Zakończenie pracy wymaga daty i powodu.'),
        ),
        migrations.AddConstraint(
            model_name='workbasis',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='basis_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='workbasis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['consent', 'minor_parent']), _negated=True), ('person__isnull', False), _connector='OR'), name='basis_consent_names_person', violation_error_message='Wskaż osobę, która wyraziła zgodę albo jest małoletnim rodzicem.'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['period', '-begins', '-id'], name='visit_by_period'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['assistant', '-begins', '-id'], name='visit_by_assistant'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('next_day__isnull', False)), fields=['assistant', 'next_day'], name='visit_next'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('assistant', '='), (lubsko_ops.core.temporal.Moments(lubsko_ops.core.temporal.InUtc(models.F('begins')), django.db.models.expressions.CombinedExpression(lubsko_ops.core.temporal.InUtc(models.F('begins')), '+', lubsko_ops.core.temporal.Minutes(models.F('minutes')))), '&&')], name='visit_never_overlaps', violation_error_message='O tej porze masz już zapisaną inną wizytę. Popraw godziny.'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__lte', 1440), models.Q(models.Q(('result', 'held'), _negated=True), ('minutes__gt', 0), _connector='OR')), name='visit_length', violation_error_message='Wizyta trwa dłużej niż nic i krócej niż dobę. Popraw godziny.'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'held'), _negated=True), models.Q(('facts', ''), _negated=True), _connector='OR'), name='visit_held_says_what', violation_error_message='Napisz, co się działo na wizycie.'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('next_day', None), ('next_day__gte', models.F('day')), _connector='OR'), name='visit_next_after', violation_error_message='Następna wizyta nie może wypaść przed tą.'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['period', '-day', '-id'], name='contact_by_period'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['author', '-day'], name='contact_by_author'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['assistant', 'starts_on'], name='assignment_by_assistant'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['period', 'starts_on'], name='assignment_by_period'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assignment_end', violation_error_message='Koniec nie może poprzedzać początku.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'leading')), expressions=[('period', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='assignment_one_leading', violation_error_message='Rodzina ma już asystenta prowadzącego w tym czasie.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('period', '='), ('assistant', '='), (lubsko_ops.core.temporal.InclusiveDays(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='assignment_once', violation_error_message='Ten asystent jest już przydzielony tej rodzinie w tym czasie.'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['period', '-handed_over_on'], name='assessment_by_period'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('covers_from__lte', models.F('covers_to')), ('covers_to__lte', models.F('handed_over_on'))), name='assessment_days', violation_error_message='Okres oceny kończy się najpóźniej w dniu jej przekazania.'),
        ),
    ]
