using System.Net;
using System.Text.Json;
using Mail.Core.Accounts;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Accounts;

/// <summary>A mail of ours, as it would be composed.</summary>
internal sealed record SentMail(string To, string Template, IReadOnlyDictionary<string, JsonElement> Variables)
{
    public string this[string variable] => Variables[variable].ToString();
}

/// <summary>Goes as any clock does, so that ids stand in the order in which they were made, and is moved on by tests.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _moved;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Volatile.Read(ref _moved));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);
}

/// <summary>The API with a sender, public addresses and a clock that tests move, and browsers that sign in to it.</summary>
internal sealed class AccountScene : IAsyncDisposable
{
    public const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
    public const string Console = "https://mail.example/console", Colleague = "colleague@example.net", ColleaguePassword = "a long enough secret";

    private AccountScene(ApiFixture api) => Api = api;

    public ApiFixture Api { get; }

    public MovedClock Clock { get; } = new();

    public static async Task<AccountScene> StartAsync(PostgresFixture postgres, params (string Name, string Value)[] settings)
    {
        AccountScene scene = new(new ApiFixture(postgres));
        await scene.Api.InitializeAsync();
        scene.Api.Replace = services => services.AddSingleton<TimeProvider>(scene.Clock);
        (scene.Api.Settings["EMAIL_FROM"], scene.Api.Settings["BASE_URL"], scene.Api.Settings["CONSOLE_URL"]) = ("no-reply@mail.example", "https://mail.example/api", Console);
        foreach ((string name, string value) in settings) scene.Api.Settings[name] = value;
        return scene;
    }

    /// <summary>A browser of its own: cookies, the console's header, a user agent.</summary>
    public HttpClient NewBrowser(string agent = Firefox)
    {
        HttpClient browser = Api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        browser.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        return browser;
    }

    public async Task<HttpClient> SignedInAsync(string email = ApiFixture.AdminEmail, string password = ApiFixture.AdminPassword)
    {
        HttpClient browser = NewBrowser();
        await SignInAsync(browser, HttpStatusCode.OK, email, password);
        return browser;
    }

    public static Task<JsonElement> SignInAsync(HttpClient browser, HttpStatusCode expected, string email = ApiFixture.AdminEmail, string password = ApiFixture.AdminPassword) =>
        browser.PostAsync("/auth/sign-in", JsonSerializer.Serialize(new { email, password }), expected);

    /// <summary>Invites a colleague, who opens an account.</summary>
    /// <returns>The colleague's browser, signed in.</returns>
    public async Task<HttpClient> AddColleagueAsync(string role = "developer", string email = Colleague)
    {
        using HttpClient owner = await SignedInAsync();
        await owner.PostAsync("/members/invitations", JsonSerializer.Serialize(new { email, role }), HttpStatusCode.Created);
        HttpClient browser = NewBrowser();
        await browser.PostAsync("/invitations/accept", JsonSerializer.Serialize(new { token = await InvitationTokenAsync(), name = "Ada", password = ColleaguePassword, locale = "en" }), HttpStatusCode.OK);
        return browser;
    }

    public async Task<string> InvitationTokenAsync()
    {
        string url = (await LastMailAsync("member-invitation"))["accept_url"];
        Assert.StartsWith(Console + "/invitation#", url, StringComparison.Ordinal);
        return url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Turns the second factor on.</summary>
    /// <returns>The app's secret, and the recovery codes.</returns>
    public async Task<(byte[] Secret, string[] RecoveryCodes)> EnableTwoFactorAsync(HttpClient browser, string password = ApiFixture.AdminPassword)
    {
        JsonElement setup = await browser.PostAsync("/auth/two-factor/setup", JsonSerializer.Serialize(new { password }), HttpStatusCode.OK);
        byte[] secret = FromBase32(setup.GetProperty("secret").GetString()!);
        JsonElement enabled = await browser.PostAsync("/auth/two-factor/enable", JsonSerializer.Serialize(new { code = CodeNow(secret) }), HttpStatusCode.OK);
        Clock.Advance(TimeSpan.FromSeconds(30)); // that step is used
        return (secret, [.. enabled.GetProperty("recovery_codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    public string CodeNow(byte[] secret) => Totp.CodeAt(secret, Clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    /// <summary>What was sent by now, in order.</summary>
    public async Task<IReadOnlyList<SentMail>> MailsAsync(string? template = null)
    {
        List<(Guid Project, Guid Id)> ids = [];
        await using (NpgsqlCommand command = Api.Database.CreateCommand("SELECT project_id, id FROM messages ORDER BY id"))
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) ids.Add((reader.GetGuid(0), reader.GetGuid(1)));
        List<SentMail> mails = [];
        foreach ((Guid project, Guid id) in ids)
        {
            StoredMessage message = (await Api.Services.GetRequiredService<MessageReader>().FindAsync(new ProjectId(project), new MessageId(id), CancellationToken.None))!;
            Assert.Equal("default", message.Content.OnlyRelay);
            MessageContent content = message.Content;
            if (content.Secrets is { } hidden) content = SecretParts.With(content, (await Api.Services.GetRequiredService<MessageSecrets>().CipherAsync(CancellationToken.None)).Open(new ProjectId(project), new MessageId(id), hidden));
            if (template is null || content.Template!.Id == template) mails.Add(new SentMail(message.Envelope.To[0], content.Template!.Id, content.Template.Variables));
        }

        return mails;
    }

    public async Task<SentMail> LastMailAsync(string template)
    {
        IReadOnlyList<SentMail> mails = await MailsAsync(template);
        Assert.NotEmpty(mails);
        return mails[^1];
    }

    /// <summary>Asks for a code, and waits until the request is worked off.</summary>
    public async Task<string?> ResetCodeAsync(HttpClient browser, string email)
    {
        await browser.PostAsync("/auth/password-reset/request", JsonSerializer.Serialize(new { email }), HttpStatusCode.Accepted);
        await WorkedOffAsync();
        return (await MailsAsync("password-reset")).LastOrDefault(mail => mail.To == email)?["code"];
    }

    public Task WorkedOffAsync() => Eventually.TrueAsync(async () => await ScalarAsync<long>("SELECT count(*) FROM password_reset_requests WHERE done_at IS NULL") == 0);

    /// <summary>What the page behind a link of a mail would ask; null when there is nothing to decide any more. Looking changes nothing.</summary>
    public async Task<string?> LookAsync(string url)
    {
        await using AsyncServiceScope scope = Api.Services.CreateAsyncScope();
        ActionLink link = (await scope.ServiceProvider.GetRequiredService<ActionLinkStore>().FindByTokenAsync(TokenOf(url), CancellationToken.None))!;
        return (await scope.ServiceProvider.GetRequiredService<ActionLinkUse>().WordsAsync(link, "en", CancellationToken.None))?.Title;
    }

    /// <summary>Presses the button of that page.</summary>
    /// <returns>Whether that did it.</returns>
    public async Task<bool> PressAsync(string url, string choice)
    {
        await using AsyncServiceScope scope = Api.Services.CreateAsyncScope();
        ActionLink link = (await scope.ServiceProvider.GetRequiredService<ActionLinkStore>().FindByTokenAsync(TokenOf(url), CancellationToken.None))!;
        return (await scope.ServiceProvider.GetRequiredService<ActionLinkUse>().UseAsync(link, choice, null, new ActionVisitor("203.0.113.9", Firefox), "en", CancellationToken.None)).Acted;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private static string TokenOf(string url)
    {
        Assert.StartsWith("https://mail.example/api/a/", url, StringComparison.Ordinal);
        return url["https://mail.example/api/a/".Length..];
    }

    private static byte[] FromBase32(string text)
    {
        List<byte> octets = [];
        int bits = 0, held = 0;
        foreach (char c in text)
        {
            (bits, held) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), held + 5);
            if (held < 8) continue;
            octets.Add((byte)(bits >> (held - 8)));
            held -= 8;
            bits &= (1 << held) - 1;
        }

        return [.. octets];
    }
}
