"""A snippet that must not pass does not, whatever it does to the harness."""

import pytest

from tests.running.cells import cases
from tests.running.conftest import Run

NOT_A_PASS = """
== exit-at-once: crashed
import os
os._exit(0)
== another-program: crashed
import os
os.execv("/bin/true", ["true"])
== killed: crashed
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
== segmentation-fault: crashed
import ctypes
ctypes.string_at(0)
== thread-exits: crashed
import os, threading, time
threading.Timer(.05, os._exit, (0,)).start()
time.sleep(2)
== exit-handler-exits: crashed
import atexit, os
atexit.register(os._exit, 0)
x = 1
== exits-otherwise-at-the-end: crashed
import os
leave = os._exit
os._exit = lambda _: leave(7)
== closed-descriptors: crashed
import os
os.closerange(3, 4096)
x = 1
== writes-a-report-everywhere: crashed
import os
for each in range(3, 64):
    try:
        os.write(each, b'{"nonce": "", "error": null, "limit": null, "warnings": []}\\n')
    except OSError:
        pass
== writes-deep-nesting-everywhere: crashed
import os
for each in range(3, 64):
    try:
        os.write(each, b"[" * 99999 + b"\\n")
    except OSError:
        pass
== floods-everywhere: crashed
import os
for each in range(3, 64):
    try:
        while True:
            os.write(each, b"x" * 65536)
    except OSError:
        pass
== patched-builtins: crashed
import builtins
builtins.BaseException = int
raise AssertionError
== replaced-by-a-shell: crashed
import os
os.execvp("sh", ["sh", "-c", "exit 0"])
== stands-in-for-itself: crashed
import os, sys
if os.fork():
    os._exit(0)
raise AssertionError
== killed-from-a-thread: crashed
import os, signal, threading, time
threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGKILL)).start()
time.sleep(2)
== aborts: crashed
import ctypes
ctypes.CDLL(None).abort()
== exits-in-c: crashed
import ctypes
ctypes.CDLL(None).exit(0)
== overflows-the-stack: crashed
import sys, threading
sys.setrecursionlimit(1 << 30)
threading.stack_size(1 << 16)  # Python 3.12 counts calls of C functions, whatever the limit
def f(x):
    return sorted([1], key=f)
thread = threading.Thread(target=f, args=(0,))
thread.start()
thread.join()
== shuts-the-channel: crashed
import os, socket
for each in range(3, 64):
    try:
        socket.socket(fileno=os.dup(each)).shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
== swallows-itself: failed
import sys
sys.excepthook = lambda *_: None
raise AssertionError
== exits-in-a-thread-of-the-end: crashed
import atexit, os, threading
atexit.register(lambda: threading.Thread(target=os._exit, args=(0,)).start())
atexit.register(lambda: __import__("time").sleep(.5))
== exits-when-collected: crashed
import os
class Bomb:
    def __del__(self, leave=os._exit):
        leave(0)
bomb = Bomb()
del bomb
raise AssertionError
== limits-its-own-time: limit
import resource
resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
while True:
    pass
== patched-json: crashed
import json
json.dumps = lambda *_, **__: '{"nonce": "", "error": null, "limit": null, "warnings": []}'
raise AssertionError
== patched-sockets: timed-out
import socket
socket.socket.sendall = lambda *_: None
raise AssertionError
== traced-away: failed
import sys
sys.settrace(lambda *_: None)
sys.setprofile(lambda *_: None)
raise AssertionError
== interrupts-itself: failed
import signal
signal.raise_signal(signal.SIGINT)
== early-exit: failed
import sys
sys.exit(0)
raise AssertionError
== says-it-passed: failed
print("1 passed")
print("OK")
raise AssertionError
== in-silence: failed
import os
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
os.dup2(2, 1)
raise AssertionError
== patched-modules: failed
import sys
for module in list(sys.modules.values()):
    for name in ("describe", "ends_cell"):
        if hasattr(module, name):
            setattr(module, name, lambda *_: None)
raise AssertionError
"""


@pytest.mark.parametrize(("source", "kind"), cases(NOT_A_PASS))
def test_a_snippet_that_must_not_pass_does_not(run: Run, source: str, kind: str) -> None:
    [outcome] = run("print('ran', flush=True)\n" + source)
    assert outcome.stdout.startswith("ran\n")
    assert outcome.kind == kind, outcome
    assert outcome.reason
