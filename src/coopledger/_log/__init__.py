"""Bytes of the log and back: rows, codec, vocabulary, chain, checkpoints."""
