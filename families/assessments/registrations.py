from families.assessments import timeline_source


def register() -> None:
    timeline_source.register()
