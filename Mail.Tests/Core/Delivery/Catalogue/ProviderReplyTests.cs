using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays;

namespace Mail.Tests.Core.Delivery.Catalogue;

/// <summary>Replies as large providers word them, with names changed.</summary>
public sealed class ProviderReplyTests
{
    [Theory]
    // Recipients
    [InlineData("550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos. a1b2 - gsmtp", "unknown_user")]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "unknown_user")]
    [InlineData("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", "unknown_user")]
    [InlineData("554 delivery error: dd This user doesn't have a yahoo.com account (nobody@yahoo.example) [0] - mta1.mail.yahoo.example", "unknown_user")]
    [InlineData("550 5.1.1 <nobody@icloud.example>: user does not exist", "unknown_user")]
    [InlineData("550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", "unknown_user")]
    [InlineData("550 5.1.2 <a@nowhere.invalid>: Recipient address rejected: Domain not found", "unknown_domain")]
    [InlineData("556 5.1.10 <a@nullmx.example>: Recipient address rejected: Domain nullmx.example does not accept mail (nullMX)", "domain_takes_no_mail")]
    [InlineData("553 5.1.3 The recipient address <a b@example.org> is not a valid RFC-5321 address", "bad_address")]
    [InlineData("550 5.2.1 The email account that you tried to reach is disabled. Learn more - gsmtp", "mailbox_disabled")]
    [InlineData("554 30 Sorry, your message to a@yahoo.example cannot be delivered. This mailbox is disabled (554.30).", "mailbox_disabled")]
    [InlineData("452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to clear space - gsmtp", "mailbox_full")]
    [InlineData("552 5.2.2 <a@example.org>: user is over quota", "mailbox_full")]
    [InlineData("554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded", "mailbox_full")]
    [InlineData("552 5.2.3 Message exceeds the maximum size for this mailbox", "mailbox_size_limit")]
    [InlineData("551 5.1.6 The user has moved to another address", "moved")]
    [InlineData("450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered - gsmtp", "recipient_too_busy")]
    // Size and content
    [InlineData("552 5.3.4 Your message exceeded Google's message size limits. Please visit the help page - gsmtp", "too_large")]
    [InlineData("552 5.3.4 Message size exceeds fixed limit", "too_large")]
    [InlineData("552 5.7.0 This message was blocked because its content presents a potential security issue. - gsmtp", "policy")]
    [InlineData("550 5.7.1 Messages missing a valid address in From: header, or having no From: header, are not accepted. - gsmtp", "not_compliant")]
    [InlineData("554 5.7.1 Message contains a virus: Eicar-Test-Signature", "virus")]
    // Authentication
    [InlineData("550 5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy. - gsmtp", "authentication_failed_gmail")]
    [InlineData("550 5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp", "authentication_failed_gmail")]
    [InlineData("550 5.7.515 Access denied, sending domain example.org does not meet the required authentication level.", "authentication_failed_outlook")]
    [InlineData("550 5.7.509 Access denied, sending domain example.org does not pass DMARC verification and has a DMARC policy of reject.", "authentication_failed_outlook")]
    [InlineData("554 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/smtp-error-codes - mail failed DMARC at yahoo", "authentication_failed_yahoo")]
    [InlineData("550 5.7.1 Email rejected per DMARC policy for example.org", "authentication_failed")]
    [InlineData("550 5.7.23 The message was rejected because of Sender Policy Framework violation -> SPF fail", "authentication_failed")]
    [InlineData("550 5.7.25 The IP address sending this message does not have a PTR record setup. - gsmtp", "reverse_dns_missing")]
    // Blocks
    [InlineData("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7", "blocked_spamhaus")]
    [InlineData("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.spamcop.example", "blocked")]
    [InlineData("550 5.7.1 Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked. - gsmtp", "blocked_gmail")]
    [InlineData("550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).", "blocked_outlook")]
    [InlineData("550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/", "blocked_outlook")]
    [InlineData("421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1", "blocked_yahoo")]
    [InlineData("553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7, because the ip is in a list", "blocked_yahoo")]
    [InlineData("554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137", "blocked_icloud")]
    [InlineData("550 5.7.1 [HM08] Message rejected due to local policy.", "blocked_icloud")]
    [InlineData("421 4.7.0 Service refuse. Veuillez essayer plus tard. OFR_999 [999]", "blocked_orange")]
    [InlineData("550 5.7.0 Local Policy Violation - blocked, see https://ipcheck.proofpoint.com/?ip=192.0.2.7", "blocked_proofpoint")]
    [InlineData("421 4.7.0 This message does not pass authentication checks; low reputation of the sending domain", "bad_reputation")]
    // Rate
    [InlineData("421 4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP address. - gsmtp", "rate_limited_gmail")]
    [InlineData("451 4.7.652 The mail server [192.0.2.7] has exceeded the maximum number of connections. (S3115)", "too_many_connections")]
    [InlineData("421 4.7.0 Too many connections from your host", "too_many_connections")]
    [InlineData("450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example/help", "greylisted")]
    [InlineData("451 4.7.1 Greylisting in action, please come back later", "greylisted")]
    [InlineData("454 4.7.0 Throttling failure: Maximum sending rate exceeded.", "rate_limited")]
    [InlineData("454 4.7.0 Throttling failure: Daily message quota exceeded.", "provider_allowance_used")]
    [InlineData("550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to the help page - gsmtp", "provider_allowance_used")]
    [InlineData("451 4.3.0 Temporary lookup failure", "receiver_network")]
    [InlineData("452 4.3.1 Insufficient system storage", "receiver_full")]
    // Sender identity, by SMTP
    [InlineData("550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", "sender_not_verified_sendgrid")]
    [InlineData("554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: a@example.org", "sender_not_verified_ses")]
    [InlineData("554 5.2.252 SendAsDenied; robot@example.org not allowed to send as boss@example.org", "sender_not_allowed_m365")]
    [InlineData("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "sender_not_allowed_m365")]
    [InlineData("550 5.1.8 <a@nowhere.invalid>: Sender address rejected: Domain not found", "sender_refused", ReplyScope.Sender)]
    [InlineData("554 5.7.1 <a@example.org>: Relay access denied", "relaying_denied")]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first", "tls_required_by_receiver")]
    [InlineData("451 5.7.3 STARTTLS is required to send mail: this recipient requires TLS", "tls_required_by_receiver")]
    [InlineData("550 Guru meditation 17", "unclear")]
    public void An_SMTP_reply_has_the_cause_that_a_person_would_name(string reply, string cause, ReplyScope scope = ReplyScope.Recipient)
    {
        int code = int.Parse(reply.AsSpan(0, 3), provider: null);

        string found = CauseFinder.OfReply(new RelayReply(code >= 500 ? RelayVerdict.Permanent : RelayVerdict.Transient, code, null, reply[4..]) { Scope = scope });

        Assert.Equal(cause, found);
    }

    [Theory]
    [InlineData(403, "The from address does not match a verified Sender Identity.", null, ReplyScope.Sender, false, "sender_not_verified_sendgrid")]
    [InlineData(401, "Maximum credits exceeded", null, ReplyScope.Relay, false, "provider_allowance_used")]
    [InlineData(400, "Email address is not verified. The following identities failed the check in region EU-WEST-1: a@example.org", "MessageRejected", ReplyScope.Sender, false, "sender_not_verified_ses")]
    [InlineData(400, "The account is in the sandbox of Amazon SES, where recipients have to be verified too: Email address is not verified.", "MessageRejected", ReplyScope.Relay, false, "relay_sandbox")]
    [InlineData(400, "Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients", null, ReplyScope.Relay, false, "relay_sandbox")]
    [InlineData(403, "Domain mg.example.org is not allowed to send: The domain is unverified", null, ReplyScope.Sender, false, "sender_not_verified_mailgun")]
    [InlineData(422, "The 'From' address you supplied (a@example.org) is not a Sender Signature on your account.", "400", ReplyScope.Sender, false, "sender_not_verified_postmark")]
    [InlineData(422, "You tried to send to a recipient that has been marked as inactive.", "406", ReplyScope.Recipient, true, "recipient_inactive")]
    [InlineData(422, "Your account has run out of credits.", "405", ReplyScope.Relay, false, "provider_allowance_used")]
    [InlineData(403, "The example.org domain is not verified. Please, add and verify your domain on https://resend.com/domains", "validation_error", ReplyScope.Sender, false, "sender_not_verified_resend")]
    [InlineData(403, "You can only send testing emails to your own email address (a@example.org).", "validation_error", ReplyScope.Relay, false, "relay_sandbox")]
    [InlineData(429, "Too many requests. You can only make 2 requests per second.", "rate_limit_exceeded", ReplyScope.Relay, false, "rate_limited")]
    [InlineData(413, "The request is too large.", null, ReplyScope.Message, true, "too_large")]
    [InlineData(403, "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.", "ErrorSendAsDenied", ReplyScope.Sender, false, "sender_not_allowed_m365")]
    [InlineData(400, "Invalid To header", "invalidArgument", ReplyScope.Recipient, true, "bad_address")]
    [InlineData(503, "Service unavailable", null, ReplyScope.Relay, false, "relay_busy")]
    [InlineData(500, "An internal error has occurred.", "application_error", ReplyScope.Relay, false, "relay_busy")]
    [InlineData(400, "The template is broken", "whatever", ReplyScope.Message, true, "content_refused")]
    public void An_answer_of_a_providers_API_has_the_cause_that_a_person_would_name(int status, string text, string? providerCode, ReplyScope scope, bool isPermanent, string cause) =>
        Assert.Equal(cause, CauseFinder.OfReply(new RelayReply(isPermanent ? RelayVerdict.Permanent : RelayVerdict.Transient, status, null, text) { Scope = scope, ProviderCode = providerCode }));
}
