using System.Net;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Templates;

/// <summary>Two API hosts and two workers over one database: no node ever shows an old version.</summary>
public sealed class StaleTemplateTests(ApiFixture one, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Publication_at_one_node_counts_for_the_next_call_at_another()
    {
        await using ApiFixture two = Second();
        string key = await one.AddProjectAsync();
        using HttpClient here = one.ClientWith(key), there = two.ClientWith(key);
        await here.PostAsync("/templates", """{"key":"counter","name":"Counter","subject":"v0","html":"<p>v0</p>"}""", HttpStatusCode.Created);

        for (int i = 1; i <= 10; i++)
        {
            (HttpClient writer, HttpClient sender) = i % 2 == 0 ? (here, there) : (there, here);
            await writer.PatchAsync("/templates/counter", $$"""{"subject":"v{{i}}","html":"<p>v{{i}}</p>"}""", HttpStatusCode.OK);
            await writer.PostAsync("/templates/counter/publish", "", HttpStatusCode.OK);
            Assert.Equal($"v{i}", await SubjectAsync(sender, await SendAsync(sender, "ann@example.com")));
        }

        await there.PostAsync("/templates/counter/rollback", """{"version":3}""", HttpStatusCode.OK);
        Assert.Equal("v3", await SubjectAsync(here, await SendAsync(here, "ann@example.com")));
        await there.DeleteAsync("/templates/counter", HttpStatusCode.OK);
        await here.PostAsync("/emails", Mail("ann@example.com"), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Each_message_is_rendered_by_two_workers_as_the_version_that_it_was_accepted_with()
    {
        const int Messages = 60;
        await using SmtpSink sink = SmtpSink.Start();
        await using ApiFixture two = Second();
        Dictionary<string, string?> relay = new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none" };
        await using TestWorker worker = await TestWorker.StartAsync(one.ConnectionString, settings: relay);
        await using TestWorker other = await TestWorker.StartAsync(one.ConnectionString, settings: relay);
        string key = await one.AddProjectAsync();
        using HttpClient here = one.ClientWith(key), there = two.ClientWith(key);
        await here.PostAsync("/templates", """{"key":"counter","name":"Counter","subject":"v0","html":"<p>body v0.</p>"}""", HttpStatusCode.Created);
        await here.PostAsync("/templates/counter/publish", "", HttpStatusCode.OK);

        int published = 0;
        using CancellationTokenSource sent = new();
        Task publishing = Task.Run(async () =>
        {
            for (int i = 1; !sent.IsCancellationRequested; i++)
            {
                await here.PatchAsync("/templates/counter", $$"""{"subject":"v{{i}}","html":"<p>body v{{i}}.</p>"}""", HttpStatusCode.OK);
                await here.PostAsync("/templates/counter/publish", "", HttpStatusCode.OK);
                Volatile.Write(ref published, i);
            }
        });
        for (int i = 0; i < Messages; i++)
        {
            int before = Volatile.Read(ref published);
            HttpClient sender = i % 2 == 0 ? here : there;
            string subject = await SubjectAsync(sender, await SendAsync(sender, $"reader-{i}@example.com"));
            Assert.True(int.Parse(subject[1..], System.Globalization.CultureInfo.InvariantCulture) >= before, $"{subject} after v{before} was published.");
        }

        await sent.CancelAsync();
        await publishing;
        IEnumerable<SmtpSinkMessage> Ours() => sink.Messages.Where(message => message.Text.Contains("To: reader-", StringComparison.Ordinal)); // another test's wait in this queue too
        await Eventually.TrueAsync(() => Ours().Count() == Messages);
        Assert.True(published > 1);
        foreach (SmtpSinkMessage message in Ours())
        {
            string subject = System.Text.RegularExpressions.Regex.Match(message.Text, "^Subject: (v[0-9]+)\r?$", System.Text.RegularExpressions.RegexOptions.Multiline).Groups[1].Value;
            Assert.Contains($"<p>body {subject}.</p>", message.Text, StringComparison.Ordinal);
        }
    }

    private ApiFixture Second()
    {
        ApiFixture second = new(postgres);
        second.Settings["ConnectionStrings:maildb"] = one.ConnectionString;
        return second;
    }

    private static string Mail(string to) => $$"""{"from":"shop@example.com","to":"{{to}}","template":{"id":"counter"} }""";

    private static async Task<string> SendAsync(HttpClient client, string to) => (await client.PostAsync("/emails", Mail(to), HttpStatusCode.OK)).GetProperty("id").GetString()!;

    private static async Task<string> SubjectAsync(HttpClient client, string id) => (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("subject").GetString()!;
}
