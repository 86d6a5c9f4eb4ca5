using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Calendar;

// Two libraries of others read what ours wrote: python3-icalendar and ical.js.
public sealed class CalendarPeerTests
{
    private sealed record Reading(
        string Method, string Uid, int Sequence, string Start, string Summary, string Description, string Location, string Organizer, string OrganizerName, string[] Attendees, string Rule);

    [Theory]
    [InlineData("python3-icalendar")]
    [InlineData("ical.js")]
    public async Task Another_reader_understands_an_invitation(string peer)
    {
        Reading read = await ReadAsync(peer, CalendarMessage.Request(CalendarMessageTests.Interview()));

        Assert.Equal(
            ("REQUEST", "interview-42@example.com", 1, "2026-03-05T13:00:00+00:00", "Entretien : développeuse, équipe A; 2e tour", "Line one\nC:\\path", "12, rue de l'Église", "mailto:ann@example.com", "Smith, Ann"),
            (read.Method, read.Uid, read.Sequence, read.Start, read.Summary, read.Description, read.Location, read.Organizer, read.OrganizerName));
        Assert.Equal(["mailto:%22bob%20b%22@xn--bcher-kva.example NEEDS-ACTION TRUE", "mailto:c@example.com ACCEPTED "], read.Attendees);
    }

    [Theory]
    [InlineData("python3-icalendar")]
    [InlineData("ical.js")]
    public async Task Another_reader_understands_a_cancellation_and_an_answer(string peer)
    {
        Reading cancelled = await ReadAsync(peer, CalendarMessage.Cancel(CalendarMessageTests.Interview()));
        Reading answered = await ReadAsync(peer, CalendarMessage.Reply(CalendarMessageTests.Interview(), EmailAddress.Parse("c@example.com"), AttendeeStatus.Declined, "no"));

        Assert.Equal(("CANCEL", 2), (cancelled.Method, cancelled.Attendees.Length));
        Assert.Equal("REPLY", answered.Method);
        Assert.Equal(["mailto:c@example.com DECLINED "], answered.Attendees);
    }

    [Theory]
    [InlineData("python3-icalendar")]
    [InlineData("ical.js")]
    public async Task Another_reader_understands_long_lines_in_any_script_and_a_rule(string peer)
    {
        // A backslash before an n would be too much for python3-icalendar 4, which unescapes in several passes.
        string summary = string.Concat(Enumerable.Repeat("日本語 👩‍👩‍👧 é;,\\ x ", 20)).Trim();
        CalendarEvent e = new()
        {
            Uid = new string('u', 255), Stamp = DateTimeOffset.UnixEpoch, Summary = summary, Organizer = EmailAddress.Parse("a@example.com"), Attendees = { new(EmailAddress.Parse("b@example.com")) },
            Start = CalendarTime.In(new DateTime(2026, 7, 1, 9, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")), Recurrence = RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=3;BYDAY=WE,FR"),
        };

        Reading read = await ReadAsync(peer, CalendarMessage.Request(e));

        Assert.Equal((e.Uid, summary, "2026-07-01T13:00:00+00:00"), (read.Uid, read.Summary, read.Start));
        Assert.Equal("BYDAY=WE,FR;COUNT=3;FREQ=WEEKLY", string.Join(';', read.Rule.Split(';').Order(StringComparer.Ordinal)));
    }

    // Each kind of law: none, two rules a year on either side of the equator, half an hour, a day that no ordinal names, negative offsets,
    // winter time as the exception, Ramadan, a change that was made once.
    [Fact]
    public async Task Zones_have_the_offsets_that_Python_knows()
    {
        SkipUnlessPython();
        string[] zones =
        [
            "Europe/Paris", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Jerusalem", "America/Santiago", "Europe/Dublin", "Africa/Casablanca", "Asia/Kolkata",
            "America/St_Johns", "Pacific/Chatham", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "Europe/Istanbul", "America/Phoenix", "Asia/Gaza", "Antarctica/Troll",
        ];
        List<(string Zone, string Question)> questions = [];
        foreach (string zone in zones)
        {
            foreach ((int year, string? rule, int years) in ((int, string?, int)[])[(2026, null, 0), (2016, "FREQ=WEEKLY;UNTIL=20171231T000000Z", 2), (2026, "FREQ=DAILY", 12)])
                questions.Add((zone, Question(zone, year, rule, years)));
        }

        string output = await RunAsync("/usr/bin/python3", [Repository.Path("Mail.Tests", "Protocol", "Calendar", "Peers", "zones.py")], Encoding.UTF8.GetBytes(string.Join('\n', questions.Select(q => q.Question)) + "\n"));

        string[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(questions.Count, answers.Length);
        foreach (((string zone, _), string answer) in questions.Zip(answers)) Assert.True(answer == "[]", $"{zone}: {answer}");
    }

    // An event of two days around each change of a year, or a repetition that lasts for years.
    private static string Question(string zone, int year, string? rule, int years)
    {
        DateTime start = new(year, 1, 15, 12, 0, 0), end = rule is null ? new DateTime(year, 12, 15, 12, 0, 0) : start.AddHours(1);
        TimeZoneInfo info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CalendarEvent e = new()
        {
            Uid = "u", Stamp = DateTimeOffset.UnixEpoch, Summary = "s", Organizer = EmailAddress.Parse("a@example.com"), Attendees = { new(EmailAddress.Parse("b@example.com")) },
            Start = CalendarTime.In(start, info), End = CalendarTime.In(end, info), Recurrence = rule is null ? null : RecurrenceRule.Parse(rule),
        };
        DateTime last = rule is null ? end.Date : start.Date.AddYears(years).AddDays(-30);
        return JsonSerializer.Serialize(new { Calendar = CalendarMessage.Request(e).ToString(), From = start.ToString("yyyy-MM-dd", null), To = last.ToString("yyyy-MM-dd", null) });
    }

    private static async Task<Reading> ReadAsync(string peer, CalendarMessage message)
    {
        string folder = Repository.Path("Mail.Tests", "Protocol", "Calendar", "Peers");
        byte[] calendar = Encoding.UTF8.GetBytes(message.ToString());
        if (peer == "ical.js")
        {
            string modules = Repository.Path("Mail.Tests", "Protocol", "Peers");
            Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "node_modules", "ical.js")), "npm packages of Mail.Tests/Protocol/Peers are not installed.");
            return JsonSerializer.Deserialize<Reading>(await RunAsync("node", [Path.Combine(folder, "read.mjs")], calendar, ("PEERS", modules)))!;
        }
        SkipUnlessPython();
        return JsonSerializer.Deserialize<Reading>(await RunAsync("/usr/bin/python3", [Path.Combine(folder, "read.py")], calendar))!;
    }

    private static void SkipUnlessPython() =>
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/icalendar"), "Debian package python3-icalendar is not installed.");

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, byte[] input, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        string text = await output;
        Assert.Equal("", await error);
        return text;
    }
}
