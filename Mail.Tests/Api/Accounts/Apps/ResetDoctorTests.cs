using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Accounts.Apps;
using Mail.Core.Accounts.Apps;
using Mail.Core.Messaging;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Mail.Tests.Api.Accounts.Apps;

/// <summary>`mail doctor --flow password-reset`: health, request, mail, code, confirmation, notification, each timed (ESC-12).</summary>
public sealed partial class ResetDoctorTests(PostgresFixture postgres)
{
    private const string All = "health ok, settings ok, request ok, mail ok, code ok, confirm ok, notification ok";

    [Theory, InlineData(false), InlineData(true)]
    public async Task In_the_sandbox_it_goes_the_whole_way_and_reads_the_code_itself(bool lookup)
    {
        await using Flow flow = await Flow.StartAsync(postgres);
        await using TestWorker worker = await flow.StartWorkerAsync();
        await flow.SetUpAsync(flow.TestKey, lookup);

        (int ended, JsonElement answer) = await flow.JsonAsync(flow.TestKey);
        (int again, string output, _) = await flow.RunAsync(flow.TestKey, null, "--language", "fr");

        Assert.Equal((0, All), (ended, Course(answer)));
        Assert.All(answer.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("name").GetString() != "code"), step => Assert.True(step.GetProperty("duration_ms").GetDouble() > 0));
        Assert.True(answer.GetProperty("total_ms").GetDouble() >= answer.GetProperty("steps").EnumerateArray().Max(step => step.GetProperty("duration_ms").GetDouble()));
        Assert.Equal(0, again);
        Assert.Matches("^ok +health +[0-9]+ ms ", output);
        Assert.Matches(@"All is well with the flow 'password-reset': [0-9]+ ms in total\.\s*$", output);
        flow.NothingSecretIn(answer.GetRawText() + output);
        Assert.Equal(2, flow.App.All.Count(heard => heard.Type == "password.reset"));
        Assert.Equal(0, flow.Sink.MessageCount); // nothing of the sandbox leaves
    }

    [Fact]
    public async Task A_live_key_mails_a_code_and_changes_nothing_until_it_is_told_to_confirm()
    {
        await using Flow flow = await Flow.StartAsync(postgres);
        await using TestWorker worker = await flow.StartWorkerAsync();
        await flow.SetUpAsync(ApiFixture.LiveKey);

        (int first, JsonElement asked) = await flow.JsonAsync(ApiFixture.LiveKey);
        Assert.Equal((0, "health ok, settings ok, request ok, mail ok, code skipped, confirm skipped, notification skipped"), (first, Course(asked)));
        Assert.Empty(flow.App.All);
        string code = flow.CodeInSink();
        flow.Environment["MAIL_NEW_PASSWORD"] = AppScene.Password;
        (int wrong, JsonElement refused) = await flow.JsonAsync(ApiFixture.LiveKey, "--confirm", "--code", code == "111111" ? "222222" : "111111");
        (int second, JsonElement confirmed) = await flow.JsonAsync(ApiFixture.LiveKey, "--confirm", "--code", code);

        Assert.Equal((1, "invalid_code"), (wrong, Cause(refused, "confirm")));
        Assert.Equal((0, "health ok, settings ok, request skipped, mail skipped, code ok, confirm ok, notification ok"), (second, Course(confirmed)));
        Assert.Equal(AppScene.Password, Assert.Single(flow.App.All).Json.GetProperty("data").GetProperty("new_password").GetString());
        await Eventually.TrueAsync(() => flow.Sink.MessageCount == 2);
        flow.NothingSecretIn(asked.GetRawText() + refused.GetRawText() + confirmed.GetRawText(), code);
    }

    [Fact]
    public async Task At_a_terminal_code_and_password_are_asked_for_and_shown_nowhere()
    {
        await using Flow flow = await Flow.StartAsync(postgres);
        await using TestWorker worker = await flow.StartWorkerAsync();
        await flow.SetUpAsync(ApiFixture.LiveKey);
        List<(string, bool)> asked = [];

        (int ended, string output, _) = await flow.RunAsync(ApiFixture.LiveKey, (prompt, isShown) =>
        {
            asked.Add((prompt, isShown));
            return isShown ? flow.CodeInSink() : AppScene.Password;
        }, "--confirm");

        Assert.Equal(0, ended);
        Assert.Equal([("Code in the mail: ", true), ("New password: ", false)], asked);
        flow.NothingSecretIn(output, flow.CodeInSink());
        Assert.Single(flow.App.All);
    }

    /// <summary>Cause and remedy in words, and what was not reached.</summary>
    [Theory]
    [InlineData("no server", "health", "server_unreachable")]
    [InlineData("wrong key", "settings", "api_key_refused")]
    [InlineData("no settings", "settings", "accounts_not_set_up")]
    [InlineData("suppressed", "mail", "no_mail")]
    [InlineData("unknown", "mail", "no_mail")]
    [InlineData("no worker", "mail", "waiting_for_worker")]
    [InlineData("app fails", "confirm", "callback_failed")]
    [InlineData("app refuses", "confirm", "password_refused")]
    [InlineData("unknown at confirm", "confirm", "invalid_code")]
    public async Task A_step_that_fails_says_why_and_what_to_do(string what, string step, string cause)
    {
        await using Flow flow = await Flow.StartAsync(postgres);
        await using TestWorker? worker = what == "no worker" ? null : await flow.StartWorkerAsync();
        string key = what switch { "wrong key" => "mk_test_nobodys", "suppressed" => ApiFixture.LiveKey, _ => flow.TestKey };
        if (what is not ("no settings" or "wrong key")) await flow.SetUpAsync(key, what == "unknown");
        using HttpClient client = flow.Api.ClientWith(key);
        if (what == "suppressed") await client.PostAsync("/suppressions", """{"email":"ada@example.com"}""", HttpStatusCode.Created);
        flow.App.Answer = (context, received) =>
        {
            context.Response.StatusCode = what switch { "unknown" or "unknown at confirm" => 404, "app fails" => 500, "app refuses" => 422, _ => 200 };
            return what == "app refuses" ? context.Response.WriteAsync($$"""{"message":"Not {{received.Json.GetProperty("data").GetProperty("new_password").GetString()}}, please."}""") : Task.CompletedTask;
        };
        flow.IsAway = what == "no server";

        (int ended, JsonElement answer) = await flow.JsonAsync(key, "--wait", "1");
        flow.Environment["LANG"] = "fr_FR.UTF-8";
        (_, string french, _) = await flow.RunAsync(key, null, "--wait", "1");

        Assert.Equal((1, cause), (ended, Cause(answer, step)));
        JsonElement[] steps = [.. answer.GetProperty("steps").EnumerateArray()];
        Assert.Equal(7, steps.Length);
        Assert.All(steps.SkipWhile(one => one.GetProperty("name").GetString() != step).Skip(1), one => Assert.Equal("skipped", one.GetProperty("status").GetString()));
        Assert.Matches($"failed +{step} ", french);
        Assert.DoesNotContain(steps.Single(one => one.GetProperty("name").GetString() == step).GetProperty("cause").GetProperty("remedy").GetString()!, french, StringComparison.Ordinal);
        flow.NothingSecretIn(answer.GetRawText() + french);
    }

    [Fact]
    public async Task A_mail_that_the_relay_refuses_has_the_cause_of_the_catalogue()
    {
        await using Flow flow = await Flow.StartAsync(postgres);
        await using TestWorker worker = await flow.StartWorkerAsync();
        await flow.SetUpAsync(ApiFixture.LiveKey);
        flow.Sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.Reply(554, "5.7.1 this looks like spam") : null;

        (int ended, JsonElement answer) = await flow.JsonAsync(ApiFixture.LiveKey, "--language", "fr");

        Assert.Equal(1, ended);
        Assert.NotNull(Cause(answer, "mail"));
        Assert.Contains("this looks like spam", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--flow sign-up --to a@example.com --server https://x.example", "`--flow`")]
    [InlineData("--flow password-reset --server https://x.example", "`--to`")]
    [InlineData("--flow password-reset --to nobody --server https://x.example", "`--to`")]
    [InlineData("--flow password-reset --to a@example.com", "`--server`")]
    [InlineData("--flow password-reset --to a@example.com --server ftp://x.example", "`--server`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --wait 0", "`--wait`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --language de", "`--language`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --tp x", "`--tp`")]
    [InlineData("--flow password-reset --to", "`--to`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --code 123456", "`--code`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --confirm", "`--code`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --confirm --code 123456", "`MAIL_NEW_PASSWORD`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --confirm --code abc", "`--code`")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example", "`MAIL_API_KEY`", "")]
    [InlineData("--flow password-reset --to a@example.com --server https://x.example --code 123456", "`--code`", "mk_test_abc")]
    public async Task A_wrong_option_is_named_and_nothing_is_asked(string args, string named, string key = "mk_live_abc")
    {
        using StringWriter output = new(), errors = new();
        using Refusing handler = new(null);

        int ended = await ResetDoctorCommand.RunAsync(args.Split(' '), output, errors, handler, name => name == "MAIL_API_KEY" ? key : null, null);

        Assert.Equal((2, ""), (ended, output.ToString()));
        Assert.StartsWith(named, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Usage: dotnet Mail.Api.dll doctor --flow password-reset", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, handler.Asked);
    }

    private static string? Cause(JsonElement answer, string name) =>
        answer.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == name).GetProperty("cause") is { ValueKind: JsonValueKind.Object } cause ? cause.GetProperty("code").GetString() : null;

    private static string Course(JsonElement answer) => string.Join(", ", answer.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("status").GetString()}"));

    [GeneratedRegex("^ {4}([0-9]{6})\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    /// <summary>Counts, and answers as a server that is away; with one behind it, only when asked to.</summary>
    private sealed class Refusing(Func<bool>? isAway, HttpMessageHandler? server = null) : DelegatingHandler(server ?? new SocketsHttpHandler())
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return isAway is null || isAway() ? throw new HttpRequestException("Connection refused (mail.example.com:443)") : base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>A server, an app with users, a worker beside it when it is wanted, and what the command is run with.</summary>
    private sealed class Flow(ApiFixture api, WebhookReceiver app, SmtpSink sink, string testKey) : IAsyncDisposable
    {
        public ApiFixture Api => api;

        public WebhookReceiver App => app;

        public SmtpSink Sink => sink;

        public string TestKey => testKey;

        public Dictionary<string, string> Environment { get; } = [];

        public bool IsAway { get; set; }

        public static async Task<Flow> StartAsync(PostgresFixture postgres)
        {
            ApiFixture api = new(postgres) { Settings = { ["BASE_URL"] = "https://mail.example.org/" } };
            await api.InitializeAsync();
            return new Flow(api, await WebhookReceiver.StartAsync(), SmtpSink.Start(), await api.AddProjectAsync("mk_test_"));
        }

        /// <summary>Also with the bus: lookups are a worker's.</summary>
        public async Task<TestWorker> StartWorkerAsync()
        {
            Dictionary<string, string?> settings = new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none", ["BASE_URL"] = "https://mail.example.org/", ["Delivery:PollInterval"] = "00:00:00.1", ["Bus:PollInterval"] = "00:00:00.05" };
            TestWorker worker = TestWorker.Create(api.ConnectionString, settings, services => services.AddWebhookDelivery().AddAppAccountCallbacks().AddBusWorker());
            await worker.StartAsync();
            return worker;
        }

        public async Task SetUpAsync(string key, bool lookup = false)
        {
            using HttpClient client = api.ClientWith(key);
            await client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{app.Url}}/accounts","from":"a@example.org","lookup":{{(lookup ? "true" : "false")}}}""", HttpStatusCode.OK);
        }

        public async Task<(int Code, JsonElement Answer)> JsonAsync(string key, params string[] more)
        {
            (int code, string output, string errors) = await RunAsync(key, null, [.. more, "--json"]);
            Assert.Equal("", errors);
            return (code, JsonDocument.Parse(output).RootElement);
        }

        public async Task<(int Code, string Output, string Errors)> RunAsync(string key, Func<string, bool, string?>? ask, params string[] more)
        {
            using StringWriter output = new(), errors = new();
            using Refusing handler = new(() => IsAway, api.Server.CreateHandler());
            int code = await ResetDoctorCommand.RunAsync(["--flow", "password-reset", "--to", "Ada@example.com", "--server", "http://localhost/", .. more], output, errors, handler, name => name == "MAIL_API_KEY" ? key : Environment.GetValueOrDefault(name), ask);
            return (code, output.ToString(), errors.ToString());
        }

        public string CodeInSink() => Line().Match(sink.Messages.First(one => Line().IsMatch(one.Text)).Text).Groups[1].Value;

        /// <summary>No code that was mailed, no password that an app was told, no key.</summary>
        public void NothingSecretIn(string said, params string[] codes)
        {
            string[] secrets = [.. codes, ApiFixture.LiveKey, testKey, .. app.All.Where(heard => heard.Type == "password.reset").Select(heard => heard.Json.GetProperty("data").GetProperty("new_password").GetString()!)];
            Assert.DoesNotContain(secrets, secret => said.Contains(secret, StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await api.DisposeAsync();
            await app.DisposeAsync();
            await sink.DisposeAsync();
        }
    }
}
