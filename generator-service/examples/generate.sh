#!/bin/sh
# Asks a kafka-gan pipeline for images and writes them as one PNG file, with kcat alone; see README.md.
set -eu

brokers=${KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}
requests=${GAN_TOPIC_PREFIX:-gan.}requests
replies=${GAN_TOPIC_PREFIX:-gan.}replies
patience=${TIMEOUT_SECONDS:-30}
request=${1:-"{}"}
folder=${2:-.}

read_replies() {
  kcat -C -b "$brokers" -t "$replies" -q -X isolation.level=read_committed "$@"
}

# A value may have commas, and so ends where the next name begins.
header() {
  printf ',%s' "$headers" | sed "s/.*,$1=//; s/,[A-Za-z_-]*=.*//"
}

# A line is a message to kcat, so the request becomes one. The header accept makes the reply a PNG file.
id=$(date +%s)-$$
since=$((($(date +%s) - 60) * 1000))
printf '%s' "$request" | tr '\n' ' ' |
  kcat -P -b "$brokers" -t "$requests" -k "$id" -H "kafka_correlationId=$id" -H accept=image/png

# All replies of the last minute, until ours is among them: its place and its headers.
deadline=$(($(date +%s) + patience))
until reply=$(read_replies -o "s@$since" -e -f '%p %o %h\n' | grep -a "kafka_correlationId=$id\(,\|\$\)"); do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "error: no reply within $patience s" >&2
    exit 1
  fi
  sleep 0.2
done
partition=${reply%% *}
reply=${reply#* }
offset=${reply%% *}
headers=${reply#* }

if [ "$(header content-type)" != image/png ]; then
  read_replies -p "$partition" -o "$offset" -c 1 |
    sed 's/.*"code":"\([^"]*\)","message":"\(.*\)"}}$/error: \1: \2/' >&2
  exit 1
fi
read_replies -p "$partition" -o "$offset" -c 1 -D '' >"$folder/images.png"
echo "$folder/images.png: model $(header model), step $(header step)"
