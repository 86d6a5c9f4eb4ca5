using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Relays;

/// <summary>The doctor by API and at a terminal, with a worker beside it that sends the test mail.</summary>
public sealed class DoctorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_test_mail_goes_over_the_relay_that_is_examined_and_over_no_other()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        await using TestWorker worker = await doctors.StartWorkerAsync();
        await doctors.AddRelayAsync("first", doctors.Other.Port);
        string id = await doctors.AddRelayAsync("second", doctors.Sink.Port, ""","priority":900,"senders":["example.org"]""");

        JsonElement answer = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com","from":"doctor@example.org"}""", HttpStatusCode.OK);
        JsonElement common = await doctors.Client.PostAsync("/doctor", """{"to":"you@example.com","from":"doctor@example.org"}""", HttpStatusCode.OK);

        Assert.Equal("settings ok, dns ok, connect ok, greeting ok, tls skipped, auth skipped, sender ok, recipient ok, send ok", Course(answer));
        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.Equal("you@example.com", Assert.Single(doctors.Sink.Messages).Recipients[0]);
        Assert.Contains("is sent by 'second': 250", Seen(answer, "send"), StringComparison.Ordinal);
        Assert.Equal("default", common.GetProperty("relay").GetString());
        Assert.Contains("is sent by 'default'", Seen(common, "send"), StringComparison.Ordinal);
        Assert.Single(doctors.Default.Messages);
        Assert.Empty(doctors.Other.Messages);
    }

    [Fact]
    public async Task The_fate_of_the_test_mail_is_told_and_nothing_comes_later()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        string id = await doctors.AddRelayAsync("main", doctors.Sink.Port);
        JsonElement nobody = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com","from":"doctor@example.org","wait_seconds":1}""", HttpStatusCode.OK);
        await using TestWorker worker = await doctors.StartWorkerAsync();
        doctors.Sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.Reply(554, "5.7.1 this looks like spam") : null;
        JsonElement bounced = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com","from":"doctor@example.org"}""", HttpStatusCode.OK);
        doctors.Sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.Reply(451, "4.3.0 try later") : null;
        JsonElement delayed = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com","from":"doctor@example.org"}""", HttpStatusCode.OK);

        Assert.Equal("no_worker", Cause(nobody, "send"));
        Assert.StartsWith("message ", Seen(bounced, "send"), StringComparison.Ordinal);
        Assert.Contains("is bounced by 'main': 554 5.7.1 this looks like spam", Seen(bounced, "send"), StringComparison.Ordinal);
        Assert.NotNull(Cause(bounced, "send"));
        Assert.Contains("is delivery_delayed by 'main': 451", Seen(delayed, "send"), StringComparison.Ordinal);
        Assert.False(delayed.GetProperty("ok").GetBoolean());
        Assert.Equal(0, await doctors.Api.CountAsync("deliveries"));
        Assert.Equal(2, await doctors.Api.CountAsync("finished_deliveries WHERE state = 'canceled'"));
        Assert.Empty(doctors.Sink.Messages);
    }

    [Fact]
    public async Task What_fails_before_is_told_in_the_callers_language_and_no_mail_is_sent()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        string id = await doctors.AddRelayAsync("main", doctors.Sink.Port, settings: ""","username":"alice","password":"hunter2-hunter2" """);
        doctors.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");

        JsonElement answer = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com","from":"doctor@example.org"}""", HttpStatusCode.OK);

        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal("relay_login_not_offered", Cause(answer, "auth"));
        Assert.StartsWith("Le relais", Step(answer, "auth").GetProperty("cause").GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal("skipped", Step(answer, "send").GetProperty("status").GetString());
        Assert.Equal(0, await doctors.Api.CountAsync("messages"));
        Assert.DoesNotContain("hunter2", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_is_switched_off_is_examined_and_sends_nothing()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        string id = await doctors.AddRelayAsync("main", doctors.Sink.Port, ""","enabled":false""");

        JsonElement answer = await doctors.Client.PostAsync($"/relays/{id}/doctor", """{"to":"you@example.com"}""", HttpStatusCode.OK);

        Assert.Equal("relay_disabled", Cause(answer, "send"));
        Assert.Equal("ok", Step(answer, "connect").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_wrong_question_is_refused()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        string id = await doctors.AddRelayAsync("main", doctors.Sink.Port);
        using HttpClient other = doctors.Api.ClientWith(await doctors.Api.AddProjectAsync()), test = doctors.Api.ClientWith(await doctors.Api.AddProjectAsync("mk_test_")), nobody = doctors.Api.ClientWith(null);

        await other.PostAsync($"/relays/{id}/doctor", "", HttpStatusCode.NotFound);
        await doctors.Client.PostAsync("/relays/x/doctor", "{}", HttpStatusCode.NotFound);
        await nobody.PostAsync("/doctor", "", HttpStatusCode.Unauthorized);
        await doctors.Client.PostAsync("/doctor", "[]", HttpStatusCode.BadRequest);
        await doctors.Client.PostAsync("/doctor", $$"""{"to":"{{new string('a', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        foreach ((string body, string field) in new[] { ("""{"to":"no address"}""", "to"), ("""{"from":"a@b\r\nRCPT TO:<x@y.z>"}""", "from"), ("""{"wait_seconds":0}""", "wait_seconds"), ("""{"to":5}""", "to") })
            Assert.StartsWith($"`{field}` ", (await doctors.Client.PostAsync($"/relays/{id}/doctor", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("`to` cannot be given with a test key", (await test.PostAsync("/doctor", """{"to":"a@example.com"}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, doctors.Sink.ConnectionCount);
    }

    [Fact]
    public async Task At_a_terminal_it_sends_by_the_installations_own_worker_and_ends_with_0()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);
        await using TestWorker worker = await doctors.StartWorkerAsync();
        await doctors.AddRelayAsync("main", doctors.Sink.Port);

        (int code, string output, _) = await doctors.RunAsync("--relay", "main", "--to", "you@example.com", "--from", "doctor@example.org");
        (int json, string answer, _) = await doctors.RunAsync("--to", "you@example.com", "--from", "doctor@example.org", "--json");
        (int unknown, _, string error) = await doctors.RunAsync("--relay", "nobody");

        Assert.Equal((0, 0, 2), (code, json, unknown));
        Assert.Matches("^ok +database ", output);
        Assert.Contains("is sent by 'main'", output, StringComparison.Ordinal);
        Assert.EndsWith("All is well with the relay 'main'.\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(answer).RootElement.GetProperty("ok").GetBoolean());
        Assert.Contains("'nobody'", error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (doctors.Sink.MessageCount, doctors.Default.MessageCount));
    }

    [Fact]
    public async Task At_a_terminal_it_says_that_the_database_is_away_and_examines_the_default_relay_all_the_same()
    {
        await using Doctors doctors = await Doctors.StartAsync(postgres);

        (int code, string output, _) = await doctors.RunWithoutDatabaseAsync("--to", "you@example.com", "--from", "doctor@example.org", "--language", "fr");
        (int wrong, _, string usage) = await doctors.RunAsync("--tp", "x");

        Assert.Equal((1, 2), (code, wrong));
        Assert.Matches("^failed +database ", output);
        Assert.Contains("La base de données est injoignable", output, StringComparison.Ordinal);
        Assert.Matches("\nok +recipient ", output);
        Assert.Matches("\nskipped +send ", output);
        Assert.Contains("Usage: dotnet Mail.Api.dll doctor", usage, StringComparison.Ordinal);
    }

    private static JsonElement Step(JsonElement answer, string name) => answer.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == name);

    private static string Seen(JsonElement answer, string name) => Step(answer, name).GetProperty("seen").GetString()!;

    private static string? Cause(JsonElement answer, string name) => Step(answer, name).GetProperty("cause") is { ValueKind: JsonValueKind.Object } cause ? cause.GetProperty("code").GetString() : null;

    private static string Course(JsonElement answer) => string.Join(", ", answer.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("status").GetString()}"));

    /// <summary>An API, three mail servers, and a worker when it is wanted.</summary>
    private sealed class Doctors(ApiFixture api, SmtpSink common, SmtpSink sink, SmtpSink other) : IAsyncDisposable
    {
        public ApiFixture Api => api;

        public HttpClient Client { get; } = api.ClientWith(ApiFixture.LiveKey);

        public SmtpSink Default => common;

        public SmtpSink Sink => sink;

        public SmtpSink Other => other;

        public static async Task<Doctors> StartAsync(PostgresFixture postgres)
        {
            SmtpSink common = SmtpSink.Start();
            ApiFixture api = new(postgres) { Settings = { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{common.Port}", ["SMTP_TLS"] = "none" } };
            await api.InitializeAsync();
            return new Doctors(api, common, SmtpSink.Start(), SmtpSink.Start());
        }

        public Task<TestWorker> StartWorkerAsync() => TestWorker.StartAsync(api.ConnectionString, settings: new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{common.Port}", ["SMTP_TLS"] = "none" });

        public async Task<string> AddRelayAsync(string name, int port, string more = "", string settings = "") =>
            (await Client.PostAsync("/relays", $$"""{"name":"{{name}}","kind":"smtp","settings":{"host":"127.0.0.1","port":{{port}},"tls":"none"{{settings}} } {{more}} }""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        public Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) => RunAsync(api.ConnectionString, args);

        public Task<(int Code, string Output, string Errors)> RunWithoutDatabaseAsync(params string[] args) => RunAsync("Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d", args);

        private async Task<(int Code, string Output, string Errors)> RunAsync(string connectionString, string[] args)
        {
            string folder = AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Mail.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Mail.Api{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
            ProcessStartInfo start = new("dotnet", [Path.Combine(folder, "Mail.Api.dll"), "doctor", .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string name in RelaySettings.Names) start.Environment.Remove(name);
            start.Environment["LANG"] = "C";
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
            start.Environment["ConnectionStrings__maildb"] = connectionString;
            start.Environment["SMTP_HOST"] = "127.0.0.1";
            start.Environment["SMTP_PORT"] = $"{common.Port}";
            start.Environment["SMTP_TLS"] = "none";
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await api.DisposeAsync();
            foreach (SmtpSink one in new[] { common, sink, other }) await one.DisposeAsync();
        }
    }
}
