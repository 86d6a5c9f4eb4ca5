"""Sends by Django's send_mail, as an app's code does: PORT."""
import sys
import django
from django.conf import settings

settings.configure(EMAIL_HOST="localhost", EMAIL_PORT=int(sys.argv[1]), EMAIL_USE_TLS=True, EMAIL_HOST_USER="alice", EMAIL_HOST_PASSWORD="secret", EMAIL_TIMEOUT=20)
django.setup()
from django.core.mail import EmailMultiAlternatives, send_mail

print(send_mail("django plain", "Bonjour à tous,\n.\nà demain\n", "Änn <a@example.com>", ["b@box.test", "c@box.test"], html_message="<p>Bonjour à tous</p>"))
mail = EmailMultiAlternatives("django copy", "x" * 3000, "a@example.com", ["b@box.test"], bcc=["d@box.test"], headers={"Reply-To": "r@example.com"})
print(mail.send())
