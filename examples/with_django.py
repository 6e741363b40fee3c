"""One transaction of Django: an invoice and the promise behind it, both stored or neither.

    python examples/with_django.py [FILE]

Needs Django. FILE holds the ledger and the tables of the application; without FILE, both are gone
afterwards.
"""

import sys
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.db import connection, transaction

from coopledger import Ledger, events
from coopledger.errors import RefusedError


def promise(name: str, euros: int) -> events.CommitmentMade:
    """Return the promise of the university to pay for the visit."""
    return events.CommitmentMade(
        id=f"invoice-{name}",
        commitment=name,
        partnership="ocean",
        debtors="university",
        creditors="institute",
        what=f"pay {euros} euros for the visit",
        when="2024-06-03",
        due="2024-07",
        source="the invoice",
    )


def bill(ledger: Ledger, name: str, euros: int) -> None:
    """Write both; the caller commits both, or rolls both back."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO invoice VALUES (%s, %s)", [name, euros])
    with ledger.transaction(connection=connection.connection) as joined:
        joined.record(promise(name, euros))


with TemporaryDirectory() as folder:
    file = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/office.db"
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},  # or who has read before others wrote fails
    }
    settings.configure(DATABASES={"default": database}, USE_TZ=True)
    django.setup()
    with Ledger.open(file) as ledger:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS invoice (number TEXT PRIMARY KEY, euros)")
        if ledger.position == 0:  # a second run finds everything recorded
            ledger.record(
                events.PartyRegistered(party="institute", name="Our Institute", kind="centre"),
                events.PartyRegistered(party="university", name="A University", kind="university"),
                events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
            )

        with transaction.atomic():
            bill(ledger, "spring-visit", 1200)
        print("committed: both are there")

        try:
            with transaction.atomic():
                bill(ledger, "autumn-visit", 900)
                bill(ledger, "spring-visit", 4711)  # is recorded with other content
        except RefusedError as error:
            print("rolled back:", error.findings[0].code, error.findings[0].event_id)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM invoice")
            print("invoices:", cursor.fetchone()[0])
        for commitment in ledger.view(on="2024-08-15").commitments():
            print(f"{commitment.id}: {commitment.status}, {commitment.days_overdue} days")
        connection.close()
