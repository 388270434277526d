"""Files outside: read, changed, watched, and left behind."""

import ast
import os
import secrets
import sys
from pathlib import Path

from checker.running.sandbox.view import interpreter_view
from tests.running.attacks.conftest import TRIES, Attack, run_in
from tests.running.conftest import Run


def untouched(outside: Path, token: str) -> bool:
    return [each.name for each in outside.iterdir()] == ["key"] and (outside / "key").read_text() == token


READ = """
import mmap, pathlib, shutil, subprocess, sys
path = pathlib.Path(path)
attempt(lambda: path.read_text())
attempt(lambda: os.listdir(path.parent))
attempt(lambda: pathlib.Path(os.path.relpath(path)).read_text())
attempt(lambda: open(f"/proc/self/root{path}").read())
attempt(lambda: open(f"/proc/self/cwd/{os.path.relpath(path)}").read())
attempt(lambda: open(f"/proc/{os.getppid()}/root{path}").read())
attempt(lambda: open(f"/proc/1/root{path}").read())
attempt(lambda: (os.symlink(path, "link"), open("link").read()))
attempt(lambda: (os.link(path, "hard"), open("hard").read()))
attempt(lambda: (os.rename(path, "moved"), open("moved").read()))
attempt(lambda: shutil.copy(path, "copy") and open("copy").read())
attempt(lambda: os.read(os.open("key", os.O_RDONLY, dir_fd=os.open(path.parent, os.O_PATH)), 99))
attempt(lambda: open(f"/proc/self/fd/{os.open(path, os.O_PATH)}").read())
attempt(lambda: subprocess.run(["cat", path], capture_output=True, check=True).stdout)
other = [sys.executable, "-c", f"print(open({str(path)!r}).read())"]
attempt(lambda: subprocess.run(other, capture_output=True, check=True).stdout)
attempt(lambda: mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=mmap.PROT_READ)[:])
attempt(lambda: os.sendfile(1, os.open(path, os.O_RDONLY), 0, 99))
attempt(lambda: os.execv(path, ["key"]))
how = ctypes.byref((ctypes.c_uint64 * 3)())
attempt(lambda: os.read(call(437, 437, -100, os.fsencode(path), how, 24), 99))
attempt(lambda: os.getxattr(path, "user.secret"))
"""


def test_a_secret_is_read_by_no_way_there_is(attack: Attack, secret: Path, outside: Path, token: str) -> None:
    assert token not in attack(READ, 20, path=str(secret))
    assert untouched(outside, token)


CHANGE = """
import pathlib, shutil
path = pathlib.Path(path)
attempt(lambda: path.write_text("owned"))
attempt(lambda: os.truncate(path, 0))
attempt(lambda: os.close(os.open(path, os.O_RDONLY | os.O_TRUNC)))
attempt(lambda: path.unlink())
attempt(lambda: os.rename(path, path.with_name("new")))
attempt(lambda: (open("mine", "w").close(), os.rename("mine", path)))
attempt(lambda: (open("mine", "w").close(), os.link("mine", path.with_name("new"))))
attempt(lambda: os.symlink("x", path.with_name("new")))
attempt(lambda: os.mkfifo(path.with_name("new")))
attempt(lambda: os.mkdir(path.with_name("new")))
attempt(lambda: os.rmdir(path.parent))
attempt(lambda: shutil.rmtree(path.parent))
attempt(lambda: os.mknod(path.with_name("new")))
attempt(lambda: os.open(path.parent, os.O_TMPFILE | os.O_RDWR))
attempt(lambda: os.chmod(path, 0o600))
attempt(lambda: os.chmod(path.parent, 0o700))
attempt(lambda: call(452, 452, -100, os.fsencode(path), 0, 0))
attempt(lambda: os.chown(path, os.getuid(), os.getgid()))
attempt(lambda: os.setxattr(path, "user.owned", b"1"))
attempt(lambda: os.utime(path, (1, 1)))
"""


def test_nothing_outside_is_changed(attack: Attack, secret: Path, outside: Path, token: str) -> None:
    before = secret.stat(), outside.stat()
    attack(CHANGE, 20, path=str(secret))
    assert untouched(outside, token)
    for was, now in zip(before, (secret.stat(), outside.stat()), strict=True):
        assert (was.st_mode, was.st_uid, was.st_mtime_ns) == (now.st_mode, now.st_uid, now.st_mtime_ns)
    assert os.listxattr(secret) == []


WATCH = """
import select, time
watcher = libc.inotify_init1(os.O_NONBLOCK)
print("DONE" if libc.inotify_add_watch(watcher, os.fsencode(folder), 0xFFF) >= 0 else "REFUSED", "watch")
attempt(lambda: os.fsencode(folder) and call(300, 262, 0, 0))
def notify():
    import fcntl, signal
    fcntl.fcntl(os.open(folder, os.O_RDONLY), fcntl.F_NOTIFY, 0x3F)
attempt(notify)
"""


def test_nothing_outside_can_be_watched(attack: Attack, outside: Path) -> None:
    assert "DONE" not in attack(WATCH, 3, folder=str(outside))


def test_the_project_and_the_machine_s_own_files_cannot_be_opened(attack: Attack) -> None:
    project = str(Path(__file__).parents[3] / "tests")
    source = """
for each in folders:
    attempt(lambda: os.listdir(each))
for each in files:
    attempt(lambda: open(each).read())
"""
    folders = [project, "/root/.ssh", "/var/lib", "/var/log", "/sys", "/boot", "/opt/x", "/run/user"]
    files = ["/etc/shadow", "/etc/hostname", "/proc/kcore", "/proc/kmsg"]
    assert "DONE" not in attack(source, 12, folders=folders, files=files)


def test_the_scratch_places_of_the_host_stay_clean(attack: Attack) -> None:
    name = "left-" + secrets.token_hex(8)
    places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", "/dev/mqueue", "."]
    source = """
import tempfile
for each in [*places, tempfile.gettempdir(), os.path.expanduser("~")]:
    attempt(lambda: open(f'{each}/{name}', 'w').write('x'))
"""
    attack(source, 9, places=places, name=name)
    assert not any(Path(place, name).exists() for place in places)


def test_what_a_sandbox_shows_of_the_interpreter_cannot_be_changed(attack: Attack) -> None:
    standard, new = Path(os.__file__), Path(sys.prefix, "lib", "new")
    before = standard.stat()
    source = """
attempt(lambda: open(standard, "a"))
attempt(lambda: os.utime(standard))
attempt(lambda: os.chmod(standard, 0o777))
attempt(lambda: os.fchmod(os.open(standard, os.O_RDONLY), 0o777))
attempt(lambda: open(new, "w"))
attempt(lambda: open(os.path.dirname(new) + "/evil.pth", "w"))
attempt(lambda: open(os.path.dirname(standard) + "/__pycache__/json.pyc", "w"))
"""
    attack(source, 7, standard=str(standard), new=str(new))
    assert (standard.stat().st_mtime_ns, standard.stat().st_mode) == (before.st_mtime_ns, before.st_mode)
    assert not new.exists()


CONTROL = """
for path in (
    "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname",
    "/proc/1/oom_score_adj", "/proc/sys/vm/drop_caches", "/sys/fs/cgroup/cgroup.procs",
    "/sys/kernel/mm/transparent_hugepage/enabled", "/dev/mem", "/dev/kmsg", "/dev/kvm", "/dev/fuse",
    "/dev/vda", "/dev/loop-control", "/dev/ptmx", "/dev/tty",
):
    attempt(lambda: os.open(path, os.O_WRONLY))
"""


def test_the_host_s_controls_and_devices_cannot_be_opened(attack: Attack) -> None:
    assert "DONE" not in attack(CONTROL, 15)


def test_fixtures_are_copied_and_links_out_of_them_are_not_followed(
    tier: str, tmp_path: Path, outside: Path, token: str
) -> None:
    (outside / "secret").write_text(token)
    fixtures = tmp_path / "fixtures"
    (fixtures / "data").mkdir(parents=True)
    (fixtures / "data" / "a.csv").write_text("a\n1\n")
    (fixtures / "out").symlink_to(outside / "secret")
    (fixtures / "in").symlink_to("data/a.csv")
    os.mkfifo(fixtures / "pipe")
    source = """
print(sorted(os.listdir()))
attempt(lambda: open("in").read())
attempt(lambda: open("out").read())
attempt(lambda: open("data/a.csv", "a").write("2\\n"))
"""
    outcome = run_in(tier, source, fixtures=str(fixtures))
    assert outcome.stdout.startswith("['data', 'in', 'out']\nDONE a\n1\n\nREFUSED ")
    assert outcome.stdout.endswith("DONE 2\n")
    assert token not in outcome.stdout
    assert (fixtures / "data" / "a.csv").read_text() == "a\n1\n"


def test_a_tree_that_is_hard_to_remove_is_removed(tier: str) -> None:
    before = set(os.listdir("/tmp"))
    source = """
home = os.getcwd()
for _ in range(300):
    os.mkdir("x" * 100)
    os.chdir("x" * 100)
os.chdir(home)
os.mkdir("closed", 0o300)
open("closed/file", "w").close()
os.symlink("/", "everything")
os.mkfifo("pipe")
print("made")
"""
    assert run_in(tier, source).stdout == "made\n"
    assert {each for each in set(os.listdir("/tmp")) - before if each.startswith("coursecheck-")} == set()


def test_the_tree_holds_nothing_else() -> None:
    source = "print(os.listdir('/'))"
    shown = {path.split("/")[1] for path in interpreter_view([]).paths}
    links = {link.split("/")[1] for link, _ in interpreter_view([]).links}
    outcome = run_in("namespaces", source)
    assert set(ast.literal_eval(outcome.stdout)) == {"dev", "etc", "home", "proc", "tmp"} | shown | links


def test_all_that_is_mounted_is_read_only_but_the_lesson_s_disk() -> None:
    outcome = run_in("namespaces", "print(open('/proc/self/mountinfo').read())")
    writable = set()
    for line in outcome.stdout.split("\n")[:-2]:
        fields = line.split()
        point, options = fields[4], set(fields[5].split(","))
        assert "nosuid" in options
        assert "nodev" in options or point.startswith("/dev/")
        if "ro" not in options:
            writable.add(point)
    assert writable == {"/home/reader", "/tmp", "/dev/shm"}


def test_ordinary_use_of_the_own_folder_is_not_disturbed(run: Run) -> None:
    source = """
import pathlib, shutil, sqlite3, tempfile, zipfile
pathlib.Path("a/b").mkdir(parents=True)
pathlib.Path("a/b/c.txt").write_text("text")
os.rename("a/b/c.txt", "a/moved.txt")
os.symlink("moved.txt", "a/link")
os.link("a/moved.txt", "hard")
shutil.copyfile("a/link", "copy")
with zipfile.ZipFile("z.zip", "w") as z:
    z.write("copy")
zipfile.ZipFile("z.zip").extractall("unpacked")
sqlite3.connect("data.db").execute("create table t (a)")
with tempfile.NamedTemporaryFile("w") as file:
    file.write("x")
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "x").touch()
os.truncate("copy", 2)
shutil.rmtree("a")
print(*(pathlib.Path(each).read_text() for each in ("unpacked/copy", "copy", "hard")))
"""
    [outcome] = run(TRIES + source)
    assert outcome.stdout == "text te text\n", outcome
