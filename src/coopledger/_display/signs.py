"""Signs of stages, states, statuses and firmness: one table for terminal, notebook and pages.

The family of a sign says what the thing is, its filling how far it is, a stroke through it that it
stopped, two bars that it rests. A word stands beside each sign, and colour only repeats it.
"""

from enum import StrEnum

from coopledger._frozen import frozen
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    DutyStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)


class Tone(StrEnum):
    """Colours of what is shown: in effect or to be acted on, late, and all the rest."""

    NONE = "none"
    ACCENT = "accent"
    ALARM = "alarm"


@frozen
class Sign:
    """Sign that stands before a word.

    Attributes:
        terminal: The sign in a text.
        ascii: The same for a stream that holds ASCII alone.
        drawing: The inside of an SVG of 12 by 12, in `currentColor`.
        tone: Its colour.
    """

    terminal: str
    ascii: str
    drawing: str
    tone: Tone = Tone.NONE


def _line(d: str, *, width: float = 1.5, dashes: str = "") -> str:
    """Return a drawn line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{d}" fill="none" stroke="currentColor" stroke-width="{width}"{dashed}/>'


def _area(d: str, *, opacity: float = 1) -> str:
    """Return a filled area."""
    lighter = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<path d="{d}" fill="currentColor"{lighter}/>'


def _ring(radius: float, *, width: float = 1.5, dashes: str = "") -> str:
    """Return a circle that is not filled."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<circle cx="6" cy="6" r="{radius}" fill="none" stroke="currentColor"'
        f' stroke-width="{width}"{dashed}/>'
    )


def _disc(radius: float) -> str:
    """Return a circle that is filled."""
    return f'<circle cx="6" cy="6" r="{radius}" fill="currentColor"/>'


def _bars(filled: int) -> str:
    """Return four rising bars, the first ones filled."""
    return "".join(
        f'<path d="M{0.5 + 3 * bar} 11.5v-{2.5 + 2.7 * bar:.1f}h2v{2.5 + 2.7 * bar:.1f}z"'
        + (' fill="currentColor"/>' if bar < filled else _HOLLOW)
        for bar in range(4)
    )


_HOLLOW = ' fill="none" stroke="currentColor" stroke-width="0.6"/>'
_RING = _ring(4.75)
_SHEET = "M2.5.75h5l2 2v8.5h-7z"
_OUTLINE = _line(_SHEET, width=1.2)
_DIAMOND = "M6 .8 11.2 6 6 11.2.8 6z"
# It begins in the middle of a dash, so that each corner holds one and each side a gap.
_DASHED = "M5.26 1.54 6 .8 11.2 6 6 11.2 .8 6z"
_HOLLOW_DIAMOND = _line(_DIAMOND, width=1.2)
_CALENDAR = "M1.5 2.5h9v8.5h-9z"
_MONTH = _line(f"{_CALENDAR}M1.5 5h9M4 .8v3M8 .8v3", width=1.2)

CHECK = Sign("✓", "v", _line("M1.5 6.5 4.7 9.6 10.5 2.6", width=1.8))
DASH = Sign("−", "-", _line("M2 6h8"))
CROSS = Sign("×", "x", _line("M2.5 2.5l7 7M9.5 2.5l-7 7"))
NOTED = Sign("·", ".", _disc(1.5))
NOTHING = Sign("◌", "-", _ring(4.5, dashes="1 2"))

_STOPPED = Sign("▨", "/", _OUTLINE + _line("M1 11 11 1"))
_WORDING = Sign("▤", "%", _OUTLINE + _line("M4.5 5.5h3M4.5 8h3", width=1.2))
_OVERDUE = Sign("◆", "!", _area(_DIAMOND), Tone.ALARM)
_DUE_SOON = Sign("⬖", "~", _HOLLOW_DIAMOND + _area("M6 .8v10.4L.8 6z"))
_PENDING = Sign("◇", "o", _HOLLOW_DIAMOND)
_RUNGS = (
    Sign("▁", "1", _bars(1)),
    Sign("▁▃", "2", _bars(2)),
    Sign("▁▃▅", "3", _bars(3)),
    Sign("▁▃▅▇", "4", _bars(4)),
)

SIGNS: dict[type[StrEnum], dict[StrEnum, Sign]] = {
    Stage: {
        Stage.NONE: NOTHING,
        Stage.CONTACT: Sign("·", ".", _disc(2)),
        Stage.EXPLORING: Sign("○", "o", _RING),
        Stage.NEGOTIATING: Sign("◐", "%", _RING + _area("M6 1.25a4.75 4.75 0 0 0 0 9.5z")),
        Stage.SIGNED: Sign("◉", "@", _RING + _disc(2.6)),
        Stage.ACTIVE: Sign("●", "*", _disc(5.5), Tone.ACCENT),
        Stage.SUSPENDED: Sign("‖", "=", _ring(5, width=1.2) + _line("M4.6 3.8v4.4M7.4 3.8v4.4")),
        Stage.LAPSED: Sign("⊘", "/", _RING + _line("M2.6 9.4 9.4 2.6")),
        Stage.ENDED: Sign("■", "#", _area("M2 2h8v8h-8z")),
    },
    InstrumentState: {
        InstrumentState.NONE: Sign("⬚", "-", _line(_SHEET, width=1.2, dashes=".8 1.6")),
        InstrumentState.CONTEMPLATED: Sign("▢", "?", _line(_SHEET, width=1.2, dashes="2 1.4")),
        InstrumentState.NEGOTIATING: Sign("▯", "o", _OUTLINE),
        InstrumentState.AGREED: _WORDING,
        InstrumentState.INITIALLED: _WORDING,
        InstrumentState.SIGNED: Sign("⬓", "@", _OUTLINE + _area("M3 6h6v5H3z")),
        InstrumentState.PROVISIONAL: Sign(
            "▒", "+", _OUTLINE + _area("M3 3.5h6V11H3z", opacity=0.55), Tone.ACCENT
        ),
        InstrumentState.IN_FORCE: Sign("▮", "*", _area(_SHEET), Tone.ACCENT),
        InstrumentState.TERMINATING: Sign(
            "◪", "!", _area("M2.5.75h5l1.2 1.2-6.2 6.1zM9.5 4v7.25h-7v-.25z"), Tone.ACCENT
        ),
        InstrumentState.SUSPENDED: Sign("◫", "=", _OUTLINE + _line("M4.7 4v5M7.3 4v5")),
        InstrumentState.EXPIRED: _STOPPED,
        InstrumentState.TERMINATED: _STOPPED,
        InstrumentState.SUPERSEDED: _STOPPED,
        InstrumentState.COMPLETED: _STOPPED,
        InstrumentState.ABANDONED: _STOPPED,
    },
    CommitmentStatus: {
        CommitmentStatus.NONE: NOTED,
        CommitmentStatus.OVERDUE: _OVERDUE,
        CommitmentStatus.DUE_SOON: _DUE_SOON,
        CommitmentStatus.PENDING: _PENDING,
        CommitmentStatus.BLOCKED: Sign("⊟", "+", _HOLLOW_DIAMOND + _line("M3.4 6h5.2", width=1.6)),
        CommitmentStatus.CONDITIONAL: Sign("◌", "?", _line(_DASHED, width=1.4, dashes="2.1 1.575")),
        CommitmentStatus.STANDING: Sign("=", "=", _line("M1 4.2h10M1 7.8h10")),
        CommitmentStatus.FULFILLED: CHECK,
        CommitmentStatus.RELEASED: DASH,
        CommitmentStatus.CANCELLED: CROSS,
        CommitmentStatus.EXPIRED: Sign("⊘", "/", _HOLLOW_DIAMOND + _line("M3 9 9 3")),
    },
    DutyStatus: {
        DutyStatus.DONE: CHECK,
        DutyStatus.OVERDUE: _OVERDUE,
        DutyStatus.DUE_SOON: _DUE_SOON,
        DutyStatus.PENDING: _PENDING,
    },
    ProposalFirmness: {
        ProposalFirmness.WISH: _RUNGS[0],
        **dict.fromkeys(set(ProposalFirmness) - {ProposalFirmness.WISH}, _RUNGS[1]),
    },
    CommitmentFirmness: dict.fromkeys(CommitmentFirmness, _RUNGS[3]),
    ProposalStatus: {
        ProposalStatus.NONE: NOTED,
        ProposalStatus.OPEN: _RUNGS[1],
        ProposalStatus.UNDER_CONSIDERATION: _RUNGS[1],
        ProposalStatus.COUNTERED: _RUNGS[1],
        ProposalStatus.AGREED_IN_PRINCIPLE: _RUNGS[2],
        ProposalStatus.ACCEPTED: CHECK,
        ProposalStatus.REALISED: CHECK,
        ProposalStatus.WITHDRAWN: DASH,
        ProposalStatus.DECLINED: CROSS,
    },
    MeetingStatus: {
        MeetingStatus.NONE: NOTED,
        MeetingStatus.SCHEDULED: Sign("▢", "o", _MONTH),
        MeetingStatus.HELD: Sign("▣", "v", _MONTH + _area("M2 5h8v5.5H2z")),
        MeetingStatus.POSTPONED: Sign("‖", "=", _MONTH + _line("M4.7 6.2v3.4M7.3 6.2v3.4")),
        MeetingStatus.CANCELLED: Sign("×", "x", _MONTH + _line("M1 11.5 11 1")),
        MeetingStatus.UNRECORDED: Sign("⬚", "?", _line(_CALENDAR, width=1.2, dashes="1.6 1.4")),
    },
}
# Waiting costs something where one of these is set.
ALARMING = frozenset(
    {
        Flag.DORMANT,
        Flag.OVERRUN,
        Flag.TERMINATING,
        Flag.ANCHOR_OVERDUE,
        Flag.ANCHOR_CANCELLED,
    }
)


def sign_of(word: StrEnum) -> Sign | None:
    """Return the sign of a word; None where the words of its list have none."""
    signs = SIGNS.get(type(word))
    return None if signs is None else signs[word]


def tone_of(word: StrEnum) -> Tone:
    """Return the colour of a word: that of its sign, and the alarm for what cannot wait."""
    sign = sign_of(word)
    if sign is not None:
        return sign.tone
    return Tone.ALARM if isinstance(word, Flag) and word in ALARMING else Tone.NONE
