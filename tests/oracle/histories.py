"""Random histories: what an office might record, in any order, late, vague, wrong and mended."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.facts import Fact
from tests.oracle.recurrence import dates

__all__ = ["STATES", "Acts", "Draw", "History"]

FIRST, LAST = date(2008, 1, 1).toordinal(), date(2024, 12, 31).toordinal()
STATES = [f"s{number}" for number in range(8)]
MINISTRIES = [f"{state}-m{number}" for state in STATES for number in (1, 2)]
KINDS = ["agreement", "agreement", "mou", "treaty", "project", "programme", "membership", "minutes"]
BACKGROUNDS = [
    "in_force",
    "in_force",
    "signed",
    "provisional",
    "suspended",
    "negotiating",
    "agreed",
]

Draw = Callable[["History"], Any]
# For each type of act its weight, the fields that it needs, and those that it may have.
Acts = Mapping[str, tuple[int, Mapping[str, Draw], Mapping[str, tuple[float, Draw]]]]


class History:
    """Draws one event after the other; each may be refused by a ledger.

    Attributes:
        today: The day of recording, as an ordinal; it goes on from event to event.
    """

    def __init__(self, random: Random, acts: "Acts", *, partnerships: int, events: int) -> None:
        self.random, self.acts = random, acts
        self.parties: dict[str, list[str]] = {}
        self.used: dict[tuple[str, str], list[str]] = {}
        self.occurrences: dict[str, list[str]] = {}
        self.names = 0
        self.partnerships = [f"p{number}" for number in range(partnerships)]
        self.today = date(2012, 1, 1).toordinal()
        self.step = (LAST - self.today) / max(events, 1)
        self.recorded: list[Fact] = []
        self.aside: list[Fact] = []  # what was drawn from another source
        self.partnership = self.partnerships[0]
        self.number = 0

    # --- what every history begins with

    def world(self) -> list[Fact]:
        """Return the parties and partnerships, and some texts."""
        facts: list[Fact] = [
            {"type": "PartyRegistered", "party": name, "name": name, "kind": "state"}
            for name in STATES
        ]
        facts += [
            {
                "type": "PartyRegistered",
                "party": name,
                "name": name,
                "kind": "ministry",
                "parent": name.split("-")[0],
            }
            for name in MINISTRIES
        ]
        for name in self.partnerships:
            self.partnership = name
            facts.append(self._opened(name))
            facts += [self._registered() for _ in range(self.random.choice([1, 2, 3]))]
        return [self._numbered(fact) for fact in facts]

    def _opened(self, name: str) -> Fact:
        parties = self.random.sample(STATES, self.random.choice([2, 2, 2, 3, 3, 4, 5, 6]))
        fact: Fact = {"type": "PartnershipOpened", "partnership": name, "parties": parties}
        if self.random.random() < 0.2:
            fact["dormant_after"] = self.random.choice([0, 100, 365])
        if self.random.random() < 0.4:
            fact["report_every"] = self.random.choice([1, 6, 12])
        self.parties[name] = parties
        return fact

    def _registered(self) -> Fact:
        """Return a text, perhaps with a background; it supersedes only older ones."""
        texts = self.ids("instrument")
        fact = self._with(
            {
                "type": "InstrumentRegistered",
                "instrument": f"{self.partnership}-i{len(texts) + 1}",
                "partnership": self.partnership,
                "kind": self.random.choice(KINDS),
            },
            parties=(0.25, History.own_parties),
            open_for_signature=(0.15, lambda _: True),
            enters_after=(0.2, History.entry_condition),
            renewal=(0.4, History.renewal),
            force=(0.1, lambda _: self.random.choice(["on_signature", "separate"])),
            state=(0.2, lambda _: self.random.choice(BACKGROUNDS)),
            until=(0.3, History.later),
            open_ended=(0.05, lambda _: True),
            ends_with=(0.25 if texts else 0.0, lambda _: self.random.choice(texts)),
            supersedes=(0.4 if texts else 0.0, lambda _: [self.random.choice(texts)]),
            when=(0.2, History.when),
        )
        self.known("instrument").append(fact["instrument"])
        return _with_one_end(fact)

    # --- one event after the other

    def offer(self) -> Fact:
        """Return the next event; the day of recording moves on."""
        self.number += 1
        if self.random.random() < 0.8:
            self.today = max(
                self.today, int(date(2012, 1, 1).toordinal() + self.number * self.step)
            )
        self.partnership = self.random.choice(self.partnerships)
        chance = self.random.random()
        if chance < 0.08 and self.recorded:
            return self._numbered(self._mended())
        if chance < 0.1:
            return self._numbered(self._registered())
        if chance < 0.103 and (twins := self.twins()):
            return self._numbered({"type": "SameAs", **twins})
        return self._numbered(self._act())

    def keep(self, fact: Fact) -> None:
        """Keep an event that was recorded: later ones may name what it opens, or correct it."""
        for field in ("proposal", "meeting", "commitment", "obstacle"):
            if fact.get(field) and fact[field] not in self.known(field):
                self.known(field).append(fact[field])
        if fact.get("recurs"):
            self.occurrences[fact["commitment"]] = dates(fact["due"], fact["recurs"])
        if fact["id"].startswith("f"):
            self.aside.append(fact)
        elif fact["type"] not in {"PartyRegistered", "PartnershipOpened"}:
            self.recorded.append(fact)

    def _numbered(self, fact: Fact) -> Fact:
        self.names += 1
        return {"id": f"e{self.names}", **fact}

    def _act(self) -> Fact:
        weights = [weight for weight, _, _ in self.acts.values()]
        type_ = self.random.choices(list(self.acts), weights)[0]
        _, required, optional = self.acts[type_]
        fact: Fact = {"type": type_}
        for name, draw in {"when": History.when, **required}.items():
            value = draw(self)
            if value is not None:
                fact[name] = value
        fact = self._with(fact, effective=(0.15, History.exact), **optional)
        return self._recurring(_with_one_end(fact))

    def _recurring(self, fact: Fact) -> Fact:
        """Return a promise that recurs only from a date, and a date only of a promise that does."""
        if "recurs" in fact and ("due" not in fact or "due_meeting" in fact):
            del fact["recurs"]
        if "occurrence" in fact:
            known = self.occurrences.get(fact.get("commitment", ""), [])
            del fact["occurrence"]
            if known:
                fact["occurrence"] = self.random.choice(known[:12])
        return fact

    def _with(self, fact: Fact, **optional: tuple[float, Draw]) -> Fact:
        for name, (chance, draw) in optional.items():
            if self.random.random() < chance:
                value = draw(self)
                if value is not None:
                    fact[name] = value
        return fact

    def _mended(self) -> Fact:
        """Return a correction, a retraction, or a dispute of something recorded."""
        target = self.random.choice(self.recorded[-300:])
        kind = self.random.choice(
            ["EventCorrected", "EventCorrected", "EventRetracted", "FactDisputed"]
        )
        fact: Fact = {"type": kind, "target": target["id"]}
        if kind == "FactDisputed":
            return {**fact, "field": "when", "alternative": "2015"}
        fact["reason"] = "a mistake"
        if kind == "EventCorrected":
            self.partnership = self._home(target)
            _, required, optional = self.acts.get(target["type"], (0, {}, {}))
            draws = {"when": History.when, "effective": History.exact, **required}
            draws |= {name: draw for name, (_, draw) in optional.items()}
            name = self.random.choice(list(draws))
            fixed = {"commitment", "meeting", "proposal", "partnership", "obstacle"}
            value = (
                None if name == "effective" and self.random.random() < 0.5 else draws[name](self)
            )
            if name in fixed:
                name, value = "when", self.when()
            fact["changes"] = {name: value}
        return fact

    def _home(self, target: Fact) -> str:
        for name in ("partnership", "instrument", "proposal", "meeting", "commitment", "obstacle"):
            if target.get(name):
                return str(target[name]).split("-")[0]
        return self.partnership

    # --- values

    def known(self, field: str) -> list[str]:
        """Return the ids of the partnership that are in use."""
        return self.used.setdefault((self.partnership, field), [])

    def ids(self, field: str) -> list[str]:
        return list(self.known(field))

    def one(self, field: str) -> str | None:
        """Return a known id, where there is one."""
        ids = self.ids(field)
        return self.random.choice(ids) if ids else None

    def fresh(self, field: str) -> str:
        """Return a new id, or now and then a known one."""
        ids = self.ids(field)
        if ids and self.random.random() < 0.4:
            return self.random.choice(ids)
        letter = {"proposal": "q", "meeting": "m", "commitment": "c", "obstacle": "o"}[field]
        return f"{self.partnership}-{letter}{len(ids) + 1}"

    def day(self) -> int:
        """Return a day before that of recording, mostly a recent one."""
        if self.random.random() < 0.65:
            return max(FIRST, self.today - int(self.random.expovariate(1 / 150)))
        return self.random.randint(FIRST, self.today)

    def exact(self) -> str:
        return date.fromordinal(self.day()).isoformat()

    def when(self) -> str:
        return self._text(self.day()) if self.random.random() < 0.35 else self.exact()

    def later(self) -> str:
        """Return a date that may lie years ahead."""
        day = min(LAST, self.day() + self.random.choice([0, 20, 200, 800, 2000]))
        return self._text(day) if self.random.random() < 0.4 else date.fromordinal(day).isoformat()

    def _text(self, ordinal: int) -> str:
        day = date.fromordinal(ordinal)
        return self.random.choice(
            [
                f"{day:%Y}",
                f"{day:%Y-%m}",
                f"{day:%Y-%m}",
                f"{day:%Y-%m-%d}~",
                f"{day:%Y}?",
                f"{day:%Y}-{self.random.randint(21, 24)}",
                f"{day}/{day + timedelta(self.random.randint(1, 40))}",
                f"{day:%Y-%m}/..",
                f"../{day:%Y-%m-%d}",
                f"[{day:%Y-%m}..{day.year + 1}]",
                f"{day:%Y-%m}-XX",
            ]
        )

    def renewal(self) -> Fact:
        fact: Fact = {"tacit": self.random.random() < 0.9}
        if self.random.random() < 0.8:
            fact["years"] = self.random.choice([1, 2, 5])
        if self.random.random() < 0.1:
            fact["months"] = self.random.choice([3, 18])
        if self.random.random() < 0.25:
            fact["times"] = self.random.choice([1, 2, 3])
        if self.random.random() < 0.7:
            fact["notice_months"] = self.random.choice([0, 3, 6, 12])
        elif self.random.random() < 0.3:
            fact["notice_days"] = self.random.choice([0, 30, 90])
        return fact

    def own_parties(self) -> list[str]:
        """Return parties of a text: some of the partnership, now and then a unit or another."""
        own = self.parties[self.partnership]
        names = self.random.sample(own, self.random.randint(2, len(own)))
        if self.random.random() < 0.3:
            names.append(self.random.choice([f"{names[0]}-m1", f"{names[0]}-m2"]))
        if self.random.random() < 0.3:
            names.append(self.random.choice(STATES))
        return list(dict.fromkeys(names))

    def recurrence(self) -> Fact:
        length = self.random.choice([("months", 3), ("months", 6), ("years", 1), ("days", 90)])
        times = self.random.randint(1, 4)
        end: list[tuple[str, object]] = [("times", times), ("until", "2020")]
        return dict([length, *self.random.sample(end, self.random.choice([0, 0, 1]))])

    def entry_condition(self) -> Fact:
        length = self.random.choice([{}, {"days": 30}, {"days": 90}, {"months": 3}])
        return {"consents": self.random.choice([1, 2, 2, 3]), **length}

    def party(self) -> str:
        """Return a party of the partnership, or now and then another."""
        own: list[str] = self.parties[self.partnership]
        chance = self.random.random()
        if chance < 0.15:
            state = self.random.choice(own)
            return self.random.choice([f"{state}-m1", f"{state}-m2"])
        return self.random.choice(STATES if chance < 0.25 else own)

    def parties_of(self) -> list[str]:
        return [self.party()]

    def some_parties(self) -> list[str]:
        """Return one to three parties."""
        return list(dict.fromkeys(self.party() for _ in range(self.random.choice([1, 1, 2, 3]))))

    def heirs(self) -> list[str]:
        """Return who takes over from a party."""
        return self.random.sample(STATES, self.random.choice([1, 1, 1, 2]))

    def affairs(self) -> list[str] | None:
        """Return what passes of a partnership: all of it, or some things of its own."""
        things = [self.partnership, self.one("instrument"), self.one("commitment")]
        known = [name for name in things if name]
        return self.random.sample(known, self.random.randint(1, len(known)))

    def twins(self) -> Fact:
        """Return two ids of one noun, of which the second stays."""
        noun = self.random.choice(
            [
                "instrument",
                "instrument",
                "commitment",
                "meeting",
                "proposal",
                "partnership",
                "party",
            ]
        )
        pools = {"party": [*STATES, *MINISTRIES], "partnership": self.partnerships}
        ids = pools.get(noun, self.ids(noun))
        if len(ids) < 2:
            return {}
        duplicate, other = self.random.sample(ids, 2)
        return {"duplicate": duplicate, "same_as": other}


def _with_one_end(fact: Fact) -> Fact:
    """Return the fact with one end: two of a last day, a length and none are refused."""
    others = {"until": {"years", "months", "open_ended"}, "open_ended": {"years", "months"}}
    dropped = next((names for field, names in others.items() if field in fact), set[str]())
    return {name: value for name, value in fact.items() if name not in dropped}
