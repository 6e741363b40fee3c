"""Table of instrument states, word for word as the domain has it.

A row may stand for several states and a column for several acts. What a cell means is said in
`test_instrument_table`; nothing here is taken from the package.
"""

# ruff: noqa: E501 - the rows of the table are read side by side

__all__ = ["CELLS", "COLUMNS", "LADDER"]

TABLE = """
| from \\ event | Interest / ProposalMade on it | NegotiationOpened, AgreedInPrinciple | NegotiationConcluded, ProposalAccepted | Initialled | Signed | ProvisionallyApplied | EnteredIntoForce | Extended / Renewed | Suspended | TerminationNotified | Terminated | Completed | BrokenOff |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| none, contemplated | contemplated | negotiating | agreed | initialled | signed / in_force* | provisional | in_force | in_force (implied) | warning | warning | E509 | completed (implied) | abandoned |
| negotiating, agreed, initialled | = | = | agreed | initialled | signed / in_force* | provisional | in_force | in_force (implied) | warning | warning | E509 | completed | abandoned |
| signed | = | = | = | = | = / in_force* | provisional | in_force | in_force | suspended | terminating | terminated | completed | = |
| provisional | = | flag renegotiating | = | = | = | = (new end) | in_force | provisional, new end | suspended | terminating | terminated | completed | flag off |
| in_force | = | flag renegotiating | = | = | = | = | = (adds parties; an `until` is the term from then) | in_force, new end | suspended | terminating | terminated | completed | flag off |
| suspended | = | flag | = | = | = | = | in_force | suspended, new end | = | terminating | terminated | completed | flag off |
| expired | = | flag renegotiating | = | = | new spell | provisional | new spell | in_force (gap shown unless the effect joins) | E501 | E501 | terminated | completed | flag off |
| terminating | = | flag renegotiating | = | = | = | = | = (the notice runs) | terminating, new end | suspended | new notice replaces that party's own | terminated | completed | flag off |
| completed | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | = | E501 |
| abandoned | contemplated | negotiating (talks resumed) | agreed | initialled | signed / in_force* | provisional | in_force | in_force (implied) | E501 | E501 | E501 | E501 | = |
| terminated, superseded | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | E501 | = | E501 | E501 |
"""

# "The way up" of the rules: the ladder never steps back, later lower steps do not lower the state.
LADDER = ("none", "contemplated", "negotiating", "agreed", "initialled", "signed")


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


_lines = TABLE.strip().splitlines()
COLUMNS = _split(_lines[0])[1:]

# (state, column) -> what the domain says.
CELLS: dict[tuple[str, str], str] = {
    (state, column): cell
    for line in _lines[2:]
    for states, *cells in [_split(line)]
    for state in states.split(", ")
    for column, cell in zip(COLUMNS, cells, strict=True)
}
