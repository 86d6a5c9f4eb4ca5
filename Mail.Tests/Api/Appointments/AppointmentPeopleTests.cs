using System.Net;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Api.Requests;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Appointments;

/// <summary>Who is invited to an appointment changes after it was made (JOB-10).</summary>
public sealed class AppointmentPeopleTests(PostgresFixture postgres)
{
    private const string Camille = """{"email":"camille@example.org","name":"Camille Martin","locale":"fr","time_zone":"Europe/Paris"}""", Marc = """{"email":"marc@example.net","name":"Marc"}""", Zoe = """{"email":"zoe@example.net","name":"Zoé","locale":"en"}""";

    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_is_new_is_invited_who_is_missing_is_called_off_and_the_others_hear_nothing_and_keep_their_answers()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        JsonElement made = await scene.Client.PostAsync("/appointments", AppointmentScenarioTests.Interview, HttpStatusCode.Created);
        string path = $"/appointments/{made.GetProperty("id").GetString()}", uid = made.GetProperty("uid").GetString()!;
        ParsedMessage camille = (await scene.MailsAsync(2)).Single(mail => mail.To[0].Address == "Camille@example.org"), marc = (await scene.MailsAsync(2)).Single(mail => mail.To[0].Address == "marc@example.net");
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await ReceiveAsync(scene, AppointmentScenarioTests.OrganizerIn(AppointmentScenarioTests.CalendarOf(camille, "REQUEST")), uid, "camille@example.org", "20261120T130000Z");

        JsonElement changed = await scene.Client.PatchAsync(path, $$"""{"attendees":[{{Zoe}},{{Camille}}],"message":"Zoé vient."}""", HttpStatusCode.OK);

        Assert.Equal([("zoe@example.net", "needs_action"), ("camille@example.org", "accepted")], People(changed));
        Assert.Equal(1, changed.GetProperty("sequence").GetInt32());
        List<ParsedMessage> told = [.. (await scene.MailsAsync(4)).Skip(2)];
        string invited = AppointmentScenarioTests.CalendarOf(told.Single(mail => mail.To[0].Address == "zoe@example.net"), "REQUEST"), off = AppointmentScenarioTests.CalendarOf(told.Single(mail => mail.To[0].Address == "marc@example.net"), "CANCEL");
        foreach (string calendar in (string[])[invited, off])
        {
            Assert.Contains($"\r\nUID:{uid}\r\n", calendar, StringComparison.Ordinal);
            Assert.Contains("\r\nSEQUENCE:1\r\n", calendar, StringComparison.Ordinal);
        }

        // Who was called off is nobody any more; who is new may answer, and so may who stayed, whose calendar knows the first version alone.
        Assert.StartsWith("550", await ReceiveAsync(scene, AppointmentScenarioTests.OrganizerIn(AppointmentScenarioTests.CalendarOf(marc, "REQUEST")), uid, "marc@example.net", "20261120T133000Z"), StringComparison.Ordinal);
        await ReceiveAsync(scene, AppointmentScenarioTests.OrganizerIn(invited), uid, "zoe@example.net", "20261120T134000Z", sequence: 1);
        await ReceiveAsync(scene, AppointmentScenarioTests.OrganizerIn(AppointmentScenarioTests.CalendarOf(camille, "REQUEST")), uid, "camille@example.org", "20261120T135000Z", status: "TENTATIVE");
        JsonElement after = await scene.Client.GetAsync(path, HttpStatusCode.OK);
        Assert.Equal([("zoe@example.net", "accepted"), ("camille@example.org", "tentative")], People(after));
        Assert.Equal(["created", "mailed", "mailed", "replied", "updated", "mailed", "mailed", "replied", "replied"], FlowScene.HistoryOf(after));

        // Who is invited again is so by a calendar that is newer than the one that took leave.
        await scene.Client.PatchAsync(path, $$"""{"attendees":[{{Zoe}},{{Camille}},{{Marc}}]}""", HttpStatusCode.OK);
        ParsedMessage again = (await scene.MailsAsync(5))[4];
        Assert.Equal("marc@example.net", again.To[0].Address);
        Assert.Contains("\r\nSEQUENCE:2\r\n", AppointmentScenarioTests.CalendarOf(again, "REQUEST"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_time_and_other_people_at_once_are_told_to_each_as_it_concerns_them()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        JsonElement made = await scene.Client.PostAsync("/appointments", AppointmentScenarioTests.Interview, HttpStatusCode.Created);
        await scene.MailsAsync(2);

        await scene.Client.PatchAsync($"/appointments/{made.GetProperty("id").GetString()}", $$"""{"starts_at":"2026-12-04T09:00","attendees":[{{Camille}},{{Zoe}}]}""", HttpStatusCode.OK);

        List<ParsedMessage> told = [.. (await scene.MailsAsync(5)).Skip(2)];
        Assert.StartsWith("Nouvel horaire", told.Single(mail => mail.To[0].Address == "camille@example.org").Subject, StringComparison.Ordinal);
        AppointmentScenarioTests.CalendarOf(told.Single(mail => mail.To[0].Address == "zoe@example.net"), "REQUEST");
        AppointmentScenarioTests.CalendarOf(told.Single(mail => mail.To[0].Address == "marc@example.net"), "CANCEL");
    }

    [Fact]
    public async Task Another_name_or_language_is_noted_without_a_mail_and_wrong_people_are_refused_by_the_field_with_nothing_changed()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        JsonElement made = await scene.Client.PostAsync("/appointments", AppointmentScenarioTests.Interview, HttpStatusCode.Created);
        string path = $"/appointments/{made.GetProperty("id").GetString()}";
        await scene.MailsAsync(2);
        await scene.Client.PostAsync("/suppressions", """{"email":"no@example.net","reason":"manual"}""", HttpStatusCode.Created);

        JsonElement named = await scene.Client.PatchAsync(path, $$"""{"attendees":[{"email":"CAMILLE@example.org","name":"Camille M."},{{Marc}}]}""", HttpStatusCode.OK);
        Assert.Equal(("Camille M.", 0), (named.GetProperty("attendees")[0].GetProperty("name").GetString(), named.GetProperty("sequence").GetInt32()));
        await scene.Client.PatchAsync(path, $$"""{"attendees":[{"email":"CAMILLE@example.org","name":"Camille M."},{{Marc}}]}""", HttpStatusCode.OK); // nothing new
        foreach ((string body, string field) in ((string, string)[])
        [
            ("""{"attendees":[]}""", "`attendees`"), ("""{"attendees":null}""", "`attendees`"), ("""{"attendees":[null]}""", "`attendees.0.email`"), ($$"""{"attendees":[{{Marc}},{{Marc}}]}""", "`attendees.1.email`"),
            ($$"""{"attendees":[{{Marc}},{"email":"no@example.net"}]}""", "`attendees.1.email`"), ($$"""{"attendees":[{{string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"email":"a{{i}}@example.net"}"""))}}]}""", "`attendees`"),
        ])
            Assert.Contains(field, (await scene.Client.PatchAsync(path, body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        await scene.SettledAsync();
        JsonElement after = await scene.Client.GetAsync(path, HttpStatusCode.OK);
        Assert.Equal(["created", "mailed", "mailed", "updated"], FlowScene.HistoryOf(after));
        Assert.Equal((2, 2), (scene.Sink.MessageCount, after.GetProperty("attendees").GetArrayLength()));
    }

    private static IEnumerable<(string?, string?)> People(JsonElement appointment) => appointment.GetProperty("attendees").EnumerateArray().Select(one => (one.GetProperty("email").GetString(), one.GetProperty("status").GetString()));

    private static async Task<string> ReceiveAsync(FlowScene scene, string to, string uid, string who, string stamp, int sequence = 0, string status = "ACCEPTED")
    {
        using SmtpTalk talk = await SmtpTalk.StartAsync(scene.ReceptionPort);
        return await talk.SendAsync(who, [to], CalendarReplyMails.Gmail(uid, to, who, status, stamp, sequence));
    }
}
