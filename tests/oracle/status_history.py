"""History of a status: on which day, to what, by which event."""

__all__ = ["StatusHistory"]


class StatusHistory:
    """Statuses from day to day: of several on one day the last one counts, that of the evening."""

    def __init__(self, value: str = "none") -> None:
        self.changes: list[tuple[int, str, str | None]] = [(0, value, None)]

    @property
    def value(self) -> str:
        return self.changes[-1][1]

    @property
    def days(self) -> list[int]:
        return [day for day, _, _ in self.changes]

    def change_to(self, day: int, value: str, event: str | None) -> None:
        """Change to the value."""
        if value != self.value:
            self.changes.append((day, value, event))

    def since(self) -> int:
        """Return the first day on whose evening, and ever since, the value was the present one."""
        return self._first()[0]

    @property
    def event(self) -> str | None:
        """Return the event that brought the present value."""
        return self._first()[1]

    def _first(self) -> tuple[int, str | None]:
        evenings = self._evenings()
        first: tuple[int, str | None] = (0, None)
        for day in sorted(evenings, reverse=True):
            value, event = evenings[day]
            if value != self.value:
                break
            first = day, event
        return first

    def unbroken(self, values: set[str]) -> tuple[int, str | None]:
        """Return since which evening it has had one of the values, and the event that began it."""
        evenings = self._evenings()
        found: tuple[int, str | None] = (0, None)
        for day in sorted(evenings, reverse=True):
            if evenings[day][0] not in values:
                break
            found = day, evenings[day][1]
        return found

    def first(self, values: set[str]) -> tuple[int, str] | None:
        """Return the first evening with one of the values, and the event that set it."""
        evenings = self._evenings()
        for day in sorted(evenings):
            value, event = evenings[day]
            if value in values:
                return day, str(event)
        return None

    def evening_changes(self) -> list[tuple[int, str, str, str]]:
        """Return each day with an evening unlike the one before: both values, and the event."""
        evenings, before = self._evenings(), "none"
        changes: list[tuple[int, str, str, str]] = []
        for day in sorted(evenings):
            value, event = evenings[day]
            if value != before and day > 0:
                changes.append((day, before, value, str(event)))
            before = value
        return changes

    def _evenings(self) -> dict[int, tuple[str, str | None]]:
        return {day: (value, event) for day, value, event in self.changes}
