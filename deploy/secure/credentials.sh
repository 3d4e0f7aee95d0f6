#!/usr/bin/env bash
# credentials.sh [FOLDER]: makes what compose.secure.yaml needs, by default into deploy/secure/generated: a certificate
# authority, certificates of the broker and the administrator, and a password and client settings for every principal.
# What is there already is left alone; delete the folder to begin anew (and the stack's volumes, which know the passwords).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$here/generated}
days=825
principals=(producer trainer generator-service requester guest)

command -v openssl >/dev/null || { echo "error: openssl is needed" >&2; exit 1; }
if [ -e "$folder/admin/client.properties" ]; then
  echo "Nothing to do: $folder is complete."
  exit 0
fi

# Containers read these files as users of their own, so files are readable; the folder above keeps others out.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days $days -subj "/CN=kafka-gan authority" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
  -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null

certificate() { # certificate NAME FILE ALTERNATIVE_NAMES: key and certificate, signed by the authority, in one file
  openssl req -new -newkey rsa:3072 -nodes -sha256 -subj "/CN=$1" -keyout "$work/$1.key" -out "$work/$1.csr" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" >"$work/$1.ext"
  openssl x509 -req -sha256 -days $days -in "$work/$1.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial \
    -extfile "$work/$1.ext" -out "$work/$1.pem" 2>/dev/null
  cat "$work/$1.key" "$work/$1.pem" >"$2"
}

mkdir -p "$folder/broker" "$folder/admin"
cp "$work/ca.pem" "$folder/broker/"
certificate broker "$folder/broker/broker.pem" DNS:kafka,DNS:localhost,IP:127.0.0.1
cat >"$folder/broker/jaas.conf" <<'JAAS'
KafkaServer {
  org.apache.kafka.common.security.scram.ScramLoginModule required;
};
JAAS

: >"$folder/admin/passwords"
for principal in "${principals[@]}"; do
  mkdir -p "$folder/$principal"
  cp "$work/ca.pem" "$folder/$principal/"
  password=$(openssl rand -hex 24)
  echo "$principal $password" >>"$folder/admin/passwords"
  cat >"$folder/$principal/client.properties" <<PROPERTIES
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="$principal" password="$password";
ssl.truststore.type=PEM
ssl.truststore.location=/etc/kafka-gan/ca.pem
PROPERTIES
done

cp "$work/ca.pem" "$folder/admin/"
certificate admin "$folder/admin/admin.pem" DNS:admin
cat >"$folder/admin/client.properties" <<'PROPERTIES'
security.protocol=SSL
ssl.truststore.type=PEM
ssl.truststore.location=/etc/kafka-gan/ca.pem
ssl.keystore.type=PEM
ssl.keystore.location=/etc/kafka-gan/admin.pem
PROPERTIES
echo "Made $folder: keep it to yourself, its files are passwords."
