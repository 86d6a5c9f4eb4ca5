using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Projects;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-2, BOX-9: credentials are shown once, and stand nowhere in clear.</summary>
public sealed class MailboxSecrecyTests(PostgresFixture postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Credentials_stand_in_no_table_log_or_trace(bool usesOurSubmission)
    {
        ConcurrentQueue<string> spans = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == MailTelemetry.Name || source.Name == "Npgsql", Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.UsesOurSubmission = usesOurSubmission;
        await scene.App.StartAsync();
        cloud.Script("issue_credentials", Problems.Down); // a line about a failure too
        Mailbox mailbox = await scene.ActiveAsync();
        string before = await EverythingAsync(scene);

        MailboxCredentials credentials = (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Value;
        string after = await EverythingAsync(scene);

        string password = credentials.Password;
        Assert.True(password.Length >= 20);
        foreach (string hidden in (string[])[password, Convert.ToBase64String(Encoding.UTF8.GetBytes(password)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(password))])
        {
            Assert.DoesNotContain(hidden, before, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, after, StringComparison.Ordinal);
        }

        Assert.NotEmpty(spans);
        Assert.Contains(spans, span => span.StartsWith("mailbox issue_credentials", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => span.Contains(password, StringComparison.Ordinal));
        Assert.Contains(scene.App.Log.All, line => line.Contains("is active", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.App.Log.All, line => line.Contains(password, StringComparison.Ordinal) || line.Contains(mailbox.Address, StringComparison.Ordinal));
        Assert.DoesNotContain(password, $"{credentials}", StringComparison.Ordinal);
        Assert.Null(await scene.Bus.AskAsync<object>("SELECT credentials FROM mailboxes") as string);
        Assert.Equal("credentials_shown", (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Failure?.Code);
        Assert.Equal((true, false), ((await scene.NowAsync(mailbox.Id)).CredentialsShownAt is not null, (await scene.NowAsync(mailbox.Id)).HasCredentials));
    }

    [Fact]
    public async Task The_column_is_useless_in_another_row_and_without_the_key_ring()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        await scene.App.StartAsync();
        Mailbox mine = await scene.ActiveAsync("mine"), theirs = await scene.ActiveAsync("theirs");

        await scene.Bus.ExecuteAsync($"UPDATE mailboxes SET credentials = (SELECT credentials FROM mailboxes WHERE id = '{theirs.Id}') WHERE id = '{mine.Id}'");
        Result<MailboxCredentials> moved = await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mine.Id, MailboxScene.By, default);
        await scene.Bus.ExecuteAsync("DELETE FROM data_protection_keys");
        MailboxSetup without = scene.NewHost(scene.Kind).Services.GetRequiredService<MailboxSetup>();
        Result<MailboxCredentials> lost = await without.TakeCredentialsAsync(MailboxScene.Access, theirs.Id, MailboxScene.By, default);

        Assert.Equal("credentials_unreadable", moved.Failure?.Code);
        Assert.Equal("credentials_unreadable", lost.Failure?.Code);
    }

    [Fact]
    public async Task A_password_for_our_own_submission_works_as_long_as_the_mailbox_does()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.UsesOurSubmission = true;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        ApiKeyLookup keys = scene.NewHost(scene.Kind).Services.GetRequiredService<ApiKeyLookup>(); // remembers nothing
        async Task<bool> SignsInAsync(string password) => await scene.NewHost(scene.Kind).Services.GetRequiredService<ApiKeyLookup>().FindAsync(password, default) is not null;

        MailboxCredentials first = (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Value;
        Assert.Equal(("smtp.boxes.example", 2587, mailbox.Address), (first.Server, first.Port, first.UserName));
        Assert.Equal([mailbox.Address], (await keys.FindAsync(first.Password, default))!.FromDomains); // it sends as that address alone
        await scene.Setup.RotateAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        MailboxCredentials second = (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Value;
        Assert.Equal((false, true), (await SignsInAsync(first.Password), await SignsInAsync(second.Password)));
        await scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        Assert.False(await SignsInAsync(second.Password));
        await scene.Setup.ResumeAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        Assert.True(await SignsInAsync(second.Password));

        await scene.Setup.DeleteAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        Assert.False(await SignsInAsync(second.Password));
        Assert.Equal(0, await scene.Bus.AskAsync<long>("SELECT count(*) FROM api_keys WHERE mailbox_id IS NOT NULL"));
    }

    /// <summary>Every row of every table.</summary>
    private static async Task<string> EverythingAsync(MailboxScene scene)
    {
        List<string> tables = [];
        await using (NpgsqlCommand list = scene.Bus.Source.CreateCommand("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"))
        {
            await using NpgsqlDataReader reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        StringBuilder all = new();
        foreach (string table in tables)
        {
#pragma warning disable CA2100 // names of tables
            await using NpgsqlCommand rows = scene.Bus.Source.CreateCommand($"SELECT t::text FROM {table} t");
#pragma warning restore CA2100
            await using NpgsqlDataReader reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync()) all.AppendLine(reader.GetString(0));
        }

        return all.ToString();
    }
}
