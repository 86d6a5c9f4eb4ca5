using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Mail.Tests.Api.Accounts.Apps;

/// <summary>`account.lookup`: the app says whether it knows an address, before a code is mailed there; who asks for the code learns nothing of it (ESC-1).</summary>
public sealed class AccountLookupTests(PostgresFixture postgres, ITestOutputHelper log)
{
    private const string Ask = "/api/auth/password-reset/request/";

    [Fact]
    public async Task A_code_is_mailed_where_the_app_knows_the_address_and_in_the_apps_words()
    {
        await using AppScene scene = await StartAsync();
        scene.App.Answer = (context, received) => Of(received) switch
        {
            "ada@example.com" => context.Response.WriteAsync("""{"known":true,"name":"Ada Lovelace","locale":"fr"}"""),
            "plain@example.com" => Task.CompletedTask, // 2xx without a word
            "no@example.com" => context.Response.WriteAsync("""{"known":false}"""),
            _ => Status(context, 404),
        };
        HashSet<string> answers = [];
        foreach (string email in (string[])["Ada@Example.com", "plain@example.com", "no@example.com", "nobody@example.com"])
            answers.Add((await scene.Client.PostAsync(Ask, $$"""{"email":"{{email}}","locale":"en"}""", HttpStatusCode.OK)).GetRawText());
        await IdleAsync(scene);

        Assert.Single(answers);
        Assert.Equal(2, await scene.Api.CountAsync("messages"));
        Assert.Equal(2, await scene.Api.CountAsync("codes"));
        string text = (await MailAsync(scene, "ada@example.com")).GetProperty("text").GetString()!;
        Assert.Contains("Ada Lovelace", text, StringComparison.Ordinal);
        Assert.Contains("mot de passe", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mot de passe", (await MailAsync(scene, "plain@example.com")).GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.Equal(4, scene.App.All.Count);
        Assert.All(scene.App.All, heard =>
        {
            Assert.Equal(("account.lookup", heard.Signature(scene.Secret)), (heard.Type, heard.Headers["webhook-signature"]));
            Assert.Equal(["id", "email", "at", "test"], heard.Json.GetProperty("data").EnumerateObject().Select(field => field.Name));
            Assert.DoesNotMatch("(?<![0-9])[0-9]{6}(?![0-9])", heard.Json.GetProperty("data").GetProperty("email").GetString());
        });
    }

    /// <summary>Also while four of its answers are outstanding, the next ones step back and another project's app is asked.</summary>
    [Fact]
    public async Task Nobody_waits_for_a_slow_app()
    {
        await using AppScene scene = await StartAsync(("Bus:Concurrency", "8"));
        await using WebhookReceiver others = await WebhookReceiver.StartAsync();
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        await SetUpAsync(other, others);
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int under = 0, most = 0;
        scene.App.Answer = async (_, _) =>
        {
            int now = Interlocked.Increment(ref under);
            lock (goOn) most = Math.Max(most, now);
            await goOn.Task.WaitAsync(TimeSpan.FromSeconds(8));
            Interlocked.Decrement(ref under);
        };

        for (int i = 0; i < 12; i++) await scene.Client.PostAsync(Ask, $$"""{"email":"user{{i}}@example.com"}""", HttpStatusCode.OK);
        await Eventually.TrueAsync(() => scene.App.All.Count == 4);
        await other.PostAsync(Ask, """{"email":"quick@example.com"}""", HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("messages") == 1); // the other project's, before the slow app has said a word
        Assert.Equal(4, scene.App.All.Count);
        goOn.SetResult();
        await IdleAsync(scene);

        Assert.Equal((13, 4), (await scene.Api.CountAsync("messages"), most));
        Assert.Single(others.All);
    }

    [Fact]
    public async Task A_failing_app_is_asked_again_with_the_same_id_and_one_mail_comes()
    {
        await using AppScene scene = await StartAsync();
        scene.App.Answer = (context, _) => Status(context, scene.App.All.Count < 4 ? 500 : 200);

        await scene.Client.PostAsync(Ask, """{"email":"ada@example.com"}""", HttpStatusCode.OK);
        await IdleAsync(scene);

        Assert.Equal((4, 1), (scene.App.All.Count, scene.App.All.Select(heard => heard.Id).Distinct().Count()));
        Assert.Equal((1, 1), (await scene.Api.CountAsync("messages"), await scene.Api.CountAsync("codes")));
    }

    [Theory, InlineData(500), InlineData(302), InlineData(422)]
    public async Task Without_the_apps_answer_there_is_no_mail_and_a_dead_letter_says_so(int status)
    {
        await using AppScene scene = await StartAsync(("Bus:MaxAttempts", "3"));
        scene.App.Answer = (context, _) => Status(context, status);

        await scene.Client.PostAsync(Ask, """{"email":"ada@example.com"}""", HttpStatusCode.OK);
        await IdleAsync(scene);

        Assert.Equal((3, 0, 0, 1), (scene.App.All.Count, await scene.Api.CountAsync("messages"), await scene.Api.CountAsync("codes"), await scene.Api.CountAsync("bus_dead_letters")));
        JsonElement letter = (await scene.Client.GetAsync("/dead-letters", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.DoesNotContain("ada@", letter.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains("ada@example.com", StringComparison.Ordinal));
    }

    /// <summary>What an app says beside "known" is used where it can be, and nowhere else.</summary>
    [Theory]
    [InlineData("""{"known":true,"email":"evil@example.org","name":"a\u0000b","locale":"../../x"}""")]
    [InlineData("""{"known":"no","name":"two\nlines","locale":7}""")]
    [InlineData("""{"name":"\ud800","locale":"\ud800"}""")]
    [InlineData("""[{"known":false}]""")]
    [InlineData("not JSON at all")]
    [InlineData("long")]
    public async Task A_lying_app_has_a_mail_sent_to_nobody_else_and_breaks_nothing(string says)
    {
        await using AppScene scene = await StartAsync();
        string body = says == "long" ? $$"""{"known":true,"name":"{{new string('n', 300)}}","more":"{{new string('x', 100_000)}}"}""" : says;
        scene.App.Answer = (context, _) => context.Response.WriteAsync(body);

        await scene.Client.PostAsync(Ask, """{"email":"ada@example.com","name":"Ada","locale":"fr"}""", HttpStatusCode.OK);
        await IdleAsync(scene);

        JsonElement mail = await MailAsync(scene, "ada@example.com");
        Assert.Equal(["ada@example.com"], mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.Equal("fr", mail.GetProperty("template").GetProperty("locale").GetString());
        Assert.Contains("Ada", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (await scene.Api.CountAsync("messages"), await scene.Api.CountAsync("bus_dead_letters")));
    }

    [Fact]
    public async Task An_address_is_asked_for_five_times_in_a_quarter_of_an_hour_a_key_once_and_a_suppressed_one_gets_nothing()
    {
        await using AppScene scene = await StartAsync();
        await scene.Client.PostAsync("/suppressions", """{"email":"gone@example.com"}""", HttpStatusCode.Created);
        HashSet<string> answers = [];
        for (int i = 0; i < 8; i++) answers.Add((await scene.Client.PostAsync(Ask, """{"email":"often@example.com"}""", HttpStatusCode.OK)).GetRawText());
        for (int i = 0; i < 3; i++) answers.Add((await scene.Client.PostAsync(Ask, """{"email":"once@example.com"}""", HttpStatusCode.OK, ("Idempotency-Key", "k"))).GetRawText());
        answers.Add((await scene.Client.PostAsync(Ask, """{"email":"gone@example.com"}""", HttpStatusCode.OK)).GetRawText());
        await IdleAsync(scene);

        Assert.Single(answers);
        Assert.Equal(5, scene.App.All.Count(heard => Of(heard) == "often@example.com"));
        Assert.Equal((5, 1, 0), (await OfAsync(scene, "often@example.com"), await OfAsync(scene, "once@example.com"), await OfAsync(scene, "gone@example.com")));
    }

    /// <summary>What is wrong with the set-up is said at once, and to every address.</summary>
    [Fact]
    public async Task A_mail_that_could_not_be_made_is_refused_in_the_request_and_nobody_is_asked()
    {
        await using AppScene scene = await StartAsync();
        await scene.Client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{scene.App.Url}}/accounts","lookup":true}""", HttpStatusCode.OK); // no sender, and no EMAIL_FROM
        string[] refused = [.. await Task.WhenAll(((string[])["ada@example.com", "nobody@example.com"]).Select(async email => (await scene.Client.PostAsync(Ask, $$"""{"email":"{{email}}"}""", HttpStatusCode.UnprocessableEntity)).GetRawText()))];

        Assert.Equal(refused[0], refused[1]);
        Assert.Empty(scene.App.All);
        Assert.Contains("`lookup`", (await scene.Client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{scene.App.Url}}","lookup":"yes"}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True((await scene.Client.GetAsync("/account-settings", HttpStatusCode.OK)).GetProperty("lookup").GetBoolean());
    }

    [Fact]
    public async Task The_code_of_a_known_user_sets_the_password_and_an_unknown_one_hears_of_a_wrong_code()
    {
        await using AppScene scene = await StartAsync();
        scene.App.Answer = (context, received) => Status(context, Of(received) == "ada@example.com" ? 200 : 404);
        foreach (string email in (string[])["ada@example.com", "nobody@example.com"]) await scene.Client.PostAsync(Ask, $$"""{"email":"{{email}}"}""", HttpStatusCode.OK);
        await IdleAsync(scene);
        string code = System.Text.RegularExpressions.Regex.Match((await MailAsync(scene, "ada@example.com")).GetProperty("text").GetString()!, "^ {4}([0-9]{6})\r?$", System.Text.RegularExpressions.RegexOptions.Multiline).Groups[1].Value;

        JsonElement wrong = await scene.ConfirmAsync(code == "111111" ? "222222" : "111111", HttpStatusCode.UnprocessableEntity);
        JsonElement unknown = await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity, email: "nobody@example.com");
        await scene.ConfirmAsync(code, HttpStatusCode.OK);

        Assert.Equal(wrong.GetRawText(), unknown.GetRawText());
        Assert.DoesNotContain(scene.App.All.Where(heard => heard.Type == "account.lookup"), heard => heard.Body.Contains(code, StringComparison.Ordinal));
    }

    /// <summary>Medians of 200 samples each, taken by turns; the app is quick with the one and slow with the other.</summary>
    [Fact, Trait("Category", "Load")]
    public async Task The_medians_of_known_and_unknown_addresses_differ_by_less_than_two_milliseconds()
    {
        await using AppScene scene = await StartAsync();
        scene.App.Answer = (context, received) => Of(received).StartsWith("known", StringComparison.Ordinal) ? Task.Delay(20) : Status(context, 404);
        List<double> known = [], unknown = [];
        for (int i = 0; i < 220; i++)
            foreach ((string who, List<double> samples) in new[] { ("known", known), ("nobody", unknown) })
            {
                long started = Stopwatch.GetTimestamp();
                await scene.Client.PostAsync(Ask, $$"""{"email":"{{who}}{{i}}@example.com"}""", HttpStatusCode.OK);
                if (i >= 20) samples.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

        double difference = Math.Abs(known.Order().ElementAt(100) - unknown.Order().ElementAt(100));
        log.WriteLine($"known {known.Order().ElementAt(100):0.00} ms, unknown {unknown.Order().ElementAt(100):0.00} ms");
        Assert.True(difference < 2, $"{difference:0.00} ms");
    }

    private async Task<AppScene> StartAsync(params (string Name, string Value)[] settings)
    {
        AppScene scene = await AppScene.StartAsync(postgres, settings);
        await SetUpAsync(scene.Client, scene.App);
        return scene;
    }

    private static Task<JsonElement> SetUpAsync(HttpClient client, WebhookReceiver app) =>
        client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{app.Url}}/accounts","from":"a@example.org","app_name":"Northwind","support_email":"help@example.org","lookup":true}""", HttpStatusCode.OK);

    private static Task IdleAsync(AppScene scene) => Eventually.TrueAsync(async () => await scene.Api.CountAsync("bus_messages") == 0);

    private static string Of(Received received) => received.Json.GetProperty("data").GetProperty("email").GetString()!;

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status == 302) context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    }

    private static async Task<JsonElement> MailAsync(AppScene scene, string to)
    {
        await using NpgsqlCommand command = scene.Api.Database.CreateCommand("SELECT message_id FROM deliveries WHERE recipient = $1 ORDER BY message_id DESC LIMIT 1");
        command.Parameters.AddWithValue(to);
        return await scene.Client.GetAsync($"/emails/{await command.ExecuteScalarAsync()}", HttpStatusCode.OK);
    }

    private static Task<long> OfAsync(AppScene scene, string to) => scene.Api.CountAsync($"recipients WHERE recipient = '{to}'");
}
