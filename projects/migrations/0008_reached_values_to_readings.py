"""The reached value of each goal becomes a reading, of the last day of the project or, while it runs, of today.

Undone, the readings stay, so a goal that has some already gets none when it is applied again.
"""

from django.db import migrations

FILL_IN = """
WITH moved AS (
    INSERT INTO projects_indicatorreading (goal_id, day, value, source, version, entered_at, entered_by_id)
    SELECT goal.id, LEAST(COALESCE(edition.ends_on, CURRENT_DATE), CURRENT_DATE), goal.reached,
        COALESCE(NULLIF(goal.source, ''), 'wyniki projektu'), 1, goal.entered_at, goal.entered_by_id
    FROM projects_specificgoal goal JOIN projects_edition edition ON edition.id = goal.edition_id
    WHERE goal.reached IS NOT NULL
        AND NOT EXISTS (SELECT FROM projects_indicatorreading reading WHERE reading.goal_id = goal.id)
    RETURNING *
)
INSERT INTO projects_historicalindicatorreading (
    id, goal_id, day, value, source, version, entered_at, entered_by_id,
    history_date, history_type, history_user_id, history_change_reason
)
SELECT id, goal_id, day, value, source, version, entered_at, entered_by_id,
    entered_at, '+', entered_by_id, 'Wartość osiągnięta z wyników projektu'
FROM moved
"""
UNDO = """
UPDATE projects_specificgoal goal SET reached = reading.value
FROM projects_indicatorreading reading
WHERE reading.goal_id = goal.id AND reading.day = (
    SELECT max(day) FROM projects_indicatorreading latest WHERE latest.goal_id = goal.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_indicator_readings")]

    operations = [migrations.RunSQL(FILL_IN, UNDO)]
