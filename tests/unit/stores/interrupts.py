"""Interrupts, such as Ctrl-C, wherever Python may let one come."""

import sys
from collections.abc import Callable, Collection
from opcode import opname
from types import FrameType, ModuleType


def is_interrupted(
    work: Callable[[], object], step: int, *, within: Collection[ModuleType]
) -> bool:
    """Do the work, with an interrupt at a step within the modules; tell whether it came.

    Python looks for interrupts after calls, when a function begins, and when a loop goes on.
    """
    files = {module.__file__ for module in within}
    left = step
    last: dict[FrameType, str] = {}

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if frame.f_code.co_filename not in files or frame.f_code.co_name == "__del__":
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            before = last.get(frame, "")
            last[frame] = opname[frame.f_code.co_code[frame.f_lasti]]
            left -= before in {"CALL", "RESUME", "JUMP_BACKWARD"}
            if left == 0:
                sys.settrace(None)
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type] # of its own kind
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
        last.clear()  # frames that would keep what they have
    return False
