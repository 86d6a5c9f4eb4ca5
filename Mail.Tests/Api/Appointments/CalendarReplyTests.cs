using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Api.Requests;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Appointments;

/// <summary>Answers of calendars (JOB-10): to the address that stood in the invitation, by our own mail exchanger, and handed in by the app.</summary>
public sealed class CalendarReplyTests(PostgresFixture postgres)
{
    private const string Camille = "Camille@Example.org";

    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Gmail_Outlook_and_Apple_answer_the_later_answer_counts_and_the_app_is_told_of_each_change()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        (string path, string uid, string address) = await InviteAsync(scene);
        scene.Clock.Advance(TimeSpan.FromHours(3));

        Assert.StartsWith("250", await ReceiveAsync(scene, address, CalendarReplyMails.Gmail(uid, address, "camille@example.org", "ACCEPTED", "20261120T130000Z")), StringComparison.Ordinal);
        Assert.Equal("accepted", await StatusAsync(scene, path));
        scene.Clock.Advance(TimeSpan.FromSeconds(1)); // events of one moment have no order
        Assert.StartsWith("250", await ReceiveAsync(scene, address.ToUpperInvariant(), CalendarReplyMails.Outlook(uid, address, Camille, "TENTATIVE", "20261120T131000Z")), StringComparison.Ordinal);
        Assert.Equal("tentative", await StatusAsync(scene, path));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("250", await ReceiveAsync(scene, address, CalendarReplyMails.Apple(uid, address, Camille, "DECLINED", "20261120T132000Z")), StringComparison.Ordinal);
        Assert.Equal("declined", await StatusAsync(scene, path));
        // What was written before comes late, and what came before comes again.
        foreach (string late in (string[])[CalendarReplyMails.Gmail(uid, address, Camille, "ACCEPTED", "20261120T130000Z"), CalendarReplyMails.Apple(uid, address, Camille, "DECLINED", "20261120T132000Z")])
            Assert.StartsWith("250", await ReceiveAsync(scene, address, late), StringComparison.Ordinal);

        JsonElement after = await scene.Client.GetAsync(path, HttpStatusCode.OK);
        Assert.Equal(("declined", "needs_action"), (Status(after, 0), Status(after, 1)));
        Assert.Equal(["created", "mailed", "mailed", "replied", "replied", "replied"], FlowScene.HistoryOf(after));
        List<JsonElement> told = await scene.ToldAsync("appointment.replied");
        Assert.Equal(
            [("accepted", "needs_action", null), ("tentative", "accepted", "Peut-être, à voir."), ("declined", "tentative", null)],
            told.Select(one => (one.GetProperty("status").GetString()!, one.GetProperty("previous_status").GetString()!, one.GetProperty("comment").GetString())));
        Assert.Equal((Camille, 9), (told[0].GetProperty("attendee").GetProperty("email").GetString(), told[0].GetProperty("metadata").GetProperty("application").GetInt32()));
    }

    [Fact]
    public async Task After_a_move_an_answer_to_the_old_time_counts_no_more_and_another_time_may_be_proposed()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        (string path, string uid, string address) = await InviteAsync(scene);
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await ReceiveAsync(scene, address, CalendarReplyMails.Gmail(uid, address, Camille, "ACCEPTED", "20261120T130000Z"));
        await scene.Client.PatchAsync(path, """{"place":"Etage 2"}""", HttpStatusCode.OK);
        Assert.Equal("accepted", await StatusAsync(scene, path)); // the time is the same
        await scene.Client.PatchAsync(path, """{"starts_at":"2026-12-04T09:00"}""", HttpStatusCode.OK);
        Assert.Equal("needs_action", await StatusAsync(scene, path));

        await ReceiveAsync(scene, address, CalendarReplyMails.Gmail(uid, address, Camille, "ACCEPTED", "20261120T133000Z", sequence: 1));
        Assert.Equal("needs_action", await StatusAsync(scene, path));
        scene.Clock.Advance(TimeSpan.FromSeconds(1)); // events of one moment have no order
        await ReceiveAsync(scene, address, CalendarReplyMails.Outlook(uid, address, Camille, "TENTATIVE", "20261120T133500Z", sequence: 2, method: "COUNTER", start: "20261205T100000"));

        JsonElement after = await scene.Client.GetAsync(path, HttpStatusCode.OK);
        Assert.Equal(("tentative", "20261205T100000"), (Status(after, 0), after.GetProperty("attendees")[0].GetProperty("proposed_start").GetString()));
        Assert.Equal(["accepted", "tentative"], (await scene.ToldAsync("appointment.replied")).Select(one => one.GetProperty("status").GetString()));
        Assert.Equal("20261205T100000", (await scene.ToldAsync("appointment.replied"))[1].GetProperty("proposed_start").GetString());
        await scene.Client.DeleteAsync(path, HttpStatusCode.OK);
        await ReceiveAsync(scene, address, CalendarReplyMails.Gmail(uid, address, Camille, "ACCEPTED", "20261120T134000Z", sequence: 2));
        Assert.Equal("tentative", await StatusAsync(scene, path)); // it was called off
    }

    [Fact]
    public async Task Nobody_answers_for_somebody_else()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        (string path, string uid, string address) = await InviteAsync(scene);
        (string other, string otherUid, _) = await InviteAsync(scene);
        string forged = (address[1] == 'a' ? "rb" : "ra") + address[2..];

        Assert.StartsWith("550 5.1.1", await ReceiveAsync(scene, forged, CalendarReplyMails.Gmail(uid, address, Camille, "ACCEPTED", "20261120T110000Z")), StringComparison.Ordinal);
        foreach (string wrong in (string[])
            [
                CalendarReplyMails.Gmail(uid, address, "marc@example.net", "DECLINED", "20261120T110000Z"), // another attendee, by this one's address
                CalendarReplyMails.Gmail(uid, address, "friend@example.com", "ACCEPTED", "20261120T110000Z"), // to whom it was passed on
                CalendarReplyMails.Gmail(otherUid, address, Camille, "ACCEPTED", "20261120T110000Z"), // another appointment
                CalendarReplyMails.Gmail("unknown@example.com", address, Camille, "ACCEPTED", "20261120T110000Z"),
                "From: camille@example.org\nSubject: Hello\n\nI come!\n",
                "From: camille@example.org\nSubject: Hello\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nnonsense\n",
            ])
        {
            Assert.StartsWith("550 5.7.1", await ReceiveAsync(scene, address, wrong), StringComparison.Ordinal);
        }

        foreach (string one in (string[])[path, other]) Assert.Equal("needs_action", await StatusAsync(scene, one));
        Assert.Empty(await scene.ToldAsync("appointment.replied"));
        Assert.Equal(0, await scene.Api.CountAsync("flow_history WHERE what = 'replied'"));
    }

    [Fact]
    public async Task Without_a_domain_of_ours_calendars_answer_to_the_organizer_and_the_app_hands_the_mail_in()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now, hasReturnDomain: false);
        (string path, string uid, string address) = await InviteAsync(scene);
        Assert.Equal("lea@helvia.example", address);
        scene.Clock.Advance(TimeSpan.FromHours(3));

        JsonElement taken = await HandInAsync(scene.Client, CalendarReplyMails.Gmail(uid, address, "camille@example.org", "ACCEPTED", "20261120T130000Z"), HttpStatusCode.OK);
        Assert.Equal(("changed", Camille, "accepted"), (taken.GetProperty("effect").GetString(), taken.GetProperty("email").GetString(), taken.GetProperty("status").GetString()));
        Assert.Equal("nothing_new", await EffectAsync(CalendarReplyMails.Gmail(uid, address, "camille@example.org", "ACCEPTED", "20261120T130000Z")));
        // From is not who answers.
        Assert.Equal("unmatched", await EffectAsync(CalendarReplyMails.Gmail(uid, address, "camille@example.org", "DECLINED", "20261120T140000Z").Replace("From: Camille Martin <camille@example.org>", "From: <marc@example.net>", StringComparison.Ordinal)));
        Assert.Equal("unmatched", await EffectAsync(CalendarReplyMails.Gmail(uid, address, "friend@example.org", "DECLINED", "20261120T140000Z")));
        Assert.Equal("no_reply", await EffectAsync("From: a@example.org\n\nHello\n"));
        await HandInAsync(scene.Client, "", HttpStatusCode.UnprocessableEntity);
        using HttpClient stranger = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        Assert.Equal("unmatched", (await HandInAsync(stranger, CalendarReplyMails.Gmail(uid, address, "camille@example.org", "DECLINED", "20261120T150000Z"), HttpStatusCode.OK)).GetProperty("effect").GetString());
        Assert.Equal("accepted", await StatusAsync(scene, path));

        async Task<string?> EffectAsync(string mail) => (await HandInAsync(scene.Client, mail, HttpStatusCode.OK)).GetProperty("effect").GetString();
    }

    private static async Task<(string Path, string Uid, string Address)> InviteAsync(FlowScene scene)
    {
        int before = scene.Sink.MessageCount;
        JsonElement made = await scene.Client.PostAsync("/appointments", AppointmentScenarioTests.Interview, HttpStatusCode.Created);
        ParsedMessage mail = (await scene.MailsAsync(before + 2)).Skip(before).Single(one => one.To[0].Address.Equals(Camille, StringComparison.OrdinalIgnoreCase));
        return ($"/appointments/{made.GetProperty("id").GetString()}", made.GetProperty("uid").GetString()!, AppointmentScenarioTests.OrganizerIn(AppointmentScenarioTests.CalendarOf(mail, "REQUEST")));
    }

    private static async Task<string> ReceiveAsync(FlowScene scene, string to, string mail)
    {
        using SmtpTalk talk = await SmtpTalk.StartAsync(scene.ReceptionPort);
        return await talk.SendAsync("camille@example.org", [to], mail);
    }

    private static async Task<JsonElement> HandInAsync(HttpClient client, string mail, HttpStatusCode expected)
    {
        using StringContent content = new(mail.ReplaceLineEndings("\r\n"), Encoding.UTF8, new MediaTypeHeaderValue("message/rfc822"));
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/inbound/calendar-reply", UriKind.Relative), content);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, body);
        return JsonElement.Parse(body);
    }

    private static async Task<string?> StatusAsync(FlowScene scene, string path) => Status(await scene.Client.GetAsync(path, HttpStatusCode.OK), 0);

    private static string? Status(JsonElement appointment, int attendee) => appointment.GetProperty("attendees")[attendee].GetProperty("status").GetString();
}
