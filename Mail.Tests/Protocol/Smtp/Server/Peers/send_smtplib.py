"""Sends by Python's smtplib: PORT IMPLICIT_TLS_PORT CA_FILE. Prints what the server accepted."""
import smtplib
import ssl
import sys
from email.message import EmailMessage

port, implicit, ca = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
tls = ssl.create_default_context(cafile=ca)


def message(subject):
    m = EmailMessage()
    m["Subject"] = subject
    m["From"] = "Änn <a@example.com>"
    m["To"] = "b@box.test"
    m.set_content("Zeile eins: ü\n.\n..zwei\n.drei\n")
    m.add_attachment(bytes(range(256)) * 40, maintype="application", subtype="octet-stream", filename="alle.bin")
    return m


with smtplib.SMTP("localhost", port) as s:
    s.ehlo("client.example.com")
    s.starttls(context=tls)
    s.login("alice", "secret")
    print(s.send_message(message("smtplib starttls"), to_addrs=["b@box.test", "bad@box.test"]))

with smtplib.SMTP_SSL("localhost", implicit, context=tls) as s:
    s.login("alice", "secret")
    s.send_message(message("smtplib implicit"))
    m = EmailMessage()
    m["Subject"] = "smtplib utf8"
    m["From"] = "dué@example.com"
    m["To"] = "josé@box.test"
    m.set_content("x\n")
    s.send_message(m)
    try:
        s.sendmail("a@example.com", ["bad@box.test"], b"x")
    except smtplib.SMTPRecipientsRefused as e:
        print(e.recipients["bad@box.test"])
