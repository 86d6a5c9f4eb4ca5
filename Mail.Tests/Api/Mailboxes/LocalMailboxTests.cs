using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-4: mailboxes on this installation, which send by our own SMTP submission.</summary>
public sealed class LocalMailboxTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_password_sends_from_the_mailboxes_address_and_from_no_other()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (_, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");

        Assert.Equal(("localhost", 2587, "contact@example.com", "http://localhost:5101/webmail"), (credentials.Server, credentials.Port, credentials.UserName, credentials.Webmail!.ToString()));
        Assert.StartsWith("250 2.0.0", await scene.SubmitAsync(credentials.Password, "contact@example.com"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await scene.SubmitAsync(credentials.Password, "Contact@EXAMPLE.com"), StringComparison.Ordinal);
        foreach (string other in (string[])["boss@example.com", "contact@example.com.evil.example", "contact@sub.example.com"])
            Assert.Equal("550 5.7.1 `from` must be contact@example.com: this key may send from nowhere else.", await scene.SubmitAsync(credentials.Password, other));
        Assert.DoesNotContain(credentials.Password, credentials.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_is_no_key_of_the_project_but_sends_by_HTTP_as_by_SMTP()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (_, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        using HttpClient app = scene.Api.ClientWith(ApiFixture.LiveKey), mailbox = scene.Api.ClientWith(credentials.Password);

        JsonElement keys = await app.GetAsync("/api-keys", HttpStatusCode.OK);
        Guid id = await scene.Api.ScalarAsync<Guid>("SELECT id FROM api_keys WHERE mailbox_id IS NOT NULL");

        Assert.Single(keys.GetProperty("data").EnumerateArray()); // the app's own
        Assert.Equal(HttpStatusCode.NotFound, (await app.DeleteAsync(new Uri($"/api-keys/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await mailbox.GetAsync(new Uri("/emails", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await mailbox.PostAsync(new Uri("/emails", UriKind.Relative), ApiFixture.Json("""{"from":"boss@example.com","to":"b@example.org","subject":"S","text":"T"}"""))).StatusCode);
        await mailbox.PostAsync("/emails", """{"from":"contact@example.com","to":"b@example.org","subject":"S","text":"T"}""", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_call_may_be_repeated_and_a_new_password_ends_the_one_before()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, MailboxCredentials first) = await scene.AddAsync("contact@example.com");

        string again = (await scene.Provider.CreateAsync(order, CancellationToken.None)).Value;
        MailboxCredentials second = (await scene.Provider.IssueCredentialsAsync(order, again, CancellationToken.None)).Value;

        Assert.Equal(order.Mark, again);
        Assert.StartsWith("535", await scene.SubmitAsync(first.Password, order.Address), StringComparison.Ordinal);
        Assert.StartsWith("250", await scene.SubmitAsync(second.Password, order.Address), StringComparison.Ordinal);
        Assert.Equal(1, await scene.Api.CountAsync("local_mailboxes"));
    }

    [Fact]
    public async Task Suspended_it_sends_nothing_and_resumed_it_sends_with_the_same_password()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");

        Assert.True((await scene.Provider.SuspendAsync(order, order.Mark, CancellationToken.None)).Value);
        Assert.StartsWith("535", await scene.SubmitAsync(credentials.Password, order.Address), StringComparison.Ordinal);
        Assert.True((await scene.Provider.ResumeAsync(order, order.Mark, CancellationToken.None)).Value);
        Assert.StartsWith("250", await scene.SubmitAsync(credentials.Password, order.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_it_leaves_nothing_and_its_address_is_free()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        await scene.ReceiveAsync("From: jo@example.org\nSubject: Hello\n\nBody\n", order.Address);
        Assert.True((await scene.Provider.IsTakenAsync(order.Address, CancellationToken.None)).Value);

        bool first = (await scene.Provider.DeleteAsync(order, null, CancellationToken.None)).Value, second = (await scene.Provider.DeleteAsync(order, order.Mark, CancellationToken.None)).Value;

        Assert.Equal((true, false), (first, second));
        Assert.StartsWith("535", await scene.SubmitAsync(credentials.Password, order.Address), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await scene.Api.CountAsync("local_mailboxes"), await scene.Api.CountAsync("local_mails")));
        Assert.False((await scene.Provider.IsTakenAsync(order.Address, CancellationToken.None)).Value);
        Assert.Equal(ProviderProblems.Gone, (await scene.Provider.IssueCredentialsAsync(order, order.Mark, CancellationToken.None)).Problem!.Code);
    }

    [Fact]
    public async Task Another_projects_address_is_taken_and_stays_theirs()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        await scene.Api.AddProjectAsync();
        ProjectId other = new(await scene.Api.ScalarAsync<Guid>("SELECT id FROM projects WHERE name = 'Other'"));
        IMailboxProvider provider = scene.ProviderOf(other);

        ProviderOutcome<string> made = await provider.CreateAsync(new MailboxOrder(Guid.NewGuid(), order.Address, ""), CancellationToken.None);
        await provider.DeleteAsync(order, order.Mark, CancellationToken.None); // not even by its id

        Assert.Equal(ProviderProblems.MailboxExists, made.Problem!.Code);
        Assert.StartsWith("250", await scene.SubmitAsync(credentials.Password, order.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_senders_have_to_be_verified_so_has_the_domain()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres, settings: ("Domains:RequireVerifiedSenders", "true"));
        MailboxOrder order = new(Guid.NewGuid(), "contact@example.com", "");

        ProviderProblem? before = (await scene.Provider.CreateAsync(order, CancellationToken.None)).Problem, check = (await scene.Provider.CheckAsync("example.com", CancellationToken.None)).Problem;

        Assert.Equal((ProviderProblems.DomainNotVerified, ProviderProblems.DomainNotVerified), (before!.Code, check!.Code));
        Assert.Contains("POST /domains", before.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("local_mailboxes"));
    }
}
