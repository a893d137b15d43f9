"""How the visits of each family go. Most are in order; a few are overdue, as in life."""

from devtools.demo.families.diary.notation import Habit
from devtools.demo.families.diary.told import DANGER_OPEN, DANGER_OVER, REFUSES, REFUSES_CALLED

HABITS = {
    # anna's
    "kowalscy": Habit(
        threads="SCHOOL DEBTS ROUTINE PRESCHOOL BENEFITS", every=12, last=7, next_in=0, next_at="8:30"
    ),
    "zolkiewscy": Habit(
        threads="DEBTS SCHOOL HOUSING TEENAGER ROUTINE BABY", last=5, next_in=2, told=(DANGER_OVER,)
    ),
    "zielinscy": Habit(
        threads="ADDICTION SCHOOL WORK ROUTINE",
        last=9,
        next_in=0,
        next_at="13:30",
        assessed="6m5d",
        refused_until="19m",
    ),
    "szewczenkowie": Habit(threads="INTEGRATION SCHOOL BENEFITS HOUSING", last=4, next_in=6),
    "brzeczyszczykiewicz": Habit(threads="HEALTH SCHOOL RELATIONS", last=3, next_in=8),
    "wisniewscy": Habit(threads="RELATIONS SCHOOL BENEFITS", last=8, next_in=3),
    "szymanscy": Habit(threads="VIOLENCE PRESCHOOL SCHOOL", every=10, last=4, next_in=4),
    "grabowscy": Habit(threads="HEALTH RELATIONS TEENAGER", last=6, next_in=7),
    "sadowscy": Habit(threads="VIOLENCE PRESCHOOL SCHOOL", every=10, last=8, told=(DANGER_OPEN,)),
    "mazurowie": Habit(threads="DEBTS SCHOOL HOUSING WORK", last=17, next_in=1),
    "wojcikowie": Habit(threads="HOUSING PRESCHOOL SCHOOL DEBTS", last=7, next_in=0, next_at="16:00"),
    # ewa's
    "wisniewski_pawlik": Habit(threads="RELATIONS WORK SCHOOL", last=9, next_in=4),
    "dudowie": Habit(threads="BABY BENEFITS ROUTINE", last=3, next_in=9),
    "nowakowie": Habit(threads="BABY BENEFITS RELATIONS", every=10, last=5, next_in=0, next_at="10:00"),
    "urbanscy": Habit(threads="DEBTS HEALTH SCHOOL TEENAGER", last=8, next_in=3),
    "baranowscy": Habit(threads="ROUTINE BABY SCHOOL DEBTS", last=6, next_in=6),
    "malinowscy": Habit(
        threads="ADDICTION SCHOOL ROUTINE IN_CARE@10m",
        last=97,
        told=REFUSES,
        called=REFUSES_CALLED,
    ),
    "rutkowscy": Habit(threads="PRESCHOOL ROUTINE BABY", every=14, last=9, next_in=2),
    "kaczmarkowie": Habit(threads="SCHOOL DEBTS TEENAGER BABY ROUTINE", last=4, next_in=1),
    "pietrzakowie": Habit(threads="PREGNANCY HEALTH", every=14, last=7, next_in=7),
    "sobczakowie": Habit(threads="SCHOOL HEALTH RELATIONS", every=14, last=9, next_in=5),
    "jaworscy": Habit(threads="RELATIONS SCHOOL TEENAGER", every=14, last=8, next_in=None),
    "majchrzakowie": Habit(threads="WORK SCHOOL DEBTS", every=14, last=6, next_in=0, next_at="14:30"),
    "ostrowscy": Habit(threads="ADDICTION TEENAGER VIOLENCE SCHOOL", last=5, next_in=3),
    "kubiakowie": Habit(threads="DEBTS SCHOOL BABY HOUSING", every=14, last=16, next_in=1),
    "golebiowie": Habit(threads="HOUSING PRESCHOOL BENEFITS", every=14, last=9, next_in=8),
    # julia's, and those nobody leads or with whom the work has ended
    "tokarscy": Habit(threads="HEALTH SCHOOL RELATIONS", last=18, next_in=0, next_at="11:30"),
    "lewandowscy": Habit(threads="VIOLENCE ADDICTION SCHOOL", every=10, last=4, next_in=0, next_at="9:00"),
    "bakowie": Habit(threads="HEALTH TEENAGER DEBTS", last=21, next_in=None),
    "adamscy": Habit(threads="WORK SCHOOL RELATIONS", last=12, next_in=18),
    "brzescy": Habit(threads="ADDICTION ROUTINE PRESCHOOL", refused_until="17m"),
    "filipkowie": Habit(threads="WORK SCHOOL BENEFITS", every=14),
    "sawiccy": Habit(threads="PRESCHOOL DEBTS BENEFITS"),
}
