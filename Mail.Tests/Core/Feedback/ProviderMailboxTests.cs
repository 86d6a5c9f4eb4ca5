using System.Globalization;
using System.Text;
using Mail.Core.Alerts;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Feedback.Mailboxes;
using Mail.Protocol.Calendar;
using Mail.Tests.Api.Appointments;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Feedback.Fakes;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Feedback;

/// <summary>Bounces in a mailbox at Microsoft 365 or Google, over the provider's HTTP API.</summary>
public sealed class ProviderMailboxTests(PostgresFixture postgres)
{
    public static TheoryData<string> Kinds { get; } = ["graph", "gmail", "gmail by service account"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_bounce_becomes_the_recipients_fate_and_goes_to_the_bin_while_other_mail_stays_and_is_fetched_once(string kind)
    {
        await using Bench bench = await StartAsync(kind);
        KeptMail bounce = bench.Mailbox.Add(await bench.Mail.BouncedAsync("gone@example.net")), letter = bench.Mailbox.Add(MailboxCase.Letter("Are you coming?"));
        bench.Mailbox.Add(MailboxCase.Bounce(MessageId.New(DateTimeOffset.UtcNow), "stranger@example.net"));
        bench.Mailbox.Add(MailboxCase.Letter("Of long ago"), DateTimeOffset.UtcNow.AddDays(-31));

        int?[] looks = [await bench.Mail.LookAsync(), await bench.Mail.LookAsync()];

        Assert.Equal([1, 0], looks);
        Assert.Equal("bounced", await bench.Mail.StateOfAsync("gone@example.net"));
        Assert.Equal((MailboxFake.Bin, MailboxFake.Inbox), (bounce.Place, letter.Place));
        Assert.Equal(3, bench.Fetches);
        MailboxState state = await bench.Mail.StateAsync();
        Assert.Equal(($"{MailboxFake.Address} at {(kind == "graph" ? "Microsoft 365" : "Gmail")}", null, 1L, 0L), (state.Name, state.FailingSince, state.Recorded, state.SetApart));
    }

    /// <summary>JOB-10: an installation whose return paths lead into a mailbox finds the calendars' answers there.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public async Task A_calendars_answer_to_an_address_of_ours_is_taken_and_goes_to_the_bin_and_one_to_nobody_stays(string kind)
    {
        await using Bench bench = await StartAsync(kind, ("RETURN_PATH_DOMAIN", "bounce.test"));
        ServiceProvider worker = bench.Mail.Worker();
        Attendee camille = new(Guid.CreateVersion7(), "camille@example.org", "camille@example.org", "Camille Martin", null, null);
        Appointment appointment = new(DeliveryDatabase.Project, Guid.CreateVersion7(), false, "u1@bounce.test", new AppointmentContent("T", "C"), new AppointmentTime(bench.Mail.Clock.GetUtcNow().AddDays(9), null, null, 60), [camille], bench.Mail.Clock.GetUtcNow());
        await using (Npgsql.NpgsqlConnection connection = await bench.Mail.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await AppointmentStore.AddAsync(connection, appointment, TestContext.Current.CancellationToken);
        ReplyAddresses addresses = worker.GetRequiredService<ReplyAddresses>();
        string address = (await addresses.WriteAsync(DeliveryDatabase.Project, camille.Id, TestContext.Current.CancellationToken))!.Address, nobody = (await addresses.WriteAsync(DeliveryDatabase.Project, Guid.CreateVersion7(), TestContext.Current.CancellationToken))!.Address;
        KeptMail answer = bench.Mailbox.Add(Encoding.UTF8.GetBytes(CalendarReplyMails.Gmail("u1@bounce.test", address, "camille@example.org", "ACCEPTED", "20261120T130000Z").ReplaceLineEndings("\r\n")));
        KeptMail stranger = bench.Mailbox.Add(Encoding.UTF8.GetBytes(CalendarReplyMails.Gmail("u1@bounce.test", address, "friend@example.org", "DECLINED", "20261120T140000Z").ReplaceLineEndings("\r\n")));
        KeptMail unknown = bench.Mailbox.Add(Encoding.UTF8.GetBytes(CalendarReplyMails.Outlook("u1@bounce.test", nobody, "camille@example.org", "DECLINED", "20261120T140000Z").ReplaceLineEndings("\r\n")));

        int?[] looks = [await bench.Mail.LookAsync(), await bench.Mail.LookAsync()];

        Assert.Equal([1, 0], looks);
        Assert.Equal((MailboxFake.Bin, MailboxFake.Inbox, MailboxFake.Inbox), (answer.Place, stranger.Place, unknown.Place));
        Assert.Equal(AttendeeStatus.Accepted, Assert.Single((await new AppointmentStore(bench.Mail.Database.Source).FindAsync(DeliveryDatabase.Project, appointment.Id, TestContext.Current.CancellationToken))!.Attendees).Status);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_page_is_read_and_a_look_has_a_limit(string kind)
    {
        await using Bench bench = await StartAsync(kind, ("BounceMailbox:MostAtOnce", "20"));
        bench.Mailbox.PageSize = 7;
        for (int i = 0; i < 15; i++) bench.Mailbox.Add(MailboxCase.Letter($"{i}"), DateTimeOffset.UtcNow.AddHours(-i));
        for (int i = 0; i < 30; i++) bench.Mailbox.Add(await bench.Mail.BouncedAsync(string.Create(CultureInfo.InvariantCulture, $"r{i}@example.net")));
        ServiceProvider worker = bench.Mail.Worker();

        int removed = 0;
        for (int i = 0; i < 3; i++)
        {
            int before = bench.Fetches;
            removed += await bench.Mail.LookAsync(worker) ?? throw new InvalidOperationException("It could not be read.");
            Assert.InRange(bench.Fetches - before, 0, 20);
        }

        Assert.Equal((30, 45), (removed, bench.Fetches)); // each once
        Assert.Equal(30, await bench.Mail.Database.CountAsync("finished_deliveries WHERE state = 'bounced'"));
        Assert.Equal(1, bench.Mailbox.Tokens.Given);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_provider_that_asks_for_patience_is_left_alone_by_all_workers_as_long_as_it_says(string kind)
    {
        await using Bench bench = await StartAsync(kind);
        bench.Mailbox.Add(await bench.Mail.BouncedAsync("gone@example.net"));
        bench.Fake.Script = request => IsLogin(request) ? null : Throttled(kind).With("Retry-After", "300");

        Assert.Null(await bench.Mail.LookAsync());
        int asked = bench.Fake.Requests.Count;
        bench.Fake.Script = null;
        bench.Mail.Clock.Advance(TimeSpan.FromSeconds(290));
        Assert.Null(await bench.Mail.LookAsync());
        Assert.Equal(asked, bench.Fake.Requests.Count);
        Assert.Contains("429", (await bench.Mail.StateAsync()).Problem, StringComparison.Ordinal);

        bench.Mail.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await bench.Mail.LookAsync());
        Assert.Null((await bench.Mail.StateAsync()).Problem);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_token_that_is_taken_back_in_the_middle_is_replaced(string kind)
    {
        await using Bench bench = await StartAsync(kind);
        for (int i = 0; i < 3; i++) bench.Mailbox.Add(await bench.Mail.BouncedAsync(string.Create(CultureInfo.InvariantCulture, $"r{i}@example.net")));
        int fetched = 0;
        bench.Fake.Script = request =>
        {
            if (IsFetch(request) && ++fetched == 2) bench.Mailbox.Tokens.Revoke();
            return null;
        };

        Assert.Equal(3, await bench.Mail.LookAsync());
        Assert.Equal(2, bench.Mailbox.Tokens.Given);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_breaks_off_or_does_not_answer_is_read_at_the_next_look_and_nothing_is_lost(string kind)
    {
        await using Bench bench = await StartAsync(kind, ("BounceMailbox:Timeout", "00:00:00.5"));
        KeptMail mail = bench.Mailbox.Add(await bench.Mail.BouncedAsync("gone@example.net"));
        foreach (FakeAnswer answer in new[] { FakeAnswer.Hang, FakeAnswer.Drop, new FakeAnswer(503, "busy", "text/plain"), new FakeAnswer(200, mail.Text[..400], "text/plain", FakeEnd.Cut) })
        {
            bench.Fake.Script = request => IsFetch(request) ? answer : null;
            Assert.Null(await bench.Mail.LookAsync());
            Assert.Equal(("sent", MailboxFake.Inbox), (await bench.Mail.StateOfAsync("gone@example.net"), mail.Place));
        }

        bench.Fake.Script = request => request.Method == "POST" && !IsLogin(request) ? FakeAnswer.Drop : null; // recorded, but it cannot be moved
        Assert.Null(await bench.Mail.LookAsync());
        Assert.Equal(("bounced", MailboxFake.Inbox), (await bench.Mail.StateOfAsync("gone@example.net"), mail.Place));
        bench.Fake.Script = null;
        Assert.Equal(1, await bench.Mail.LookAsync());
        Assert.Equal(["email.bounced"], (await bench.Mail.Database.EventsAsync("gone@example.net")).Where(type => type == "email.bounced")); // once
        Assert.Equal(MailboxFake.Bin, mail.Place);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_mail_that_cannot_be_read_is_set_apart_after_some_tries_and_keeps_no_other_back(string kind)
    {
        await using Bench bench = await StartAsync(kind, ("Feedback:MaxReportBytes", "70000"));
        KeptMail broken = bench.Mailbox.Add(MailboxCase.Letter("broken")), large = bench.Mailbox.Add(MailboxCase.Letter(new string('x', 900) + string.Concat(Enumerable.Repeat("\r\n" + new string('x', 900), 99))));
        KeptMail good = bench.Mailbox.Add(await bench.Mail.BouncedAsync("gone@example.net"));
        bench.Fake.Script = request => IsFetch(request) && request.Path.Contains(Uri.EscapeDataString(broken.Id), StringComparison.Ordinal) ? Error(kind, 400, "cannotConvert", "The item could not be converted.") : null;

        Assert.Equal(1, await bench.Mail.LookAsync());
        Assert.Equal((MailboxFake.Bin, MailboxFake.Apart, MailboxFake.Inbox), (good.Place, large.Place, broken.Place));
        for (int i = 0; i < 6; i++) Assert.Equal(0, await bench.Mail.LookAsync());

        Assert.Equal(MailboxFake.Apart, broken.Place);
        Assert.Equal(5, bench.Fake.Requests.Count(request => IsFetch(request) && request.Path.Contains(Uri.EscapeDataString(broken.Id), StringComparison.Ordinal)));
        Assert.Equal((2L, null), ((await bench.Mail.StateAsync()).SetApart, (await bench.Mail.StateAsync()).FailingSince));
        Assert.Contains(bench.Mail.Log.All, line => line.Contains("was set apart", StringComparison.Ordinal) && line.Contains("could not be converted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("graph", 403, "Give the application the permission Mail.ReadWrite")]
    [InlineData("gmail", 403, "Give the login the scope https://www.googleapis.com/auth/gmail.modify")]
    [InlineData("graph", 404, "There is no such mailbox")]
    [InlineData("gmail", 404, "There is no such mailbox")]
    [InlineData("graph", 200, "not in the form that is documented")]
    [InlineData("gmail", 200, "not in the form that is documented")]
    [InlineData("graph", 302, "302")]
    [InlineData("gmail", 302, "302")]
    public async Task What_is_wrong_is_said_in_words_with_the_remedy(string kind, int status, string words)
    {
        await using Bench bench = await StartAsync(kind);
        bench.Fake.Script = request => IsLogin(request) ? null : status == 200 ? new FakeAnswer(200, "<h1>Welcome</h1>", "text/html") : Error(kind, status, "accessDenied", "Access is denied.").With("Location", "http://127.0.0.1:1/");

        Assert.Null(await bench.Mail.LookAsync());

        Assert.Contains(words, (await bench.Mail.StateAsync()).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graph", "ClientSecret", "AADSTS7000215")]
    [InlineData("gmail", "RefreshToken", "Token has been expired or revoked")]
    public async Task A_login_that_is_refused_is_told_after_a_while_and_its_end_too_and_no_secret_is(string kind, string setting, string words)
    {
        await using Bench bench = await StartAsync(kind, ($"BounceMailbox:{setting}", "ended-secret-of-this-test"));
        ServiceProvider worker = bench.Mail.Worker();

        Assert.Null(await bench.Mail.LookAsync(worker));
        Assert.DoesNotContain(MailboxCase.Alerts(worker), change => !change.IsOver);
        bench.Mail.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(await bench.Mail.LookAsync(worker));

        AlertChange raised = Assert.Single(MailboxCase.Alerts(worker));
        Assert.Equal((AlertKind.BounceMailboxFailing, null, false), (raised.Key.Kind, raised.Key.Project, raised.IsOver));
        Assert.Contains("refused the login of the bounce mailbox", raised.Facts.Reason, StringComparison.Ordinal);
        Assert.Contains(words, raised.Facts.Reason, StringComparison.Ordinal);
        Assert.InRange(bench.Mail.Clock.GetUtcNow() - raised.Facts.Since!.Value, TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(16.1));
        Assert.DoesNotContain(bench.Mail.Log.All.Append(raised.Facts.Reason), line => line!.Contains("ended-secret-of-this-test", StringComparison.Ordinal));

        bench.Settings[$"BounceMailbox:{setting}"] = bench.Good[$"BounceMailbox:{setting}"]; // set right, and restarted
        ServiceProvider restarted = bench.Mail.Worker();
        Assert.Equal(0, await bench.Mail.LookAsync(restarted));
        AlertChange over = Assert.Single(MailboxCase.Alerts(restarted));
        Assert.Equal((raised.Key, true), (over.Key, over.IsOver));
    }

    [Fact]
    public async Task The_token_goes_to_no_other_host_whatever_the_list_says()
    {
        GraphMailboxFake mailbox = new();
        await using ProviderFake elsewhere = await ProviderFake.StartAsync(new GraphMailboxFake());
        await using Bench bench = await StartAsync(mailbox, "graph");
        mailbox.Add(MailboxCase.Letter("one"));
        mailbox.NextPageAt = elsewhere.Url;

        Assert.Null(await bench.Mail.LookAsync());

        Assert.Empty(elsewhere.Requests);
        Assert.Contains("not its own", (await bench.Mail.StateAsync()).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BounceMailbox__Host", "Provider", "Pop3")]
    [InlineData("BounceMailbox__Mailbox", "Provider", "Graph")]
    [InlineData("BounceMailbox__TenantId", "Provider", "Graph", "Mailbox", "a@example.com")]
    [InlineData("BounceMailbox__ClientSecret", "Provider", "Graph", "Mailbox", "a@example.com", "TenantId", "t", "ClientId", "c")]
    [InlineData("BounceMailbox__TenantId", "Provider", "Graph", "Mailbox", "a@example.com", "TenantId", "../x", "ClientId", "c", "ClientSecret", "secret")]
    [InlineData("BounceMailbox__Mailbox", "Provider", "Graph", "Mailbox", "not an address", "TenantId", "t", "ClientId", "c", "ClientSecret", "secret")]
    [InlineData("BounceMailbox__ServiceAccount", "Provider", "Gmail", "Mailbox", "a@example.com")]
    [InlineData("BounceMailbox__RefreshToken", "Provider", "Gmail", "Mailbox", "a@example.com", "ClientId", "c", "ClientSecret", "secret")]
    [InlineData("BounceMailbox__ServiceAccount", "Provider", "Gmail", "Mailbox", "a@example.com", "ServiceAccount", "{}")]
    [InlineData("BounceMailbox__BaseUrl", "Provider", "Graph", "Mailbox", "a@example.com", "TenantId", "t", "ClientId", "c", "ClientSecret", "secret", "BaseUrl", "ftp://x")]
    [InlineData("BounceMailbox__Cloud", "Provider", "Graph", "Mailbox", "a@example.com", "TenantId", "t", "ClientId", "c", "ClientSecret", "secret", "Cloud", "mars")]
    public async Task A_setting_that_is_missing_or_cannot_be_is_named_at_the_start(string named, params string[] settings)
    {
        await using MailboxCase mail = await MailboxCase.CreateAsync(postgres, settings.Chunk(2).ToDictionary(pair => $"BounceMailbox:{pair[0]}", pair => (string?)pair[1]));

        OptionsValidationException thrown = Assert.Throws<OptionsValidationException>(() => mail.Worker().GetRequiredService<IOptions<BounceMailboxOptions>>().Value);

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    private static bool IsLogin(FakeRequest request) => request.Path.EndsWith("/token", StringComparison.Ordinal);

    private static bool IsFetch(FakeRequest request) => request.Method == "GET" && (request.Path.EndsWith("/$value", StringComparison.Ordinal) || request.Path.Contains("format=raw", StringComparison.Ordinal));

    private static FakeAnswer Error(string kind, int status, string code, string words) => kind == "graph" ? GraphFake.Error(status, code, words) : GmailFake.Error(status, code, words, "FAILED");

    private static FakeAnswer Throttled(string kind) => Error(kind, 429, kind == "graph" ? "ApplicationThrottled" : "rateLimitExceeded", "Too many requests.");

    private Task<Bench> StartAsync(string kind, params (string Name, string Value)[] more) => StartAsync(kind == "graph" ? new GraphMailboxFake() : new GmailMailboxFake(kind.EndsWith("account", StringComparison.Ordinal)), kind, more);

    private async Task<Bench> StartAsync(MailboxFake mailbox, string kind, params (string Name, string Value)[] more)
    {
        Assert.NotEmpty(kind);
        ProviderFake fake = await ProviderFake.StartAsync(mailbox);
        Dictionary<string, string?> good = Named(mailbox.WorkerSettings(fake.Url)), settings = Named(good);
        foreach ((string name, string value) in more) settings[name] = value;
        MailboxCase mail = await MailboxCase.CreateAsync(postgres, settings);
        if (mailbox is GmailMailboxFake google) google.Clock = mail.Clock;
        return new Bench(fake, mailbox, mail, settings, good);

        static Dictionary<string, string?> Named(Dictionary<string, string?> given) => new(given, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A mailbox, who keeps it, and workers that read it.</summary>
    private sealed record Bench(ProviderFake Fake, MailboxFake Mailbox, MailboxCase Mail, Dictionary<string, string?> Settings, Dictionary<string, string?> Good) : IAsyncDisposable
    {
        public int Fetches => Fake.Requests.Count(IsFetch);

        public async ValueTask DisposeAsync()
        {
            await Mail.DisposeAsync();
            await Fake.DisposeAsync();
            string[] secrets = [.. Mailbox.Secrets];
            (Mailbox as IDisposable)?.Dispose();
            Assert.Empty(Fake.Violations);
            Assert.DoesNotContain(Mail.Log.All, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        }
    }
}
