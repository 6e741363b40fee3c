"""Bytes of the log and back: codec, vocabulary, chain, checkpoints."""
