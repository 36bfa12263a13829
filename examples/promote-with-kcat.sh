#!/bin/sh
# Promotes with kcat (1.7 or later). kcat writes neither Avro nor signatures, so the Java example
# prepares the record and kcat sends it.
set -eu
if [ $# -ne 6 ]; then
  echo "usage: promote-with-kcat.sh FLOE.JSON KEY SIGNER ARTIFACT VERSION ENVIRONMENT" >&2
  exit 2
fi
if ! command -v kcat >/dev/null; then
  echo "kcat is missing: apt-get install kcat, or brew install kcat" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/promote-over-kafka" sign "$@" "$work"
artifact=$4
kafka=$(cat "$work/kafka")
id=$(cat "$work/id")
since=$(($(date +%s) - 60))000

set --
while IFS= read -r header; do
  set -- "$@" -H "$header"
done <"$work/headers"
# librdkafka's own default hashes keys with CRC32: floe takes no record from a wrong partition.
kcat -P -b "$kafka" -t floe.promotion.commands -X topic.partitioner=murmur2_random \
  -k "$artifact" "$@" "$work/value"
echo "sent $id" >&2

for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  answer=$(kcat -C -q -e -b "$kafka" -t floe.replies -o "s@$since" -f '%k %h\n' | grep "^$id " | head -n 1 || true)
  if [ -n "$answer" ]; then
    kind=$(expr "$answer" : '.*ce_type=dev\.floe\.replies\.v1\.\([A-Za-z]*\)')
    subject=$(expr "$answer" : '.*ce_subject=\([^,]*\)')
    echo "$kind $subject"
    [ "$kind" = CommandAccepted ]
    exit
  fi
  sleep 1
done
echo "no answer: look for $id in floe.promotion.commands.dlt:" >&2
echo "  kcat -C -e -b $kafka -t floe.promotion.commands.dlt -f '%h\\n'" >&2
exit 1
