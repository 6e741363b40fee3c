"""Drafts for the tests of stores; they are those of `coopledger.testing.stores`."""

from coopledger.testing.stores.drafts import (
    anybody,
    append,
    draft,
    drafts,
    ids,
    nobody_else,
    numbered,
)

__all__ = ["anybody", "append", "draft", "drafts", "ids", "nobody_else", "numbered"]
