"""An issued report is not deleted either: without its rows it would be issued again with other numbers."""

from django.db import migrations

TABLES = {"report": "reports_issuedreport", "figure": "reports_issuedfigure", "number": "reports_issuednumber"}
CREATE = "".join(
    f"""CREATE TRIGGER {name}_is_not_deleted BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_issued();
"""
    for name, table in TABLES.items()
)
DROP = "".join(f"DROP TRIGGER {name}_is_not_deleted ON {table};\n" for name, table in TABLES.items())


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reports_stay_as_issued")]

    operations = [migrations.RunSQL(CREATE, DROP)]
