"""Sends by Django's send_mail, as an app's code does, with settings as the guide names them: PORT TLS_PORT KEY."""
import sys
import django
from django.conf import settings

settings.configure(EMAIL_HOST="localhost", EMAIL_PORT=int(sys.argv[1]), EMAIL_USE_TLS=True, EMAIL_HOST_USER="mail", EMAIL_HOST_PASSWORD=sys.argv[3], EMAIL_TIMEOUT=20)
django.setup()
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail

print(send_mail("django plain", "Bonjour à tous,\n.\nà demain\n", "Änn <a@example.com>", ["b@example.com", "c@example.com"], html_message="<p>Bonjour à tous</p>"))
mail = EmailMultiAlternatives("django copy", "x" * 3000, "a@example.com", ["b@example.com"], cc=["e@example.com"], bcc=["d@example.com"],
                              headers={"Reply-To": "r@example.com", "X-Mail-Tag": "kind=copy, django", "X-Mail-Lane": "critical"})
print(mail.send())
print(send_mail("django tls", "hello", "a@example.com", ["b@example.com"], connection=get_connection(port=int(sys.argv[2]), use_tls=False, use_ssl=True)))
