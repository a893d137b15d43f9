"""The families' place in the frame: tabs, pages of the file, the search, the start page."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = "Rodziny"

    def ready(self):
        from families.caseload import families_without_work
        from families.caseload import registrations as assignments
        from families.care import registrations as care
        from families.case_files import registrations as casefile
        from families.deadlines.recalculate import after_deed, refresh_all
        from families.people import registrations as people
        from families.people.duplicates import candidate_cache as alike
        from families.plans import registrations as plans
        from families.visits import registrations as visits
        from lubsko_ops.core.actions import listen
        from lubsko_ops.jobs import nightly as night

        casefile.register()
        people.register()
        assignments.register()
        care.register()
        visits.register()
        plans.register()
        listen(families_without_work.after_deed)
        listen(after_deed)
        night.register("duties", refresh_all)
        night.register("pairs", alike.rebuild_pairs)
        listen(alike.after_deed)  # the last: who waits for his turn there holds his families already
        self.tell_the_story()

    def tell_the_story(self):
        """What of each room stands in the timeline of a case."""
        from families.assessments import timeline_source as assessments
        from families.caseload import timeline_source as assignments
        from families.people import timeline_source as people
        from families.plans import timeline_source as plans
        from families.visits import timeline_source as visits

        for room in (visits, assignments, people, plans, assessments):
            room.register()
