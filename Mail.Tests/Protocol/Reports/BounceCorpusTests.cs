using System.Globalization;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Reports;

/// <summary>
/// Measures the readers on bounces written by others. The rules were written with one half of the messages in sight (chosen by a hash of the name);
/// both halves are printed, so that rules made for a file, and not for what it says, would show.
/// </summary>
public class BounceCorpusTests
{
    [Fact]
    public void Reasons_and_hardness_are_those_that_people_found()
    {
        Score score = new("reason and hard/soft");

        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            if (message.Reasons() is not { } expected) continue;
            MailReport report = ReportReader.Read(message.Content);
            string actual = Describe(Found(report));
            score.Count(message, Describe(expected) == actual, $"expected {Describe(expected)}, found {actual}: {(report.Recipients is [BounceReport first, ..] ? first.Diagnostic : "")}");
        }

        score.Print();
        Assert.True(score.Rate >= 0.95, score.ToString());
    }

    [Fact]
    public void Recipients_are_those_that_people_found()
    {
        Score score = new("recipient");

        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            if (message.IsDisputed || message.Recipients() is not { } expected) continue;
            MailReport report = ReportReader.Read(message.Content);
            // One label may name the address that was used or the one behind it: every label must be one of the two, and every report be labelled by one.
            bool isRight = expected.TrueForAll(label => report.Recipients.Any(recipient => Is(recipient.Recipient, label) || Is(recipient.FinalRecipient, label)))
                && report.Recipients.All(recipient => expected.Exists(label => Is(recipient.Recipient, label) || Is(recipient.FinalRecipient, label)));
            score.Count(message, isRight, $"expected {string.Join(", ", expected)}, found {string.Join(", ", report.Recipients.Select(recipient => recipient.Recipient))}");
        }

        score.Print();
        Assert.True(score.Rate >= 0.98, score.ToString());
    }

    [Fact]
    public void Automatic_answers_and_mail_of_people_are_never_counted_as_bounces()
    {
        Score score = new("told from what is none");

        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            if (message.IsDisputed || message.IsBounce() is not { } expected) continue;
            MailReport report = ReportReader.Read(message.Content);
            bool actual = expected ? report.Kind is ReportKind.Delivery : report.Bounces.Any();
            score.Count(message, expected == actual, $"expected {(expected ? "a bounce" : "none")}, found {report.Kind} {report.AutoReply}, {report.Recipients.Count} recipients");
            if (!expected) Assert.False(actual, $"{message} is counted as a bounce.");
        }

        score.Print();
        Assert.True(score.Rate >= 0.98, score.ToString());
    }

    [Fact]
    public void What_Postfix_and_Exim_made_here_is_read_to_the_letter()
    {
        int read = 0;
        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            if (message.Expected.ValueKind is not JsonValueKind.Object || !message.Expected.TryGetProperty("smtp_reply", out JsonElement reply)) continue;
            read++;
            BounceReport report = Assert.Single(ReportReader.Read(message.Content).Recipients);

            Assert.Equal(message.Expected.GetProperty("recipient").GetString(), report.Recipient);
            Assert.Equal(BounceAction.Failed, report.Action);
            Assert.Equal(reply.GetString(), report.Diagnostic);
            Assert.Equal(int.Parse(reply.GetString()![..3], CultureInfo.InvariantCulture), report.SmtpCode);
            Assert.Equal(message.Expected.GetProperty("enhanced_status_of_reply").GetString(), report.Status.ToString());
            Assert.Equal(SmtpStage.Rcpt, report.Stage);
            Assert.Equal(message.Expected.GetProperty("hard").GetBoolean(), report.IsPermanent);
            Assert.Equal(message.Expected.GetProperty("original_message_id").GetString()!.Trim('<', '>'), report.OriginalMessageId);
            Assert.Equal(message.Expected.GetProperty("envid").GetString(), report.EnvelopeId);
        }
        Assert.True(read >= 8, $"{read} messages");
    }

    [Fact]
    public void Complaints_are_told_from_failures_of_authentication()
    {
        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            if (FeedbackLabel(message) is not { } isComplaint) continue;
            MailReport report = ReportReader.Read(message.Content);

            Assert.True(report.Kind is ReportKind.Feedback, $"{message}: {report.Kind}");
            Assert.All(report.Feedback, feedback => Assert.True(feedback.IsComplaint == isComplaint, $"{message}: {feedback.TypeName}"));
        }
    }

    [Fact]
    public void Fields_of_feedback_reports_are_those_that_another_reader_finds()
    {
        string[] expected = Directory.GetFiles(Corpora.Path("bounces", "stalwart-mail-auth-arf"), "*.json");

        foreach (string file in expected)
        {
            JsonElement fields = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
            FeedbackReport report = Assert.Single(ReportReader.Read(File.ReadAllBytes(Path.ChangeExtension(file, ".eml"))).Feedback);

            Assert.Equal(fields.GetProperty("feedback_type").GetString(), report.Type.ToString());
            Assert.Equal(fields.GetProperty("incidents").GetInt32(), report.Incidents);
            Assert.Equal(fields.GetProperty("user_agent").GetString(), report.UserAgent);
            Assert.Equal(fields.GetProperty("source_ip").GetString(), report.SourceIp?.ToString());
            Assert.Equal(fields.GetProperty("original_mail_from").GetString()?.Trim('<', '>'), report.OriginalMailFrom);
            Assert.Equal(fields.GetProperty("reported_domain").EnumerateArray().Select(domain => domain.GetString()), report.ReportedDomains);
            if (fields.GetProperty("arrival_date").ValueKind is JsonValueKind.Number) Assert.Equal(fields.GetProperty("arrival_date").GetInt64(), report.ArrivalDate?.ToUnixTimeSeconds());
            if (fields.GetProperty("original_rcpt_to").GetString() is { } recipient) Assert.Equal(recipient.Trim('<', '>'), Assert.Single(report.Recipients));
        }
    }

    private static bool? FeedbackLabel(LabelledMessage message)
    {
        if (message.Expected.ValueKind is JsonValueKind.Array && message.Expected.GetArrayLength() > 0 && message.Expected[0].TryGetProperty("feedbacktype", out JsonElement type)) return type.GetString() is not "auth-failure";
        if (message.Expected.ValueKind is not JsonValueKind.Object || !message.Expected.TryGetProperty("kind", out JsonElement kind)) return null;
        return kind.GetString() switch { "arf" or "complaints" => true, string text when text.StartsWith("arf auth-failure", StringComparison.Ordinal) => false, _ => null };
    }

    private static bool Is(string address, string label) => address.Equals(label, StringComparison.OrdinalIgnoreCase);

    internal static List<(string Reason, bool Hard)> Found(MailReport report) => report.Kind switch
    {
        ReportKind.Delivery => [.. report.Recipients.Select(recipient => (recipient.Reason.WireName(), recipient.IsHard))],
        ReportKind.Feedback => [.. report.Feedback.SelectMany(feedback => feedback.Recipients.DefaultIfEmpty("")).Select(_ => ("feedback", false))],
        ReportKind.AutoReply when report.AutoReply is not AutoReplyKind.Challenge => [("vacation", false)],
        _ => [],
    };

    private static string Describe(IEnumerable<(string Reason, bool Hard)> reasons) =>
        string.Join(" ", reasons.Order().Select(reason => reason.Hard ? $"{reason.Reason}(hard)" : reason.Reason));

    /// <summary>Counts by folder and half, and keeps the misses.</summary>
    internal sealed class Score(string what)
    {
        private readonly SortedDictionary<string, (int Right, int All)> _counts = new(StringComparer.Ordinal);
        private readonly List<string> _misses = [];
        private int _right;
        private int _all;

        public double Rate => _all == 0 ? 1 : (double)_right / _all;

        public void Count(LabelledMessage message, bool isRight, string miss)
        {
            string[] keys = [message.Folder, message.IsSeen ? "~ half the rules were written with" : "~ half held out"];
            foreach (string key in keys)
            {
                (int right, int all) = _counts.GetValueOrDefault(key);
                _counts[key] = (right + (isRight ? 1 : 0), all + 1);
            }
            _all++;
            if (isRight) _right++;
            else _misses.Add($"  {message}{(message.IsSeen ? "" : " (held out)")}: {miss}");
        }

        public void Print()
        {
            StringBuilder text = new();
            text.AppendLine(ToString());
            foreach ((string folder, (int right, int all)) in _counts) text.AppendLine(CultureInfo.InvariantCulture, $"  {folder}: {right} of {all}");
            foreach (string miss in _misses) text.AppendLine(miss);
            Console.WriteLine(text);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"bounces, {what}: {_right} of {_all} ({Rate:P1})");
    }
}
