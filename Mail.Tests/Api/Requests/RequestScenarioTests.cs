using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Requests;

/// <summary>Requests for decisions, from the call of the app over the mail in the person's inbox to the webhook: by a clock that the test moves.</summary>
public sealed class RequestScenarioTests(PostgresFixture postgres)
{
    private const string Trip = """
        {"title":"Voyage à Berlin <b>","text":"Trois jours.","details":[{"label":"Prix","value":"840 €"}],"comment":true,"metadata":{"order":17},
         "choices":[{"key":"yes","label":"Oui"},{"key":"later","label":"Plus tard"},{"key":"no","label":"Non"}],
         "person":{"email":"Camille@Example.org","name":"Camille Martin","locale":"fr","time_zone":"Europe/Paris"},"on_behalf_of":{"name":"Ada Byrne","email":"ada@example.com"},"deadline":"DEADLINE","reminders":REMINDERS}
        """;

    private static readonly DateTimeOffset _noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_person_is_mailed_decides_by_the_link_in_the_mail_and_the_app_is_told_once()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _noon);
        JsonElement made = await AskAsync(scene, "2026-06-08T18:00");
        Assert.Equal(("pending", "2026-06-08T16:00:00+00:00"), (Text(made, "state"), Text(made, "deadline")));

        ParsedMessage mail = Assert.Single(await scene.MailsAsync(1));
        Assert.Equal(("Camille@example.org", "Camille Martin", "ada@example.com"), (mail.To[0].Address, mail.To[0].DisplayName, mail.ReplyTo[0].Address));
        Assert.Equal("Ada Byrne attend votre décision : Voyage à Berlin <b>", mail.Subject!.Replace('\u00a0', ' '));
        Assert.Contains("8 juin 2026", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("840 €", mail.TextBody!.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("Approuver", mail.TextBody, StringComparison.Ordinal);
        Assert.Matches("code [2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}", mail.TextBody.ReplaceLineEndings(" "));
        List<string> links = FlowScene.LinksIn(mail);
        Assert.Equal(["yes", "later", "no"], links.Select(link => link.Split("?choice=")[1]));
        Assert.All(links, link => Assert.Contains(link, WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal));

        for (int i = 0; i < 3; i++)
        {
            (HttpStatusCode status, string page) = await scene.PageAsync(links[2]);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("<h1>Voyage à Berlin &lt;b&gt;</h1>", page, StringComparison.Ordinal);
            Assert.Contains("Ada Byrne", page, StringComparison.Ordinal);
            Assert.Contains("<textarea", page, StringComparison.Ordinal);
            Assert.True(page.IndexOf("value=\"no\"", StringComparison.Ordinal) < page.IndexOf("value=\"yes\"", StringComparison.Ordinal)); // the link's own comes first
        }

        Assert.Equal("pending", await StateAsync(scene, made));
        (HttpStatusCode done, _) = await scene.PageAsync(links[2], "choice=no&comment=" + Uri.EscapeDataString("Trop cher,\r\ndésolé"));
        Assert.Equal(HttpStatusCode.OK, done);
        foreach (string link in links)
        {
            (HttpStatusCode used, string said) = await scene.PageAsync(link, "choice=yes");
            Assert.Equal((HttpStatusCode.Gone, true), (used, said.Contains("Non", StringComparison.Ordinal)));
        }


        JsonElement after = await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK), decision = after.GetProperty("decision");
        Assert.Equal(("decided", "no", "Non", "Trop cher,\ndésolé", "Reader/1.0"), (Text(after, "state"), Text(decision, "choice"), Text(decision, "label"), Text(decision, "comment"), Text(decision, "user_agent")));
        Assert.Equal(["created", "mailed", "opened", "decided"], FlowScene.HistoryOf(after));
        JsonElement told = Assert.Single(await scene.ToldAsync("request.decided"));
        Assert.Equal((Text(made, "id"), "no", "Trop cher,\ndésolé", 17, false), (Text(told, "id"), Text(told, "choice"), Text(told, "comment"), told.GetProperty("metadata").GetProperty("order").GetInt32(), told.GetProperty("test").GetBoolean()));

        scene.Clock.Advance(TimeSpan.FromDays(10)); // the timers come to nothing
        await scene.SettledAsync();
        Assert.Equal(("decided", 1), (await StateAsync(scene, made), scene.Sink.MessageCount));
    }

    [Fact]
    public async Task It_expires_at_its_deadline_to_the_second_while_the_worker_restarts()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _noon);
        JsonElement made = await AskAsync(scene, "2026-06-02T12:00:00Z");
        string link = FlowScene.LinksIn(Assert.Single(await scene.MailsAsync(1)))[0];
        scene.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await Task.Delay(300);
        Assert.Equal("pending", await StateAsync(scene, made));
        Assert.Equal(HttpStatusCode.OK, (await scene.PageAsync(link)).Status);
        await scene.StopWorkAsync();

        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        (HttpStatusCode late, string page) = await scene.PageAsync(link, "choice=yes"); // no timer has come yet
        Assert.Equal(HttpStatusCode.Gone, late);
        Assert.Contains("a expiré", page, StringComparison.Ordinal);
        await scene.WorkAsync();

        List<ParsedMessage> mails = await scene.MailsAsync(2);
        Assert.Equal("Pas de décision à temps : Voyage à Berlin <b>", mails[1].Subject!.Replace('\u00a0', ' '));
        Assert.Contains("délai pour votre réponse", mails[1].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/a/", mails[1].TextBody, StringComparison.Ordinal);
        Assert.Equal(("expired", 1), (await StateAsync(scene, made), (await scene.ToldAsync("request.expired")).Count));
        await scene.Client.PostAsync($"{PathOf(made)}/cancel", "", HttpStatusCode.Conflict);
        await scene.Client.PostAsync($"{PathOf(made)}/resend", "", HttpStatusCode.Conflict);
    }

    // 10:00 on the wall of Paris the day before: after the clocks went forward (8:00 UTC), and after they went back (9:00 UTC).
    [Theory]
    [InlineData("2026-03-27T12:00:00Z", "2026-03-30T10:00", "2026-03-29T08:00:00Z", false)]
    [InlineData("2026-10-23T12:00:00Z", "2026-10-26T10:00", "2026-10-25T09:00:00Z", false)]
    [InlineData("2026-10-23T12:00:00Z", "2026-10-26T10:00", "2026-10-25T09:00:00Z", true)]
    [InlineData("2026-03-27T12:00:00Z", "2026-03-30T10:00", "2026-03-29T08:00:00Z", true)]
    public async Task A_reminder_comes_at_ten_by_the_persons_clocks_once_also_when_they_change_and_when_the_worker_slept(string now, string deadline, string due, bool sleeps)
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        JsonElement made = await AskAsync(scene, deadline, """[{"days_before":1,"time":"10:00"}]""");
        Assert.Equal(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture), made.GetProperty("reminders")[0].GetDateTimeOffset());
        await scene.MailsAsync(1);

        scene.Clock.Advance(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) - scene.Clock.GetUtcNow() - TimeSpan.FromMinutes(10));
        if (sleeps) await scene.StopWorkAsync();
        else await Task.Delay(200);
        Assert.Equal(1, scene.Sink.MessageCount);
        scene.Clock.Advance(TimeSpan.FromMinutes(sleeps ? 40 : 10));
        if (sleeps) await scene.WorkAsync();

        List<ParsedMessage> mails = await scene.MailsAsync(2);
        await scene.SettledAsync();
        Assert.Equal(2, scene.Sink.MessageCount);
        Assert.Equal("Toujours en attente : Voyage à Berlin <b>", mails[1].Subject!.Replace('\u00a0', ' '));
        // The links of both mails are links of one decision.
        Assert.Equal(HttpStatusCode.OK, (await scene.PageAsync(FlowScene.LinksIn(mails[1])[0], "choice=yes")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await scene.PageAsync(FlowScene.LinksIn(mails[0])[0], "choice=no")).Status);
        Assert.Equal("yes", Text((await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK)).GetProperty("decision"), "choice"));
    }

    [Fact]
    public async Task After_a_worker_slept_over_several_reminders_one_mail_says_it_all()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _noon);
        JsonElement made = await AskAsync(scene, "2026-06-03T12:00:00Z", """[{"minutes_before":600},{"minutes_before":1440},{"at":"2026-06-03T11:59:00Z"},{"minutes_before":720}]""");
        await scene.MailsAsync(1);
        await scene.StopWorkAsync();
        scene.Clock.Advance(TimeSpan.FromHours(40));

        await scene.WorkAsync();
        await scene.MailsAsync(2);
        await scene.SettledAsync();

        Assert.Equal(["created", "mailed", "reminded", "mailed"], FlowScene.HistoryOf(await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK)));
        scene.Clock.Advance(TimeSpan.FromHours(8));
        await scene.MailsAsync(3); // the last reminder and the end came due together: there is nothing to be reminded of any more
        await scene.SettledAsync();
        Assert.Equal("expired", await StateAsync(scene, made));
        Assert.Equal(3, scene.Sink.MessageCount);
    }

    [Fact]
    public async Task What_is_taken_back_is_over_and_what_is_mailed_again_has_links_that_settle_each_other()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _noon);
        JsonElement made = await AskAsync(scene, "2026-06-08T18:00"), other = await AskAsync(scene, "2026-06-08T18:00");
        await scene.MailsAsync(2);
        await scene.Client.PostAsync($"{PathOf(made)}/resend", "", HttpStatusCode.TooManyRequests);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.Client.PostAsync($"{PathOf(made)}/resend", "", HttpStatusCode.OK);
        List<ParsedMessage> mails = await scene.MailsAsync(3);

        Assert.Equal("canceled", Text(await scene.Client.PostAsync($"{PathOf(made)}/cancel", "", HttpStatusCode.OK), "state"));

        (HttpStatusCode status, string page) = await scene.PageAsync(FlowScene.LinksIn(mails[2])[0], "choice=yes");
        Assert.Equal((HttpStatusCode.Gone, true), (status, page.Contains("a été retiré", StringComparison.Ordinal)));
        await scene.Client.PostAsync($"{PathOf(made)}/cancel", "", HttpStatusCode.Conflict);
        Assert.Equal(["created", "mailed", "resent", "mailed", "canceled"], FlowScene.HistoryOf(await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK)));
        Assert.Equal("canceled", Text(Assert.Single(await scene.ToldAsync("request.canceled")), "state"));
        Assert.Equal("pending", await StateAsync(scene, other)); // of the same person
        string open = (await Task.WhenAll(mails.Take(2).Select(async mail => (FlowScene.LinksIn(mail)[0], (await scene.PageAsync(FlowScene.LinksIn(mail)[0])).Status)))).Single(one => one.Status == HttpStatusCode.OK).Item1;
        string forged = open.Replace("?choice=yes", "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.PageAsync(forged[..^1] + (forged[^1] == 'A' ? 'B' : 'A'), "choice=yes")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.PageAsync(open, "choice=yes")).Status);
    }

    [Fact]
    public async Task Who_cannot_open_a_link_types_the_code_of_the_mail()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _noon);
        JsonElement made = await AskAsync(scene, "2026-06-08T18:00");
        string text = Assert.Single(await scene.MailsAsync(1)).TextBody!.ReplaceLineEndings(" ");
        string code = System.Text.RegularExpressions.Regex.Match(text, "[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}").Value;

        Assert.Contains("value=\"later\"", (await scene.PageAsync("/a", $"code={code}")).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await scene.PageAsync("/a", $"code={code}&choice=later&comment=x")).Status);

        JsonElement decision = (await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK)).GetProperty("decision");
        Assert.Equal(("later", "x"), (Text(decision, "choice"), Text(decision, "comment")));
    }

    private static Task<JsonElement> AskAsync(FlowScene scene, string deadline, string reminders = "[]") =>
        scene.Client.PostAsync("/requests", Trip.Replace("DEADLINE", deadline, StringComparison.Ordinal).Replace("REMINDERS", reminders, StringComparison.Ordinal), HttpStatusCode.Created);

    private static string PathOf(JsonElement made) => $"/requests/{Text(made, "id")}";

    private static async Task<string?> StateAsync(FlowScene scene, JsonElement made) => Text(await scene.Client.GetAsync(PathOf(made), HttpStatusCode.OK), "state");

    private static string? Text(JsonElement from, string field) => from.GetProperty(field).GetString();
}
