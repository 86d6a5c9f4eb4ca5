"""Sends by Python's smtplib: PORT TLS_PORT CA_FILE KEY. Prints what the server says to a wrong key."""
import smtplib
import ssl
import sys
from email.message import EmailMessage

port, implicit, ca, key = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
tls = ssl.create_default_context(cafile=ca)


def message(subject):
    m = EmailMessage()
    m["Subject"] = subject
    m["From"] = "Änn <a@example.com>"
    m["To"] = "b@example.com"
    m.set_content("Zeile eins: ü\n.\n..zwei\n.drei\n")
    m.add_attachment(bytes(range(256)) * 40, maintype="application", subtype="octet-stream", filename="alle.bin")
    return m


with smtplib.SMTP("localhost", port) as s:
    s.starttls(context=tls)
    try:
        s.login("anybody", key + "x")
    except smtplib.SMTPAuthenticationError as e:
        print(e.smtp_code, e.smtp_error.decode())
    s.login("anybody", key)
    s.send_message(message("smtplib starttls"))

with smtplib.SMTP_SSL("localhost", implicit, context=tls) as s:
    s.login("anybody", key)
    s.send_message(message("smtplib tls"), to_addrs=["b@example.com", "hidden@example.com"])
