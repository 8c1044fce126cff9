#!/usr/bin/env bash
# Runs the control plane of the folder $1 for as long as this process lives: on the ports from $2, with its data in $3.
# Its up.sh leaves daemons behind. The kernel tells this process when the tests die, in whatever way (setpriv --pdeathsig),
# and this process ends the daemons by their pid files.
set -u
shared=$1 base=$2 data=$3
up=

stop() {
  trap '' TERM INT HUP
  if [ -n "$up" ]; then
    # Still at work. The daemons have sessions of their own, so this is up.sh and what it waits for.
    kill -TERM 0
    wait "$up"
  fi
  "$shared/down.sh" "$data"
}

mkdir -p "$data/pids"
mkfifo "$data/silence"
exec 7<>"$data/silence"
trap 'exit 143' TERM INT HUP
trap stop EXIT
"$shared/up.sh" "$base" "$data" &
up=$!
wait "$up" || { code=$?; up=; exit "$code"; }
up=
touch "$data/ready"
# Nobody ever writes: only a signal ends it, and no 'sleep' is left behind.
read -r <&7
