"""Answers kept from before: the only room that knows of them.

Its words:

- home: the partnership in which a thing is, or the thing by itself where it is in none.
- bundle: the kept answers about the things of one noun at one home.
- rests on: the names that were asked for while a bundle was folded; an event that is listed under
  one of them has the bundle folded again.
- spell: the days on which a bundle holds, from `since` until the day before `until`.
- board: all the bundles of one noun, at one position of the log and on one day.
- shelf: the part of a store where a board keeps its bundles for the next program.
- upkeep: the state of a shelf for one noun: at which position and on which day all bundles hold,
  and of which fingerprint they are; its revision moves on with every change.
- turned: said of a bundle whose spell does not hold on the day that is asked about; touched: of one
  that rests on a name under which an event was listed since.
"""
