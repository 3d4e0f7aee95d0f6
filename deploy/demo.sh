#!/usr/bin/env bash
# The whole pipeline on this machine: builds what is missing, then runs it. See --help.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jars=(
  "$home/producer/target/producer.jar"
  "$home/trainer/target/trainer.jar"
  "$home/generator-service/target/generator-service.jar"
  "$home/deploy/local/target/local.jar"
)

. "$home/deploy/build.sh"

columns=0
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  columns=$(tput cols 2>/dev/null || echo 80)
fi

exec "$java" -Xmx256m -XX:+UseSerialGC -jar "$home/deploy/local/target/local.jar" \
  --home "$home" --columns "$columns" "$@"
