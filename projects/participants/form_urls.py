"""Addresses of participants, below /projekty/<id>/uczestnicy/, and of the enrolment in the file of a family."""

from django.urls import path

from projects.choices import ParticipationStepKind
from projects.participants import family_views, form_views, record_views, step_views

STEPS = {
    "oferta": ParticipationStepKind.OFFER,
    "rezygnacja": ParticipationStepKind.DECLINE,
    "rezerwa": ParticipationStepKind.PUT_ON_RESERVE,
    "poczatek": ParticipationStepKind.BEGIN,
    "ukonczenie": ParticipationStepKind.FINISH,
    "przerwanie": ParticipationStepKind.BREAK_OFF,
    "odmowa": ParticipationStepKind.REJECT,
}
BATCHES = {
    "kwalifikacja": ParticipationStepKind.QUALIFY,
    "poczatek": ParticipationStepKind.BEGIN,
    "ukonczenie": ParticipationStepKind.FINISH,
}

one = "<int:pk>/uczestnicy/<int:row>/"
in_project = [
    path("<int:pk>/uczestnicy/zapisz/", family_views.FamilyChoiceView.as_view(), name="participant-enrol"),
    path(
        "<int:pk>/uczestnicy/zapisz/<uuid:query>/",
        family_views.FamilySearchView.as_view(),
        name="participant-search",
    ),
    path(
        "<int:pk>/uczestnicy/zapisz/spoza/",
        form_views.OutsiderEnrolView.as_view(),
        name="participant-outsider",
    ),
    *(
        path(
            f"<int:pk>/uczestnicy/razem/{name}/",
            step_views.BatchStepView.as_view(step=step),
            name=f"participants-{step.value}",
        )
        for name, step in BATCHES.items()
    ),
    path(f"{one}kwalifikacja/", step_views.AdmissionView.as_view(), name="participation-qualify"),
    path(
        f"{one}przyjecie/",
        step_views.AdmissionView.as_view(step=ParticipationStepKind.CONFIRM),
        name="participation-confirm",
    ),
    *(
        path(
            f"{one}{name}/",
            step_views.StepFormView.as_view(step=step),
            name=f"participation-{step.value.replace('_', '-')}",
        )
        for name, step in STEPS.items()
    ),
    path(f"{one}grupa/", step_views.MoveView.as_view(), name="participation-move"),
    path(f"{one}zgody/nowa/", record_views.ConsentCreateView.as_view(), name="consent-new"),
    path(
        f"{one}zgody/<int:consent>/cofnij/",
        record_views.ConsentWithdrawView.as_view(),
        name="consent-withdraw",
    ),
    path(f"{one}dane/", record_views.ParticipantContactView.as_view(), name="participation-contact"),
    path(f"{one}terapia/", record_views.TherapyReasonView.as_view(), name="therapy-reason"),
]
