using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.Ses;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Ses;

namespace Mail.Tests.Core.Mailboxes.Providers.Ses;

/// <summary>A connection to an AWS of this machine. At its end no request may have broken the schema or borne a wrong signature.</summary>
internal sealed class SesScene : IAsyncDisposable
{
    private readonly ProviderLine _line;

    private SesScene(FakeProviders fakes, ProviderLine line, bool single)
    {
        (Fakes, _line) = (fakes, line);
        Mailboxes = Open(single ? ("senders", "single") : null);
    }

    public FakeProviders Fakes { get; }

    public FakeDesk Desk => Fakes["ses"];

    public SesFake Fake => Fakes.Get<SesFake>();

    public IMailboxProvider Mailboxes { get; }

    public static async Task<SesScene> StartAsync(bool single = false, TimeProvider? clock = null, TimeSpan? patience = null) => new(await FakeClouds.StartAsync(), FakeClouds.Line(clock, patience), single);

    public IMailboxProvider Open((string Name, string Value)? other)
    {
        Dictionary<string, string> settings = Fakes.Settings("ses");
        if (other is { } changed) settings[changed.Name] = changed.Value;
        return new SesKind(_line).Open(FakeClouds.Scope(), settings);
    }

    /// <summary>Until it may send.</summary>
    public async Task<(string Account, MailboxCredentials Credentials)> MakeAsync(MailboxOrder order)
    {
        string account = (await Mailboxes.CreateAsync(order, default)).Value;
        Assert.True((await Mailboxes.SetUpSendingAsync(order, account, default)).IsSuccess);
        return (account, (await Mailboxes.IssueCredentialsAsync(order, account, default)).Value);
    }

    public bool MaySend(MailboxCredentials credentials, string from) => Fake.Iam.Keys.Any(key => key.Id == credentials.UserName) && Fake.MaySend(credentials.UserName, credentials.Password, from);

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await Fakes.DisposeAsync();
        Assert.Empty(Fakes.Violations);
    }
}
