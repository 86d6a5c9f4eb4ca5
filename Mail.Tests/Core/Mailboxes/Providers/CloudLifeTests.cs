using System.Text.Json;
using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.Tests.Core.Relays.Fakes;
using FakeAnswer = Mail.ProviderFakes.FakeAnswer;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>What holds for Microsoft 365 and Google alike (BOX-4): every call may be repeated, and what is somebody else's is never touched.</summary>
public sealed class CloudLifeTests
{
    public static TheoryData<string> Kinds => CloudScene.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_call_twice_is_as_once(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        MailboxOrder order = FakeClouds.Order(name: "Support Team");
        string account = await CloudScene.InTheEndAsync(() => scene.Provider.CreateAsync(order, CloudScene.Token));
        Assert.Equal(account, await CloudScene.InTheEndAsync(() => scene.Provider.CreateAsync(order, CloudScene.Token)));

        for (int i = 0; i < 2; i++) Assert.Equal(order.Address, await CloudScene.InTheEndAsync(() => scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)));
        for (int i = 0; i < 2; i++) Assert.NotNull(await CloudScene.InTheEndAsync(() => scene.Provider.IssueCredentialsAsync(order, account, CloudScene.Token)));
        Assert.True((await scene.Provider.IsTakenAsync(order.Address, CloudScene.Token)).Value);
        Assert.Equal(1, Count(scene));
        for (int i = 0; i < 2; i++) Assert.True((await scene.Provider.SuspendAsync(order, account, CloudScene.Token)).Value);
        for (int i = 0; i < 2; i++) Assert.True((await scene.Provider.ResumeAsync(order, account, CloudScene.Token)).Value);
        Assert.True(await CloudScene.InTheEndAsync(() => scene.Provider.DeleteAsync(order, account, CloudScene.Token)));
        Assert.False((await scene.Provider.DeleteAsync(order, account, CloudScene.Token)).Value);
        Assert.False((await scene.Provider.DeleteAsync(order, null, CloudScene.Token)).Value);

        Assert.Equal(0, Count(scene));
        Assert.False((await scene.Provider.IsTakenAsync(order.Address, CloudScene.Token)).Value);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_creation_whose_answer_is_lost_is_found_again_and_not_made_twice(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        MailboxOrder order = FakeClouds.Order();
        scene.Desk.Script.Add(new FakeRule { Method = "POST", Path = kind switch { "microsoft365" => "*/users", "google" => "*/users", _ => "*/groups" }, ActsFirst = true, Answer = FakeAnswer.Drop });

        ProviderProblem lost = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Problem!;
        Assert.Equal((ProviderProblems.Unavailable, true, true), (lost.Code, lost.IsTransient, lost.IsUnknown));
        Assert.NotEmpty(await CloudScene.InTheEndAsync(() => scene.Provider.CreateAsync(order, CloudScene.Token)));

        Assert.Equal(1, Count(scene));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_half_made_one_whose_account_nobody_knows_is_removed_by_its_mark(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        MailboxOrder order = FakeClouds.Order();
        await CloudScene.InTheEndAsync(() => scene.Provider.CreateAsync(order, CloudScene.Token));
        await scene.Provider.IsTakenAsync(order.Address, CloudScene.Token); // by then everybody sees it

        Assert.True(await CloudScene.InTheEndAsync(() => scene.Provider.DeleteAsync(order, null, CloudScene.Token)));

        Assert.Equal(0, Count(scene));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_bears_no_mark_of_ours_is_never_changed_or_deleted(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        scene.Microsoft.Tenant.Add("support@example.com");
        string account = kind switch { "microsoft365" => scene.Microsoft.Tenant.Users[0].Id, "google" => scene.Google.Organisation.Add("support@example.com").Id, _ => "01999" };
        if (kind == "google groups") scene.Google.Organisation.Groups.Add(new("01999", "support@example.com", "Support", "Our people"));
        string before = Held(scene);
        MailboxOrder order = FakeClouds.Order();

        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.CreateAsync(order, CloudScene.Token)).Problem?.Code);
        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem?.Code);
        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.IssueCredentialsAsync(order, account, CloudScene.Token)).Problem?.Code);
        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.SuspendAsync(order, account, CloudScene.Token)).Problem?.Code);
        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.ResumeAsync(order, account, CloudScene.Token)).Problem?.Code);
        Assert.False((await scene.Provider.DeleteAsync(order, account, CloudScene.Token)).Value);
        Assert.False((await scene.Provider.DeleteAsync(order, null, CloudScene.Token)).Value);

        Assert.Equal(before, Held(scene));
        Assert.DoesNotContain(scene.Desk.Requests, request => request.Method is not "GET" && !request.Path.Contains("token", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_account_of_another_order_is_somebody_elses_too(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        await scene.MakeAsync(FakeClouds.Order());

        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem?.Code);
        Assert.False((await scene.Provider.DeleteAsync(FakeClouds.Order(), null, CloudScene.Token)).Value);

        Assert.Equal(1, Count(scene));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_name_that_was_deleted_is_free_again(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        MailboxOrder first = FakeClouds.Order();
        (string account, _) = await scene.MakeAsync(first);
        await CloudScene.InTheEndAsync(() => scene.Provider.DeleteAsync(first, account, CloudScene.Token));

        (string second, _) = await scene.MakeAsync(FakeClouds.Order());

        Assert.NotEqual(account, second);
        Assert.Equal(1, Count(scene));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_domain_is_checked_when_it_is_chosen(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);

        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value);
        Assert.True((await scene.Provider.CheckAsync("example.com", CloudScene.Token)).Value);
        foreach (string domain in (string[])["unverified.example", "elsewhere.example"])
        {
            ProviderProblem problem = (await scene.Provider.CheckAsync(domain, CloudScene.Token)).Problem!;
            Assert.Equal((ProviderProblems.DomainNotVerified, false), (problem.Code, problem.IsTransient));
            Assert.Equal(ProviderProblems.DomainNotVerified, (await scene.Provider.CreateAsync(FakeClouds.Order($"support@{domain}"), CloudScene.Token)).Problem?.Code);
        }
    }

    /// <summary>Without the schemas nothing above would prove that requests fit them.</summary>
    [Fact]
    public async Task A_request_that_no_schema_knows_is_a_violation()
    {
        Assert.SkipUnless(SchemaValidator.IsPresent, "The providers' schemas or their validator are absent.");

        Assert.NotEmpty(await SchemaValidator.CheckAsync("graph/User", """{"displayname":"Support"}"""));
        Assert.NotEmpty(await SchemaValidator.CheckAsync("directory/User", """{"primary_email":"support@example.com"}"""));
        Assert.NotEmpty(await SchemaValidator.CheckAsync("gmail/SendAs", """{"sendAsEmail":7}"""));
    }

    private static int Count(CloudScene scene) => scene.Desk.Provider.Name == "microsoft365"
        ? scene.Microsoft.Tenant.Users.Count
        : scene.Google.Organisation.Users.Count(user => !user.IsDeleted) - 2 + scene.Google.Organisation.Groups.Count; // beside the administrator and the reader

    /// <summary>All that could be changed, as text.</summary>
    private static string Held(CloudScene scene) =>
        JsonSerializer.Serialize(scene.Microsoft.Tenant.Users) + JsonSerializer.Serialize(scene.Google.Organisation.Users) + JsonSerializer.Serialize(scene.Google.Organisation.Groups);
}
