"""Command line as `python -m coopledger`."""

from coopledger.cli import main

if __name__ == "__main__":
    main()
