using Mail.Core.Relays.Doctor;
using Mail.Core.Relays.Http;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Core.Relays.Doctor;

/// <summary>One examination of an SMTP server and what it found, step by step.</summary>
internal sealed class Examination
{
    private readonly List<DoctorStep> _told = [];

    public IReadOnlyList<DoctorStep> Steps => _told;

    /// <summary>`dns ok, connect ok, ...`: the whole course in one line.</summary>
    public string Course => string.Join(", ", _told.Select(step => $"{step.Name} {step.Status.ToString().ToLowerInvariant()}"));

    public DoctorStep this[string name] => Assert.Single(_told, step => step.Name == name);

    public static SmtpConnectionOptions Server(int port, SmtpTlsPolicy tls = SmtpTlsPolicy.None, string? user = null, string? password = null, string host = "127.0.0.1", bool isImplicit = false, string? caFile = null, Func<System.Net.IPAddress, bool>? allows = null) => new()
    {
        Host = host, Port = port, TlsPolicy = tls, UserName = user, Password = password, ImplicitTls = isImplicit, TrustedCaFile = caFile, AllowsAddress = allows,
    };

    public static async Task<Examination> RunAsync(SmtpConnectionOptions server, string? from = "sender@example.org", string? to = "one@example.com", TimeSpan? limit = null)
    {
        Examination examination = new();
        DoctorNotes notes = new(new SecretMask(server.Password is null ? [] : [server.Password]), TimeProvider.System, examination._told.Add);
        await new SmtpExamination(server, notes, TimeProvider.System).RunAsync(Address(from), Address(to), limit ?? TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.Equal(notes.Steps, examination._told);
        return examination;
    }

    /// <summary>The one step that failed, with its cause; every step after it was skipped, or asks for another thing.</summary>
    public void FailedAt(string name, string cause)
    {
        DoctorStep failed = Assert.Single(_told, step => step.Status == StepStatus.Failed);
        Assert.Equal((name, cause), (failed.Name, failed.Cause?.Code));
        Assert.NotEmpty(failed.Seen);
        Assert.NotEmpty(failed.Cause!.In("fr").Remedy);
    }

    private static EmailAddress? Address(string? text) => text is null ? null : EmailAddress.Parse(text);
}
