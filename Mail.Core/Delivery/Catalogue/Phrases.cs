namespace Mail.Core.Delivery.Catalogue;

/// <summary>A rule: the cause when a text holds all of its phrases, in any case.</summary>
internal sealed record Phrase(string Cause, params string[] All)
{
    public bool IsIn(string text) => Array.TrueForAll(All, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first that fits.</summary>
    public static string? Find(IEnumerable<Phrase> rules, string text)
    {
        foreach (Phrase rule in rules)
            if (rule.IsIn(text)) return rule.Cause;
        return null;
    }
}

/// <summary>What providers and mail servers answer, where their own words tell more than the reason that the classifier finds. The first that fits counts.</summary>
internal static class ReplyPhrases
{
    public static IReadOnlyList<Phrase> All { get; } =
    [
        new(CauseCodes.Simulated, "(simulated)"),

        new("sender_not_verified_sendgrid", "verified sender identity"),
        new("sender_not_verified_sendgrid", "sender identity", "sendgrid"),
        new("relay_sandbox", "sandbox of amazon ses"),
        new("sender_not_verified_ses", "email address is not verified"),
        new("sender_not_verified_ses", "identities failed the check"),
        new("sender_not_verified_ses", "mailfromdomainnotverified"),
        new("sender_not_verified_ses", "not authorized to perform", "ses:"),
        new("relay_sandbox", "authorized recipients"),
        new("relay_sandbox", "sandbox subdomain"),
        new("relay_sandbox", "testing emails to your own"),
        new("sender_not_verified_mailgun", "is not allowed to send", "domain"),
        new("sender_not_verified_postmark", "sender signature"),
        new("sender_not_verified_resend", "resend.com/domains"),
        new("sender_not_verified_brevo", "validate your sender"),
        new("sender_not_verified_brevo", "brevo", "sender", "not valid"),
        new("sender_not_allowed_m365", "sendasdenied"),
        new("sender_not_allowed_m365", "does not have permissions to send as"),
        new("sender_not_allowed_m365", "not allowed to send as"),
        new("sender_not_allowed_gmail", "invalid from header"),
        new("sender_not_allowed_gmail", "send mail as"),
        new("sender_not_allowed_gmail", "delegation denied"),

        new("relay_smtp_auth_disabled", "smtpclientauthentication is disabled"),
        new("relay_smtp_auth_disabled", "5.7.139"),
        new("relay_smtp_auth_disabled", "basic authentication is not supported"),
        new(CauseCodes.AppPasswordNeeded, "application-specific password"),
        new(CauseCodes.AppPasswordNeeded, "invalidsecondfactor"),
        new("tls_required_by_receiver", "must issue a starttls"),
        new("tls_required_by_receiver", "5.7.10"),
        new("tls_required_by_receiver", "requires tls"),

        new("provider_allowance_used", "maximum credits exceeded"),
        new("provider_allowance_used", "daily user sending"),
        new("provider_allowance_used", "5.4.5", "sending"),
        new("provider_allowance_used", "daily message quota exceeded"),
        new("provider_allowance_used", "maximum sending rate", "24"),
        new("provider_allowance_used", "daily sending quota"),
        new("provider_allowance_used", "monthly", "limit"),
        new("provider_allowance_used", "daily email sending quota"),
        new("provider_allowance_used", "daily limit"),
        new("provider_allowance_used", "no credits"),
        new("provider_allowance_used", "out of credits"),
        new("provider_allowance_used", "not enough credits"),
        new("rate_limited", "maximum sending rate exceeded"),

        new("recipient_inactive", "inactive recipient"),
        new("recipient_inactive", "marked as inactive"),
        new("recipient_inactive", "suppression list"),

        new("greylisted", "greylist"),
        new("greylisted", "graylist"),
        new("greylisted", "grey-list"),
        new("greylisted", "grey list"),
        new("greylisted", "greylisting"),
        new("greylisted", "postgrey"),
        new("needs_smtputf8", "smtputf8"),

        new("blocked_spamhaus", "spamhaus"),
        new("blocked_proofpoint", "proofpoint"),
        new("blocked_proofpoint", "cloudmark", "block"),
        new("blocked_mimecast", "mimecast"),
        new("blocked_outlook", "(s3140)"),
        new("blocked_outlook", "(s3150)"),
        new("blocked_outlook", "sender.office.com"),
        new("blocked_outlook", "delist@messaging.microsoft.com"),
        new("blocked_outlook", "block list (s"),
        new("blocked_yahoo", "[tss0"),
        new("blocked_yahoo", "[tss1"),
        new("blocked_yahoo", "[bl2"),
        new("blocked_yahoo", "[ph0"),
        new("blocked_icloud", "[cs01]"),
        new("blocked_icloud", "[hm0"),
        new("blocked_icloud", "apple.com/", "blocked"),
        new("authentication_failed_yahoo", "5.7.9", "yahooinc"),
        new("authentication_failed_yahoo", "yahoo", "dmarc"),
        new("authentication_failed_outlook", "5.7.515"),
        new("authentication_failed_outlook", "5.7.509"),
        new("authentication_failed_gmail", "5.7.26", "gsmtp"),
        new("authentication_failed_gmail", "5.7.27", "gsmtp"),
        new("authentication_failed_gmail", "5.7.30", "gsmtp"),
        new("authentication_failed_gmail", "4.7.32", "gsmtp"),
        new("rate_limited_gmail", "4.7.28", "gsmtp"),
        new("rate_limited_gmail", "5.7.28", "gsmtp"),
        new("recipient_too_busy", "receiving mail", "rate"),
        new("recipient_too_busy", "receiving mail too quickly"),
        new("recipient_inactive", "406", "inactive"),

        new("mailbox_size_limit", "5.2.3 "),
        new("unknown_domain", "recipient address rejected", "domain not found"),
        new("bad_address", "5.1.3"),
        new("bad_address", "bad recipient address syntax"),
    ];
}

/// <summary>Why a relay could not be used, by the words of our own code; Mail.Tests/Core/Delivery/CauseFinderTests goes through all of them.</summary>
internal static class FaultPhrases
{
    public static IReadOnlyList<Phrase> All { get; } =
    [
        new(CauseCodes.NoRelayFits, "may carry this message"),
        new(CauseCodes.RelayReturns, "just coming back"),
        new(CauseCodes.RelaySlow, "other relays serve until it is faster"),
        new(CauseCodes.SandboxNotWritten, "sandbox inbox"),
        new(CauseCodes.InternalFault, "a fault in the mail system"),
        new(CauseCodes.RelayReturns, "was taken back before it was offered"),

        new(CauseCodes.RelayNotFound, "has no address ("),
        new(CauseCodes.RelayNotFound, "name or service not known"),
        new(CauseCodes.RelayNotFound, "no such host"),
        new(CauseCodes.RelayNotFound, "name does not resolve"),
        new(CauseCodes.RelayNotFound, "temporary failure in name resolution"),
        new(CauseCodes.RelaySettings, "trustedcafile cannot be read"),
        new(CauseCodes.CertificateName, "made for another name"),
        new(CauseCodes.CertificateName, "remotecertificatenamemismatch"),
        new(CauseCodes.CertificateExpired, "certificate", "expired"),
        new(CauseCodes.CertificateExpired, "certificate", "nottimevalid"),
        new(CauseCodes.CertificateExpired, "certificate", "not yet valid"),
        new(CauseCodes.CertificateExpired, "certificate", "validity period"),
        new(CauseCodes.CertificateUntrusted, "certificate is refused"),
        new(CauseCodes.CertificateUntrusted, "remote certificate is invalid"),
        new(CauseCodes.CertificateUntrusted, "remotecertificatechainerrors"),
        new(CauseCodes.TlsNotOffered, "does not offer starttls"),
        new(CauseCodes.TlsFailed, "no tls with"),
        new(CauseCodes.TlsFailed, "before tls began"),
        new(CauseCodes.TlsFailed, "ssl connection could not be established"),

        new(CauseCodes.LoginNotOffered, "the server offers no auth"),
        new(CauseCodes.LoginNotOffered, "not signed in", "the server offers "),
        new("relay_smtp_auth_disabled", "smtpclientauthentication is disabled"),
        new("relay_smtp_auth_disabled", "5.7.139"),
        new("relay_smtp_auth_disabled", "basic authentication is not supported"),
        new(CauseCodes.AppPasswordNeeded, "application-specific password"),
        new(CauseCodes.AppPasswordNeeded, "not signed in", "\"534"),
        new(CauseCodes.LoginFailedForNow, "not signed in", "the server answers \"4"),
        new(CauseCodes.LoginRefused, "not signed in"),
        new(CauseCodes.TlsNotOffered, "asks for another login or protection", "starttls first"),
        new(CauseCodes.LoginFailedForNow, "asks for another login or protection", ": 4"),
        new(CauseCodes.LoginRefused, "asks for another login or protection", ": 535"),
        new(CauseCodes.LoginMissing, "asks for another login or protection"),
        new(CauseCodes.RelayRedirects, "with a redirect"),
        new(CauseCodes.RelayRedirects, "is not the login of"),
        new(CauseCodes.RelayRedirects, "did not answer as"),
        new(CauseCodes.RelayRedirects, "has nothing at the relay's address"),
        new(CauseCodes.LoginRefused, "does not accept the login of the relay"),
        new("relay_busy", "refused the login of the relay: 5"),
        new(CauseCodes.LoginRefused, "refused the login of"),
        new(CauseCodes.NotAllowed, "lacks the permission"),
        new("sender_not_allowed_m365", "does not let the relay send from the mailbox"),
        new(CauseCodes.AccountSuspended, "does not let", "suspended"),
        new(CauseCodes.AccountSuspended, "does not let", "paused"),
        new(CauseCodes.AccountSuspended, "does not let", "blocked"),
        new(CauseCodes.AccountSuspended, "does not let this account send"),
        new(CauseCodes.AccountSuspended, "has switched sending off"),
        new(CauseCodes.NotAllowed, "does not let the relay send"),
        new("sender_not_verified_mailgun", "mailgun does not know the domain"),
        new(CauseCodes.RelaySettings, "does not know the message stream"),
        new(CauseCodes.RelaySettings, "knows no mailbox"),
        new("relay_busy", "is not ready:"),
        new(CauseCodes.NotAllowed, "does not serve the relay:"),
        new(CauseCodes.RelaySettings, "were encrypted with a key that is lost"),
        new(CauseCodes.RelaySettings, "the relay has no host"),
        new(CauseCodes.RelaySettings, "port is not a port"),
        new(CauseCodes.RelaySettings, "does not know the relay kind"),

        new(CauseCodes.RelayRefusesConnections, "connection refused"),
        new(CauseCodes.RelayDoesNotAnswer, "timed out"),
        new(CauseCodes.RelayDoesNotAnswer, "no answer came within"),
        new(CauseCodes.RelayDoesNotAnswer, "within", "seconds"),
        new(CauseCodes.RelayDoesNotAnswer, "too long"),
        new("relay_busy", "for reasons of its own"),
        new(CauseCodes.RelayBroke, "broke off before"),
        new(CauseCodes.RelayBroke, "no conversation with"),
        new(CauseCodes.RelayUnreachable, "nothing answers at"),
        new(CauseCodes.RelayUnreachable, "cannot be reached"),
        new("relay_busy", "cannot be used: ", ": \"4"),
        new(CauseCodes.ServiceRefused, "cannot be used: ", ": \"5"),
        new(CauseCodes.RelayUnreachable, "the relay '", "cannot be used: "),
    ];
}
