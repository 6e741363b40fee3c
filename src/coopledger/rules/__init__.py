"""Everything that decides a status, as tables and the few lines that apply them."""

__all__: list[str] = []
