using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Api.Requests;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Appointments;

/// <summary>Interview appointments by iCalendar (JOB-10): what arrives at the attendees' servers, by our reader and by others.</summary>
public sealed class AppointmentScenarioTests(PostgresFixture postgres)
{
    internal const string Interview = """
        {"title":"Développeuse .NET","company":"Helvia","starts_at":"2026-12-03T10:00","time_zone":"Europe/Zurich","duration_minutes":45,"place":"Rue du Rhône 14, Genève","join_url":"https://meet.helvia.example/abc",
         "organizer":{"name":"Lea Huber","email":"lea@helvia.example"},"attendees":[{"email":"Camille@Example.org","name":"Camille Martin","locale":"fr","time_zone":"Europe/Paris"},{"email":"marc@example.net","name":"Marc, F.","locale":"en"}],
         "description":"Zweites Gespräch; bitte Ausweis mitbringen","interviewers":"Lea Huber, Marc Favre","metadata":{"application":9}}
        """;

    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_invitation_a_change_and_a_cancellation_reach_calendars_by_one_uid_and_growing_sequences()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        JsonElement made = await scene.Client.PostAsync("/appointments", Interview, HttpStatusCode.Created);
        string path = $"/appointments/{Text(made, "id")}";
        List<ParsedMessage> invited = await scene.MailsAsync(2);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Client.PatchAsync(path, """{"starts_at":"2026-12-04T14:30","message":"Désolés !"}""", HttpStatusCode.OK);
        List<ParsedMessage> moved = [.. (await scene.MailsAsync(4)).Skip(2)];
        await scene.Client.PatchAsync(path, """{"starts_at":"2026-12-04T14:30","title":"Développeuse .NET"}""", HttpStatusCode.OK); // nothing new
        await scene.Client.PatchAsync(path, """{"place":"Étage 3"}""", HttpStatusCode.OK);
        List<ParsedMessage> elsewhere = [.. (await scene.MailsAsync(6)).Skip(4)];
        await scene.Client.DeleteAsync(path, HttpStatusCode.OK);
        List<ParsedMessage> cancelled = [.. (await scene.MailsAsync(8)).Skip(6)];

        foreach ((List<ParsedMessage> mails, string method, int sequence, string start, string template) in ((List<ParsedMessage>, string, int, string, string)[])
            [(invited, "REQUEST", 0, "20261203T100000", "interview"), (moved, "REQUEST", 1, "20261204T143000", "moved"), (elsewhere, "REQUEST", 2, "20261204T143000", "elsewhere"), (cancelled, "CANCEL", 3, "20261204T143000", "off")])
        {
            foreach (ParsedMessage mail in mails)
            {
                string calendar = CalendarOf(mail, method);
                Assert.Contains($"\r\nMETHOD:{method}\r\n", calendar, StringComparison.Ordinal);
                Assert.Contains($"\r\nUID:{Text(made, "uid")}\r\n", calendar, StringComparison.Ordinal);
                Assert.Contains($"\r\nSEQUENCE:{sequence}\r\n", calendar, StringComparison.Ordinal);
                Assert.Contains($"DTSTART;TZID=Europe/Zurich:{start}\r\n", calendar, StringComparison.Ordinal);
                Assert.Equal(1, Unfolded(calendar).Split("\r\nATTENDEE").Length - 1); // each sees themself
                Assert.Contains(mail.To[0].Address, Unfolded(calendar), StringComparison.Ordinal);
                Assert.Matches(@"ORGANIZER;CN=Lea Huber:mailto:r[a-z2-7]{63}@bounce\.test\r\n", Unfolded(calendar));
                Assert.Equal("lea@helvia.example", mail.ReplyTo[0].Address);
            }

            Assert.Equal(2, mails.Select(mail => OrganizerIn(CalendarOf(mail, method))).Distinct().Count());
        }

        ParsedMessage camille = moved.Single(mail => mail.To[0].Address == "Camille@example.org");
        Assert.StartsWith("Nouvel horaire", camille.Subject, StringComparison.Ordinal);
        Assert.Contains("4 décembre 2026", camille.TextBody, StringComparison.Ordinal);
        Assert.Contains("3 décembre 2026", camille.TextBody, StringComparison.Ordinal);
        Assert.StartsWith("Changed: ", elsewhere.Single(mail => mail.To[0].Address == "marc@example.net").Subject, StringComparison.Ordinal);
        Assert.StartsWith("Annulé", cancelled.Single(mail => mail.To[0].Address == "Camille@example.org").Subject, StringComparison.Ordinal);
        await scene.Client.PatchAsync(path, """{"place":"x"}""", HttpStatusCode.Conflict);
        await scene.Client.PostAsync($"{path}/cancel", "", HttpStatusCode.Conflict);
        JsonElement after = await scene.Client.GetAsync(path, HttpStatusCode.OK);
        Assert.Equal(("cancelled", 3), (Text(after, "state"), after.GetProperty("sequence").GetInt32()));
        Assert.Equal(["created", "mailed", "mailed", "updated", "mailed", "mailed", "updated", "mailed", "mailed", "cancelled", "mailed", "mailed"], FlowScene.HistoryOf(after));
    }

    /// <summary>Python's own parser of mail, and two libraries of calendars, on the bytes that arrived.</summary>
    [Fact]
    public async Task Others_read_what_arrived_as_we_meant_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "Python is missing.");
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now);
        JsonElement made = await scene.Client.PostAsync("/appointments", Interview, HttpStatusCode.Created);
        await scene.MailsAsync(2);
        byte[] raw = scene.Sink.Messages.Single(message => message.Recipients[0] == "marc@example.net").Raw;

        const string Script = """
            import email, email.policy, json, sys
            mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            parts = [(p.get_content_type(), p.get_param("method"), p.get_content_disposition(), p.get_filename()) for p in mail.walk() if not p.is_multipart()]
            inline = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
            attached = next(p for p in mail.walk() if p.get_content_disposition() == "attachment")
            structure = [p.get_content_type() for p in mail.walk() if p.is_multipart()]
            print(json.dumps({"parts": parts, "structure": structure, "calendar": inline.get_content(), "same": attached.get_content().decode() == inline.get_content().replace("\r\n", "\n").replace("\n", "\r\n"), "defects": len(mail.defects)}))
            """;
        JsonElement mail = JsonElement.Parse(await RunAsync("/usr/bin/python3", ["-c", Script], raw));

        Assert.Equal(["multipart/mixed", "multipart/alternative"], mail.GetProperty("structure").EnumerateArray().Select(one => one.GetString()).Where(type => type != "multipart/related"));
        Assert.Equal(["text/plain", "text/html", "text/calendar", "application/ics"], mail.GetProperty("parts").EnumerateArray().Select(part => part[0].GetString()));
        Assert.Equal(("REQUEST", "invite.ics", 0, true), (mail.GetProperty("parts")[2][1].GetString(), mail.GetProperty("parts")[3][3].GetString(), mail.GetProperty("defects").GetInt32(), mail.GetProperty("same").GetBoolean()));
        byte[] calendar = Encoding.UTF8.GetBytes(mail.GetProperty("calendar").GetString()!);
        string peers = Repository.Path("Mail.Tests", "Protocol", "Calendar", "Peers");
        List<(string Program, string[] Arguments)> readers = [];
        if (await RunAsync("/usr/bin/python3", ["-c", "import importlib.util; print(importlib.util.find_spec('icalendar') is not None)"], []) is ['T', ..]) readers.Add(("/usr/bin/python3", [Path.Combine(peers, "read.py")]));
        if (Directory.Exists(Repository.Path("Mail.Tests", "Protocol", "Peers", "node_modules", "ical.js"))) readers.Add(("node", [Path.Combine(peers, "read.mjs")]));
        foreach ((string program, string[] arguments) in readers)
        {
            JsonElement read = JsonElement.Parse(await RunAsync(program, arguments, calendar));
            Assert.Equal(("REQUEST", Text(made, "uid"), "2026-12-03T09:00:00+00:00", "Développeuse .NET — Helvia"), (Read("method"), Read("uid"), Read("start"), Read("summary")));

            string? Read(string name) => read.EnumerateObject().Single(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.GetString();
        }
    }

    [Theory]
    [InlineData("{}", "Missing `starts_at` field.")]
    [InlineData("MORE \"title\":null", "Missing `title` field.")]
    [InlineData("MORE \"title\":\"a\\r\\nDTSTART:1\"", "`title` ")]
    [InlineData("MORE \"place\":\"a\\u0000\"", "`place` ")]
    [InlineData("MORE \"starts_at\":\"2020-01-01T00:00:00Z\"", "`starts_at` must be ahead")]
    [InlineData("MORE \"starts_at\":\"2027-03-28T02:30\"", "`starts_at` is a time that the clocks of Europe/Zurich skip.")]
    [InlineData("MORE \"starts_at\":\"soon\"", "`starts_at` is not a time")]
    [InlineData("MORE \"time_zone\":\"Mars/Olympus\"", "`time_zone` is no time zone")]
    [InlineData("MORE \"duration_minutes\":0", "`duration_minutes` must be")]
    [InlineData("MORE \"duration_minutes\":\"x\"", "`duration_minutes` ")]
    [InlineData("MORE \"join_url\":\"javascript:alert(1)\"", "`join_url` must be")]
    [InlineData("MORE \"organizer\":{\"email\":\"x\"}", "`organizer.email` is not an address")]
    [InlineData("MORE \"attendees\":[]", "`attendees` must be")]
    [InlineData("MORE \"attendees\":[null]", "Missing `attendees.0.email` field.")]
    [InlineData("MORE \"attendees\":[{\"email\":\"a@example.org\"},{\"email\":\"A@example.org\"}]", "`attendees.1.email` stands there twice.")]
    [InlineData("MORE \"attendees\":[{\"email\":\"a@example.org\",\"name\":\"\\ud800\"}]", "`attendees.0.name` ")]
    [InlineData("MORE \"metadata\":\"x\"", "`metadata` must be an object.")]
    public async Task What_cannot_be_taken_is_refused_by_its_field_and_nothing_is_stored(string body, string message)
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now, work: false);
        if (body.StartsWith("MORE ", StringComparison.Ordinal)) body = $"{Interview.TrimEnd()[..^1]},{body[5..]}}}";

        JsonElement error = await scene.Client.PostAsync("/appointments", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (await scene.Api.CountAsync("appointments"), await scene.Api.CountAsync("messages"), await scene.Api.CountAsync("appointment_attendees")));
    }

    [Fact]
    public async Task Another_project_and_the_sandbox_see_nothing_of_it_and_one_key_invites_once()
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, _now, work: false);
        string id = Text(await scene.Client.PostAsync("/appointments", Interview, HttpStatusCode.Created, ("Idempotency-Key", "k")), "id")!;
        Assert.Equal(id, Text(await scene.Client.PostAsync("/appointments", Interview, HttpStatusCode.Created, ("Idempotency-Key", "k")), "id"));
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        string key = await scene.Api.AddProjectAsync("mk_test_");
        await using (Npgsql.NpgsqlCommand move = scene.Api.Database.CreateCommand("UPDATE api_keys SET project_id = (SELECT id FROM projects ORDER BY created_at LIMIT 1) WHERE is_test")) await move.ExecuteNonQueryAsync();
        using HttpClient test = scene.Api.ClientWith(key);
        foreach (HttpClient stranger in (HttpClient[])[other, test])
        {
            await stranger.GetAsync($"/appointments/{id}", HttpStatusCode.NotFound);
            await stranger.PatchAsync($"/appointments/{id}", """{"place":"x"}""", HttpStatusCode.NotFound);
            await stranger.PostAsync($"/appointments/{id}/cancel", "", HttpStatusCode.NotFound);
            await stranger.DeleteAsync($"/appointments/{id}", HttpStatusCode.NotFound);
            Assert.Equal(0, (await stranger.GetAsync("/appointments", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        }

        foreach (string wrong in (string[])["no-id", Guid.NewGuid().ToString()]) await scene.Client.PatchAsync($"/appointments/{wrong}", "{}", HttpStatusCode.NotFound);
        Assert.StartsWith("`attendees` must be one to 50 people", Text(await scene.Client.PatchAsync($"/appointments/{id}", """{"attendees":[]}""", HttpStatusCode.UnprocessableEntity), "message"), StringComparison.Ordinal);
        Assert.Equal(id, (await scene.Client.GetAsync("/appointments?state=scheduled", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal((1, 2), (await scene.Api.CountAsync("appointments"), await scene.Api.CountAsync("messages")));
    }

    /// <summary>The part beside text and HTML, whose header says its method too; the attached file is the same.</summary>
    internal static string CalendarOf(ParsedMessage mail, string method)
    {
        List<MimePart> all = [];
        void Walk(MimePart part)
        {
            all.Add(part);
            foreach (MimePart child in part.Parts) Walk(child);
        }

        Walk(mail.Root);
        MimePart alternative = Assert.Single(all, part => part.ContentType.MediaType == "multipart/alternative"), inline = alternative.Parts[^1], attached = Assert.Single(all, part => part.FileName == "invite.ics");
        Assert.Equal("text/calendar", inline.ContentType.MediaType);
        Assert.Contains($"method={method}", inline.Headers["Content-Type"]!.Value.UnfoldedValue, StringComparison.OrdinalIgnoreCase);
        string text = Encoding.UTF8.GetString(attached.DecodeContent());
        Assert.Equal(text, inline.DecodeText().ReplaceLineEndings("\r\n"));
        return text;
    }

    internal static string Unfolded(string calendar) => calendar.Replace("\r\n ", "", StringComparison.Ordinal);

    internal static string OrganizerIn(string calendar) => Unfolded(calendar).Split("\r\n").Single(line => line.StartsWith("ORGANIZER", StringComparison.Ordinal)).Split("mailto:")[1];

    internal static string? Text(JsonElement from, string field) => from.GetProperty(field).GetString();

    private static async Task<string> RunAsync(string program, string[] arguments, byte[] input)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PEERS"] = Repository.Path("Mail.Tests", "Protocol", "Peers");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
