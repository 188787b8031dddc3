#!/bin/sh
# Makes .venv and installs into it what the named lock files list: sh scripts/set_up.sh core test
# A lock file is installed again only after it or pyproject.toml has changed.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
python=$venv/bin/python

say() { echo "jiqun: $*" >&2; }

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    say "needs Python 3.11 or newer, and found none. Install one, or name it: make PYTHON=/path/to/python3"
    exit 1
}

make_venv() {
    found=$(find_python)
    if ! "$found" -m venv --clear "$venv"; then
        rm -rf "$venv"
        say "$found has no working venv module. On Debian and Ubuntu: apt install python3-venv"
        exit 1
    fi
}

# uv does not read pip's settings: a mirror that is configured for pip serves uv as well.
take_over_mirror() {
    if [ -z "${UV_DEFAULT_INDEX:-}" ]; then
        mirror=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
        [ -z "$mirror" ] || export UV_DEFAULT_INDEX="$mirror"
    fi
}

install_uv() {
    "$python" -m pip --version >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements/setup.txt
}

is_current() { [ -e "$1" ] && [ -z "$(find "$2" pyproject.toml -newer "$1")" ]; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || make_venv
for lock in "$@"; do
    stamp=$venv/installed-$lock
    is_current "$stamp" "requirements/$lock.txt" && continue
    say "installing requirements/$lock.txt into $venv"
    is_current "$venv/installed-setup" requirements/setup.txt || install_uv
    touch "$venv/installed-setup"
    take_over_mirror
    "$venv/bin/uv" pip install --quiet --python "$python" --require-hashes -r "requirements/$lock.txt"
    [ "$lock" != core ] || "$venv/bin/uv" pip install --quiet --python "$python" --no-deps --editable .
    touch "$stamp"
done
