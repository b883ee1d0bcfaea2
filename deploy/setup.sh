#!/bin/sh
# Makes .venv from requirements.lock, with the project in it. Where that is done already it ends at once, without network.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

python="${PYTHON:-python3}"
here="$(pwd)"
log=.venv/install.log
want="$(cksum requirements.lock pyproject.toml) $here"

if [ -x .venv/bin/manage ] && [ "$(cat .venv/installed 2>/dev/null)" = "$want" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

command -v "$python" >/dev/null 2>&1 || fail "Atrium needs Python 3.11 or newer, and there is no $python: install it, or name another with PYTHON=."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Atrium needs Python 3.11 or newer, and $python is $("$python" -c 'import platform; print(platform.python_version())'): install a newer one, or name it, as in: make run PYTHON=python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "This Python has no venv module: install it (on Debian and Ubuntu: apt install python3-venv) and run make again."

# Scripts in a venv hold its absolute path, so one that was moved or lost its Python is made afresh.
if ! grep -qF "$here/.venv" .venv/pyvenv.cfg 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    printf 'Making .venv ...\n'
    "$python" -m venv --clear .venv || fail "The virtual environment $here/.venv cannot be made: see the message above."
fi

pip() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip --quiet "$@" >>"$log" 2>&1
}

rm -f .venv/installed
: >"$log"
printf 'Installing %s packages into .venv (only this once) ...\n' "$(grep -c '==' requirements.lock)"
if ! pip install --require-hashes --only-binary :all: -r requirements.lock; then
    missing="$(sed -n 's/.*No matching distribution found for \([^ ]*\).*/\1/p' "$log" | tail -n 1)"
    if [ -n "$missing" ] && ! grep -qE 'Connection|connection|Temporary failure|Name or service' "$log"; then
        fail "There is no wheel of $missing for $("$python" -c 'import platform; print(platform.system(), platform.machine(), "with Python", platform.python_version())'): use Linux or macOS on x86_64 or arm64 with Python 3.11 to 3.13 (details: $log)."
    fi
    fail "The packages cannot be installed: $(tail -n 1 "$log") (is the package index within reach? details: $log)"
fi
pip install --no-deps --no-build-isolation -e . || fail "Atrium itself cannot be installed: $(tail -n 1 "$log") (details: $log)"
printf '%s' "$want" >.venv/installed.part
mv .venv/installed.part .venv/installed
