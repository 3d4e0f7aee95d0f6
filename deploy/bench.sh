#!/usr/bin/env bash
# Measures the pipeline's speed against what people would use instead: builds what is missing, then runs. See --help.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jars=(
  "$home/producer/target/producer.jar"
  "$home/trainer/target/trainer.jar"
  "$home/generator-service/target/generator-service.jar"
  "$home/deploy/bench/target/bench.jar"
)

. "$home/deploy/build.sh"

exec "$java" -Xmx256m -XX:+UseSerialGC -jar "$home/deploy/bench/target/bench.jar" --home "$home" "$@"
