using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Microsoft365;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>Microsoft 365 over Graph (BOX-4).</summary>
public sealed class Microsoft365Tests
{
    [Fact]
    public async Task An_account_is_made_licensed_and_waited_for()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        MailboxOrder order = FakeClouds.Order(name: "Support Team");
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;

        ProviderProblem hidden = (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!;
        ProviderProblem waiting = (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!;
        ProviderOutcome<string> ready = await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token);

        Assert.True(hidden.IsTransient && waiting.IsTransient && hidden.RetryAfter < waiting.RetryAfter);
        Assert.Equal(order.Address, ready.Value);
        FakeGraphUser user = Assert.Single(scene.Microsoft.Tenant.Users);
        Assert.Equal(("Support Team", order.Mark, "FR", true, "support"), (user.DisplayName, user.Attribute15, user.UsageLocation, user.AccountEnabled, user.MailNickname));
        Assert.Equal([FakeTenant.ExchangeSku], user.Licences);
    }

    [Fact]
    public async Task Without_smtp_auth_programs_use_our_submission_and_people_the_webs_password()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");

        MailboxCredentials credentials = (await scene.MakeAsync(FakeClouds.Order())).Credentials;

        Assert.Equal((true, "", 0, "", ""), (credentials.UsesOurSubmission, credentials.Server, credentials.Port, credentials.UserName, credentials.Password));
        Assert.Equal(scene.Microsoft.Tenant.Users[0].Password, credentials.WebPassword);
        Assert.Equal("https://outlook.office.com/mail/", credentials.Webmail?.AbsoluteUri);
    }

    [Fact]
    public async Task With_smtp_auth_the_accounts_password_is_the_programs_and_a_new_one_ends_the_old()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365", settings => settings["smtp_auth"] = "true");
        MailboxOrder order = FakeClouds.Order();
        (string account, MailboxCredentials first) = await scene.MakeAsync(order);

        MailboxCredentials second = (await scene.Provider.IssueCredentialsAsync(order, account, CloudScene.Token)).Value;

        Assert.Equal(("smtp.office365.com", 587, order.Address, false), (second.Server, second.Port, second.UserName, second.UsesOurSubmission));
        Assert.NotEqual(first.Password, second.Password);
        Assert.Equal(scene.Microsoft.Tenant.Users[0].Password, second.Password);
        Assert.DoesNotContain(second.Password, second.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_signs_in_to_a_shared_mailbox_also_after_it_is_resumed()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365", settings => settings["mode"] = "shared");
        MailboxOrder order = FakeClouds.Order();
        (string account, MailboxCredentials credentials) = await scene.MakeAsync(order);
        await scene.Provider.SuspendAsync(order, account, CloudScene.Token);
        Assert.True((await scene.Provider.ResumeAsync(order, account, CloudScene.Token)).Value);

        Assert.False(scene.Microsoft.Tenant.Users[0].AccountEnabled);
        Assert.True(credentials.UsesOurSubmission);
        Assert.Null(credentials.WebPassword);
        Assert.Equal("https://outlook.office.com/mail/support%40example.com/", credentials.Webmail?.AbsoluteUri);
    }

    [Fact]
    public async Task Who_is_suspended_is_out_and_back_with_the_same_password()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        MailboxOrder order = FakeClouds.Order();
        (string account, MailboxCredentials credentials) = await scene.MakeAsync(order);
        FakeGraphUser user = scene.Microsoft.Tenant.Users[0];

        await scene.Provider.SuspendAsync(order, account, CloudScene.Token);
        Assert.Equal((false, 1), (user.AccountEnabled, user.RevokedSessions));
        Assert.True((await scene.Provider.ResumeAsync(order, account, CloudScene.Token)).Value);

        Assert.Equal((true, credentials.WebPassword), (user.AccountEnabled, user.Password));
    }

    [Theory, InlineData("sales@example.com"), InlineData("support@example.com")]
    public async Task An_alias_or_a_group_takes_an_address_as_an_account_does(string address)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        for (int i = 0; i < 5; i++) scene.Microsoft.Tenant.Add($"somebody{i}@example.com").ProxyAddresses.Add($"smtp:alias{i}@example.com");
        scene.Microsoft.Tenant.Users[4].ProxyAddresses.Add("smtp:sales@example.com");
        scene.Microsoft.Tenant.Groups.AddRange(["all@example.com", "support@example.com"]);

        Assert.True((await scene.Provider.IsTakenAsync(address, CloudScene.Token)).Value);
        Assert.False((await scene.Provider.IsTakenAsync("free@example.com", CloudScene.Token)).Value);
        Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.CreateAsync(FakeClouds.Order(address), CloudScene.Token)).Problem?.Code);

        Assert.Equal(5, scene.Microsoft.Tenant.Users.Count);
    }

    [Fact]
    public async Task No_licence_left_is_a_final_problem_that_says_so_and_the_account_goes()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        List<FakeSku> skus = scene.Microsoft.Tenant.Skus;
        skus[2] = skus[2] with { Units = 1 };
        await scene.MakeAsync(FakeClouds.Order("first@example.com"));
        MailboxOrder order = FakeClouds.Order("second@example.com");
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;
        await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token); // not yet visible

        ProviderProblem problem = (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!;
        Assert.Equal((ProviderProblems.LicenceMissing, false), (problem.Code, problem.IsTransient));
        Assert.True(await CloudScene.InTheEndAsync(() => scene.Provider.DeleteAsync(order, account, CloudScene.Token)));

        Assert.Equal("first@example.com", Assert.Single(scene.Microsoft.Tenant.Users).UserPrincipalName);
    }

    /// <summary>Somebody is faster between the look and the wish.</summary>
    [Fact]
    public async Task The_last_licence_that_another_one_gets_is_missing()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        scene.Microsoft.Tenant.HiddenReads = 0;
        MailboxOrder order = FakeClouds.Order();
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;
        scene.Desk.Script.Add(new FakeRule { Path = "*/assignLicense", Answer = FakeAnswer.Json(400, new { error = new { code = "Request_BadRequest", message = $"Subscription with SKU {FakeTenant.ExchangeSku} does not have any available licenses." } }) });

        Assert.Equal(ProviderProblems.LicenceMissing, (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem?.Code);
    }

    [Theory, InlineData("STANDARDPACK", "Suspended"), InlineData("NO_SUCH_PACK", "no subscription")]
    public async Task A_subscription_that_cannot_be_used_is_named(string licence, string words)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365", settings => settings["licence"] = licence);
        scene.Microsoft.Tenant.HiddenReads = 0;
        MailboxOrder order = FakeClouds.Order();
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;

        ProviderProblem problem = (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!;

        Assert.Equal(ProviderProblems.LicenceMissing, problem.Code);
        Assert.Contains(words, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotas_are_the_subscriptions_licences()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        await scene.MakeAsync(FakeClouds.Order());

        Assert.Equal(new ProviderQuota(null, null, null, null, 1, 300), (await scene.Provider.ReadQuotaAsync(CloudScene.Token)).Value);
    }

    [Fact]
    public async Task What_an_administrator_deleted_is_gone_and_not_waited_for()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        MailboxOrder order = FakeClouds.Order();
        (string account, _) = await scene.MakeAsync(order);
        scene.Microsoft.Tenant.Users[0].IsDeleted = true;

        ProviderProblem problem = (await scene.Provider.IssueCredentialsAsync(order, account, CloudScene.Token)).Problem!;
        Assert.Equal((ProviderProblems.Gone, false), (problem.Code, problem.IsTransient));
        Assert.True((await scene.Provider.DeleteAsync(order, null, CloudScene.Token)).Value);

        Assert.Empty(scene.Microsoft.Tenant.Users);
    }

    [Fact]
    public async Task A_next_page_elsewhere_gets_no_token()
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        scene.Desk.Script.Add(new FakeRule { Path = "*/subscribedSkus", Answer = new FakeAnswer(200, """{"value":[],"@odata.nextLink":"http://127.0.0.1:9/v1.0/subscribedSkus"}""") });

        Assert.Equal(ProviderProblems.Unreadable, (await scene.Provider.ReadQuotaAsync(CloudScene.Token)).Problem?.Code);
    }

    [Theory]
    [InlineData("client_secret", null)]
    [InlineData("usage_location", null)]
    [InlineData("smtp_auth", "true")]
    public async Task Settings_that_do_not_go_together_are_told_by_every_call(string field, string? value)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365", settings =>
        {
            settings["mode"] = "shared";
            if (value is null) settings.Remove(field);
            else settings[field] = value;
        });

        Assert.Equal(ProviderProblems.Settings, (await scene.Provider.CheckAsync(null, CloudScene.Token)).Problem?.Code);
        Assert.Equal(ProviderProblems.Settings, (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem?.Code);
        Assert.Empty(scene.Desk.Requests);
    }
}
