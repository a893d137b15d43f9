"""The families' place in the frame: tabs, pages of the file, the search, the start page."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = "Rodziny"

    def ready(self):
        from families.assignments import not_begun
        from families.assignments import pages as assignments
        from families.care import pages as care
        from families.casefile import pages as casefile
        from families.duties.refresh import after_deed, refresh_all
        from families.people import pages as people
        from families.people.same_person import stored as alike
        from families.plans import pages as plans
        from families.visits import pages as visits
        from lubsko_ops.deeds import listen
        from lubsko_ops.night import work as night

        casefile.register()
        people.register()
        assignments.register()
        care.register()
        visits.register()
        plans.register()
        listen(not_begun.after_deed)
        listen(after_deed)
        night.register("duties", refresh_all)
        night.register("pairs", alike.rebuild_pairs)
        listen(alike.after_deed)  # the last: who waits for his turn there holds his families already
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
