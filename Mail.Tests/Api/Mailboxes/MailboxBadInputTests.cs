using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-6: what cannot be taken is refused by its field, and nothing of it is stored or asked of a provider. And connections give no secret back.</summary>
public sealed class MailboxBadInputTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_wish_that_cannot_be_taken_is_refused_by_its_field()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        int calls = scene.Cloud.Calls.Count;
        foreach ((string body, int status, string told) in ((string, int, string)[])
        [
            ("", 400, "JSON"), ("{", 400, "JSON"), ("[]", 400, "object"), ("null", 400, "null"), ("{}", 422, "`username`"), ("""{"username":null}""", 422, "`username`"), ("""{"username":1}""", 422, "`username`"),
            ("""{"username":""}""", 422, "`username`"), ("""{"username":"a b"}""", 422, "`username`"), ("""{"username":"a\u0000b"}""", 422, "`username`"), ("""{"username":"a\ud800"}""", 422, "`username`"),
            ("""{"username":"pаypal"}""", 422, "U+0430"), ("""{"username":"josé"}""", 422, "Perhaps `jose`?"), ("""{"username":"adm1n"}""", 422, "`admin`"), ("""{"username":"Postmaster"}""", 422, "`postmaster`"),
            ($$"""{"username":"{{new string('a', 65)}}"}""", 422, "longer than 64"), ("""{"username":"ok","display_name":"a\u0000"}""", 422, "`display_name`"), ("""{"username":"ok","display_name":"\ud800"}""", 422, "`display_name`"),
            ($$"""{"username":"ok","display_name":"{{new string('a', 101)}}"}""", 422, "`display_name`"), ("""{"username":"ok","display_name":["a"]}""", 422, "`display_name`"),
            ("""{"username":"ok","domain":"not a domain"}""", 422, "`domain`"), ("""{"username":"ok","domain":""}""", 422, "`domain`"), ("""{"username":"ok","domain":"a\u0000.example"}""", 422, "`domain`"),
            ("""{"username":"ok","domain":"unknown.example.com"}""", 422, "`domain`"), ($$"""{"username":"{{new string('a', 20_000)}}"}""", 413, ""),
        ])
        {
            foreach (string path in (string[])["/api/email/create", "/mailboxes", "/api/email/check-availability", "/mailboxes/check"])
            {
                if (body.Contains("display_name", StringComparison.Ordinal) && path.Contains("check", StringComparison.Ordinal)) continue;
                using HttpResponseMessage answer = await scene.Client.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body), TestContext.Current.CancellationToken);
                string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode == status && said.Contains(told, StringComparison.Ordinal), $"{path} {body[..Math.Min(80, body.Length)]}: {(int)answer.StatusCode} {said}");
            }
        }

        Assert.Equal((0, calls), (await scene.Api.CountAsync("mailboxes"), scene.Cloud.Calls.Count));
    }

    [Theory]
    [InlineData("/mailboxes?limit=0", "limit")]
    [InlineData("/mailboxes?limit=x", "limit")]
    [InlineData("/mailboxes?after=x", "after")]
    [InlineData("/mailboxes?status=gone", "status")]
    [InlineData("/mailboxes?provider=x", "provider")]
    [InlineData("/mailboxes?domain=a%20b", "domain")]
    [InlineData("/mailboxes/log?limit=101", "limit")]
    [InlineData("/mailboxes/log?after=x", "after")]
    [InlineData("/mailboxes/log?mailbox_id=x", "mailbox_id")]
    [InlineData("/mailboxes/log?action=a%00b", "action")]
    [InlineData("/mailboxes/log?status=", "status")]
    [InlineData("/mailboxes/log?since=yesterday", "since")]
    [InlineData("/mailboxes/log?until=x", "until")]
    [InlineData("/mailboxes/usage?month=2026-13", "month")]
    [InlineData("/mailboxes/usage?month=November", "month")]
    [InlineData("/mailboxes/usage?month=9999-12", "month")]
    [InlineData("/mailboxes/usage?format=xml", "format")]
    [InlineData("/mailboxes/statistics?days=0", "days")]
    [InlineData("/mailboxes/statistics?days=367", "days")]
    public async Task A_question_that_cannot_be_answered_is_refused_by_its_parameter(string path, string field)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);

        Assert.Contains($"`{field}`", (await scene.Client.GetAsync(path, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_and_domains_are_checked_changed_and_never_give_a_secret_back()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        foreach ((string body, string told) in ((string, string)[])
        [
            ("{}", "kind"), ("""{"kind":"x"}""", "`kind`"), ("""{"kind":"memory","settings":{"base_url":"https://a.example"}}""", "api_key"), ("""{"kind":"memory","settings":{"base_url":"ftp://a","api_key":"k"}}""", "base_url"),
            ("""{"kind":"memory","settings":{"base_url":"https://a.example","api_key":"a\u0000b"}}""", "`settings`"), ("""{"kind":"memory","settings":{"base_url":"https://a.example","api_key":"\ud800"}}""", "`settings`"),
            ("""{"kind":"memory","name":"\ud800"}""", "`name`"), ("""{"kind":"memory","nmae":"x"}""", "`nmae`"), ("""{"kind":"memory","settings":{"base_url":"https://a.example","api_key":"k","more":"x"}}""", "more"),
        ])
            Assert.Contains(told, (await scene.Client.PostAsync("/mailbox-connections", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        JsonElement shown = await scene.Client.GetAsync($"/mailbox-connections/{scene.Connection}", HttpStatusCode.OK);
        Assert.Equal("""{"set":true}""", shown.GetProperty("settings").GetProperty("api_key").GetRawText());
        JsonElement changed = await scene.Client.PatchAsync($"/mailbox-connections/{scene.Connection}", """{"name":"new","settings":{"api_key":{"set":true}},"revision":1}""", HttpStatusCode.OK);
        Assert.Equal(("new", 2), (changed.GetProperty("name").GetString(), changed.GetProperty("revision").GetInt32()));
        await scene.Client.PatchAsync($"/mailbox-connections/{scene.Connection}", """{"name":"newer","revision":1}""", HttpStatusCode.Conflict);
        Assert.True((await scene.Client.PostAsync($"/mailbox-connections/{scene.Connection}/check?domain=boxes.example.org", "", HttpStatusCode.OK)).GetProperty("ok").GetBoolean());
        scene.Cloud.Script("check", Mail.Tests.Core.Mailboxes.Problems.LicenceMissing);
        JsonElement problem = (await scene.Client.PostAsync($"/mailbox-connections/{scene.Connection}/check", "", HttpStatusCode.OK)).GetProperty("problem");
        Assert.Equal(("provider_licence_missing", "Buy one."), (problem.GetProperty("code").GetString(), problem.GetProperty("remedy").GetString()));
        await scene.Client.DeleteAsync($"/mailbox-connections/{scene.Connection}", HttpStatusCode.Conflict); // the domain uses it

        foreach ((string body, string told) in ((string, string)[])[("{}", "`domain`"), ("""{"domain":"x y"}""", "`domain`"), ("""{"domain":"new.example.org"}""", "`connection`"), ("""{"domain":"new.example.org","connection":"x"}""", "`connection`")])
            Assert.Contains(told, (await scene.Client.PostAsync("/mailbox-domains", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString()!.Replace("Missing ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await scene.Client.PostAsync("/mailbox-domains", $$"""{"domain":"boxes.example.org","connection":"{{scene.Connection}}"}""", HttpStatusCode.Conflict);
        await scene.Client.PostAsync("/mailbox-domains", $$"""{"domain":"new.example.org","connection":"{{scene.Connection}}","default":true}""", HttpStatusCode.Created);
        Assert.False((await scene.Client.GetAsync("/mailbox-domains/boxes.example.org", HttpStatusCode.OK)).GetProperty("default").GetBoolean());
        Assert.Contains("`default`", (await scene.Client.PatchAsync("/mailbox-domains/new.example.org", """{"default":false}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        foreach (string domain in (string[])["new.example.org", "boxes.example.org"]) await scene.Client.DeleteAsync($"/mailbox-domains/{domain}", HttpStatusCode.NoContent);
        await scene.Client.DeleteAsync("/mailbox-domains/boxes.example.org", HttpStatusCode.NotFound);
        Assert.Equal("no_mailbox_domain", (await MailboxApiScene.CreateAsync(scene.Client, "x", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        await scene.Client.DeleteAsync($"/mailbox-connections/{scene.Connection}", HttpStatusCode.NoContent);
        await scene.Client.GetAsync($"/mailbox-connections/{scene.Connection}", HttpStatusCode.NotFound);
        string audit = (await scene.Client.GetAsync("/audit-log", HttpStatusCode.OK)).GetRawText();
        foreach (string action in (string[])["mailbox_connection.create", "mailbox_connection.change", "mailbox_connection.remove", "mailbox_domain.create", "mailbox_domain.remove"]) Assert.Contains(action, audit, StringComparison.Ordinal);
        Assert.DoesNotContain("k-0123456789", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_change_by_wish_and_new_credentials_end_the_old_ones()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        JsonElement made = await MailboxApiScene.CreateAsync(scene.Client, "sales");
        (string id, string old) = (made.GetProperty("id").GetString()!, made.GetProperty("credentials").GetProperty("password").GetString()!);

        Assert.Equal("suspended", (await scene.Client.PostAsync($"/mailboxes/{id}/suspend", "", HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.False(scene.Cloud.SignsIn("sales@boxes.example.org", old));
        Assert.Equal("mailbox_suspended", (await scene.Client.PostAsync($"/mailboxes/{id}/rotate", "", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        Assert.Equal("active", (await scene.Client.PostAsync($"/mailboxes/{id}/resume", "", HttpStatusCode.OK)).GetProperty("status").GetString());
        string fresh = (await scene.Client.PostAsync($"/mailboxes/{id}/rotate", "", HttpStatusCode.OK)).GetProperty("credentials").GetProperty("password").GetString()!;
        Assert.Equal((false, true), (scene.Cloud.SignsIn("sales@boxes.example.org", old), scene.Cloud.SignsIn("sales@boxes.example.org", fresh)));
        Assert.Equal("deleted", (await scene.Client.DeleteAsync($"/mailboxes/{id}", HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.Empty(scene.Cloud.Accounts);
        await scene.Client.PostAsync($"/mailboxes/{id}/suspend", "", HttpStatusCode.NotFound);
        foreach (string wrong in (string[])["x", Guid.NewGuid().ToString(), new string('a', 1000)]) await scene.Client.GetAsync($"/mailboxes/{wrong}", HttpStatusCode.NotFound);
        string audit = (await scene.Client.GetAsync("/audit-log", HttpStatusCode.OK)).GetRawText();
        foreach (string action in (string[])["mailbox.create", "mailbox.suspend", "mailbox.resume", "mailbox.rotate", "mailbox.remove"]) Assert.Contains(action, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(fresh, audit, StringComparison.Ordinal);
    }
}
