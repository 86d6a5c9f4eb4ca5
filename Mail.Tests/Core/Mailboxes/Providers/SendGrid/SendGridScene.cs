using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.SendGrid;
using Mail.ProviderFakes;
using Mail.ProviderFakes.SendGrid;

namespace Mail.Tests.Core.Mailboxes.Providers.SendGrid;

/// <summary>A connection to a SendGrid of this machine. At its end no request may have broken the schema.</summary>
internal sealed class SendGridScene : IAsyncDisposable
{
    private readonly ProviderLine _line;

    private SendGridScene(FakeProviders fakes, ProviderLine line, bool single)
    {
        (Fakes, _line) = (fakes, line);
        Dictionary<string, string> settings = fakes.Settings("sendgrid");
        if (single) settings["senders"] = "single";
        Mailboxes = new SendGridKind(line).Open(FakeClouds.Scope(), settings);
    }

    public FakeProviders Fakes { get; }

    public FakeDesk Desk => Fakes["sendgrid"];

    public SendGridFake Fake => Fakes.Get<SendGridFake>();

    public IMailboxProvider Mailboxes { get; }

    public static async Task<SendGridScene> StartAsync(bool single = false, TimeProvider? clock = null, TimeSpan? patience = null) => new(await FakeClouds.StartAsync(), FakeClouds.Line(clock, patience), single);

    /// <summary>Until it may send.</summary>
    public async Task<(string Account, MailboxCredentials Credentials)> MakeAsync(MailboxOrder order)
    {
        string account = (await Mailboxes.CreateAsync(order, default)).Value;
        Assert.True((await Mailboxes.SetUpSendingAsync(order, account, default)).IsSuccess);
        return (account, (await Mailboxes.IssueCredentialsAsync(order, account, default)).Value);
    }

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await Fakes.DisposeAsync();
        Assert.Empty(Fakes.Violations);
    }
}
