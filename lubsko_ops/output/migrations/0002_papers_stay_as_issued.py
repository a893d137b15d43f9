"""A paper stays as issued: PostgreSQL refuses changes that no code of the application makes."""

from django.db import migrations

FIXED = (
    "kind, file_kind, file_id, subject_kind, subject_id, number, title, template, template_version, "
    "context_checksum, issued_at, issued_by_id, stored_as"
)
CREATE = f"""
CREATE FUNCTION output_refuse_change_of_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued paper does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER paper_is_fixed BEFORE UPDATE OF {FIXED} ON output_issuedpaper
    FOR EACH ROW EXECUTE FUNCTION output_refuse_change_of_paper();
CREATE TRIGGER paper_rendered_once BEFORE UPDATE OF checksum, size, rendered_at ON output_issuedpaper
    FOR EACH ROW WHEN (OLD.rendered_at IS NOT NULL) EXECUTE FUNCTION output_refuse_change_of_paper();
"""
DROP = """
DROP TRIGGER paper_rendered_once ON output_issuedpaper;
DROP TRIGGER paper_is_fixed ON output_issuedpaper;
DROP FUNCTION output_refuse_change_of_paper();
"""


class Migration(migrations.Migration):
    dependencies = [("output", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
