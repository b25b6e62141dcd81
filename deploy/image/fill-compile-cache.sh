#!/bin/sh
# Runs every program once, so that what it loads stands compiled in NODE_COMPILE_CACHE. A service without settings names
# them and ends with 2: everything was loaded by then. Any other end fails the build.
set -eu
cd "$(dirname -- "$0")/../.."
for main in services/*/src/main.ts; do
  status=0
  env -i PATH="$PATH" NODE_COMPILE_CACHE="$NODE_COMPILE_CACHE" node deploy/image/main.ts "$main" >/tmp/out 2>&1 || status=$?
  [ "$status" = 2 ] || { echo "$main ended with $status, expected 2 for want of settings:"; cat /tmp/out; exit 1; }
done
for main in services/*/src/*/worker.ts; do
  [ ! -e "$main" ] || timeout 10 node "$main" >/dev/null 2>&1 || :
done
node deploy/image/main.ts compare "Amelia Whitcombe" "A. Whitcombe" >/dev/null 2>&1 || [ $? = 1 ]
node deploy/image/health.ts >/dev/null || [ $? = 1 ]
rm -f /tmp/out
[ -n "$(ls "$NODE_COMPILE_CACHE")" ]
