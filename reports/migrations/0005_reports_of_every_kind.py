"""Every report is frozen in the same tables: of a project too, with who prepared it, and corrections with a reason.

Old rows were prepared by who issued them, at that moment; the trigger that refuses changes stands aside for this one.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
ALTER TABLE reports_issuedreport DISABLE TRIGGER report_is_fixed;
UPDATE reports_issuedreport SET prepared_at = issued_at, prepared_by_id = issued_by_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE reports_issuedreport ENABLE TRIGGER report_is_fixed;
-- The release that still runs issues quarters and names only who issues them.
CREATE FUNCTION reports_prepared_by_issuer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.prepared_at := COALESCE(NEW.prepared_at, NEW.issued_at);
    NEW.prepared_by_id := COALESCE(NEW.prepared_by_id, NEW.issued_by_id);
    RETURN NEW;
END $$;
CREATE TRIGGER report_has_author BEFORE INSERT ON reports_issuedreport
    FOR EACH ROW EXECUTE FUNCTION reports_prepared_by_issuer();
"""
UNDO = """
DROP TRIGGER report_has_author ON reports_issuedreport;
DROP FUNCTION reports_prepared_by_issuer();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_issued_reports_are_not_deleted"),
        ("projects", "0004_group_of_a_step"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="issuedreport",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="rodzaj"),
        ),
        migrations.AddField(
            model_name="issuedreport",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.edition",
                verbose_name="projekt",
            ),
        ),
        migrations.AddField(
            model_name="issuedreport",
            name="reason",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="powód korekty"
            ),
        ),
        migrations.AddField(
            model_name="issuedreport",
            name="small_staff",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="zatwierdził piszący przy małej obsadzie"
            ),
        ),
        migrations.AddField(
            model_name="issuedreport",
            name="prepared_at",
            field=models.DateTimeField(null=True, verbose_name="przygotowano"),
        ),
        migrations.AddField(
            model_name="issuedreport",
            name="prepared_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="przygotował(a)",
            ),
        ),
        migrations.RunSQL(FILL, UNDO),
        migrations.AlterField(
            model_name="issuedreport",
            name="prepared_at",
            field=models.DateTimeField(verbose_name="przygotowano"),
        ),
        migrations.AlterField(
            model_name="issuedreport",
            name="prepared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="przygotował(a)",
            ),
        ),
        migrations.RemoveConstraint(model_name="issuedreport", name="report_issued_once"),
        migrations.AddConstraint(
            model_name="issuedreport",
            constraint=models.UniqueConstraint(
                fields=("kind", "starts_on", "ends_on", "assistant", "edition", "number"),
                name="report_issued_once",
                nulls_distinct=False,
                violation_error_message="To sprawozdanie już wydano.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), ("reason", ""))
                | models.Q(("number__gt", 1), ("reason__gt", "")),
                name="report_correction_says_why",
                violation_error_message="Korekta ma powód, pierwsze wydanie go nie ma.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("prepared_at__lte", models.F("issued_at"))),
                name="report_prepared_before",
                violation_error_message="Sprawozdanie najpierw się przygotowuje, potem wydaje.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "quarterly"))
                | models.Q(("prepared_by", models.F("issued_by")), _negated=True),
                name="report_four_eyes",
                violation_error_message="Kto przygotował sprawozdanie, nie zatwierdza go.",
            ),
        ),
    ]
