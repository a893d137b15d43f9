"""A report stays as issued: PostgreSQL refuses changes that no code of the application makes."""

from django.db import migrations

CREATE = """
CREATE FUNCTION reports_refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued report does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER report_is_fixed BEFORE UPDATE ON reports_issuedreport
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_issued();
CREATE TRIGGER figure_is_fixed BEFORE UPDATE ON reports_issuedfigure
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_issued();
CREATE TRIGGER number_is_fixed BEFORE UPDATE ON reports_issuednumber
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_issued();
"""
DROP = """
DROP TRIGGER number_is_fixed ON reports_issuednumber;
DROP TRIGGER figure_is_fixed ON reports_issuedfigure;
DROP TRIGGER report_is_fixed ON reports_issuedreport;
DROP FUNCTION reports_refuse_change_of_issued();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_issued_reports")]

    operations = [migrations.RunSQL(CREATE, DROP)]
