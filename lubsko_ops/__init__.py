"""The centre itself (ośrodek): settings, people and rights, and the ground floor every room stands on."""
