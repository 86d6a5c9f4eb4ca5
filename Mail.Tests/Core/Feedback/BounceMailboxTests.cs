using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Feedback;
using Mail.Core.Feedback.Mailboxes;
using Mail.Protocol.Pop3;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Feedback;

/// <summary>Bounces that a provider put into the sender's mailbox, on a real mailbox server.</summary>
public sealed class BounceMailboxTests(DovecotFixture dovecot, PostgresFixture postgres) : IClassFixture<DovecotFixture>
{
    private static readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_in_the_mailbox_becomes_the_recipients_fate_and_other_mail_stays()
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId message = await SentAsync(database, "gone@example.net");
        dovecot.Deliver("bounces", Bounce(message, "gone@example.net"));
        dovecot.Deliver("bounces", Bounce(MessageId.New(DateTimeOffset.UtcNow), "stranger@example.net"));
        dovecot.Deliver("bounces", Encoding.UTF8.GetBytes("From: Aunt <aunt@example.org>\r\nSubject: Sunday\r\n\r\nAre you coming?\r\n"));
        await using ServiceProvider services = Services(database, "bounces");
        BounceMailbox mailbox = services.GetRequiredService<BounceMailbox>();

        int? first = await mailbox.LookAsync(_ct), second = await mailbox.LookAsync(_ct);

        Assert.Equal((1, 0), (first, second));
        (string state, int _, int? code, string? _, DateTimeOffset? _) = await database.RecipientAsync("gone@example.net");
        Assert.Equal(("bounced", 550), (state, code));
        Assert.Contains("email.bounced", await database.EventsAsync("gone@example.net"));
        await using Pop3Connection left = await Pop3Connection.ConnectAsync(
            new() { Host = "localhost", Port = dovecot.TlsPort, UserName = "bounces", Password = DovecotFixture.Password, TrustedCaFile = dovecot.CaFile }, _ct);
        List<string> stays = [];
        foreach (Pop3Message mail in await left.ListAsync(_ct)) stays.Add(Encoding.UTF8.GetString((await left.RetrieveAsync(mail.Number, _ct)).Span));
        Assert.Equal(2, stays.Count);
        Assert.Contains(stays, mail => mail.Contains("Are you coming?", StringComparison.Ordinal));
        Assert.Contains(stays, mail => mail.Contains("stranger@example.net", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_workers_one_looks()
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        for (int i = 0; i < 30; i++) dovecot.Deliver("busy", Bounce(await SentAsync(database, Recipient(i)), Recipient(i)));
        await using ServiceProvider one = Services(database, "busy"), other = Services(database, "busy");

        int?[] looks = await Task.WhenAll(one.GetRequiredService<BounceMailbox>().LookAsync(_ct), other.GetRequiredService<BounceMailbox>().LookAsync(_ct));

        Assert.Equal(30, looks.Sum());
        Assert.Equal(30, await database.CountAsync("finished_deliveries WHERE state = 'bounced'"));

        static string Recipient(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number}@example.net");
    }

    [Fact]
    public async Task A_mailbox_without_a_password_is_told_at_the_start()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using ServiceProvider services = Services(database, "bounces", password: "");

        OptionsValidationException thrown = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<BounceMailboxOptions>>().Value);

        Assert.Contains("BounceMailbox__Password", thrown.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Services(DeliveryDatabase database, string user, string password = DovecotFixture.Password)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BounceMailbox:Host"] = "localhost", ["BounceMailbox:Port"] = dovecot.TlsPort.ToString(CultureInfo.InvariantCulture), ["BounceMailbox:UserName"] = user,
            ["BounceMailbox:Password"] = password, ["BounceMailbox:TrustedCaFile"] = dovecot.CaFile,
        }).Build());
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(database.Source);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddSingleton<Mail.Core.Database.InstallationKeys>();
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddBounceMailbox();
        return services.BuildServiceProvider();
    }

    private static async Task<MessageId> SentAsync(DeliveryDatabase database, string recipient)
    {
        await using (NpgsqlCommand project = database.Source.CreateCommand("INSERT INTO projects (id, name, created_at) VALUES ($1, 'P', now()) ON CONFLICT DO NOTHING"))
        {
            project.Parameters.AddTyped(DeliveryDatabase.Project.Value);
            await project.ExecuteNonQueryAsync(_ct);
        }

        MessageId id = await database.AddMessageAsync([recipient]);
        await using NpgsqlCommand finish = database.Source.CreateCommand("""
            WITH done AS (DELETE FROM deliveries WHERE message_id = $1 RETURNING *)
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, finished_at) SELECT project_id, message_id, id, recipient, kind, 'sent', 1, 'gmail', now() FROM done
            """);
        finish.Parameters.AddTyped(id.Value);
        await finish.ExecuteNonQueryAsync(_ct);
        return id;
    }

    private static byte[] Bounce(MessageId message, string recipient) => Encoding.UTF8.GetBytes($"""
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@provider.example>
        To: sender@example.org
        Subject: Delivery Status Notification (Failure)
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        Your message was not delivered: no such user.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; provider.example

        Final-Recipient: rfc822; {recipient}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 No such user here

        --b
        Content-Type: text/rfc822-headers

        From: Sender <sender@example.org>
        To: {recipient}
        Message-ID: <{message}@example.org>
        Subject: Hello

        --b--
        """.ReplaceLineEndings("\r\n"));
}
