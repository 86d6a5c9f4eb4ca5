using System.Text;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Protocol.Dkim;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Core.Domains;

/// <summary>What a worker sends is signed with the key of the project's own domain.</summary>
public sealed class ProjectSigningTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, string> _unsubscribe = new() { ["List-Unsubscribe"] = "<https://shop.example/u/1>", ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" };

    [Theory, InlineData("mailauth"), InlineData("dkimpy"), InlineData("opendkim")]
    public async Task Others_verify_what_the_worker_signs_and_it_covers_one_click_unsubscription(string peer)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = TestWorker.Create(database.ConnectionString, relay);
        DomainKey key = await AddDomainAsync(database, worker, "shop.example", "verified");
        await worker.StartAsync();
        await database.AddMessageAsync(["a@example.com"], from: "Shop <a@news.shop.example>", headers: _unsubscribe);
        await Eventually.TrueAsync(() => Task.FromResult(!relay.Offered.IsEmpty));
        ReadOnlyMemory<byte> mime = relay.Offered.Single().Mime;
        string signature = Encoding.ASCII.GetString(mime.Span)[..Encoding.ASCII.GetString(mime.Span).IndexOf("\r\nFrom:", StringComparison.OrdinalIgnoreCase)];

        Assert.Contains($"s={key.Selector};", signature, StringComparison.Ordinal);
        Assert.Contains("d=shop.example;", signature, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe:", signature.Replace("\r\n\t", "", StringComparison.Ordinal).Replace("\r\n ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("List-Unsubscribe-Post", signature, StringComparison.OrdinalIgnoreCase);
        string folder = Directory.CreateTempSubdirectory("mail-signing-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "signed.eml"), mime.ToArray());
            Dictionary<string, string> verdicts = await DkimPeers.VerifyAsync(peer, folder, ["signed.eml"], new Dictionary<string, DkimKeyRecord> { [$"{key.Selector}._domainkey.shop.example"] = DkimKeyRecord.Parse(key.Record) });
            Assert.Equal("pass", verdicts["signed.eml"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Only_the_projects_own_usable_domains_sign_the_installations_key_where_there_is_none_and_nothing_twice()
    {
        using DkimRsaKey installation = DkimRsaKey.Generate();
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using TestWorker worker = TestWorker.Create(
            database.ConnectionString, new FakeRelay(), new() { ["DKIM_DOMAIN"] = "example.org", ["DKIM_SELECTOR"] = "s1", ["DKIM_PRIVATE_KEY"] = installation.ToPem() });
        await AddDomainAsync(database, worker, "shop.example", "temporary_failure");
        await AddDomainAsync(database, worker, "gone.example", "failed");
        await AddDomainAsync(database, worker, "alone.example", "verified", includesSubdomains: false);
        await AddDomainAsync(database, worker, "mine.example.org", "verified");
        ProjectSigning signing = worker.Services.GetRequiredService<ProjectSigning>();

        Assert.Equal("shop.example", await SignerAsync("a@shop.example"));
        Assert.Equal("shop.example", await SignerAsync("a@b.c.SHOP.example"));
        Assert.Null(await SignerAsync("a@gone.example"));
        Assert.Equal("alone.example", await SignerAsync("a@alone.example"));
        Assert.Null(await SignerAsync("a@b.alone.example"));
        Assert.Equal("mine.example.org", await SignerAsync("a@mine.example.org"));
        Assert.Equal("example.org", await SignerAsync("a@example.org"));
        Assert.Null(await SignerAsync("a@shop.example", project: DeliveryDatabase.OtherProject));
        Assert.Null(await SignerAsync("a@shop.example", "Subject: x\r\nDKIM-SIGNATURE: v=1; d=other.example\r\n\r\nBody\r\n"));
        Assert.Null(await SignerAsync("a@example.org", "dkim-signature: v=1; d=other.example\r\n\r\nBody\r\n"));
        Assert.Null(await SignerAsync("a@shop.example", "Content-Type: Multipart/Signed; boundary=x\r\n\r\nBody\r\n"));
        Assert.Equal("shop.example", await SignerAsync("a@shop.example", "Content-Type: text/plain\r\n\r\nmultipart/signed\r\nDKIM-Signature: in the body\r\n"));

        async Task<string?> SignerAsync(string from, string rest = "Subject: Hello\r\n\r\nBody\r\n", ProjectId? project = null)
        {
            byte[] mime = Encoding.ASCII.GetBytes($"From: {from}\r\n{rest}");
            ReadOnlyMemory<byte> signed = await signing.SignAsync(project ?? DeliveryDatabase.Project, EmailAddress.Parse(from), mime, CancellationToken.None);
            if (signed.Span.SequenceEqual(mime)) return null;
            string field = Encoding.ASCII.GetString(signed.Span)[..^mime.Length];
            int start = field.IndexOf("d=", StringComparison.Ordinal) + 2;
            return field[start..field.IndexOf(';', start)];
        }
    }

    [Fact]
    public async Task A_key_whose_key_ring_is_gone_leaves_mail_unsigned_and_says_so()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using TestWorker worker = TestWorker.Create(database.ConnectionString, new FakeRelay());
        await AddDomainAsync(database, worker, "shop.example", "verified", privateKey: "CfDJ8lost");

        ReadOnlyMemory<byte> sent = await worker.Services.GetRequiredService<ProjectSigning>().SignAsync(DeliveryDatabase.Project, EmailAddress.Parse("a@shop.example"), "From: a@shop.example\r\n\r\nx\r\n"u8.ToArray(), CancellationToken.None);

        Assert.StartsWith("From:", Encoding.ASCII.GetString(sent.Span), StringComparison.Ordinal);
        Assert.Contains(worker.Log.All, line => line.Contains("its mail leaves unsigned", StringComparison.Ordinal));
    }

    internal static async Task<DomainKey> AddDomainAsync(
        DeliveryDatabase database, TestWorker worker, string name, string status, bool includesSubdomains = true, string? privateKey = null, DateTimeOffset? nextCheckAt = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DomainId id = DomainId.New(now);
        DomainKey key = worker.Services.GetRequiredService<DomainSecrets>().Create(DeliveryDatabase.Project, id, DomainKeyState.Active, now);
        await using NpgsqlCommand insert = database.Source.CreateCommand("""
            WITH project AS (INSERT INTO projects (id, name, created_at) VALUES ($1, 'Test', $3) ON CONFLICT (id) DO NOTHING),
                 domain AS (INSERT INTO domains (project_id, id, name, shown_name, status, includes_subdomains, created_at, updated_at, verified_at, next_check_at) VALUES ($1, $2, $4, $4, $5, $6, $3, $3, $3, $7))
            INSERT INTO domain_keys (project_id, domain_id, selector, record, private_key, state, created_at) VALUES ($1, $2, $8, $9, $10, 'active', $3)
            """);
        insert.Parameters.AddTyped(DeliveryDatabase.Project.Value).AddTyped(id.Value).AddTyped(now.UtcDateTime).AddTyped(name).AddTyped(status).AddTyped(includesSubdomains)
            .AddTyped((nextCheckAt ?? now.AddDays(1)).UtcDateTime).AddTyped(key.Selector).AddTyped(key.Record).AddTyped(privateKey ?? key.PrivateKey);
        await insert.ExecuteNonQueryAsync();
        return key;
    }
}
