using System.Net;
using Mail.Core.Flows;
using Mail.Tests.Api.Appointments;
using Mail.Tests.Api.Invitations;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Requests;

/// <summary>Flows that are over go with the project's days of history; what still waits stays, however old it is.</summary>
public sealed class FlowRemovalTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Requests_and_appointments_go_with_their_histories_after_the_days_of_history_and_not_a_day_before()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now, work: false);
        await scene.Client.PatchAsync("/project", """{"retention":{"content_days":5,"history_days":10}}""", HttpStatusCode.OK);
        const string Ask = """{"title":"T","choices":[{"key":"a","label":"A"},{"key":"b","label":"B"}],"person":{"email":"jo@example.org"},"deadline":"2027-11-01T12:00:00Z"}""";
        string over = (await scene.Client.PostAsync("/requests", Ask, HttpStatusCode.Created)).GetProperty("id").GetString()!, waits = (await scene.Client.PostAsync("/requests", Ask, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await scene.Client.PostAsync($"/requests/{over}/cancel", "", HttpStatusCode.OK);
        string appointment = (await scene.Client.PostAsync("/appointments", AppointmentScenarioTests.Interview, HttpStatusCode.Created)).GetProperty("id").GetString()!; // on 3 December
        FlowRemoval removal = new(scene.Api.Database, scene.Clock);

        scene.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, await removal.RunAsync(TestContext.Current.CancellationToken));
        scene.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await removal.RunAsync(TestContext.Current.CancellationToken));
        await scene.Client.GetAsync($"/requests/{over}", HttpStatusCode.NotFound);
        await scene.Client.GetAsync($"/requests/{waits}", HttpStatusCode.OK);
        await scene.Client.GetAsync($"/appointments/{appointment}", HttpStatusCode.OK);
        Assert.Equal(0, await scene.Api.CountAsync($"flow_history WHERE subject_id = '{over}'"));

        scene.Clock.Advance(TimeSpan.FromDays(13));
        Assert.Equal(1, await removal.RunAsync(TestContext.Current.CancellationToken));
        await scene.Client.GetAsync($"/appointments/{appointment}", HttpStatusCode.NotFound);
        Assert.Equal((0, 0), (await scene.Api.CountAsync("appointment_attendees"), await scene.Api.CountAsync($"flow_history WHERE subject_id = '{appointment}'")));
        await scene.Client.GetAsync($"/requests/{waits}", HttpStatusCode.OK);
        Assert.NotEqual(0, await scene.Api.CountAsync($"flow_history WHERE subject_id = '{waits}'"));
    }

    /// <summary>JOB-12: candidates are not kept for ever.</summary>
    [Fact]
    public async Task Candidates_go_with_their_timelines_when_their_link_and_their_last_event_are_old_and_who_was_never_invited_stays()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        await scene.Client.PatchAsync("/project", """{"retention":{"content_days":5,"history_days":10}}""", HttpStatusCode.OK);
        string campaign = await scene.CampaignAsync();
        await BulkInviteTests.ImportAsync(scene.Client, campaign, "application_id,email\nNEW,new@example.com\n");
        foreach (string application in (string[])["OLD", "LATE", "LONG", "OTHER"]) await scene.LinkAsync(application, $"{application}@example.com", more: $",\"campaign_id\":\"{campaign}\"");
        string late = await IdAsync("LATE");
        await scene.SendAsync(await IdAsync("OLD"));
        await scene.Client.PostAsync($"/campaigns/{campaign}/candidates/{await IdAsync("LONG")}/extend", $$"""{"expires_at":"{{scene.Clock.GetUtcNow().AddDays(60):O}}"}""", HttpStatusCode.OK);
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync()); // keeps for ninety days
        await other.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"X","candidate_email":"x@example.com","title":"T","target_url":"{{InvitationScene.Target}}"}""", HttpStatusCode.Created);
        FlowRemoval removal = new(scene.Api.Database, scene.Clock);

        scene.Clock.Advance(TimeSpan.FromDays(16));
        Assert.Equal(0, await removal.RunAsync(TestContext.Current.CancellationToken));
        await scene.Client.PatchAsync($"/campaigns/{campaign}/candidates/{late}", """{"name":"Late"}""", HttpStatusCode.OK);
        scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(2, await removal.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("LATE,LONG,NEW,X", await scene.ScalarAsync<string>("SELECT string_agg(application_id, ',' ORDER BY application_id) FROM candidates"));
        Assert.Equal(0, await scene.Api.CountAsync("candidate_events e WHERE NOT EXISTS (SELECT FROM candidates c WHERE c.id = e.candidate_id)"));
        Assert.Equal((0, 1), (await scene.Api.CountAsync("candidate_mails"), await scene.Api.CountAsync("messages")));
        Assert.Equal(0, await removal.RunAsync(TestContext.Current.CancellationToken));

        async Task<string> IdAsync(string application)
        {
            await using NpgsqlCommand find = scene.Api.Database.CreateCommand("SELECT id FROM candidates WHERE application_id = $1");
            find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = application });
            return (await find.ExecuteScalarAsync(TestContext.Current.CancellationToken))!.ToString()!;
        }
    }
}
