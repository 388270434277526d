"""What one session or lesson leaves for the next: modules, files, processes."""

import secrets

from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits
from tests.running.attacks.conftest import TRIES
from tests.running.cells import lesson, outcomes, session

POISON = """
import builtins, json, os, sys
json.loads = builtins.sorted = None
os.environ["OWNED"] = "1"
sys.modules["owned"] = sys
open("shared", "w").write("of the lesson")
x = 1
"""
LOOK = """
import json, os, sys
print(json.loads("{}"), sorted([2, 1]), "OWNED" in os.environ, "owned" in sys.modules, "x" in globals())
print(os.path.exists("shared"))
"""


def test_a_session_does_not_reach_the_next_and_a_lesson_not_another(engine: Engine) -> None:
    jobs = [
        LessonJob("a.mdx", (session(POISON), session(LOOK, name="two"))),
        LessonJob("b.mdx", (session(LOOK),)),
    ]
    _, next_session, next_lesson = outcomes(engine, *jobs)
    assert next_session.stdout == "{} [1, 2] False False False\nTrue\n"
    assert next_lesson.stdout == "{} [1, 2] False False False\nFalse\n"


SPY = """
import subprocess
subprocess.Popen(["sh", "-c", "while true; do date > spied; done"])
x = 1
"""
LOOK_FOR_SPY = """
import os, time
if os.path.exists("spied"):
    os.unlink("spied")
time.sleep(.2)
os.path.exists("spied")
"""


def test_a_session_s_processes_do_not_outlive_it(engine: Engine) -> None:
    job = LessonJob("a.mdx", (session(SPY), session(LOOK_FOR_SPY, name="two")))
    _, second = outcomes(engine, job)
    assert second.stdout == "False\n"


LEAVE = """
import os, pathlib, subprocess, sys, tempfile
places = [".", os.path.expanduser("~"), tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp", *sys.path]
for place in places:
    for name in ("json.py", "sitecustomize.py", "usercustomize.py", "evil.pth", ".pythonrc.py", "left"):
        try:
            (pathlib.Path(place) / name).write_text("import builtins; builtins.OWNED = 1")
        except OSError:
            pass
try:
    os.makedirs(os.path.expanduser("~/.local/lib/python3/site-packages"))
    os.makedirs(os.path.expanduser("~/.config/matplotlib"))
    os.mkfifo("/tmp/pipe")
except OSError:
    pass
os.umask(0o777)
import ctypes, locale, resource, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
os.chdir("/")
os.putenv("LD_PRELOAD", "/tmp/evil.so")
sys.path.insert(0, "/tmp")
sys.modules["json"] = None
x = 1
"""
FIND = """
import builtins, json, os, resource, signal, sys, tempfile
found = [hasattr(builtins, "OWNED"), os.umask(0o022) == 0o777, os.getenv("LD_PRELOAD"), "/tmp" in sys.path]
found.append(signal.getsignal(signal.SIGTERM) is signal.SIG_IGN)
found += signal.pthread_sigmask(signal.SIG_BLOCK, [])
found.append(resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 16)
for place in (".", os.path.expanduser("~"), tempfile.gettempdir(), "/tmp", "/dev/shm"):
    try:
        here = os.path.realpath(place)
        # An interpreter in somebody's home, or below /tmp, is there by its own path.
        own = [each for each in os.listdir(place) if (sys.prefix + "/").startswith(f"{here}/{each}/")]
        found += [each for each in os.listdir(place) if each not in {"lesson", *own}]
    except OSError:
        pass
print([each for each in found if each])
"""


def test_the_next_lesson_finds_nothing_of_it(engine: Engine) -> None:
    """Not in the same zygote, and not in the same sandbox where lessons take turns in one."""
    results = outcomes(engine, lesson(LEAVE, path="a.mdx"), lesson(FIND, path="b.mdx"))
    assert [each.kind for each in results] == ["passed", "passed"], results
    assert results[1].stdout == "[]\n"


def test_what_waits_for_the_next_lesson_does_not_live_to_see_it(engine: Engine) -> None:
    lurk = (
        TRIES
        + """
import signal, time
libc.prctl(1, 0, 0, 0, 0)
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        for number in (1, 2, 3, 13, 14, 15):
            signal.signal(number, signal.SIG_IGN)
        while True:
            for each in range(2, 3000):
                try:
                    os.kill(each, 10)
                except OSError:
                    pass
            time.sleep(.01)
print("lurks")
"""
    )
    look = "import time\ntime.sleep(.3)\nprint('undisturbed')"
    for _ in range(2):
        first, second = outcomes(engine, lesson(lurk, path="a.mdx"), lesson(look, path="b.mdx"))
        assert first.kind in ("passed", "crashed")
        assert second.stdout == "undisturbed\n", second


def test_two_lessons_at_a_time_do_not_see_each_other(tier: str) -> None:
    mark = "m" + secrets.token_hex(6)
    meet = f"""
import os, tempfile, time, glob
open(os.path.join(tempfile.gettempdir(), "{mark}" + str(os.getpid())), "w").close()
try:
    open("/dev/shm/{mark}" + str(os.getpid()), "w").close()
except OSError:
    pass
time.sleep(.5)
print(len(glob.glob(tempfile.gettempdir() + "/{mark}*")), len(glob.glob("/dev/shm/{mark}*")) <= 1)
"""
    with Engine(Limits(cell_seconds=5.0), workers=2, tier=tier) as two:
        results = outcomes(two, lesson(meet, path="a.mdx"), lesson(meet, path="b.mdx"))
    assert [each.stdout for each in results] == ["1 True\n"] * 2, results
