import subprocess
import sys

PROGRAM = """
import sys
from coopledger.dates import edtf, end_of_day_us, instant_text, read, read_instant
read("2022~")
edtf("2022~"), instant_text(read_instant("2022-08-16T09:30:00Z")), end_of_day_us(1, "UTC")
late = {"pendulum", "zoneinfo", "coopledger._dates.hints", "coopledger._dates.forms"}
print(late & set(sys.modules))
"""


def test_dates_load_pendulum_and_zones_only_when_asked_for_them() -> None:
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )

    assert run.stdout == "set()\n"
