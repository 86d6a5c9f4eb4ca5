using System.Text;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Feedback;
using Mail.Core.Feedback.Mailboxes;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;

namespace Mail.Tests.Core.Feedback;

/// <summary>A database with messages that count as sent, and workers that look into a bounce mailbox when a test says so.</summary>
internal sealed class MailboxCase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _workers = [];
    private readonly EphemeralDataProtectionProvider _keyRing = new();
    private readonly Dictionary<string, string?> _settings;

    private MailboxCase(DeliveryDatabase database, Dictionary<string, string?> settings) => (Database, _settings) = (database, settings);

    public DeliveryDatabase Database { get; }

    public ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public LogLines Log { get; } = new();

    public static async Task<MailboxCase> CreateAsync(PostgresFixture postgres, Dictionary<string, string?> settings)
    {
        DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using NpgsqlCommand project = database.Source.CreateCommand("INSERT INTO projects (id, name, created_at) VALUES ($1, 'P', now()) ON CONFLICT DO NOTHING");
        project.Parameters.AddTyped(DeliveryDatabase.Project.Value);
        await project.ExecuteNonQueryAsync();
        return new MailboxCase(database, settings);
    }

    /// <summary>Another worker: it has nothing in memory.</summary>
    public ServiceProvider Worker()
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        services.AddLogging(logging => logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Log));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Database.Source);
        services.AddSingleton<IDataProtectionProvider>(_keyRing);
        services.AddSingleton<Mail.Core.Database.InstallationKeys>();
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddBounceMailbox();
        ServiceProvider worker = services.BuildServiceProvider();
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Every look is by a worker of its own, unless a test gives one.</summary>
    public Task<int?> LookAsync(ServiceProvider? worker = null) => (worker ?? Worker()).GetRequiredService<BounceMailbox>().LookAsync(TestContext.Current.CancellationToken);

    public async Task<MailboxState> StateAsync() =>
        Assert.Single(await Worker().GetRequiredService<MailboxStore>().ListAsync(DeliveryDatabase.Project, TestContext.Current.CancellationToken));

    public static IReadOnlyList<AlertChange> Alerts(ServiceProvider worker) => worker.GetRequiredService<AlertOutbox>().Take();

    /// <summary>A message that a relay took, and the bounce of it.</summary>
    public async Task<byte[]> BouncedAsync(string recipient) => Bounce(await SentAsync(recipient), recipient);

    public async Task<MessageId> SentAsync(string recipient)
    {
        MessageId id = await Database.AddMessageAsync([recipient]);
        await using NpgsqlCommand finish = Database.Source.CreateCommand("""
            WITH done AS (DELETE FROM deliveries WHERE message_id = $1 RETURNING *)
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, finished_at) SELECT project_id, message_id, id, recipient, kind, 'sent', 1, 'gmail', now() FROM done
            """);
        finish.Parameters.AddTyped(id.Value);
        await finish.ExecuteNonQueryAsync();
        return id;
    }

    public async Task<string> StateOfAsync(string recipient) => (await Database.RecipientAsync(recipient)).Item1;

    public static byte[] Letter(string text) => Encoding.UTF8.GetBytes($"From: Aunt <aunt@example.org>\r\nSubject: Sunday\r\n\r\n{text}\r\n");

    public static byte[] Bounce(MessageId message, string recipient) => Encoding.UTF8.GetBytes($"""
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

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider worker in _workers) await worker.DisposeAsync();
        await Database.DisposeAsync();
    }
}
