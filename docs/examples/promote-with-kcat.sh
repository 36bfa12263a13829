#!/usr/bin/env bash
# Promotes a version by a signed command on Kafka, with nothing but kcat, openssl, curl and jq:
#
#   promote-with-kcat.sh VERSION ENVIRONMENT
#
# FLOE_DATA names the data folder of a running `floe up`, SIGNER_KEY an RSA key in PEM whose public half the
# manifest lists under auth.command_signers as SIGNER (default ci).
set -euo pipefail

version=$1 environment=$2
artifact=${ARTIFACT:-floe-platform}
signer=${SIGNER:-ci}
topic=floe.promotion.commands
record=dev.floe.promotion.v1.RequestPromotion
kafka=$(jq -r .kafka "$FLOE_DATA/floe.json")
registry=$(jq -r .schemaRegistry "$FLOE_DATA/floe.json")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

byte() { printf "\\x$(printf %02x "$1")"; }
text() { byte $((${#1} * 2)); printf %s "$1"; } # Avro's string: length as a zigzag number, then UTF-8; up to 63 bytes here
base64url() { base64 -w0 | tr '+/' '-_' | tr -d =; }

# The value: a zero byte, the schema's id in four bytes, the record in Avro's binary form.
schema=$(curl -fsS "$registry/subjects/$topic-$record/versions/latest" | jq .id)
{
  byte 0
  for shift in 24 16 8 0; do byte $(((schema >> shift) & 255)); done
  text "$version"     # version
  byte 0              # from: null, the environment before
  text "$environment" # to
  byte 0              # requestApproval
  byte 0              # queue
  byte 0              # downgrade
  byte 0              # retry: null
  byte 0              # plan: null
  byte 0              # registries: none named
  text "by kcat"      # reason
} >"$work/value"

# The token: for this record and no other, for five minutes.
id=$(cat /proc/sys/kernel/random/uuid)
now=$(date +%s)
head=$(jq -nc '{alg: "RS256", typ: "JWT"}' | tr -d '\n' | base64url)
claims=$(jq -nc --arg iss "$signer" --arg id "$id" --arg topic "$topic" --arg key "$artifact" \
  --arg hash "$(sha256sum "$work/value" | cut -d' ' -f1)" --argjson now "$now" \
  '{iss: $iss, sub: $iss, aud: "floe", jti: $id, iat: $now, exp: ($now + 300), topic: $topic, key: $key, cmd_sha256: $hash}' |
  tr -d '\n' | base64url)
signature=$(printf %s "$head.$claims" | openssl dgst -sha256 -sign "$SIGNER_KEY" -binary | base64url)

kcat -P -b "$kafka" -t "$topic" -k "$artifact" -X topic.partitioner=murmur2_random \
  -H "ce_specversion=1.0" -H "ce_id=$id" -H "ce_type=$record" -H "ce_source=/$signer" \
  -H "ce_time=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)" -H "content-type=application/avro" \
  -H "authorization=Bearer $head.$claims.$signature" "$work/value"

# The answer has the command's id as its key.
echo "sent $id; the answer:"
for _ in $(seq 60); do
  answer=$(kcat -C -q -b "$kafka" -t floe.replies -o beginning -e -f '%k %h\n' 2>/dev/null | grep "^$id " || true)
  if [ -n "$answer" ]; then
    tr ',' '\n' <<<"${answer#* }" | grep '^ce_type='
    exit 0
  fi
  sleep 0.5
done
echo "no answer within 30 s; see $topic.dlt" >&2
exit 1
