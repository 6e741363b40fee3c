"""Program whose threads, host transactions and forked children record in one ledger and view it."""

import faulthandler
import os
import pickle
import random
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from itertools import count
from pathlib import Path

import attrs
import pendulum

from coopledger import Ledger, events
from coopledger.errors import UnknownIdError
from tests.contracts.hosts import Host
from tests.recency.history import History, Look, Program, Receipt

__all__ = ["Pipes", "Shares", "end_with", "run_program"]

NAME = "vistip"
LOOKS_IN_CHILD = 5
_LAST = 8  # so many of the events recorded last are looked for
_END = 0  # the position that says that no more is told
_LEAP_DAYS = 400
_SECONDS_TO_HANG = 900  # the longest run takes some minutes


@attrs.frozen(kw_only=True)
class Shares:
    """Share of one program in a run.

    Attributes:
        threads: How many threads record and look.
        looks: How many views each of them makes.
        forks: How many children the program has meanwhile.
    """

    threads: int
    looks: int
    forks: int


@attrs.frozen
class Pipes:
    """Ends of pipes: positions are told to another program, and heard from another one."""

    tell: int
    hear: int


@attrs.define
class Office:
    """Program under way.

    Attributes:
        program: Its place among the others.
        host: The store, and an application that writes there too.
        ledgers: Two ledger objects on one log.
        history: What was done.
        held: The position and name of what was recorded.
        numbers: Number the names.
        hosting: Held while the application has a connection: that would not survive a fork.
    """

    program: Program
    host: Host
    ledgers: list[Ledger]
    history: History
    held: list[tuple[int, str]] = attrs.field(factory=list[tuple[int, str]])
    numbers: "count[int]" = attrs.field(factory=count)
    hosting: threading.Lock = attrs.field(factory=threading.Lock)

    def record(self, chance: random.Random) -> int:
        """Record a party in one way or another; return its position."""
        name = f"{self.program.name}-{next(self.numbers)}"
        party = events.PartyRegistered(party=name, name=f"Party {name}", kind="other")
        ledger = chance.choice(self.ledgers)
        position = self._hosted(ledger, party) if chance.random() < 0.2 else _plain(ledger, party)
        ended_ns = time.monotonic_ns()
        self.history.receipts.append(
            Receipt(program=self.program.name, ended_ns=ended_ns, position=position)
        )
        self.held.append((position, name))
        return position

    def _hosted(self, ledger: Ledger, party: events.Event) -> int:
        """Record in a transaction of the application, which commits it."""
        with self.hosting, closing(self.host.connect()) as connection:
            connection.execute("INSERT INTO invoice VALUES (1)")
            with ledger.transaction(connection=connection) as transaction:
                transaction.record(party)
            connection.commit()
            return transaction.receipt.events[-1].position

    def look(self, chance: random.Random, *, at_least: int = 0) -> None:
        """Make a view, and look there for something that is held."""
        position, name = chance.choice(self.held[-_LAST:] or [(0, "")])
        ledger, day = chance.choice(self.ledgers), chance.choice([None, "2030-01-01"])
        began_ns = time.monotonic_ns()
        view = ledger.view(day, at_least=at_least)
        ended_ns = time.monotonic_ns()
        holds = not 0 < position <= view.position or _is_known(lambda: view.party(name))
        look = Look(
            program=self.program.name,
            began_ns=began_ns,
            ended_ns=ended_ns,
            position=view.position,
            at_least=at_least,
            holds=holds,
        )
        self.history.looks.append(look)

    def work(self, seed: str, looks: int, tell: int) -> None:
        """Record and look in turn; tell another program of a position, at times too early."""
        chance = random.Random(seed)  # noqa: S311 - a seed repeats what is done
        for _ in range(looks):
            if chance.random() < 0.4:
                if chance.random() < 0.3:
                    os.write(tell, b"%d\n" % (self.ledgers[0].position + 1))
                self.record(chance)
            self.look(chance)

    def hear(self, seed: str, hear: int) -> None:
        """Look at every position that another program tells of."""
        chance = random.Random(seed)  # noqa: S311 - a seed repeats what is done
        with os.fdopen(hear, "rb") as lines:
            for line in lines:
                if int(line) == _END:
                    return
                self.look(chance, at_least=int(line))

    def fork(self, name: str, folder: Path) -> int:
        """Fork, and let the child record and look; return its process."""
        with self.hosting:
            program = Program(name, self.program.name, time.monotonic_ns())
            child = os.fork()
        if child == 0:
            end_with(lambda: self._live_as(program, folder))
        return child

    def _live_as(self, program: Program, folder: Path) -> None:
        """Record and look in a child, which has one thread, and holds what its parent held."""
        self.program, self.history = program, History([program])
        chance = random.Random(program.name)  # noqa: S311 - a seed repeats what is done
        self.look(chance)
        self.record(chance)
        for _ in range(LOOKS_IN_CHILD):
            self.look(chance)
        self.save(folder)

    def save(self, folder: Path) -> None:
        """Write the history into the folder."""
        (folder / f"{self.program.name}.history").write_bytes(pickle.dumps(self.history))


def run_program(
    name: str, host: Host, pipes: Pipes, *, shares: Shares, seed: int, folder: Path
) -> None:
    """Run a program to its end, and write its history into the folder."""
    with ExitStack() as stack:
        clock = _Leaping(random.Random(f"{seed}/{name}"))  # noqa: S311 - a seed repeats the leaps
        ledgers = [
            stack.enter_context(Ledger(host.open(), name=NAME, clock=clock)) for _ in range(2)
        ]
        program = Program(name)
        office = Office(program, host, ledgers, History([program]))
        threads = stack.enter_context(ThreadPoolExecutor(shares.threads + 1))
        hearing = threads.submit(office.hear, f"{seed}/{name}/hears", pipes.hear)
        working = [
            threads.submit(office.work, f"{seed}/{name}/{number}", shares.looks, pipes.tell)
            for number in range(shares.threads)
        ]
        try:
            _fork_all(office, shares.forks, folder)
            for work in working:
                work.result()
        finally:
            os.write(pipes.tell, b"%d\n" % _END)
        hearing.result()
        office.save(folder)


def _fork_all(office: Office, forks: int, folder: Path) -> None:
    """Have one child after the other."""
    for number in range(forks):
        child = office.fork(f"{office.program.name}-child-{number}", folder)
        _, status = os.waitpid(child, 0)
        assert status == 0, f"a child of {office.program.name} failed, as it has said"


def end_with(call: Callable[[], None]) -> None:
    """End a forked process with what the call comes to; nothing of its parent is tidied up."""
    faulthandler.register(signal.SIGALRM, chain=True)  # It says where each thread is, and ends.
    signal.alarm(_SECONDS_TO_HANG)
    try:
        call()
    except BaseException:  # noqa: BLE001 - printed, as the parent does not see it
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@attrs.frozen
class _Leaping:
    """Clock that leaps by up to a year, forth and back, at every second call."""

    chance: random.Random

    def __call__(self) -> pendulum.DateTime:
        now = pendulum.now("UTC")
        if self.chance.random() < 0.5:
            return now
        return now + timedelta(days=self.chance.uniform(-_LEAP_DAYS, _LEAP_DAYS))


def _plain(ledger: Ledger, party: events.Event) -> int:
    return ledger.record(party).events[-1].position


def _is_known(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except UnknownIdError:
        return False
    return True
