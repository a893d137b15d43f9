"""Social projects (projekty socjalne): editions, goals, participants, budget."""
