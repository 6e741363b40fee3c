"""Corrections of acts: other values, further sources, disputes, and retractions."""

from tests.benchmarks.story import Act

__all__ = ["CORRECTIONS", "correction"]

CORRECTIONS = {"EventCorrected", "EventRetracted", "FactDisputed", "SourceAdded"}

# By the kind of an act, the field that is corrected, and its new value.
CHANGES: dict[str, tuple[str, object]] = {
    "CommitmentMade": ("what", "send the list of laboratories and their equipment"),
    "CommitmentProgressed": ("percent", 60),
    "InstrumentRegistered": ("title", "Text on research, training and exchange"),
    "InterestExpressed": ("text", "would like to send two researchers for a stay"),
    "MeetingHeld": ("topics", ["exchange of experts"]),
    "NegotiationOpened": ("round", 2),
    "PartnershipOpened": ("scope", "research, training and exchange"),
    "ProposalMade": ("text", "conclude a text on joint research, training and exchange"),
}
DATED = {"CommitmentFulfilled", "ConditionMet", "InstrumentExtended"}  # the date is corrected


def correction(target: str, act: Act, day: str, *, chance: float) -> Act:
    """Return a correction of the act with the id, drawn by the chance.

    Of the acts that can be corrected three of four are; one of eight is disputed. Every other
    progress is retracted. The rest gets one more source.
    """
    if act.kind == "CommitmentProgressed" and chance < 0.5:
        return Act("EventRetracted", {"target": target, "reason": "told of another promise"})
    change = ("when", day) if act.kind in DATED else CHANGES.get(act.kind)
    if change is not None and chance < 0.75:
        fields: dict[str, object] = {"target": target, "changes": dict([change])}
        return Act("EventCorrected", fields | {"reason": "a slip of the pen"})
    if change is not None and chance < 0.875 and isinstance(change[1], str):
        dispute = {"target": target, "field": change[0], "alternative": change[1]}
        return Act("FactDisputed", {**dispute, "source": [_source(day)]})
    return Act("SourceAdded", {"target": target, "source": [_source(day)]})


def _source(day: str) -> dict[str, str]:
    return {"publisher": "Le Courrier", "published": day, "basis": "press"}
