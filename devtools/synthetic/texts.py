"""Invented sentences of visits, contacts, concerns and plans."""

FIRST_SENTENCES = (
    "Mama przygotowała dokumenty do wniosku o dodatek mieszkaniowy.",
    "Rozmowa o porannym wstawaniu i wyprawianiu dzieci do szkoły.",
    "Wspólnie przejrzano rachunki za prąd i wodę.",
    "Dzieci odrabiały lekcje przy stole w kuchni.",
    "W mieszkaniu czysto, dzieci po obiedzie.",
    "Mama zgłosiła, że w tym tygodniu źle spała.",
    "Ojciec wrócił z rozmowy o pracę.",
    "Obejrzano zeszyt kontaktów ze szkołą.",
    "Ułożono plan wydatków do końca miesiąca.",
    "Umówiono termin u logopedy.",
    "Rozmowa o tym, jak reagować na krzyk młodszego dziecka.",
    "Mama pokazała nowy kącik do nauki.",
    "Sprawdzono terminy szczepień w książeczce zdrowia.",
    "Rodzina była po wizycie w przychodni.",
    "Wspólne przygotowanie pisma do spółdzielni.",
    "Babcia odebrała dzieci z przedszkola.",
    "Mama mówiła o kłótni z sąsiadką.",
    "Omówiono zasady korzystania z telefonu.",
    "Przećwiczono rozmowę z wychowawczynią.",
    "Lodówka pełna, opał na zimę zamówiony.",
)
SECOND_SENTENCES = (
    "Ustalono kolejne kroki.",
    "Dzieci chętnie opowiadały o szkole.",
    "Rodzice słuchali uważnie i zadawali pytania.",
    "Starsze dziecko było zmęczone i szybko poszło do pokoju.",
    "Mama poprosiła o pomoc przy telefonie do urzędu.",
    "Nie udało się porozmawiać z ojcem.",
    "Rata za ogrzewanie została zapłacona.",
    "Termin w poradni przesunięto o tydzień.",
    "Zostawiono listę potrzebnych dokumentów.",
    "Młodsze dziecko ma nowe buty na zimę.",
    "Mama zapisała się na zajęcia dla rodziców.",
    "Wrócono do rozmowy o zasadach w domu.",
    "Poprzednie ustalenia omówiono punkt po punkcie.",
    "Na prośbę mamy skrócono wizytę.",
    "Rodzice pokazali świadectwa dzieci.",
)
OPINIONS = (
    "Mama coraz pewniej rozmawia z nauczycielami.",
    "Rodzina współpracuje, choć wymaga przypominania.",
    "Widać poprawę w porządku dnia.",
    "Sytuacja bez zmian od poprzedniej wizyty.",
    "Potrzebne wsparcie psychologa.",
    "Budżet nadal napięty, ale wydatki są zaplanowane.",
)
AGREEMENTS = (
    "Zadzwonić do poradni psychologiczno-pedagogicznej",
    "Złożyć wniosek o stypendium szkolne",
    "Przygotować zaświadczenie o dochodach",
    "Umówić dziecko do dentysty",
    "Zapłacić ratę za prąd",
    "Porozmawiać z wychowawczynią o nieobecnościach",
    "Odebrać skierowanie z przychodni",
    "Sprawdzić ogłoszenia o pracę",
)
CONTACT_SUBJECTS = (
    "Nieobecności dziecka w szkole.",
    "Potwierdzenie terminu wizyty.",
    "Prośba o przesłanie zaświadczenia.",
    "Postępy dziecka w terapii.",
    "Ustalenie terminu spotkania w sprawie rodziny.",
    "Pytanie o wymagane dokumenty.",
)
CONCERNS = (
    (
        "Młodsze dziecko bawiło się przy otwartym oknie na piętrze.",
        "Okno zamknięto, omówiono zabezpieczenie.",
    ),
    ("Dzieci zastano w domu bez dorosłych.", "Pozostano z dziećmi do powrotu matki."),
    ("W kuchni było czuć gaz.", "Wietrzenie, wezwanie pogotowia gazowego."),
)

MAIN_GOALS = (
    "Dzieci chodzą do szkoły codziennie, a rodzina płaci rachunki na czas.",
    "W domu jest spokojnie i bezpiecznie.",
    "Rodzice samodzielnie dbają o zdrowie i naukę dzieci.",
    "Rodzina ma stały dochód i porządek dnia.",
)
# Problem, goal, actions, expected outcome.
PLAN_ROWS = (
    (
        "Nieobecności w szkole",
        "Dziecko chodzi do szkoły codziennie",
        "Pobudka o stałej porze; kontakt z wychowawcą w każdy piątek",
        "Nie więcej niż 4 godziny nieusprawiedliwione w miesiącu",
    ),
    (
        "Zaległość czynszowa",
        "Zaległość jest spłacana w ratach",
        "Wniosek o raty; opłata czynszu w dniu wypłaty",
        "Cztery kolejne raty wpłacone w terminie",
    ),
    (
        "Brak szczepień i bilansu",
        "Dziecko jest pod stałą opieką lekarza",
        "Umówienie wizyt; teczka zdrowia dziecka",
        "Wpisy w książeczce zdrowia",
    ),
    (
        "Krzyk i kary zamiast zasad",
        "Rodzice stosują wspólne zasady",
        "Spisanie trzech zasad; omówienie trudnych sytuacji na wizytach",
        "Mniej niż jedna kłótnia o zasady w tygodniu",
    ),
    (
        "Brak pracy",
        "Rodzic podejmuje pracę albo staż",
        "Życiorys; rejestracja w urzędzie pracy; dwie oferty w tygodniu",
        "Umowa albo skierowanie na staż",
    ),
    (
        "Picie w weekendy",
        "Leczenie trwa bez przerw",
        "Konsultacja w poradni; grupa raz w tygodniu",
        "Zaświadczenie o 10 spotkaniach",
    ),
)
