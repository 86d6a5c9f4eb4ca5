using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

public sealed partial class PrometheusRulesTests
{
    private static readonly string _folder = Repository.Path("deploy", "prometheus");

    [Theory, InlineData("check", "mail.rules.yml"), InlineData("test", "mail.rules.test.yml")]
    public async Task Rules_are_as_prometheus_reads_them_and_alert_when_they_should(string how, string file)
    {
        Assert.SkipUnless(Promtool.Find() is not null, Promtool.Missing);

        (int code, string said) = await Promtool.RunAsync([how, "rules", file], folder: _folder);

        Assert.True(code == 0, said);
    }

    [Fact]
    public void Each_alert_has_a_case_in_which_it_stands_and_a_runbook_that_is_there()
    {
        string rules = File.ReadAllText(Path.Combine(_folder, "mail.rules.yml")), tests = File.ReadAllText(Path.Combine(_folder, "mail.rules.test.yml"));
        string[] alerts = [.. Alert().Matches(rules).Select(match => match.Groups[1].Value)];
        Assert.True(alerts.Length >= 15);

        Assert.All(alerts, alert => Assert.Matches($@"alertname: {alert}\n\s+exp_alerts:\n", tests));
        Assert.All(Runbook().Matches(rules).Select(match => match.Groups[1].Value).Distinct(), link => Assert.True(IsThere(link), link));
    }

    private static bool IsThere(string link)
    {
        string[] parts = link.Split('#');
        string file = Repository.Path(parts[0]);
        return File.Exists(file) && (parts.Length == 1 || File.ReadLines(file).Any(line => line.StartsWith('#') && Anchor(line) == parts[1]));
    }

    /// <summary>As GitHub makes anchors of headings.</summary>
    private static string Anchor(string heading) => Others().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"runbook_url: (\S+)")]
    private static partial Regex Runbook();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Others();
}
