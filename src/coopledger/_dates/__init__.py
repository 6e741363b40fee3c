"""Days, fuzzy dates, instants and time zones: the only door to pendulum."""
