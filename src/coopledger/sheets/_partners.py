"""Partners of a sheet: which spellings may mean the same one, and who is to be registered."""

from collections.abc import Iterable, Mapping

import attrs

from coopledger._folding import caseless, cleaned, pieces
from coopledger._frozen import frozen
from coopledger.answers import Party
from coopledger.sheets._likeness import Likenesses, is_acronym, parts_of

_LONGEST_ID = 60


@frozen(kw_only=True)
class Proposal:
    """Two spellings of partners that may mean the same one; nobody has said so yet.

    Attributes:
        spelling: The spelling that is in doubt.
        meant: The spelling, or the name of a party, that may be meant.
        why: What they have in common.
        places: The cells with the spelling, such as ``Texts!C5``.
    """

    spelling: str
    meant: str
    why: str
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the spelling, its first cell, and what may be meant."""
        more = f" and {len(self.places) - 1} more" if len(self.places) > 1 else ""
        where = f" ({self.places[0]}{more})" if self.places else ""
        return f"{self.spelling!r}{where} may be {self.meant!r}: {self.why}"


@attrs.define
class Partner:
    """Organisation of the sheet.

    Attributes:
        id: Its id in the ledger.
        name: Its name.
        acronyms: Its short names.
        spellings: All ways in which it is spelled.
        country: The code of its country, once a row has told it.
        told_at: The cell that has told it.
        is_known: Whether the ledger has it already.
    """

    id: str
    name: str
    acronyms: list[str] = attrs.field(factory=list[str])
    spellings: list[str] = attrs.field(factory=list[str])
    country: str | None = None
    told_at: str = ""
    is_known: bool = False


class Partners:
    """Partners of a sheet, by every spelling that is settled."""

    def __init__(
        self, meant: Mapping[str, str], *, us: Mapping[str, object], known: Iterable[Party] = ()
    ) -> None:
        """Begin with what the mapping says of spellings, ourselves, and the ledger's parties."""
        self._meant = {key_of(spelling): other for spelling, other in meant.items()}
        # The acronyms of names, where the mapping says so.
        self._acronyms = {
            key_of(other): spelling for spelling, other in meant.items() if is_acronym(spelling)
        }
        self._places: dict[str, list[str]] = {}
        self._by_key: dict[str, Partner] = {}
        self._likenesses = Likenesses[Partner]()
        self._by_id: dict[str, Partner] = {}
        for party in known:
            partner = Partner(id=party.id, name=party.name or party.id, is_known=True)
            partner.acronyms += party.acronyms
            partner.spellings += (party.id, *party.other_names, *party.former_names)
            self._add(partner, (partner.name, *partner.acronyms, *partner.spellings))

        if str(us["party"]) not in self._by_id:
            own = Partner(id=str(us["party"]), name=str(us.get("name", us["party"])), is_known=True)
            self._add(own, (own.name, own.id))

    def note(self, spelling: str, place: str) -> None:
        """Note that the spelling stands in a cell."""
        self._places.setdefault(spelling, []).append(place)

    def settle(self) -> tuple[Proposal, ...]:
        """Find out who is who, and return the spellings that may mean somebody else.

        What is spelled most often and most fully is the name; an acronym never is, where a name
        may belong to it.
        """
        proposals: list[Proposal] = []
        waiting: list[tuple[str, str]] = []
        spellings = sorted(
            self._places, key=lambda each: (is_acronym(each), -len(self._places[each]))
        )
        for spelling in spellings:
            meant = self._meant.get(key_of(spelling))
            if key_of(spelling) in self._by_key:
                continue
            if meant is not None and key_of(meant) != key_of(spelling):
                waiting.append((spelling, meant))
            elif meant is None and (near := self._likenesses.near(spelling)) is not None:
                other, why = near
                places = tuple(self._places[spelling])
                proposals.append(
                    Proposal(spelling=spelling, meant=other.name, why=why, places=places)
                )
            else:
                self._new(spelling)
        for spelling, meant in waiting:
            partner = self._meant_by(meant) or self._new(meant)
            self._name_too(partner, spelling)
        return tuple(proposals)

    def of(self, spelling: str) -> Partner | None:
        """Return the partner of a spelling; None while it is in doubt."""
        return self._by_key.get(key_of(spelling))

    def _meant_by(self, name: str) -> Partner | None:
        """Return the partner that a mapping means by a name or an id."""
        return self._by_key.get(key_of(name)) or self._by_id.get(name)

    def _add(self, partner: Partner, names: Iterable[str]) -> Partner:
        self._by_id[partner.id] = partner
        for name in dict.fromkeys(names):
            self._by_key.setdefault(key_of(name), partner)
            self._likenesses.add(name, partner)
        return partner

    def _new(self, spelling: str) -> Partner:
        """Add the partner of a spelling, which may bring its acronym in brackets."""
        name, acronym = parts_of(spelling)
        acronym = acronym or self._acronyms.get(key_of(name))
        acronyms = [acronym] if acronym else []
        partner = Partner(id=self._new_id(acronym or name), name=name, acronyms=acronyms)
        partner.spellings.append(spelling)
        return self._add(partner, (spelling, name))

    def _name_too(self, partner: Partner, spelling: str) -> None:
        """Let a partner have one more spelling."""
        self._by_key[key_of(spelling)] = partner
        partner.spellings.append(spelling)
        if is_acronym(spelling) and spelling not in partner.acronyms:
            partner.acronyms.append(spelling)

    def _new_id(self, name: str) -> str:
        """Return a readable id that nobody has: an acronym as it is, or the words of the name."""
        plain = name if is_acronym(name) else "-".join(pieces(name))[:_LONGEST_ID].strip("-")
        id, number = plain or "partner", 1
        while id in self._by_id:
            number += 1
            id = f"{plain}-{number}"
        return id


def key_of(name: str) -> str:
    """Return the form in which two spellings are the same without asking anybody."""
    return caseless(cleaned(name))
