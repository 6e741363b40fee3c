"""Closed word lists of the domain, as `enum.StrEnum`: every word equals its text.

Kinds of meetings, measures of figures and tags are free text and have no list here.
"""

from enum import StrEnum

__all__ = [
    "Basis",
    "CommitmentFirmness",
    "CommitmentStatus",
    "Conduct",
    "ConflictKind",
    "ConsentMeans",
    "Counted",
    "Direction",
    "DutyStatus",
    "EntryKind",
    "EntryState",
    "Flag",
    "Footing",
    "Force",
    "Inconsistency",
    "InstrumentKind",
    "InstrumentState",
    "MeetingStatus",
    "Noun",
    "PartyKind",
    "ProposalFirmness",
    "ProposalStatus",
    "RenewalDecision",
    "ReservationKind",
    "Role",
    "Stage",
    "SumsBy",
    "TextRelation",
    "Weight",
    "YieldKind",
    "YieldsBy",
]


class Noun(StrEnum):
    """Nouns that an id can name; ids are unique across all of them."""

    PARTY = "party"
    PARTNERSHIP = "partnership"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    INSTRUMENT = "instrument"
    COMMITMENT = "commitment"
    FIGURE = "figure"
    OBSTACLE = "obstacle"

    @property
    def with_article(self) -> str:
        """Return the noun with its article, as in ``an instrument``."""
        return f"an {self}" if self in {Noun.INSTRUMENT, Noun.OBSTACLE} else f"a {self}"

    @property
    def plural(self) -> str:
        """Return the noun for several, as in ``parties``."""
        return f"{self[:-1]}ies" if self.endswith("y") else f"{self}s"


class PartyKind(StrEnum):
    """Sorts of organisation that a party can be."""

    STATE = "state"
    MINISTRY = "ministry"
    AGENCY = "agency"
    CENTRE = "centre"
    CHAMBER = "chamber"
    COMPANY = "company"
    UNIVERSITY = "university"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    UNIT = "unit"
    PERSON = "person"
    OTHER = "other"


class InstrumentKind(StrEnum):
    """Sorts of text or regime that parties conclude."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    MOU = "mou"
    LOI = "loi"
    STATEMENT = "statement"
    EXCHANGE_OF_NOTES = "exchange_of_notes"
    MINUTES = "minutes"
    ACTION_PLAN = "action_plan"
    PROGRAMME = "programme"
    PROJECT = "project"
    MEMBERSHIP = "membership"
    CONTRACT = "contract"
    OTHER = "other"


class Force(StrEnum):
    """Moments at which a text takes effect, where its registration names one."""

    ON_SIGNATURE = "on_signature"
    SEPARATE = "separate"


class ConsentMeans(StrEnum):
    """Means by which a party consents to be bound by a text; the last two are accessions."""

    SIGNATURE = "signature"
    RATIFICATION = "ratification"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    DEFINITIVE_SIGNATURE = "definitive_signature"
    NOTIFICATION = "notification"
    FORMAL_CONFIRMATION = "formal_confirmation"
    ACCESSION = "accession"
    SUCCESSION = "succession"


class ReservationKind(StrEnum):
    """Sorts of statement that a party makes about how a text binds it."""

    RESERVATION = "reservation"
    DECLARATION = "declaration"
    OBJECTION = "objection"


class ProposalFirmness(StrEnum):
    """Degrees to which something is put to another party; none of these binds anybody."""

    WISH = "wish"
    SUGGESTION = "suggestion"
    REQUEST = "request"
    OFFER = "offer"
    INVITATION = "invitation"
    PROPOSAL = "proposal"


class CommitmentFirmness(StrEnum):
    """Degrees to which a debtor is bound, from the loosest to the firmest."""

    STATED_PLAN = "stated_plan"
    JOINT_INTENTION = "joint_intention"
    READINESS = "readiness"
    TARGET = "target"
    AGREED = "agreed"
    COMMITMENT = "commitment"


class Role(StrEnum):
    """Roles of a participant."""

    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    HEAD = "head"
    SIGNER = "signer"
    WITNESS = "witness"
    MEMBER = "member"
    GUEST = "guest"


class Basis(StrEnum):
    """Bases on which a source rests."""

    OFFICIAL = "official"
    PRESS = "press"
    MINUTES = "minutes"
    MEMORY = "memory"
    INFERRED = "inferred"


class Footing(StrEnum):
    """Footings of a fact: the bases of its sources, or the want of one."""

    OFFICIAL = "official"
    PRESS = "press"
    MINUTES = "minutes"
    MEMORY = "memory"
    INFERRED = "inferred"
    UNSTATED = "unstated"
    NONE = "none"


class YieldKind(StrEnum):
    """Sorts of thing that is done under a text or in a partnership."""

    VISIT = "visit"
    EXCHANGE = "exchange"
    TRAINING = "training"
    RESEARCH = "research"
    PUBLICATION = "publication"
    EVENT = "event"
    TRADE = "trade"
    OTHER = "other"


class Direction(StrEnum):
    """Directions in which people or things go, seen from us."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class YieldsBy(StrEnum):
    """Fields of a report by which yields are told apart."""

    KIND = "kind"
    DIRECTION = "direction"
    INSTRUMENT = "instrument"
    PARTNERSHIP = "partnership"


class InstrumentState(StrEnum):
    """States of an instrument, in the order of the ladder; the last five are ends."""

    NONE = "none"
    CONTEMPLATED = "contemplated"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    INITIALLED = "initialled"
    SIGNED = "signed"
    PROVISIONAL = "provisional"
    IN_FORCE = "in_force"
    TERMINATING = "terminating"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


class RenewalDecision(StrEnum):
    """Decisions about the end of a term; none of them changes a state."""

    RENEW = "renew"
    RENEGOTIATE = "renegotiate"
    LET_LAPSE = "let_lapse"
    END = "end"


class TextRelation(StrEnum):
    """Relations of a text to one that comes before it."""

    AMENDS = "amends"
    EXTENDS = "extends"
    IMPLEMENTS = "implements"
    SUPERSEDES = "supersedes"
    ENDS_WITH = "ends_with"


class ProposalStatus(StrEnum):
    """Statuses of a proposal; the first four after ``none`` are open."""

    NONE = "none"
    OPEN = "open"
    UNDER_CONSIDERATION = "under_consideration"
    COUNTERED = "countered"
    AGREED_IN_PRINCIPLE = "agreed_in_principle"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REALISED = "realised"


class CommitmentStatus(StrEnum):
    """Statuses of a commitment, in the order in which the rules are tried."""

    NONE = "none"
    FULFILLED = "fulfilled"
    RELEASED = "released"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    STANDING = "standing"
    PENDING = "pending"


class SumsBy(StrEnum):
    """Things by which sums of money are told: who is owed them, who owes them, or where."""

    CREDITOR = "creditor"
    DEBTOR = "debtor"
    PARTNERSHIP = "partnership"


class DutyStatus(StrEnum):
    """Statuses of a duty that a rule derives from the events."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PENDING = "pending"


class EntryKind(StrEnum):
    """Kinds of entries of a calendar: what there is on the day."""

    DUE = "due"
    MEETING = "meeting"
    SESSION = "session"
    ANSWER = "answer"
    TERM_ENDS = "term_ends"
    LAST_DAY_FOR_NOTICE = "last_day_for_notice"
    ASK_AGAIN = "ask_again"


class EntryState(StrEnum):
    """States of an entry of a calendar: still to come, done, or taking place no more."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class MeetingStatus(StrEnum):
    """Statuses of a meeting; unrecorded: its planned period is over without a record."""

    NONE = "none"
    SCHEDULED = "scheduled"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UNRECORDED = "unrecorded"


class Stage(StrEnum):
    """Stages of a partnership, in the order in which the rules are tried."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    SIGNED = "signed"
    NEGOTIATING = "negotiating"
    LAPSED = "lapsed"
    EXPLORING = "exploring"
    ENDED = "ended"
    CONTACT = "contact"
    NONE = "none"


class Conduct(StrEnum):
    """Conducts of a text in effect, in the order in which the rules are tried."""

    DONE = "done"
    GIVEN_UP = "given_up"
    UNDER_WAY = "under_way"
    AT_REST = "at_rest"
    NOT_BEGUN = "not_begun"


class Flag(StrEnum):
    """Flags that are worth a look next to a state, status or stage."""

    RENEGOTIATING = "renegotiating"
    PARTIALLY_SIGNED = "partially_signed"
    TACITLY_RENEWED = "tacitly_renewed"
    OVERRUN = "overrun"
    GAP = "gap"
    END_UNKNOWN = "end_unknown"
    DORMANT = "dormant"
    TERMINATING = "terminating"
    PROVISIONAL_ONLY = "provisional_only"
    EXPIRING = "expiring"
    CONFLICTS = "conflicts"
    UNRECORDED_MEETINGS = "unrecorded_meetings"
    UNDATED = "undated"
    ANCHOR_OVERDUE = "anchor_overdue"
    ANCHOR_CANCELLED = "anchor_cancelled"
    DEPENDENCY_OPEN = "dependency_open"
    PERHAPS_LATE = "perhaps_late"
    PARTY_LEAVING = "party_leaving"
    MAY_BE_IN_FORCE = "may_be_in_force"
    TO_DECIDE = "to_decide"
    DECIDED_OTHERWISE = "decided_otherwise"
    FOLLOWING = "following"
    GIVEN_UP = "given_up"
    GIVEN_UP_BY_SOME = "given_up_by_some"
    OBSTRUCTED = "obstructed"
    UNHEARD = "unheard"
    SESSION_OVERDUE = "session_overdue"


class Counted(StrEnum):
    """Records that are counted to check a reported figure."""

    SIGNATURES = "signatures"
    MEETINGS = "meetings"


class Inconsistency(StrEnum):
    """Ways in which a reported figure does not agree with itself."""

    FEWER_PARTNERS_THAN_CLAIMED = "fewer_partners_than_claimed"
    MORE_PARTNERS_THAN_CLAIMED = "more_partners_than_claimed"


class ConflictKind(StrEnum):
    """Kinds of conflict: with another source, a declared state, or a reported figure.

    A state is ``unknown`` where it is declared in a word that the ledger does not use.
    """

    DISPUTED = "disputed"
    DECLARED = "declared"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"


class Weight(StrEnum):
    """Weights of a finding in a log, the weightiest first."""

    IMPOSSIBLE = "impossible"
    DOUBTFUL = "doubtful"
    INCOMPLETE = "incomplete"
