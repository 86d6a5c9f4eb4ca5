#!/usr/bin/env bash
# Builds the hosts into /opt/mail, makes /etc/mail with secrets, and installs the units. As root, from a checkout; again for each new version.
# What is in /etc/mail already stays. Needs the .NET 10 SDK and Node.js; PostgreSQL and Redis run here or elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[[ $EUID -eq 0 ]] || { echo "As root, please." >&2; exit 1; }
command -v /usr/bin/dotnet >/dev/null || { echo "The units start /usr/bin/dotnet, which is not there: install aspnetcore-runtime-10.0, or link yours." >&2; exit 1; }

(cd Mail.Web/ClientApp && npm ci --no-fund --no-audit && npm run build)
new=$(mktemp -d /opt/mail.XXXXXX)
chmod 755 "$new"
for host in Api Worker Web; do dotnet publish "Mail.$host" -c Release -o "$new/$host" -p:RunAnalyzers=false; done
(cd "$new/Api/templates" && npm ci --omit=dev --no-fund --no-audit)
mkdir -p "$new/docs/guides" && cp docs/guides/deploy.md "$new/docs/guides/"
rm -rf /opt/mail.before
[[ ! -d /opt/mail ]] || mv /opt/mail /opt/mail.before
mv "$new" /opt/mail

install -d -m 755 /etc/mail
install -d -m 700 /etc/mail/secrets
for name in mail api worker web; do
  [[ -e /etc/mail/$name.env ]] || install -m 644 "deploy/systemd/$name.env.example" "/etc/mail/$name.env"
done
put() { [[ -e /etc/mail/secrets/$1 ]] || (umask 077 && printf '%s' "$2" >"/etc/mail/secrets/$1"); }
put secret_key "$(openssl rand -hex 32)"
put admin_password "$(openssl rand -hex 12)"
for name in maildb cache smtp_user smtp_password; do
  [[ -e /etc/mail/secrets/$name ]] || echo "Still to be written: /etc/mail/secrets/$name"
done

install -m 644 deploy/systemd/*.service /etc/systemd/system/
systemctl daemon-reload
echo "Then: systemctl enable --now mail-api mail-worker mail-web (after an update: systemctl restart mail-worker mail-api mail-web)"
