using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes.Google;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>Google Workspace over the Directory and Gmail APIs (BOX-4).</summary>
public sealed class GoogleTests
{
    private const string Reader = "reader@example.com";

    [Fact]
    public async Task A_user_is_made_waited_for_and_named()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google", settings => settings["org_unit"] = "/Mailboxes");
        scene.Google.Login.UnknownLogins = 1; // the login hears of it last
        MailboxOrder order = FakeClouds.Order(name: "Zoë Support");

        (string account, MailboxCredentials credentials) = await scene.MakeAsync(order);

        FakeGoogleUser user = scene.Google.Organisation.Users[^1];
        Assert.Equal((account, order.Address, "Zoë Support", "/Mailboxes"), (user.Id, user.PrimaryEmail, user.FullName, user.OrgUnit));
        Assert.Equal([("mail-mailbox", order.Mark)], user.ExternalIds);
        Assert.Equal("Zoë Support", user.SendAs[order.Address].DisplayName);
        Assert.Equal((true, "", user.Password), (credentials.UsesOurSubmission, credentials.Password, credentials.WebPassword));
        Assert.Equal("https://mail.google.com/", credentials.Webmail?.AbsoluteUri);
    }

    [Theory, InlineData("", "support"), InlineData("Support", "Support"), InlineData("The very long name of a department that somebody has thought of, and Sons", "The very long name of a department that somebody has thought of, and Sons")]
    public async Task Any_display_name_makes_a_name_that_google_takes(string name, string shown)
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");

        await scene.MakeAsync(FakeClouds.Order(name: name));

        Assert.Equal(shown, scene.Google.Organisation.Users[^1].FullName);
    }

    [Fact]
    public async Task A_new_password_ends_the_old_one_and_what_is_signed_in()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        MailboxOrder order = FakeClouds.Order();
        (string account, MailboxCredentials first) = await scene.MakeAsync(order);

        MailboxCredentials second = (await scene.Provider.IssueCredentialsAsync(order, account, CloudScene.Token)).Value;

        FakeGoogleUser user = scene.Google.Organisation.Users[^1];
        Assert.NotEqual(first.WebPassword, second.WebPassword);
        Assert.Equal((second.WebPassword, 2), (user.Password, user.SignOuts));
    }

    [Fact]
    public async Task A_user_is_suspended_and_resumed()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        MailboxOrder order = FakeClouds.Order();
        (string account, _) = await scene.MakeAsync(order);

        await scene.Provider.SuspendAsync(order, account, CloudScene.Token);
        Assert.True(scene.Google.Organisation.Users[^1].IsSuspended);
        await scene.Provider.ResumeAsync(order, account, CloudScene.Token);

        Assert.False(scene.Google.Organisation.Users[^1].IsSuspended);
    }

    [Theory, InlineData("google"), InlineData("google groups")]
    public async Task Users_their_aliases_and_groups_take_an_address(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        scene.Google.Organisation.Users[0].Aliases.Add("postmaster@example.com");
        scene.Google.Organisation.Groups.Add(new FakeGoogleGroup("01abc", "all@example.com", "All", "Everybody"));

        foreach (string address in (string[])["postmaster@example.com", "all@example.com", Reader])
        {
            Assert.True((await scene.Provider.IsTakenAsync(address, CloudScene.Token)).Value);
            Assert.Equal(ProviderProblems.MailboxExists, (await scene.Provider.CreateAsync(FakeClouds.Order(address), CloudScene.Token)).Problem?.Code);
        }

        Assert.False((await scene.Provider.IsTakenAsync("free@example.com", CloudScene.Token)).Value);
    }

    [Fact]
    public async Task No_licence_left_is_a_final_problem_that_says_so()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        scene.Google.Organisation.Licences = 2;

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Assert.Equal((ProviderProblems.LicenceMissing, false), (problem.Code, problem.IsTransient));
    }

    [Fact]
    public async Task What_an_administrator_deleted_is_gone_and_not_waited_for()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        MailboxOrder order = FakeClouds.Order();
        (string account, _) = await scene.MakeAsync(order);
        scene.Google.Organisation.Users[^1].IsDeleted = true;

        ProviderProblem problem = (await scene.Provider.SuspendAsync(order, account, CloudScene.Token)).Problem!;

        Assert.Equal((ProviderProblems.Gone, false), (problem.Code, problem.IsTransient));
    }

    [Theory, InlineData("google", 7), InlineData("google groups", 0)]
    public async Task Mailboxes_are_counted_page_by_page(string kind, long expected)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        for (int i = 0; i < 5; i++) scene.Google.Organisation.Add($"somebody{i}@example.com");

        Assert.Equal(new ProviderQuota(null, null, null, null, expected, null), (await scene.Provider.ReadQuotaAsync(CloudScene.Token)).Value);
    }

    [Fact]
    public async Task A_group_is_read_and_sent_as_by_its_reader()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google groups");
        MailboxOrder order = FakeClouds.Order(name: "Support Team");

        (string account, MailboxCredentials credentials) = await scene.MakeAsync(order);

        FakeGoogleGroup group = Assert.Single(scene.Google.Organisation.Groups);
        FakeGoogleUser reader = scene.Google.Organisation.Users.Single(user => user.PrimaryEmail == Reader);
        Assert.Equal((account, order.Address, "Support Team", order.Mark, "ALL_MAIL"), (group.Id, group.Email, group.Name, group.Description, group.Members[Reader]));
        Assert.Equal(("Support Team", "accepted"), (reader.SendAs[order.Address].DisplayName, reader.SendAs[order.Address].Status));
        Assert.Equal((true, (string?)null), (credentials.UsesOurSubmission, credentials.WebPassword));
    }

    [Fact]
    public async Task A_suspended_group_reaches_nobody_and_nobody_sends_as_it()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google groups");
        MailboxOrder order = FakeClouds.Order();
        (string account, _) = await scene.MakeAsync(order);
        FakeGoogleUser reader = scene.Google.Organisation.Users.Single(user => user.PrimaryEmail == Reader);

        await scene.Provider.SuspendAsync(order, account, CloudScene.Token);
        Assert.Equal("NONE", scene.Google.Organisation.Groups[0].Members[Reader]);
        Assert.DoesNotContain(order.Address, reader.SendAs.Keys);
        await scene.Provider.ResumeAsync(order, account, CloudScene.Token);

        Assert.Equal("ALL_MAIL", scene.Google.Organisation.Groups[0].Members[Reader]);
        Assert.Contains(order.Address, reader.SendAs.Keys);
    }

    [Fact]
    public async Task A_group_that_google_wants_confirmed_waits_for_the_person_who_follows_the_link()
    {
        await using CloudScene scene = await CloudScene.StartAsync("google groups");
        scene.Google.Organisation.ConfirmsSendAs = true;
        MailboxOrder order = FakeClouds.Order();
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;

        ProviderProblem problem = (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!;
        FakeGoogleUser reader = scene.Google.Organisation.Users.Single(user => user.PrimaryEmail == Reader);
        reader.SendAs[order.Address] = reader.SendAs[order.Address] with { Status = "accepted" };

        Assert.True(problem.IsTransient);
        Assert.Contains("follow its link", problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(order.Address, (await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Value);
    }

    [Theory, InlineData("google", Reader), InlineData("google groups", null)]
    public async Task A_reader_belongs_to_groups_and_only_there(string kind, string? reader)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind, settings =>
        {
            if (reader is null) settings.Remove("reader");
            else settings["reader"] = reader;
        });

        Assert.Equal(ProviderProblems.Settings, (await scene.Provider.CheckAsync(null, CloudScene.Token)).Problem?.Code);
        Assert.Empty(scene.Desk.Requests);
    }
}
