"""Everything that decides a status, as tables and the few lines that apply them."""
