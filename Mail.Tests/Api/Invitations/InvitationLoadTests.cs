using System.Diagnostics;
using System.Globalization;
using System.Net;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>Ten thousand candidates in one campaign, and what following their mails costs others.</summary>
public sealed class InvitationLoadTests(PostgresFixture postgres)
{
    [Fact, Trait("Category", "Load")]
    public async Task Ten_thousand_are_invited_in_less_than_fifteen_seconds_until_accepted()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        scene.Inbox.Script = _ => null;
        string campaign = await scene.CampaignAsync(",\"remind_before_minutes\":1440");
        await BulkInviteTests.ImportAsync(scene.Client, campaign, BulkInviteTests.Many(10_000));

        long began = Stopwatch.GetTimestamp();
        await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "", HttpStatusCode.Accepted);
        await BulkInviteTests.FinishedAsync(scene, campaign);
        TimeSpan took = Stopwatch.GetElapsedTime(began);

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"10,000 invited in {took.TotalSeconds:F1} s, {scene.Inbox.MessageCount} of them with the relay by then"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"10,000 invited in {took.TotalSeconds:F1} s, {scene.Inbox.MessageCount} of them with the relay by then"));
        Assert.Equal(10_000, await scene.Api.CountAsync("candidates WHERE sends = 1"));
        Assert.True(took < TimeSpan.FromSeconds(15), $"{took.TotalSeconds:F1} s");
    }

    /// <summary>Events of mail that is no invitation, in batches as the worker writes them, with the trigger and without, while a hundred thousand mails are invitations.</summary>
    [Fact, Trait("Category", "Load")]
    public async Task Following_invitations_costs_other_mail_next_to_nothing()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        await BulkInviteTests.ImportAsync(scene.Client, campaign, BulkInviteTests.Many(10_000));
        await scene.ScalarAsync<object>("WITH new AS (INSERT INTO candidate_mails SELECT project_id, gen_random_uuid(), id FROM candidates, generate_series(1, 10) RETURNING 1) SELECT count(*) FROM new");
        double with = await WriteAsync(scene), without = double.MaxValue;
        await scene.ScalarAsync<object>("SELECT 1 FROM (SELECT 1) x");
        await using (Npgsql.NpgsqlCommand off = scene.Api.Database.CreateCommand("ALTER TABLE events DISABLE TRIGGER candidate_reports")) await off.ExecuteNonQueryAsync();
        without = await WriteAsync(scene);
        await using (Npgsql.NpgsqlCommand on = scene.Api.Database.CreateCommand("ALTER TABLE events ENABLE TRIGGER candidate_reports")) await on.ExecuteNonQueryAsync();
        with = Math.Min(with, await WriteAsync(scene));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"An event costs {with:F2} µs with the trigger, {without:F2} µs without"));
        Assert.True(with - without < 10, $"{with:F2} µs with, {without:F2} µs without");
    }

    /// <returns>Microseconds for an event: the best of five times 200 batches of 100.</returns>
    private static async Task<double> WriteAsync(InvitationScene scene)
    {
        const string Batch = "INSERT INTO events (project_id, message_id, id, type, created_at, recipient) SELECT p.id, gen_random_uuid(), gen_random_uuid(), 'email.sent', now(), 'a@example.com' FROM projects p, generate_series(1, 100)";
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long began = Stopwatch.GetTimestamp();
            await using Npgsql.NpgsqlConnection connection = await scene.Api.Database.OpenConnectionAsync();
            await using Npgsql.NpgsqlTransaction transaction = await connection.BeginTransactionAsync(); // without the disk
            for (int i = 0; i < 200; i++)
            {
                await using Npgsql.NpgsqlCommand command = new(Batch, connection);
                await command.ExecuteNonQueryAsync();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / 20_000);
        }

        return best;
    }
}
