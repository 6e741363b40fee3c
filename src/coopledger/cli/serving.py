"""Command that serves the pages of a ledger, on this machine unless another address is given."""

from coopledger.cli.asking import Asked
from coopledger.errors import MissingExtraError


def serve(asked: Asked) -> None:
    """Serve the pages of a ledger to browsers until it is interrupted; nothing can be changed.

    For example: coopledger serve office.db. Whoever reaches the address can read everything: give
    another --host only behind something that asks who they are.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("web", "uvicorn") from None
    from coopledger.web import app

    options = asked.options
    with asked.opened() as ledger:
        us = ledger.view().party(options["us"]).id if options["us"] else None
        site = app(ledger, us=us, language=options["language"])
        uvicorn.run(site, host=options["host"], port=options["port"], access_log=False)
