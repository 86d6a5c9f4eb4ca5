using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Google;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.Microsoft365;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Google;
using Mail.ProviderFakes.Microsoft365;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>A connection to a played Microsoft 365 or Google Workspace.</summary>
internal sealed class CloudScene : IAsyncDisposable
{
    private readonly ProviderLine _line;

    private CloudScene(FakeProviders fakes, string kind, Action<Dictionary<string, string>>? change, TimeSpan? patience)
    {
        (Fakes, Desk) = (fakes, fakes[kind]);
        _line = FakeClouds.Line(patience: patience);
        Kind = kind == "google" ? new GoogleKind(_line) : new Microsoft365Kind(_line);
        Settings = fakes.Settings(kind);
        change?.Invoke(Settings);
        Provider = Kind.Open(FakeClouds.Scope(), Settings);
    }

    public static TheoryData<string> Kinds { get; } = ["microsoft365", "google", "google groups"];

    public FakeProviders Fakes { get; }

    public FakeDesk Desk { get; }

    public MailboxProviderKind Kind { get; }

    public Dictionary<string, string> Settings { get; }

    public IMailboxProvider Provider { get; }

    public Microsoft365Fake Microsoft => Fakes.Get<Microsoft365Fake>();

    public GoogleFake Google => Fakes.Get<GoogleFake>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="kind">`google groups` is Google with the mode `group`.</param>
    public static async Task<CloudScene> StartAsync(string kind, Action<Dictionary<string, string>>? change = null, TimeSpan? patience = null)
    {
        FakeProviders fakes = await FakeClouds.StartAsync();
        if (kind != "google groups") return new CloudScene(fakes, kind, change, patience);
        return new CloudScene(
            fakes,
            "google",
            settings =>
            {
                (settings["mode"], settings["reader"]) = ("group", "reader@example.com");
                change?.Invoke(settings);
            },
            patience);
    }

    /// <summary>As the saga does it: what is transient is asked for again.</summary>
    public static async Task<T> InTheEndAsync<T>(Func<Task<ProviderOutcome<T>>> call)
    {
        ProviderProblem? last = null;
        for (int i = 0; i < 10; i++)
        {
            ProviderOutcome<T> outcome = await call();
            if (outcome.IsSuccess) return outcome.Value;
            last = outcome.Problem!;
            Assert.True(last.IsTransient, $"{last.Code}: {last.Detail}");
        }

        throw new InvalidOperationException($"It never ended: {last!.Detail}");
    }

    /// <summary>All steps, until it is active.</summary>
    public async Task<(string Account, MailboxCredentials Credentials)> MakeAsync(MailboxOrder order)
    {
        string account = await InTheEndAsync(() => Provider.CreateAsync(order, Token));
        Assert.Equal(order.Address, await InTheEndAsync(() => Provider.SetUpSendingAsync(order, account, Token)));
        return (account, await InTheEndAsync(() => Provider.IssueCredentialsAsync(order, account, Token)));
    }

    /// <summary>No request may pass that the provider's own schema does not know.</summary>
    public async ValueTask DisposeAsync()
    {
        IReadOnlyList<string> violations = Fakes.Violations;
        await Fakes.DisposeAsync();
        _line.Dispose();
        Assert.Empty(violations);
    }
}
