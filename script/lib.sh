# shellcheck shell=bash
# What script/server and script/test share: from a fresh clone to a working .venv. Sourced by bash, does nothing by itself.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VAR=${COP_VAR:-$ROOT/var}
TOOLS=$ROOT/.tools
VENV=$ROOT/.venv
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH # another environment must not leak into ours

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root, by sudo where needed; fails where neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo -n "$@" 2>/dev/null || { [ -t 0 ] && sudo "$@"; }
  else return 1; fi
}

# Installs Debian packages, quietly; fails where there is no apt or no right to use it.
apt_install() {
  have apt-get || return 1
  say "Installing $* with apt …"
  mkdir -p "$VAR"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$VAR/apt.log" 2>&1 </dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >>"$VAR/apt.log" 2>&1 </dev/null
}

# Sets PYTHON to an interpreter that is new enough, by its real path.
find_python() {
  local candidate real
  for candidate in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
    real=$("$candidate" -c 'import os, sys; sys.version_info >= (3, 11) or sys.exit(1); print(os.path.realpath(sys.executable))' 2>/dev/null) || continue
    PYTHON=$real
    return
  done
  stop "Python 3.11 or newer is needed and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv"
}

# Makes an empty virtual environment in $1; where Python cannot, Debian's package that is missing is installed.
make_venv() {
  rm -rf "$1"
  "$PYTHON" -m venv "$1" >/dev/null 2>&1 && "$1/bin/python" -m pip --version >/dev/null 2>&1 && return
  rm -rf "$1"
  have apt-get && apt_install python3-venv || stop "python3 -m venv does not work here. As root, run: apt-get install python3-venv"
  case $PYTHON in /usr/bin/*) ;; *) PYTHON=/usr/bin/python3 ;; esac # apt mends the system's Python only
  "$PYTHON" -m venv "$1" && return
  rm -rf "$1"
  stop "python3 -m venv does not work here. As root, run: apt-get install python3-venv"
}

# Sets UV to our own uv (pinned by hash in script/tools.lock), else to one on the path, else to nothing.
find_uv() {
  UV=$TOOLS/bin/uv
  "$UV" --version >/dev/null 2>&1 && cmp -s "$ROOT/script/tools.lock" "$TOOLS/made-from" && return
  if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && have uv; then UV=$(command -v uv); return; fi
  say "Installing uv into .tools …"
  make_venv "$TOOLS"
  if "$TOOLS/bin/python" -m pip install -q --disable-pip-version-check --only-binary :all: --require-hashes -r "$ROOT/script/tools.lock" >&2; then
    cp "$ROOT/script/tools.lock" "$TOOLS/made-from"
    return
  fi
  UV=""
  if have uv; then UV=$(command -v uv); else say "uv could not be installed; going on with pip."; fi
}

# What .venv must have been made from: the lock, and the place it stands in.
venv_mark() { { printf '%s\n' "$ROOT"; cat "$ROOT/uv.lock" "$ROOT/requirements.lock"; } | cksum; }

venv_works() { "$VENV/bin/python" -c 'import sys, encodings; sys.version_info >= (3, 11) or sys.exit(1); import django' 2>/dev/null; }

# Brings .venv up to date with the lock. $1: "runtime" (leaves what tests installed) or "dev".
ensure_venv() {
  local kind=$1
  venv_works && [ "$(cat "$VENV/made-from-$kind" 2>/dev/null)" = "$(venv_mark)" ] && return
  find_uv
  venv_works || rm -rf "$VENV"
  say "Installing the packages of uv.lock into .venv …"
  if [ -n "$UV" ]; then sync_with_uv "$kind"; else sync_with_pip "$kind"; fi
  venv_works || stop ".venv does not work although everything was installed. Remove .venv and .tools and start again."
  venv_mark >"$VENV/made-from-runtime"
  if [ "$kind" = dev ]; then venv_mark >"$VENV/made-from-dev"; fi
}

sync_with_uv() {
  local wanted=(--frozen --compile-bytecode --python "$PYTHON" --quiet)
  if [ "$1" = runtime ]; then wanted+=(--no-dev --inexact); fi
  (cd "$ROOT" && UV_PROJECT_ENVIRONMENT=$VENV "$UV" sync "${wanted[@]}" >&2) || stop "The packages of uv.lock could not be installed (see above)."
}

sync_with_pip() {
  local lists=(-r "$ROOT/requirements.lock")
  if [ "$1" = dev ]; then lists+=(-r "$ROOT/requirements-dev.lock"); fi
  [ -x "$VENV/bin/pip" ] || make_venv "$VENV"
  "$VENV/bin/python" -m pip install -q --disable-pip-version-check --require-hashes "${lists[@]}" >&2 ||
    stop "The packages of requirements.lock could not be installed (see above)."
}

# Two starts at the same moment wait for each other.
one_at_a_time() {
  mkdir -p "$VAR" 2>/dev/null || stop "COP_VAR: $VAR cannot be made."
  [ -w "$VAR" ] || stop "COP_VAR: $VAR cannot be written to."
  have flock || return 0
  exec 9>"$ROOT/.bootstrap.lock" || return 0
  flock 9
}

next_please() { exec 9>&- || true; }
