"""Figures in reports: the things that a measure counts, and claims that contradict themselves.

The words of a measure are free text. The first row of `MEASURES` of which the measure has a word
of every group names the things counted. A measure without a row is not counted.
"""

import re
from collections.abc import Iterator, Sequence

from coopledger._frozen import frozen
from coopledger.events import FigureReported
from coopledger.terms import Counted, Inconsistency, InstrumentKind

WORD = re.compile(r"[^\W_]+")

Words = frozenset[str]


def words(text: str) -> Words:
    """Return the words of the text, in small letters and in the singular."""
    return frozenset(word.removesuffix("s") for word in WORD.findall(text.casefold()))


@frozen(kw_only=True)
class Measure:
    """Row of the table: words of a measure, and the things that they count.

    Attributes:
        groups: The measure has a word of each of these groups.
        counts: The things counted.
        kinds: The kind of a meeting has a word of each of these groups; any kind without them.
        one_each: Whether every one counted is with a partner of its own, so that a full list of
            partners is as long as the number.
    """

    groups: tuple[Words, ...]
    counts: Counted = Counted.MEETINGS
    kinds: tuple[Words, ...] = ()
    one_each: bool = False

    def counts_kind(self, kind: str) -> bool:
        """Return whether meetings of the kind are counted."""
        return _has_each(words(kind), self.kinds)


SIGNED = words("signed, signature, signing")
CONCLUDED = words("concluded, exchanged")
# What reports call any text; an agreement is a kind too, and most of those so called are none.
ANY_TEXT = words("agreements, documents")
KINDS = {
    InstrumentKind.TREATY: words("treaty, treaties"),
    InstrumentKind.PROTOCOL: words("protocols"),
    InstrumentKind.MOU: words("memorandum, memoranda, MoUs"),
    InstrumentKind.CONTRACT: words("contracts"),
}
TEXTS = ANY_TEXT.union(*KINDS.values())
GOVERNMENTAL = words("governmental, intergovernmental")
JOINT = words("joint, mixed")
COMMITTEES = words("committee, commission")
SESSIONS = words("session")
WORKING = words("working")
VISITS = words("visit, delegation")
TALKS = words("talks, negotiation, consultation")
SEMINARS = words("seminar, workshop, conference")
MEETINGS = words("meeting")

MEASURES = (
    Measure(groups=(SIGNED,), counts=Counted.SIGNATURES),
    Measure(groups=(TEXTS, CONCLUDED), counts=Counted.SIGNATURES),
    Measure(
        groups=(GOVERNMENTAL, COMMITTEES | SESSIONS | MEETINGS),
        kinds=(GOVERNMENTAL,),
        one_each=True,
    ),
    Measure(groups=(JOINT, COMMITTEES), kinds=(JOINT, COMMITTEES), one_each=True),
    Measure(groups=(COMMITTEES,), kinds=(COMMITTEES,), one_each=True),
    Measure(groups=(WORKING, SESSIONS | MEETINGS), kinds=(WORKING,)),
    Measure(groups=(SESSIONS,), kinds=(COMMITTEES | SESSIONS,), one_each=True),
    Measure(groups=(VISITS,), kinds=(VISITS,)),
    Measure(groups=(TALKS,), kinds=(TALKS,)),
    Measure(groups=(SEMINARS,), kinds=(SEMINARS,)),
    Measure(groups=(MEETINGS,)),
    Measure(groups=(TEXTS,), counts=Counted.SIGNATURES),
)


def measure(text: str) -> Measure | None:
    """Return the row of the table for the measure; None where no row counts it."""
    return next((row for row in MEASURES if _has_each(words(text), row.groups)), None)


def kinds_named(text: str) -> tuple[InstrumentKind, ...]:
    """Return the kinds of text that the measure names; none means all."""
    names_in_text = words(text)
    if not names_in_text.isdisjoint(ANY_TEXT):
        return ()
    return tuple(kind for kind, names in KINDS.items() if not names_in_text.isdisjoint(names))


def inconsistencies(claim: FigureReported) -> Iterator[Inconsistency]:
    """Yield where the number and the partners of a claim do not agree.

    Only a whole number, a list of partners and a known measure can be held against each other.
    """
    row, partners = measure(claim.measure), len(set(claim.partners))
    if row is None or not isinstance(claim.value, int) or not partners:
        return
    if partners > claim.value:
        yield Inconsistency.MORE_PARTNERS_THAN_CLAIMED
    if row.one_each and partners < claim.value:
        yield Inconsistency.FEWER_PARTNERS_THAN_CLAIMED


def _has_each(present: Words, groups: Sequence[Words]) -> bool:
    """Return whether a word of every group is present."""
    return not any(map(present.isdisjoint, groups))
