using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>What every provider can do to a caller beside its own refusals, and what has to come of it.</summary>
internal static class ProviderRefusals
{
    public const string Page = "<!DOCTYPE html>\n<html><head><title>502</title></head><body>Sorry</body></html>";

    public static TheoryData<string, string, bool> Common => new()
    {
        { "page", ProviderProblems.Unreadable, true },
        { "page-404", ProviderProblems.Unreadable, true },
        { "page-502", ProviderProblems.Unavailable, true },
        { "nothing", ProviderProblems.Unreadable, true },
        { "another-form", ProviderProblems.Unreadable, true },
        { "500", ProviderProblems.Unavailable, true },
        { "503", ProviderProblems.Unavailable, true },
        { "429", ProviderProblems.Throttled, true },
        { "redirect", ProviderProblems.Settings, false },
        { "drop", ProviderProblems.Unavailable, true },
        { "cut", ProviderProblems.Unavailable, true },
        { "hang", ProviderProblems.Unavailable, true },
        { "endless", ProviderProblems.Unreadable, true },
    };

    public static FakeRule Rule(string name) => name switch
    {
        "page" => new() { Answer = FakeAnswer.Html },
        "page-404" => new() { Answer = new FakeAnswer(404, Page, "text/html") },
        "page-502" => new() { Answer = new FakeAnswer(502, Page, "text/html") },
        "nothing" => new() { Answer = new FakeAnswer(200) },
        "another-form" => new() { Answer = FakeAnswer.Json(200, new { hello = "world" }) },
        "redirect" => new() { Answer = new FakeAnswer(302).With("Location", "http://127.0.0.1:1/elsewhere") },
        "drop" => new() { Answer = FakeAnswer.Drop },
        "cut" => new() { Answer = new FakeAnswer(200, "{\"results\":[", End: FakeEnd.Cut) },
        "hang" => new() { Answer = FakeAnswer.Hang },
        "endless" => new() { Answer = new FakeAnswer(200, "[", End: FakeEnd.Endless) },
        _ => new() { Status = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) },
    };

    /// <summary>A problem that a person can do something with.</summary>
    public static ProviderProblem Clear<T>(ProviderOutcome<T> outcome, string code, bool isTransient)
    {
        ProviderProblem problem = Assert.IsType<ProviderProblem>(outcome.Problem);
        Assert.Equal((code, isTransient), (problem.Code, problem.IsTransient));
        Assert.InRange(problem.Detail.Length, 10, 600);
        Assert.InRange(problem.Remedy.Length, 20, 400);
        Assert.EndsWith(".", problem.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('<', problem.Detail);
        return problem;
    }
}
