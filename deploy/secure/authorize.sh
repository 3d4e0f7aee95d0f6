#!/usr/bin/env bash
# Gives every principal its password and its rights, the least that it needs. Runs in a container with Kafka's tools and the
# administrator's folder; doing it again changes nothing.
set -euo pipefail

broker=$1
settings=/etc/kafka-gan/client.properties

tool() { java -Xmx128m -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*' "$@"; }

while read -r principal password; do
  tool kafka.admin.ConfigCommand --bootstrap-server "$broker" --command-config "$settings" --alter \
    --entity-type users --entity-name "$principal" --add-config "SCRAM-SHA-512=[password=$password]"
done </etc/kafka-gan/passwords

allow() { # allow PRINCIPAL OPERATIONS RESOURCE...: operations are separated by commas
  local principal=$1 operations=() operation
  for operation in ${2//,/ }; do
    operations+=(--operation "$operation")
  done
  shift 2
  tool org.apache.kafka.tools.AclCommand --bootstrap-server "$broker" --command-config "$settings" --add \
    --allow-principal "User:$principal" "${operations[@]}" "$@" >/dev/null
}

topics() { # topics NAME...: as the arguments that name them
  printf -- '--topic gan.%s ' "$@"
}

own=Create,Describe,DescribeConfigs # a service makes the topics that it needs, and checks those that are there

# shellcheck disable=SC2046
{
  allow producer $own,Read,Write $(topics images)
  allow producer $own,Read $(topics training)
  allow producer Read,Describe --group gan.images-producer
  allow producer Write,Describe --transactional-id gan.images-producer

  allow trainer $own,Read $(topics images)
  allow trainer $own,Read,Write $(topics checkpoints trainer-state)
  allow trainer $own,Write $(topics training samples rejected)
  allow trainer Read,Describe --group gan.trainer- --resource-pattern-type prefixed
  allow trainer Write,Describe --transactional-id gan.trainer- --resource-pattern-type prefixed

  allow generator-service $own,Read $(topics checkpoints requests)
  allow generator-service $own,Write $(topics rejected)
  allow generator-service $own,Write --topic gan.replies --resource-pattern-type prefixed
  allow generator-service Describe,Read $(topics images training samples)
  allow generator-service $own,Read,Write --topic gan.generator-service- --resource-pattern-type prefixed
  allow generator-service Read,Describe --group gan.generator-service
  allow generator-service Write,Describe --transactional-id gan.generator-service- --resource-pattern-type prefixed

  allow requester Describe,Write $(topics requests)
  allow requester Describe,Read $(topics replies)
  allow requester Read,Describe --group requester --resource-pattern-type prefixed
}
echo "Every principal has its rights."
