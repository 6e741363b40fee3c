"""Stages of docs/reference/rules.md: 'first match wins'."""

from dataclasses import dataclass, field

from tests.oracle.commitments import commitment
from tests.oracle.conduct import CONDUCTS, Conduct, conduct, conduct_of_texts
from tests.oracle.days import add_months, bounds, day_lent, iso, mark_of
from tests.oracle.facts import Fact, ReplayKey, VisibleFacts, act_of, effect_of, replay_key
from tests.oracle.instrument_life import IN_EFFECT, Instrument
from tests.oracle.instruments import instrument, instruments_of
from tests.oracle.meetings import MEETINGS, meeting
from tests.oracle.obstacles import open_on
from tests.oracle.proposals import ANSWERS, OPEN, PUTS, about, proposal
from tests.oracle.stances import given_up, words

__all__ = ["Partnership", "home", "judge", "partnership", "partnership_of"]

DORMANT_AFTER = 730
EXPIRING_WITHIN = 180
ON_INSTRUMENTS = set(
    """NegotiationOpened NegotiationConcluded NegotiationBrokenOff InstrumentInitialled
    InstrumentApproved InstrumentRatified InstrumentSigned InstrumentProvisionallyApplied
    InstrumentEnteredIntoForce InstrumentExtended InstrumentRenewed InstrumentAmended
    InstrumentSuspended InstrumentResumed TerminationNotified TerminationNoticeWithdrawn
    InstrumentTerminated InstrumentCompleted ImplementationReported MilestoneReached
    InstrumentAcceded InstrumentAdopted SignatureWithdrawn ReservationMade
    ReservationWithdrawn RenewalDecided""".split()
)
ACTIVITY = (
    ON_INSTRUMENTS
    | PUTS
    | set(ANSWERS)
    | {"MeetingScheduled", "MeetingHeld", "StatementMade", "PartyJoined", "PartyLeft"}
    | {"ConditionMet", "ConditionFailed", "CommitmentProgressed", "CommitmentFulfilled"}
)
PROMISES = set(
    """CommitmentMade CommitmentReleased CommitmentCancelled CommitmentDelegated
    CommitmentAssigned CommitmentRescheduled CommitmentVaried CommitmentReopened""".split()
)
STATES = set(
    """none contemplated negotiating agreed initialled signed provisional in_force terminating
    suspended expired terminated superseded completed abandoned""".split()
)
STATUSES = {
    "proposal": set(
        """none open under_consideration countered agreed_in_principle accepted declined withdrawn
        realised""".split()
    ),
    "meeting": {"none", "scheduled", "held", "postponed", "cancelled", "unrecorded"},
    "commitment": set(
        """none fulfilled released cancelled expired conditional blocked overdue due_soon standing
        pending""".split()
    ),
}
SAID = ACTIVITY | set(MEETINGS) | PROMISES | {"NothingDone"}
CONTACT = SAID | {"ReminderSent"}
# 'Anybody on the other side, or anybody about it, said anything'; 'our own reminders are not'.
HEARD = SAID | set(
    """StatusReported FigureReported ObstacleReported ObstacleRemoved CooperationGivenUp
    CooperationResumed PartnershipClosed""".split()
)


@dataclass
class Partnership:
    """Partnership as of one day."""

    stage: str = "none"
    since: int = 0
    flags: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    last_activity: str | None = None
    last_heard: str | None = None
    conduct: Conduct = field(default_factory=Conduct)
    obstructed_since: int | None = None
    is_uncertain: bool = False  # by a fuzzy end, or by the date of the last activity
    deciders: set[str] = field(default_factory=set[str])
    texts: list[Instrument] = field(default_factory=list[Instrument])


def partnership_of(visible: VisibleFacts, fact: Fact) -> set[str | None]:
    """Return the partnerships to which the act belongs."""
    names: set[str | None] = {fact.get("partnership")}
    if fact.get("proposal"):
        names |= {
            about(visible, fact["proposal"], "partnership"),
            _of_instrument(visible, about(visible, fact["proposal"], "instrument")),
        }
    elif fact.get("instrument"):
        names.add(_of_instrument(visible, fact["instrument"]))
    if fact.get("meeting"):
        names.add(_of(visible, "meeting", fact["meeting"]))
    promises = [fact.get("commitment"), *fact.get("fulfils", ())]
    promises += [met.rsplit("/", 1)[0] for met in fact.get("meets", ())]
    names |= {_of(visible, "commitment", name) for name in promises if name}
    names |= {home(visible, "proposal", name) for name in fact.get("realises", ())}
    name = fact.get("subject") or _subject_of(visible, fact.get("obstacle"))
    if name:
        names |= {_of_instrument(visible, name), *(home(visible, noun, name) for noun in STATUSES)}
        names.add(name if visible.registered("PartnershipOpened", "partnership", name) else None)
    return names - {None}


def _subject_of(visible: VisibleFacts, obstacle: str | None) -> str | None:
    """Return what an obstacle stands in the way of."""
    report = visible.registered("ObstacleReported", "obstacle", obstacle) if obstacle else None
    return report["subject"] if report else None


def _of(visible: VisibleFacts, field: str, name: str) -> str | None:
    facts = [fact for fact in visible.known if fact.get(field) == name and fact.get("partnership")]
    first = min(facts, key=lambda fact: int(fact.get("hops", 0)), default=None)
    return str(first["partnership"]) if first else None


def _of_instrument(visible: VisibleFacts, name: str | None) -> str | None:
    registration = visible.registered("InstrumentRegistered", "instrument", name)
    return registration["partnership"] if registration else None


def home(visible: VisibleFacts, noun: str, name: str) -> str | None:
    """Return the partnership of a proposal, meeting or commitment."""
    if noun == "proposal":
        return about(visible, name, "partnership") or _of_instrument(
            visible, about(visible, name, "instrument")
        )
    return _of(visible, noun, name)


def _acts(visible: VisibleFacts, name: str, day: int, types: set[str]) -> list[Fact]:
    return [
        fact
        for fact in visible.until(day)
        if (fact["type"] in types) and name in partnership_of(visible, fact)
    ]


@dataclass(frozen=True)
class Reason:
    """Reason for a stage: the day, the place in the replay, and the event, whichever its text."""

    day: int
    replay_key: ReplayKey
    event: str
    text: str | None = field(default=None, compare=False)


STAGES = (
    ("active", IN_EFFECT),
    ("suspended", {"suspended"}),
    ("signed", {"signed"}),
    ("negotiating", {"negotiating", "agreed", "initialled"}),
    ("lapsed", {"expired"}),
    ("exploring", {"contemplated"}),
)


def _texts(visible: VisibleFacts, name: str, day: int) -> list[Instrument]:
    texts = [instrument(visible, each, day) for each in instruments_of(visible, name)]
    return [text for text in texts if text is not None and text.state != "none"]


def judge(visible: VisibleFacts, name: str, day: int) -> tuple[str, Reason | None]:
    """Return the first stage that matches by the end of the day, and its reason."""
    texts = _texts(visible, name, day)
    for stage, states in STAGES:
        if any(text.state in states for text in texts):
            return stage, _latest(visible, [text for text in texts if text.state in states])
    closed = _acts(visible, name, day, {"PartnershipClosed"})
    endings = [text.history.since() for text in texts] + [effect_of(fact) for fact in closed]
    puts = [
        put for put in _open_puts(visible, name, day) if effect_of(put) > max(endings, default=-1)
    ]
    if puts:
        return "exploring", _rests_on(puts[-1])
    if closed:
        return "ended", _rests_on(closed[-1])
    if texts:
        return "ended", _latest(visible, texts)
    contact = _acts(visible, name, day, CONTACT)
    return ("contact", _rests_on(contact[0])) if contact else ("none", None)


def _rests_on(fact: Fact) -> Reason:
    return Reason(effect_of(fact), replay_key(fact), fact["id"])


def _latest(visible: VisibleFacts, texts: list[Instrument]) -> Reason:
    """Of several texts the one that came to its state last."""
    reasons: list[Reason] = []
    for text in texts:
        since, event = text.history.since(), str(text.history.event)
        fact = next(fact for fact in visible.known if fact["id"] == event)
        at = (since, *replay_key(fact)[1:])
        reasons.append(Reason(since, at, event, text.registration["instrument"]))
    return max(reasons, key=lambda reason: reason.replay_key)


def _open_puts(visible: VisibleFacts, name: str, day: int) -> list[Fact]:
    """Return the acts that put the open proposals of the partnership, in replay order."""
    proposals = [
        proposal(visible, each, day)
        for each in visible.names("proposal")
        if home(visible, "proposal", each) == name
    ]
    puts = [each.put for each in proposals if each.status in OPEN and each.put is not None]
    return sorted(puts, key=replay_key)


def partnership(visible: VisibleFacts, name: str, day: int) -> Partnership:
    """Return the partnership by the end of the day."""
    current, reason = judge(visible, name, day)
    result = Partnership(stage=current, texts=_texts(visible, name, day))
    result.since, since_reason = _since(visible, name, day, current, reason)
    first = judge(visible, name, result.since)[1] if reason is not None else None
    for why, turned in ((reason, since_reason), (first, result.since)):
        if why is not None:
            changes = _changed_on(visible, name, turned) if why.day < turned else []
            result.deciders.add((changes or [why.event])[-1])
    result.is_uncertain = _rests_on_doubtful_end(visible, reason, day) or _rests_on_doubtful_end(
        visible, first, result.since
    )
    _raise_flags(visible, name, day, result)
    _fall_asleep(visible, name, day, result)
    _fall_silent(visible, name, day, result)
    result.conduct = conduct_of_texts(visible, result.texts, day)
    return result


def _rests_on_doubtful_end(visible: VisibleFacts, why: Reason | None, day: int) -> bool:
    text = instrument(visible, why.text, day) if why is not None and why.text else None
    return text is not None and text.is_uncertain(day)


def _fall_asleep(visible: VisibleFacts, name: str, day: int, result: Partnership) -> None:
    """Tell the last activity, and whether the partnership is dormant.

    'A day that is not known is never a last activity while another act has a known day.'
    """
    active, known, last = _last_of(visible, name, day, ACTIVITY)
    if last is None:
        return
    result.last_activity = _shown(last)
    opened = visible.registered("PartnershipOpened", "partnership", name) or {}
    dormant_after = opened.get("dormant_after", DORMANT_AFTER)
    if result.stage in {"ended", "none"}:
        return
    awake_from = day - dormant_after
    uncertain = _may_be_either(last["when"], awake_from) and not any(
        first >= awake_from for first, _ in map(bounds, (fact["when"] for fact in known)) if first
    )
    if act_of(last) < awake_from:
        result.flags["dormant"] = {last["id"]}
        # A dormancy that rests on passing over a day that is not known is uncertain.
        uncertain = uncertain or any(act_of(fact) >= awake_from for fact in active)
    result.is_uncertain = result.is_uncertain or uncertain


def _last_of(
    visible: VisibleFacts, name: str, day: int, types: set[str]
) -> tuple[list[Fact], list[Fact], Fact | None]:
    """Return the acts of those types, those on a known day, and the last one."""
    acts = [fact for fact in _acts(visible, name, day, types) if act_of(fact) <= day]
    known = [fact for fact in acts if bounds(fact["when"])[0] is not None]
    last = max(known or acts, key=lambda fact: (act_of(fact), replay_key(fact)), default=None)
    return acts, known, last


def _shown(last: Fact) -> str:
    is_known = bounds(last["when"])[0] is not None
    return day_lent(last["when"]) if is_known else f"../{iso(act_of(last))}"


def _fall_silent(visible: VisibleFacts, name: str, day: int, result: Partnership) -> None:
    """Tell when anybody was heard last, and whether that is too long ago.

    'PartnershipOpened: O report_every (months); flag unheard after it.' Before the first word it
    counts from the date of the opening.
    """
    heard, known, last = _last_of(visible, name, day, HEARD)
    result.last_heard = _shown(last) if last else None
    opened = visible.registered("PartnershipOpened", "partnership", name) or {}
    if "report_every" not in opened or result.stage == "ended":
        return
    said = last or (opened if opened.get("when") else None)
    if said is None:
        result.flags["unheard"] = {opened["id"]}
        return

    def is_over(since: int | None) -> bool:
        return since is None or add_months(since, opened["report_every"]) < day

    uncertain = False
    if mark_of(said["when"]):
        first, end = bounds(said["when"])
        starts = [start for start, _ in (bounds(fact["when"]) for fact in known) if start]
        is_open = end is None or not is_over(end) or said["when"][-1] in "~?%"
        uncertain = is_over(first) and is_open and all(map(is_over, starts))
    if is_over(act_of(said)):
        result.flags["unheard"] = {said["id"]}
        uncertain = uncertain or not all(is_over(act_of(fact)) for fact in heard)
    result.is_uncertain = result.is_uncertain or uncertain


def _may_be_either(when: str, awake_from: int) -> bool:
    """Tell whether the earliest and the latest day of an act differ in what they make dormant.

    '~ makes it uncertain on later days too'; an act with an open end may have been yesterday.
    """
    first, last = bounds(when)
    if not mark_of(when) or (first is not None and first >= awake_from):
        return False
    return last is None or last >= awake_from or when[-1] in "~?%"


def _since(
    visible: VisibleFacts, name: str, day: int, current: str, reason: Reason | None
) -> tuple[int, int]:
    """Return the first days of the stage and of its reason, looking back day by day."""
    days = {0} | {effect_of(fact) for fact in visible.until(day)}
    for each in instruments_of(visible, name):
        text = instrument(visible, each, day)
        days |= set(text.history.days) if text else set()
    since, rests_since, rests = 0, 0, True
    for turn in sorted({turn for turn in days if turn <= day}, reverse=True):
        then, why = judge(visible, name, turn)
        if then != current:
            break
        rests = rests and why == reason
        since, rests_since = turn, turn if rests else rests_since
    return since, rests_since


def _changed_on(visible: VisibleFacts, name: str, day: int) -> list[str]:
    """Return the events that changed something by the evening of the day, as they replay."""
    events = {
        fact["id"]
        for fact in _acts(visible, name, day, {"PartnershipClosed"})
        if effect_of(fact) == day
    }
    for each in instruments_of(visible, name):
        text = instrument(visible, each, day)
        if text and text.history.since() == day:
            events.add(str(text.history.event))
    for each in visible.names("proposal"):
        put = proposal(visible, each, day)
        if home(visible, "proposal", each) == name and put.history.since() == day:
            events.add(str(put.history.event))
    facts = [fact for fact in visible.known if fact["id"] in events]
    return [fact["id"] for fact in sorted(facts, key=lambda fact: replay_key(fact)[1:])]


def _raise_flags(visible: VisibleFacts, name: str, day: int, result: Partnership) -> None:
    def raise_flag(flag: str, event: str | None) -> None:
        result.flags.setdefault(flag, set()).add(str(event))

    standing = open_on(visible, day, lambda fact: name in partnership_of(visible, fact))
    if standing is not None:
        result.obstructed_since, reports = standing
        result.flags["obstructed"] = set(map(str, reports))
    for text in result.texts:
        members = list(text.parties.members)
        given = given_up(words(visible, text, day), members, day)
        for fact in given.values() if set(given) != set(members) else ():
            raise_flag("given_up_by_some", fact["id"])
        for flag in ("renegotiating", "overrun"):
            if flag in text.flags:
                raise_flag(flag, text.flags[flag])
        if text.state == "terminating":
            raise_flag("terminating", text.ending.event if text.ending else text.history.event)
        end = _next_end(visible, text, day)
        expires = end is not None and end[0] <= day + EXPIRING_WITHIN
        if end is not None and expires:
            raise_flag("expiring", end[2])
        if expires or text.state == "terminating" or "overrun" in text.flags:
            # The flag rests on an end, and 'carries the mark through'.
            result.is_uncertain = result.is_uncertain or text.is_uncertain(day)
    running = [text for text in result.texts if text.state in IN_EFFECT]
    if running and all(text.state == "provisional" for text in running):
        last = max(running, key=lambda text: int(text.registration["position"]))
        raise_flag("provisional_only", last.history.event)
    for each in visible.names("meeting"):
        met = meeting(visible, each, day)
        if _of(visible, "meeting", each) == name and met.history.value == "unrecorded":
            raise_flag("unrecorded_meetings", met.said_by)
    counted = {fact["id"]: fact for fact in visible.until(day)}
    for fact in visible.until(day):
        target = counted.get(fact.get("target", ""))
        disputes = fact["type"] == "FactDisputed" and target is not None
        if disputes and target and name in partnership_of(visible, target):
            raise_flag("conflicts", fact["id"])
        declares = fact["type"] == "StatusReported" and name in partnership_of(visible, fact)
        if declares and _is_contradicted(visible, fact):
            raise_flag("conflicts", fact["id"])


def _is_contradicted(visible: VisibleFacts, report: Fact) -> bool:
    """Tell whether a known word was declared other than the one derived for that day."""
    name, day = report["subject"], effect_of(report)
    text = instrument(visible, name, day)
    declared = "_".join(report["state"].lower().split())
    if text is not None and declared in CONDUCTS:
        return declared != conduct(visible, name, day).word
    if text is not None:
        known, derived = STATES, text.state
    elif name in visible.names("commitment"):
        known, derived = STATUSES["commitment"], commitment(visible, name, day).status
    elif name in visible.names("proposal"):
        known, derived = STATUSES["proposal"], proposal(visible, name, day).status
    elif name in visible.names("meeting"):
        known, derived = STATUSES["meeting"], meeting(visible, name, day).history.value
    elif declared in CONDUCTS:
        return declared != conduct_of_texts(visible, _texts(visible, name, day), day).word
    else:
        known, derived = {*dict(STAGES), "ended", "contact", "none"}, judge(visible, name, day)[0]
    return declared in known and declared != derived


def _next_end(visible: VisibleFacts, text: Instrument, day: int) -> tuple[int, int, str] | None:
    """Return the last day of the term, or the end that a notice names, whichever comes first."""
    positions = {fact["id"]: fact["position"] for fact in visible.known}
    ends = [(text.ending.day, text.ending.event)] if text.ending else []
    if text.current and text.current.last is not None:
        ends.append((text.current.last, text.current.setter))
    if text.followed and text.followed.last is not None:
        ends.append((text.followed.last, text.followed.setter))
    nearest = [(end, positions[event], event) for end, event in ends if end >= day]
    return min(nearest, default=None) if text.state in IN_EFFECT else None
