using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Google;
using Mail.ProviderFakes.Microsoft365;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>Tokens of Microsoft 365 and Google, got by their makers' libraries (BOX-4).</summary>
public sealed class CloudLoginTests
{
    [Theory, InlineData("microsoft365"), InlineData("google")]
    public async Task A_token_serves_many_calls(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);

        for (int i = 0; i < 3; i++) Assert.True((await scene.Provider.CheckAsync("example.com", CloudScene.Token)).Value);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => scene.Kind.Open(FakeClouds.Scope() with { }, scene.Settings).CheckAsync(null, CloudScene.Token))); // other connections

        Assert.Equal(1 + 8, Given(scene));
    }

    [Theory, InlineData("microsoft365"), InlineData("google")]
    public void A_connection_that_is_opened_again_keeps_its_token_until_its_settings_change(string kind)
    {
        using Mail.Core.Mailboxes.Providers.Http.ProviderLine line = FakeClouds.Line();
        MailboxProviderKind opened = kind == "google" ? new Mail.Core.Mailboxes.Providers.Google.GoogleKind(line) : new Mail.Core.Mailboxes.Providers.Microsoft365.Microsoft365Kind(line);
        IFakeProvider fake = kind == "google" ? new GoogleFake() : new Microsoft365Fake();
        Dictionary<string, string> settings = new(fake.Settings(new Uri("http://127.0.0.1:9/")));
        ProviderScope scope = FakeClouds.Scope();

        IMailboxProvider first = opened.Open(scope, settings);

        Assert.Same(first, opened.Open(scope, new Dictionary<string, string>(settings)));
        Assert.NotSame(first, opened.Open(scope with { Revision = 2 }, settings));
        settings["base_url"] = "http://127.0.0.1:10/";
        Assert.NotSame(first, opened.Open(scope, settings));
    }

    [Theory, InlineData("microsoft365"), InlineData("google")]
    public async Task A_token_that_was_taken_back_is_replaced(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);
        scene.Microsoft.Login.Revoke();
        scene.Google.Login.Revoke();

        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);

        Assert.Equal(2, Given(scene));
    }

    [Fact]
    public async Task A_certificate_logs_in_as_a_secret_does()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=Mail", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365", settings =>
        {
            settings.Remove("client_secret");
            settings["certificate"] = $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}";
        });

        ProviderProblem unknown = (await scene.Provider.CheckAsync(null, CloudScene.Token)).Problem!;
        scene.Microsoft.Login.Certificate = certificate;

        Assert.Equal((ProviderProblems.LoginRefused, "401 700027"), (unknown.Code, unknown.ProviderCode));
        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);
        Assert.All(scene.Kind.Fields.Where(field => scene.Settings.ContainsKey(field.Name)), field => Assert.Null(field.Check?.Invoke(scene.Settings[field.Name])));
    }

    [Theory]
    [InlineData(401, "invalid_client", 7000215, "Invalid client secret provided.", ProviderProblems.LoginRefused, false)]
    [InlineData(401, "invalid_client", 7000222, "The provided client secret keys for app are expired.", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "unauthorized_client", 700016, "Application was not found in the directory.", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "invalid_request", 90002, "Tenant not found.", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "invalid_grant", 65001, "The user or administrator has not consented to use the application.", ProviderProblems.Forbidden, false)]
    [InlineData(400, "invalid_grant", 70000, "The provided grant has expired.", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.", ProviderProblems.Unavailable, true)]
    [InlineData(429, "temporarily_unavailable", 90055, "The server is too busy.", ProviderProblems.Throttled, true)]
    [InlineData(503, "temporarily_unavailable", 90033, "The service is temporarily unavailable.", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_microsofts_login_have_a_meaning_and_a_remedy(int status, string error, int number, string words, string expected, bool isTransient)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        FakeAnswer refusal = FakeAnswer.Json(status, new { error, error_description = $"AADSTS{number}: {words} Trace ID: 8f4f3c2e", error_codes = new[] { number } });

        await HoldAsync(scene, refusal, expected, isTransient, words);
    }

    [Theory]
    [InlineData(400, "invalid_grant", "Invalid JWT Signature.", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "invalid_grant", "Invalid email or User ID", ProviderProblems.LoginRefused, false)]
    [InlineData(400, "invalid_grant", "Invalid grant: account not found", ProviderProblems.LoginRefused, false)]
    [InlineData(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.", ProviderProblems.Forbidden, false)]
    [InlineData(400, "access_denied", "Requested client not authorized.", ProviderProblems.Forbidden, false)]
    [InlineData(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.", ProviderProblems.Forbidden, false)]
    [InlineData(429, "rate_limit_exceeded", "Too many tokens.", ProviderProblems.Throttled, true)]
    [InlineData(503, "backend_error", "Service unavailable.", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_googles_login_have_a_meaning_and_a_remedy(int status, string error, string words, string expected, bool isTransient)
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");

        await HoldAsync(scene, FakeAnswer.Json(status, new { error, error_description = words }), expected, isTransient, words);
    }

    [Theory, InlineData("microsoft365"), InlineData("google")]
    public async Task What_is_no_token_is_not_taken_for_one(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind, patience: TimeSpan.FromSeconds(1));
        foreach (FakeAnswer answer in (FakeAnswer[])[FakeAnswer.Html, new(400, "<html>", "text/html"), new(200, ""), new(200, "[]"), FakeAnswer.Json(200, new { access_token = "a\r\nX-Evil: 1", expires_in = 3599, token_type = "Bearer" }), FakeAnswer.Json(200, new { token_type = "Bearer" })])
        {
            scene.Desk.Script.Next(answer);
            ProviderProblem problem = (await scene.Provider.CheckAsync(null, CloudScene.Token)).Problem!;
            Assert.Equal((ProviderProblems.Unreadable, true, false), (problem.Code, problem.IsTransient, problem.IsUnknown));
        }

        foreach (FakeAnswer answer in (FakeAnswer[])[FakeAnswer.Drop, FakeAnswer.Hang])
        {
            scene.Desk.Script.Next(answer);
            ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;
            Assert.Equal((ProviderProblems.Unavailable, true, false), (problem.Code, problem.IsTransient, problem.IsUnknown)); // nothing was asked yet
        }

        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);
    }

    [Fact]
    public async Task A_scope_that_is_not_delegated_is_said_to_be_missing()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        scene.Google.Login.Delegated.Remove("https://www.googleapis.com/auth/admin.directory.group");

        ProviderProblem problem = (await scene.Provider.CheckAsync(null, CloudScene.Token)).Problem!;

        Assert.Equal((ProviderProblems.Forbidden, "401 unauthorized_client"), (problem.Code, problem.ProviderCode));
        Assert.Contains("Domain-wide delegation", problem.Remedy, StringComparison.Ordinal);
    }

    /// <summary>Also where the provider repeats them, and as a certificate or a key file is written.</summary>
    [Theory, InlineData("microsoft365"), InlineData("google")]
    public async Task Secrets_stand_in_no_problem_and_in_no_text(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        string secret = kind == "google" ? JsonDocument.Parse(scene.Settings["service_account"]).RootElement.GetProperty("private_key").GetString()!.Split('\n')[3] : scene.Settings["client_secret"];
        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);
        string token = scene.Desk.Requests.Select(request => request.Bearer).First(bearer => bearer is not null)!;
        scene.Desk.Script.Add(new FakeRule { Times = 0, Answer = FakeAnswer.Json(400, new { error = new { code = "Request_BadRequest", message = $"You sent {secret} and {token}.", errors = new[] { new { reason = "invalid" } } } }) });

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Assert.Contains("You sent *** and ***.", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, $"{problem} {scene.Provider} {scene.Kind}", StringComparison.Ordinal);
        Assert.DoesNotContain(token, $"{problem}", StringComparison.Ordinal);
    }

    private static int Given(CloudScene scene) => scene.Microsoft.Login.Given + scene.Google.Login.Given;

    private static async Task HoldAsync(CloudScene scene, FakeAnswer refusal, string expected, bool isTransient, string words)
    {
        scene.Desk.Script.Add(new FakeRule { Method = "POST", Path = "*token", Answer = refusal, RetryAfter = isTransient ? "9" : null });

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Assert.Equal((expected, isTransient, false), (problem.Code, problem.IsTransient, problem.IsUnknown));
        Assert.Contains(words, problem.Detail, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Remedy, StringComparison.Ordinal);
        if (isTransient) Assert.Equal(TimeSpan.FromSeconds(9), problem.RetryAfter);
        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value); // the next login is a new one
    }
}
