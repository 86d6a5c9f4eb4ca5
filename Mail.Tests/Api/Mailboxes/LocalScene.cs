using Mail.Api.Smtp;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>An API with submission and reception, and mailboxes on it that are made by the provider `local` alone.</summary>
internal sealed class LocalScene : IAsyncDisposable
{
    private LocalScene(ApiFixture api, ProjectId project)
    {
        Api = api;
        Provider = ProviderOf(project);
    }

    public ApiFixture Api { get; }

    public IMailboxProvider Provider { get; }

    public int SubmissionPort => Api.Services.GetRequiredService<SmtpHost>().SubmissionPort!.Value;

    public int ReceptionPort => Api.Services.GetRequiredService<SmtpHost>().ReceptionPort!.Value;

    public static async Task<LocalScene> StartAsync(PostgresFixture postgres, bool inBrowser = false, params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres);
        (api.Settings["Submission:Port"], api.Settings["Reception:Port"], api.Settings["RETURN_PATH_DOMAIN"]) = ("0", "0", "bounce.test");
        foreach ((string name, string value) in settings) api.Settings[name] = value;
        await api.InitializeAsync();
        if (inBrowser)
        {
            api.UseKestrel(0);
            api.StartServer();
        }

        await using NpgsqlCommand command = api.Database.CreateCommand("SELECT id FROM projects");
        return new LocalScene(api, new ProjectId((Guid)(await command.ExecuteScalarAsync())!));
    }

    public IMailboxProvider ProviderOf(ProjectId project) =>
        Api.Services.GetServices<MailboxProviderKind>().Single(kind => kind.Name == "local").Open(new ProviderScope(project, Guid.Empty, 1), new Dictionary<string, string>());

    /// <summary>A mailbox that is ready.</summary>
    public async Task<(MailboxOrder Order, MailboxCredentials Credentials)> AddAsync(string address)
    {
        MailboxOrder order = new(Guid.NewGuid(), address, "Contact");
        string account = (await Provider.CreateAsync(order, CancellationToken.None)).Value;
        await Provider.SetUpSendingAsync(order, account, CancellationToken.None);
        return (order, (await Provider.IssueCredentialsAsync(order, account, CancellationToken.None)).Value);
    }

    /// <summary>A letter from outside.</summary>
    /// <returns>The last reply.</returns>
    public async Task<string> ReceiveAsync(string content, params string[] to)
    {
        using SmtpTalk talk = await SmtpTalk.StartAsync(ReceptionPort);
        return await talk.SendAsync("jo@example.org", to, content);
    }

    /// <summary>What a program gets that sends as the mailbox.</summary>
    public async Task<string> SubmitAsync(string password, string from)
    {
        using SmtpTalk talk = await SmtpTalk.StartAsync(SubmissionPort);
        string answer = await talk.AuthAsync(password, from);
        return answer.StartsWith("235", StringComparison.Ordinal) ? await talk.SendAsync(from, ["b@example.org"], $"From: {from}\nTo: b@example.org\nSubject: Hello\n\nBody\n") : answer;
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
