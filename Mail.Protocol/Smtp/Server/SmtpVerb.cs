namespace Mail.Protocol.Smtp.Server;

/// <summary>The commands that a server knows by name.</summary>
internal enum SmtpVerb
{
    Unknown,
    Ehlo,
    Helo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Expn,
    Help,
    StartTls,
    Auth,

    /// <summary>A web browser, or an attack that makes one speak to us.</summary>
    Http,
}
