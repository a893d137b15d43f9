"""The families' place in the frame: tabs, pages of the file, the search, the start page."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = "Rodziny"

    def ready(self):
        from families.assignments import pages as assignments
        from families.casefile import pages as casefile
        from families.duties.refresh import after_deed
        from families.people import pages as people
        from families.visits import pages as visits
        from lubsko_ops.deeds import listen

        casefile.register()
        people.register()
        assignments.register()
        visits.register()
        listen(after_deed)
        self.tell_the_story()

    def tell_the_story(self):
        """What of each room stands in the timeline of a case."""
        from families.assessments import story as assessments
        from families.assignments import story as assignments
        from families.people import story as people
        from families.plans import story as plans
        from families.visits import story as visits

        for room in (visits, assignments, people, plans, assessments):
            room.register()
