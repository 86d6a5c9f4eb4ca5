using System.Globalization;
using System.Net.Sockets;
using Mail.Core.Delivery.Catalogue;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays.Doctor;

/// <summary>Goes through the conversation with an SMTP server as a worker would have it, up to the point where it would send.</summary>
internal sealed class SmtpExamination(SmtpConnectionOptions server, DoctorNotes notes, TimeProvider clock)
{
    private const int SoonInDays = 14;

    private string _greeting = "";
    private SmtpCapabilities? _offered;
    private ShownCertificate? _certificate;

    private sealed record ShownCertificate(string Subject, DateTimeOffset From, DateTimeOffset Until, string? Problem, bool IsForOtherName);

    /// <param name="from">Asked for as sender; null to leave that out.</param>
    /// <param name="to">Asked for as recipient; null to leave that out.</param>
    public async Task RunAsync(EmailAddress? from, EmailAddress? to, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server.Watched(Note, Look, Limits(limit)), ct);
            if (!connection.IsSecure) notes.Skipped("tls", server.TlsPolicy == SmtpTlsPolicy.None ? "The settings want none." : "The server's did not come about; `opportunistic` goes on in plain text.");
            if (server.UserName is null) notes.Skipped("auth", "The settings have no user name.");
            if (from is null) notes.SkipRest("No sender is known: name one (from), or set EMAIL_FROM.", "sender", "recipient");
            else await AskAsync(connection, from, to, ct);
            await connection.QuitAsync(ct);
        }
        catch (SmtpConnectException e)
        {
            notes.Failed(StepOf(e.Stage), e.Message, e.IsAddressForbidden ? DoctorCauses.AddressForbidden : IsNotSmtp(e) ? DoctorCauses.NotSmtp : DoctorCauses.Of(CauseOf(e)));
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            notes.Failed(notes.Has("sender") ? "recipient" : "sender", e.Message, DoctorCauses.Of(CauseCodes.RelayBroke));
        }

        notes.SkipRest("Not reached.", "dns", "connect", "greeting", "tls", "auth", "sender", "recipient");
    }

    private async Task AskAsync(SmtpConnection connection, EmailAddress from, EmailAddress? to, CancellationToken ct)
    {
        (SmtpReply mail, SmtpReply? rcpt) = await connection.AskEnvelopeAsync(from, to, ct);
        if (mail.Class == ReplyClass.Success) notes.Ok("sender", $"{from.Address}: {mail}");
        else notes.Failed("sender", $"{from.Address}: {mail}", mail.Code is 530 ? DoctorCauses.Of(CauseCodes.LoginMissing) : Refusal(mail, ReplyScope.Sender));
        if (rcpt is null) notes.Skipped("recipient", to is null ? "Nobody was named." : "Not reached.");
        else if (rcpt.Class == ReplyClass.Success) notes.Ok("recipient", $"{to!.Address}: {rcpt}");
        else notes.Failed("recipient", $"{to!.Address}: {rcpt}", Refusal(rcpt, ReplyScope.Recipient));
    }

    private void Note(SmtpConnectStep step)
    {
        switch (step.Stage)
        {
            case SmtpStage.Dns:
                notes.Ok("dns", $"{server.Host}: {step.Seen}");
                break;
            case SmtpStage.Connect:
                notes.Ok("connect", step.Seen);
                break;
            case SmtpStage.Greeting:
                _greeting = step.Seen;
                break;
            case SmtpStage.Hello:
                _offered = step.Capabilities;
                notes.Ok("greeting", $"{_greeting}; offers {Offers(step)}");
                break;
            case SmtpStage.Tls:
                notes.Ok("tls", $"{step.Seen}; {Describe()}", Hint());
                break;
            case SmtpStage.Auth:
                notes.Ok("auth", $"signed in by {step.Seen}");
                break;
        }
    }

    private void Look(SmtpShownCertificate shown) => _certificate = new ShownCertificate(
        shown.Certificate.Subject, shown.Certificate.NotBefore.ToUniversalTime(), shown.Certificate.NotAfter.ToUniversalTime(), shown.Problem, shown.IsForOtherName);

    private string Describe() => _certificate is not { } shown ? "no certificate" : string.Create(CultureInfo.InvariantCulture,
        $"certificate {shown.Subject}, ends in {Math.Floor((shown.Until - clock.GetUtcNow()).TotalDays):0} days ({shown.Until:yyyy-MM-dd}), {(shown.Problem is null ? "verified" : $"would be refused: {shown.Problem}")}");

    private Cause? Hint() => _certificate switch
    {
        { Problem: not null } => DoctorCauses.CertificateNotVerified,
        { } shown when shown.Until - clock.GetUtcNow() < TimeSpan.FromDays(SoonInDays) => DoctorCauses.CertificateEndsSoon,
        _ => null,
    };

    private string CauseOf(SmtpConnectException e) => e.Stage switch
    {
        SmtpStage.Dns => CauseCodes.RelayNotFound,
        SmtpStage.Connect => e.InnerException switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => CauseCodes.RelayRefusesConnections,
            TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut } => CauseCodes.RelayDoesNotAnswer,
            _ => CauseCodes.RelayUnreachable,
        },
        SmtpStage.Greeting or SmtpStage.Hello => e switch
        {
            { Reply: not null } => CauseCodes.ServiceRefused,
            { InnerException: TimeoutException } => CauseCodes.RelayDoesNotAnswer,
            _ => CauseCodes.RelayBroke,
        },
        SmtpStage.Tls => CauseOfTls(),
        _ => CauseFinder.OfFault(new RelayFault(e.Message, e.IsPermanent)),
    };

    /// <summary>The date first: who mends that may find the rest mended.</summary>
    private string CauseOfTls()
    {
        if (_certificate is not { Problem: not null } shown || server.TlsPolicy != SmtpTlsPolicy.RequiredVerified) return _offered is { StartTls: false } && !server.ImplicitTls ? CauseCodes.TlsNotOffered : CauseCodes.TlsFailed;
        DateTimeOffset now = clock.GetUtcNow();
        return shown.Until < now || shown.From > now ? CauseCodes.CertificateExpired : shown.IsForOtherName ? CauseCodes.CertificateName : CauseCodes.CertificateUntrusted;
    }

    private static bool IsNotSmtp(SmtpConnectException e) => e.Stage is SmtpStage.Greeting or SmtpStage.Hello && e.InnerException is SmtpProtocolException;

    private static string StepOf(SmtpStage stage) => stage switch
    {
        SmtpStage.Dns => "dns",
        SmtpStage.Connect => "connect",
        SmtpStage.Greeting or SmtpStage.Hello => "greeting",
        SmtpStage.Tls => "tls",
        _ => "auth",
    };

    private static Cause Refusal(SmtpReply reply, ReplyScope scope) => DoctorCauses.Of(CauseFinder.OfReply(Reply(reply, scope)));

    private static RelayReply Reply(SmtpReply reply, ReplyScope scope) =>
        new(reply.Class == ReplyClass.Permanent ? RelayVerdict.Permanent : RelayVerdict.Transient, reply.Code, reply.Enhanced?.ToString(), reply.Text) { Scope = scope };

    private static string Offers(SmtpConnectStep step)
    {
        if (step.Capabilities is not { } offered || step.Seen == "HELO") return "nothing (it does not know EHLO)";
        List<string> words = [];
        if (offered.StartTls) words.Add("STARTTLS");
        if (offered.AuthMechanisms.Count > 0) words.Add($"AUTH {string.Join(' ', offered.AuthMechanisms)}");
        if (offered.Size) words.Add(offered.MaxSize is { } most ? string.Create(CultureInfo.InvariantCulture, $"SIZE {most}") : "SIZE");
        if (offered.EightBitMime) words.Add("8BITMIME");
        if (offered.SmtpUtf8) words.Add("SMTPUTF8");
        if (offered.Pipelining) words.Add("PIPELINING");
        if (offered.Chunking) words.Add("CHUNKING");
        if (offered.Dsn) words.Add("DSN");
        return words.Count == 0 ? "nothing" : string.Join(", ", words);
    }

    private static SmtpTimeouts Limits(TimeSpan limit) => new()
    {
        Connect = limit, Greeting = limit, Command = limit, TlsHandshake = limit, Mail = limit, Rcpt = limit, Reset = limit, Quit = TimeSpan.FromSeconds(2),
    };
}
