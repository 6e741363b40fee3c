"""Events of a row: a text, a promise or a meeting."""

from collections.abc import Callable, Mapping

from coopledger import events
from coopledger._rules.instrument_table import ON_SIGNATURE
from coopledger._suggest import did_you_mean
from coopledger.dates import EdtfDate
from coopledger.events import Event
from coopledger.sheets._rows import RowReader, TextOfSheet
from coopledger.sheets._values import (
    KINDS,
    PROGRESS,
    SIDES,
    SOON,
    STATES,
    TICKS,
    Progress,
    Side,
    is_unknown,
    phrase,
    sign_or_phrase,
    word_in,
)
from coopledger.sheets.mapping import Rows
from coopledger.terms import CommitmentFirmness, InstrumentKind, InstrumentState

S = InstrumentState
# What a text that was signed came to, by the state that its row tells.
_ENDS: Mapping[str, tuple[type[Event], str]] = {
    S.COMPLETED: (events.InstrumentCompleted, "completed"),
    S.TERMINATED: (events.InstrumentTerminated, "terminated"),
    S.SUSPENDED: (events.InstrumentSuspended, "suspended"),
}
_WHEN_MISSING = (
    "is missing: give the day in a column, or say by as_of= on which day all this was so"
)


def text_events(row: RowReader) -> None:
    """Add the events of a text: its registration, its signature, its entry into force, its end."""
    partnership = row.with_whom()
    title, signed, in_force = row.text("title"), row.date("signed"), row.date("in_force")
    if partnership is None and not row.waits_for:
        row.wrong("partner", "is blank: say with whom")
    kind = row.word("kind", KINDS) or word_in(KINDS, title or "") or InstrumentKind.OTHER
    id = row.thing_id("text", *(partner.id for partner in row.partners), title or kind, signed)
    end, state = row.end("until", "term"), row.word("state", STATES)
    background = {} if signed or in_force else _background(state, end)
    is_guessed = {"kind": not row.cell("kind").text, "state": not state and "state" in background}
    row.event(
        events.InstrumentRegistered,
        f"{id}/registered",
        {},
        instrument=id,
        partnership=partnership or "?",
        kind=kind,
        title=title,
        responsible=row.text("responsible"),
        note=row.text("note"),
        inferred=[name for name, is_so in is_guessed.items() if is_so],
        **background,
    )
    if signed:
        _signed(row, id, signed, {} if in_force else end)
    if in_force:
        _entered(row, id, in_force, end)
    if signed or in_force:
        _came_to(row, id, state, waits=in_force is None and kind not in ON_SIGNATURE)
    partners = tuple(partner.id for partner in row.partners)
    text = TextOfSheet(id, partnership or "?", partners, signed or in_force, row.is_good)
    for name in filter(None, (row.cell("key").text, title, id)):
        row.office.texts.setdefault(phrase(name), text)


def _background(state: str | None, end: Mapping[str, object]) -> dict[str, object]:
    """Return the state that a text has without any act on it, and its end.

    A text with an end, of which nothing else is told, is taken to be in force up to it.
    """
    until = {name: value for name, value in end.items() if name in {"until", "open_ended"}}
    if not (state or until):
        return {}
    return {"state": state or S.IN_FORCE, **until}


def _signed(row: RowReader, id: str, signed: EdtfDate, end: Mapping[str, object]) -> None:
    """Add the signature of a text, with its term."""
    row.event(
        events.InstrumentSigned,
        f"{id}/signed",
        {"when": "signed", "years": "term", "months": "term"},
        instrument=id,
        when=signed,
        place=row.text("place"),
        **end,
    )


def _entered(row: RowReader, id: str, when: EdtfDate, end: Mapping[str, object]) -> None:
    """Add the entry of a text into force, with its term."""
    row.event(
        events.InstrumentEnteredIntoForce,
        f"{id}/in-force",
        {"when": "in_force", "years": "term", "months": "term"},
        instrument=id,
        when=when,
        **end,
    )


def _came_to(row: RowReader, id: str, state: str | None, *, waits: bool) -> None:
    """Add what a text came to: its end, or the state that the sheet tells beside what is known.

    A text that waits for its entry into force entered, if it is in force, by the day of the sheet.
    """
    ended = row.date("ended")
    cls, word = _ENDS.get(state or "", (events.InstrumentTerminated, "terminated"))
    if ended or state in _ENDS:
        when = ended or row.office.by_then
        if when is None:
            row.wrong("state", f"needs a day, which {_WHEN_MISSING}")
            return
        inferred = () if ended else ("when",)
        row.event(
            cls, f"{id}/{word}", {"when": "ended"}, instrument=id, when=when, inferred=inferred
        )
    elif state == S.IN_FORCE and waits and row.office.by_then:
        row.event(
            events.InstrumentEnteredIntoForce,
            f"{id}/in-force",
            {},
            instrument=id,
            when=row.office.by_then,
            inferred=("when",),
        )
    elif state and row.office.by_then:
        row.event(
            events.StatusReported,
            f"{id}/as-of",
            {},
            subject=id,
            state=state,
            when=row.office.by_then,
            inferred=("when",),
        )


def promise_events(row: RowReader) -> None:
    """Add the events of a promise: that it was made, and that it was done or given up."""
    partnership, text = row.with_whom(), _under(row)
    if partnership is None and text is not None:
        partnership = text.partnership
    if partnership is None and not row.waits_for:
        row.wrong("partner", "is blank: say with whom, or under which text")
    what = row.needed("what")
    ids = tuple(partner.id for partner in row.partners) or (text.partners if text else ())
    id = row.thing_id("promise", *ids, what)
    debtors, creditors, is_told = _sides(row, ids)
    made, is_made = _made(row, text)
    inferred = [*(() if is_told else ("debtors", "creditors")), *(() if is_made else ("when",))]
    row.event(
        events.CommitmentMade,
        f"{id}/made",
        {"when": "made", "debtors": "owed_by", "due_text": "due"},
        commitment=id,
        partnership=partnership or "?",
        debtors=debtors or ("?",),
        creditors=creditors or ("?",),
        what=what or "?",
        firmness=CommitmentFirmness.AGREED if debtors == creditors else None,
        under=text.id if text else None,
        when=made or "2000",
        responsible=row.text("responsible"),
        note=row.text("note"),
        inferred=inferred,
        **_due(row),
    )
    _progress(row, id, debtors)


def _under(row: RowReader) -> TextOfSheet | None:
    """Return the text under which a promise was made, by its key or its title."""
    name = row.text("under")
    if name is None or is_unknown(name):
        return None
    text = row.office.texts.get(phrase(name))
    if text is None:
        near = did_you_mean(phrase(name), row.office.texts)
        row.wrong("under", f"is no key or title of a text{near}", code="E102")
    elif not text.is_good:
        row.wait("under", "the row of this text, which cannot be recorded yet")
    row.under = text.id if text else None
    return text


def _sides(
    row: RowReader, partners: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return who owes it, to whom, and whether the row says so; both owe it where it does not."""
    us = (row.office.mapping.our_id,)
    both = (*us, *partners)
    said = row.text("owed_by")
    if said is None or is_unknown(said):
        return both, both, False
    named = row.office.partners.of(said)
    if named is not None:
        row.debtor = named
        return ((named.id,), us, True) if named.id != us[0] else (us, partners, True)
    side = row.word("owed_by", SIDES)
    return {Side.US: (us, partners, True), Side.PARTNER: (partners, us, True)}.get(
        Side(side) if side else Side.BOTH, (both, both, True)
    )


def _made(row: RowReader, text: TextOfSheet | None) -> tuple[EdtfDate | str | None, bool]:
    """Return when a promise was made, and whether the row says so.

    Else with its text, or by the day on which the sheet was right.
    """
    made = row.date("made")
    if made:
        return made, True
    when = (text.signed if text else None) or row.office.by_then
    if when is None:
        row.wrong("made", _WHEN_MISSING, code="E105")
    return when, False


def _due(row: RowReader) -> dict[str, object]:
    """Return by when a promise is due: a date, or words that give none."""
    said = row.text("due")
    if said is not None and phrase(said) in SOON:
        return {"due_text": said}
    return {"due": row.date("due", is_end=True)}


def _progress(row: RowReader, id: str, debtors: tuple[str, ...]) -> None:
    """Add that a promise was done or given up, on the day that the row tells or before."""
    status = row.word("status", PROGRESS)
    said = row.cell("done").text
    is_word = sign_or_phrase(said) in TICKS or bool(row.own_word("done"))
    done = None if is_word else row.date("done")
    if is_word:
        status = row.word("done", TICKS)
    if done and status != Progress.CANCELLED:
        status = Progress.DONE
    if status not in {Progress.DONE, Progress.CANCELLED}:
        return
    when = done or row.office.by_then
    if when is None:
        row.wrong("status", f"needs a day, which {_WHEN_MISSING}", code="E105")
        return
    is_done = status == Progress.DONE
    row.event(
        events.CommitmentFulfilled if is_done else events.CommitmentCancelled,
        f"{id}/done" if is_done else f"{id}/cancelled",
        {"when": "done"},
        commitment=id,
        when=when,
        by=None if is_done else debtors,
        inferred=() if done else ("when",),
    )


def meeting_events(row: RowReader) -> None:
    """Add the event of a meeting: that it was held, or that it is planned."""
    partnership = row.with_whom()
    if partnership is None and not row.waits_for:
        row.wrong("partner", "is blank: say with whom")
    kind = row.text("kind")
    held = row.date("held")
    if held is None and not row.cell("held").text:
        row.wrong("held", "is blank: say when")
    id = row.thing_id("meeting", *(partner.id for partner in row.partners), kind, held)
    as_of = row.office.mapping.as_of
    is_planned = bool(held and as_of and as_of.surely_before(held))
    when = {"planned": held, "when": as_of} if is_planned else {"when": held or "2000"}
    topics = {} if is_planned else {"topics": row.text("topics")}
    row.event(
        events.MeetingScheduled if is_planned else events.MeetingHeld,
        f"{id}/planned" if is_planned else f"{id}/held",
        {"when": "held", "planned": "held"},
        meeting=id,
        partnership=partnership or "?",
        kind=kind or "meeting",
        place=row.text("place"),
        note=row.text("note"),
        inferred=("when",) if is_planned else (),
        **when,
        **topics,
    )


EVENTS: Mapping[Rows, Callable[[RowReader], None]] = {
    Rows.TEXTS: text_events,
    Rows.PROMISES: promise_events,
    Rows.MEETINGS: meeting_events,
}
