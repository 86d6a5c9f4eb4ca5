#!/usr/bin/env bash
# Makes what compose mounts as secrets, in secrets/ (ignored by git). What is there already stays.
#   ./make-secrets.sh
#   SMTP_USER=... SMTP_PASSWORD=... ./make-secrets.sh production
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mode=${1:-development}
[[ $mode == development || $mode == production ]] || { echo "development or production?" >&2; exit 1; }
if [[ $mode == production && ! -e secrets/smtp_password ]]; then
  : "${SMTP_USER:?the login at your relay}" "${SMTP_PASSWORD:?the password at your relay}"
fi

# Nobody else on this machine gets into the folder; the files in it are mounted one by one, and read by users of the containers.
mkdir -p secrets && chmod 700 secrets
random() { openssl rand -hex "$1"; }
put() { [[ -e secrets/$1 ]] || (umask 022 && printf '%s' "$2" >"secrets/$1"); }

put db_password "$(random 24)"
put maildb "Host=postgres;Database=mail;Username=mail;Password=$(<secrets/db_password);Maximum Pool Size=50"
put cache_password "$(random 24)"
put cache "cache:6379,password=$(<secrets/cache_password)"
put valkey_conf "requirepass $(<secrets/cache_password)"
put secret_key "$(random 32)"
put admin_password "$(random 12)"
put grafana_password "$(random 12)"
if [[ $mode == production ]]; then
  put smtp_user "${SMTP_USER:-}"
  put smtp_password "${SMTP_PASSWORD:-}"
  echo "Keep a copy of secrets/secret_key apart from the database's backups: without it nothing that is encrypted there can be read."
else
  put api_key "mk_live_$(random 16)"
fi
echo "Secrets are in $PWD/secrets; the console's first password is in admin_password."
