#!/bin/sh
# Make the virtual environment: sh scripts/setup.sh .venv
# Needs Python 3.11 or later with its venv module, and nothing else; no root.
set -eu
venv=$1

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

python=
for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
    if usable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "setup: no Python 3.11 or later with venv and pip was found." >&2
    echo "setup: install one (on Debian and Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python3" >&2
    exit 2
fi

echo "setup: making $venv with $("$python" -c 'import sys; print(sys.executable, sys.version.split()[0])')" >&2
rm -rf "$venv"
"$python" -m venv "$venv"
pip() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$@"; }
# The build backend first, so that it is pinned too: pip does not constrain an isolated build.
pip hatchling editables
pip --no-build-isolation --editable '.[run,dev]'
# Compiled now, so that the first check does not pay for it.
"$venv/bin/python" -m compileall -q -j 0 "$venv/lib" checker >/dev/null 2>&1 || true
