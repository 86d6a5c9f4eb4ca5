using System.Buffers;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Protocol.Mime;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>One relay of a kind and the provider that it talks to.</summary>
internal sealed class RelayBench : IAsyncDisposable
{
    /// <summary>Kinds as tests name them: gmail has two ways to log in.</summary>
    public static TheoryData<string> AllKinds { get; } = ["sendgrid", "ses", "mailgun", "postmark", "resend", "graph", "gmail", "gmail by service account"];

    /// <summary>Those that make the message anew from its parts.</summary>
    public static TheoryData<string> JsonKinds { get; } = ["sendgrid", "postmark", "resend"];

    /// <summary>Those that take MIME.</summary>
    public static TheoryData<string> MimeKinds { get; } = ["ses", "mailgun", "graph", "gmail"];

    private RelayBench(ProviderFake fake, HttpRelay relay) => (Fake, Relay) = (fake, relay);

    public ProviderFake Fake { get; }

    public HttpRelay Relay { get; }

    public static async Task<RelayBench> StartAsync(string kind, Action<Dictionary<string, string?>>? change = null, HttpRelayEnvironment? environment = null) => await StartAsync(Provider(kind), change, environment);

    public static async Task<RelayBench> StartAsync(IProvider provider, Action<Dictionary<string, string?>>? change = null, HttpRelayEnvironment? environment = null)
    {
        ProviderFake fake = await ProviderFake.StartAsync(provider);
        Dictionary<string, string?> settings = provider.Settings(fake.Url);
        change?.Invoke(settings);
        return new RelayBench(fake, Make(provider.Name, settings, environment));
    }

    public static HttpRelay Make(string kind, Dictionary<string, string?> settings, HttpRelayEnvironment? environment = null) =>
        HttpRelayFactory.Create(HttpRelayKind.Find(kind)!.Kind, "bench", Given(settings), environment ?? Environment()).Value;

    /// <summary>Those that are given.</summary>
    public static Dictionary<string, string> Given(Dictionary<string, string?> settings) => settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key, setting => setting.Value!);

    public static HttpRelayEnvironment Environment(TimeProvider? clock = null, RelayOptions? options = null) => new(options ?? new RelayOptions(), clock ?? TimeProvider.System) { AllowPrivateAddresses = true };

    public static IProvider Provider(string kind) => kind switch
    {
        "sendgrid" => new SendGridFake(),
        "ses" => new SesFake(),
        "mailgun" => new MailgunFake(),
        "postmark" => new PostmarkFake(),
        "resend" => new ResendFake(),
        "graph" => new GraphFake(),
        "gmail" => new GmailFake(),
        "gmail by service account" => new GmailFake(withServiceAccount: true),
        _ => throw new ArgumentException(kind),
    };

    /// <returns>The replies, one for each recipient; there must be some.</returns>
    public async Task<IReadOnlyList<RelayReply>> SendAsync(RelayMessage message)
    {
        RelayOutcome outcome = await Relay.SendAsync(message, CancellationToken.None);
        Assert.True(outcome.Kind == RelayOutcomeKind.Answered, outcome.Fault?.Reason);
        Assert.Equal(message.Recipients.Count, outcome.Replies.Count);
        return outcome.Replies;
    }

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await Fake.DisposeAsync();
        (Fake.Provider as IDisposable)?.Dispose();
        Assert.Empty(Fake.Violations);
    }

    /// <summary>To one recipient, in a few words.</summary>
    public static RelayMessage Simple(params string[] to) => Message(Sample(to), [.. to]);

    public static RelayMessage Message(MimeMessage mime, IReadOnlyList<string> recipients, Func<CancellationToken, ValueTask<bool>>? mayStart = null, Lane lane = Lane.Normal)
    {
        ArrayBufferWriter<byte> bytes = new();
        mime.WriteTo(bytes);
        return Message(bytes.WrittenMemory, recipients, mayStart, lane);
    }

    public static RelayMessage Message(string mime, params string[] recipients) => Message(Encoding.UTF8.GetBytes(mime.ReplaceLineEndings("\r\n")), recipients);

    public static RelayMessage Message(ReadOnlyMemory<byte> mime, IReadOnlyList<string> recipients, Func<CancellationToken, ValueTask<bool>>? mayStart = null, Lane lane = Lane.Normal)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new RelayMessage(
            ProjectId.New(now), MessageId.New(now), lane, EmailAddress.Parse("bounces@example.com"), [.. recipients.Select(recipient => new RelayRecipient(DeliveryId.New(now), EmailAddress.Parse(recipient)))],
            mime, mayStart ?? (_ => ValueTask.FromResult(true)));
    }

    public static MimeMessage Sample(IEnumerable<string> to, IEnumerable<string>? cc = null)
    {
        MimeMessage message = new() { From = EmailAddress.Parse("Zoé Lefèvre <shop@example.com>"), Subject = "Commande confirmée", Date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)), MessageId = "0198@example.com", TextBody = "Merci !" };
        foreach (string address in to) message.To.Add(EmailAddress.Parse(address));
        foreach (string address in cc ?? []) message.Cc.Add(EmailAddress.Parse(address));
        return message;
    }

    /// <summary>Everything that a message usually has: text, HTML, an inline image, files, French names, headers of its own.</summary>
    public static MimeMessage Rich(IEnumerable<string> to, IEnumerable<string>? cc = null)
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("\"Boutique L'Été, Genève\" <shop@example.com>"), Subject = "Votre commande n° 42 est prête — à bientôt", Date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)),
            MessageId = "0199@example.com", TextBody = "Bonjour Zoé,\r\nvotre commande est prête.\r\n", HtmlBody = "<p>Bonjour <b>Zoé</b></p><img src=\"cid:logo@example.com\">",
        };
        foreach (string address in to) message.To.Add(EmailAddress.Parse(address));
        foreach (string address in cc ?? []) message.Cc.Add(EmailAddress.Parse(address));
        message.ReplyTo.Add(EmailAddress.Parse("Service client <aide@example.com>"));
        message.Headers.Add(MimeHeader.Create("List-Unsubscribe", "<https://example.com/u/1>"));
        message.Headers.Add(MimeHeader.Create("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        message.Headers.Add(MimeHeader.Create("References", "<0197@example.com> <0198@example.com>"));
        message.Headers.Add(MimeHeader.Create("X-Shop", "42"));
        message.Attachments.Add(MimeAttachment.Create("logo.png", "image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "logo@example.com"));
        message.Attachments.Add(MimeAttachment.Create("reçu d'été.pdf", "application/pdf", "%PDF-1.7"u8.ToArray()));
        message.Attachments.Add(MimeAttachment.Create("notes.txt", "text/plain; charset=utf-8", "éà"u8.ToArray()));
        return message;
    }
}
