#!/bin/sh
# Install what the tests need of the system: sh scripts/system.sh
# As root and with apt-get it is installed; elsewhere what is missing is named, and its tests are skipped
# (they fail where CI is set, so that a gate never passes because nothing was tried).
set -eu

# A program, and the package that has it.
wanted="bwrap:bubblewrap chromium:chromium shellcheck:shellcheck"

# Debian keeps a server's programs where no PATH leads.
set -- /usr/lib/postgresql/*/bin/initdb
if ! [ -x "$1" ]; then
    wanted="$wanted initdb:postgresql"
fi

missing=
for each in $wanted; do
    command -v "${each%%:*}" >/dev/null 2>&1 || missing="$missing ${each#*:}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "system: installing$missing" >&2
    apt-get update -qq || echo "system: the package lists could not be fetched; trying with those that are here" >&2
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
        echo "system: could not install$missing" >&2
else
    echo "system: not here:$missing (on Debian and Ubuntu: sudo apt-get install$missing)" >&2
fi
