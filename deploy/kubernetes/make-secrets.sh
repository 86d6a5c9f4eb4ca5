#!/usr/bin/env bash
# Makes the secrets that the manifests refer to, in the cluster that kubectl talks to. What is there already stays. Nothing is written to a disk.
#   deploy/kubernetes/make-secrets.sh dev
#   SMTP_USER=... SMTP_PASSWORD=... deploy/kubernetes/make-secrets.sh production
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
overlay=${1:-}
[[ $overlay == dev || $overlay == production ]] || { echo "Which overlay: dev or production?" >&2; exit 1; }

random() { openssl rand -hex "$1"; }

# secret NAME KEY VALUE...: by the standard input, so that no value is seen in a list of processes.
secret() {
  local name=$1
  shift
  if kubectl -n mail get secret "$name" >/dev/null 2>&1; then
    echo "$name: is there, stays"
    return
  fi
  {
    printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: %s, namespace: mail}\ndata:\n' "$name"
    while [[ $# -gt 0 ]]; do
      printf '  %s: %s\n' "$1" "$(printf '%s' "$2" | base64 | tr -d '\n')"
      shift 2
    done
  } | kubectl create -f -
}

if [[ $overlay == production ]]; then
  : "${SMTP_USER:?the login at your relay}" "${SMTP_PASSWORD:?the password at your relay}"
fi
kubectl apply -f base/namespace.yaml
cache=$(random 24)
secret mail-cache connection "mail-cache:6379,password=$cache" valkey.conf "requirepass $cache"
secret mail-keys secret_key "$(random 32)"
if [[ $overlay == dev ]]; then
  database=$(random 24)
  secret mail-db-app password "$database" pgpass "mail-db-rw:5432:mail:mail:$database"
  secret mail-bootstrap admin_password "$(random 12)" api_key "mk_live_$(random 16)"
else
  secret mail-bootstrap admin_password "$(random 12)"
  secret mail-relay smtp_user "$SMTP_USER" smtp_password "$SMTP_PASSWORD"
  cat <<'TEXT'
Keep a copy of mail-keys apart from the database's backups: without it nothing that is encrypted there can be read.
TEXT
fi
echo "The console's first password: kubectl -n mail get secret mail-bootstrap -o jsonpath='{.data.admin_password}' | base64 -d"
