"""The turns that a state takes: on which day, to what, by which event."""

__all__ = ["Turns"]


class Turns:
    """Values from day to day: of several on one day the last one counts, that of the evening."""

    def __init__(self, value: str = "none") -> None:
        self.taken: list[tuple[int, str, str | None]] = [(0, value, None)]
        self.anew: set[int] = set()  # days on which the same began anew

    @property
    def value(self) -> str:
        return self.taken[-1][1]

    @property
    def days(self) -> list[int]:
        return [day for day, _, _ in self.taken]

    def take(self, day: int, value: str, event: str | None, *, anew: bool = False) -> None:
        """Turns to the value."""
        if anew:
            self.anew.add(day)
        if anew or value != self.value:
            self.taken.append((day, value, event))

    def since(self) -> int:
        """The first day on whose evening, and ever since, the value was what it is."""
        return self._first()[0]

    @property
    def event(self) -> str | None:
        """The event that brought it to the value."""
        return self._first()[1]

    def _first(self) -> tuple[int, str | None]:
        evenings = {day: (value, event) for day, value, event in self.taken}
        first: tuple[int, str | None] = (0, None)
        for day in sorted(evenings, reverse=True):
            if evenings[day][0] != self.value:
                break
            first = day, evenings[day][1]
            if day in self.anew and evenings[day][0] == "in_force":
                break
        return first

    def first(self, values: set[str]) -> tuple[int, str] | None:
        """The first evening on which the value was one of these, and the event that set it."""
        evenings = {day: (value, event) for day, value, event in self.taken}
        for day in sorted(evenings):
            if evenings[day][0] in values:
                return day, str(evenings[day][1])
        return None
