"""Catalogue of the stories and histories of examples/, by their letters."""

from pathlib import Path
from typing import Protocol

from coopledger.events import Event
from examples import (
    history_cern_members,
    history_eu_comoros_fisheries,
    history_eu_korea_trade,
    history_trans_pacific,
    story_a_vistip_ccifv,
    story_b_france_unesco_wipo,
    story_c_the_year_2019,
    story_d_france_and_cuba,
    story_e_vistip_cstec,
)


class Story(Protocol):
    """Module of a story or a history."""

    DIARY: dict[str, list[Event]]

    def record(self, path: str | Path) -> None: ...


STORIES: dict[str, Story] = {
    "A": story_a_vistip_ccifv,
    "B": story_b_france_unesco_wipo,
    "C": story_c_the_year_2019,
    "D": story_d_france_and_cuba,
    "E": story_e_vistip_cstec,
    "F": history_eu_korea_trade,
    "G": history_eu_comoros_fisheries,
    "H": history_cern_members,
    "I": history_trans_pacific,
}
