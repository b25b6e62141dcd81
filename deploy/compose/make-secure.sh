#!/bin/sh
# make-secure.sh: makes what compose.secure.yaml needs, in ./secure: an authority, certificates, a password for each user, keys
# that sign the index, tokens for the gateway. Made once; again with --again, which replaces all of it. Needs openssl.
# For trying out, and as an example to copy from: in earnest an authority of your own, and secrets where you keep secrets.
set -eu
cd "$(dirname -- "$(readlink -f -- "$0")")"
if [ "${1:-}" = --again ]; then rm -rf secure; fi
if [ -e secure/done ]; then echo "secure/ is there; --again makes it anew"; exit 0; fi
command -v openssl >/dev/null || { echo "openssl is not on PATH" >&2; exit 1; }
rm -rf secure
# Nobody else gets in from outside; within, each file is mounted alone into the container that needs it, whatever its user.
mkdir -m 700 secure
cd secure
umask 022
mkdir passwords kafka redis registry gateway signing

quietly() { "$@" 2>/dev/null; }
quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -keyout ca.key -out ca.pem \
  -subj "/O=Cordon trial/CN=Cordon trial CA" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
chmod 600 ca.key
# certificate FOLDER HOST: for that host and for localhost.
certificate() {
  quietly openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1/tls.key" -out request -subj "/O=Cordon trial/CN=$2"
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' "$2" >extensions
  quietly openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -extfile extensions -out "$1/tls.crt"
  rm request extensions
  chmod 644 "$1/tls.key"
}
certificate kafka kafka; certificate redis redis; certificate registry registry-guard; certificate gateway gateway
# Kafka takes key and chain in one file, the key in PKCS 8.
{ openssl pkcs8 -topk8 -nocrypt -in kafka/tls.key; cat kafka/tls.crt; } >kafka/bundle.pem

for user in admin screener list-sync second-look canary gateway desk traffic rescreen; do openssl rand -hex 16 >"passwords/$user"; done
password() { cat "passwords/$1"; }

cat >kafka/server.properties <<EOF
# Beside the settings in compose.secure.yaml: what must not stand in an environment.
ssl.keystore.type=PEM
ssl.keystore.location=/run/cordon/bundle.pem
ssl.truststore.type=PEM
ssl.truststore.location=/run/cordon/ca.pem
listener.name.inside.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
listener.name.outside.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.inside.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="$(password admin)" user_admin="$(password admin)";
listener.name.inside.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.outside.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
EOF

# What each may do below its prefix; the commands within a script count as well. The same as the table of docs/security.md.
own='resetkeys ~cordon:* resetchannels -@all'
hand='+hello +auth +ping +info +client +select'
cat >redis/users.acl <<EOF
user default off
user health on nopass resetkeys resetchannels -@all +ping
user admin on >$(password admin) ~* &* +@all
user list-sync on >$(password list-sync) $own $hand +get +strlen +set +hget +hmget +hset +hdel +hgetall +hvals +hexists +del +unlink +exists +rename +persist +expire +eval +type +xadd +xread +xrevrange
user screener on >$(password screener) $own $hand +get +hget +hmget +hvals +xread +xrevrange
user second-look on >$(password second-look) resetkeys %R~cordon:* ~cordon:{job:* resetchannels -@all $hand +get +set +del +pexpire +hget +hmget +hgetall +hvals +eval +xread +xrevrange
user canary on >$(password canary) $own $hand +get +hget +hmget +hvals +xread +xrevrange
user traffic on >$(password traffic) $own $hand +get +hget +hmget +hvals +xread +xrevrange
user rescreen on >$(password rescreen) $own $hand +get +hget +hmget +hvals +hgetall
user desk on >$(password desk) $own $hand +get +strlen +set +hget +hmget +hset +hdel +hgetall +hvals +hexists +exists +del +expire +eval +type +xadd +xread +xrevrange
user gateway on >$(password gateway) $own $hand +eval +time +hget +hmget +hset +hsetnx +hdel +hgetall +exists +del +pexpire +zadd +zrem +zrange +zremrangebyscore +zunionstore
EOF

{
  separator='{'
  for user in screener list-sync second-look canary gateway desk traffic rescreen; do
    printf '%s"%s":"%s"' "$separator" "$user" "$(password "$user")"
    separator=,
  done
  echo '}'
} >registry/users.json

openssl genpkey -algorithm ed25519 -out signing/signing.key
openssl pkey -in signing/signing.key -pubout -out signing/signing.pub

openssl rand -hex 24 >gateway/token
printf 'trial sha256:%s\n' "$(printf %s "$(cat gateway/token)" | openssl dgst -sha256 -r | cut -d' ' -f1)" >gateway/tokens
chmod 644 signing/signing.key
: >done
echo "made secure/. Its passwords are in secure/passwords, the gateway's token in secure/gateway/token."
