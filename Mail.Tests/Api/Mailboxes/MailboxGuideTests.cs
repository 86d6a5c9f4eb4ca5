using System.Diagnostics;
using System.Text.RegularExpressions;
using Mail.Core.Mailboxes;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-12, BOX-13: docs/guides/mailboxes.md and its French twin: what stands there to be copied works as it stands there; and the template of settings names settings that there are.</summary>
public sealed partial class MailboxGuideTests(PostgresFixture postgres)
{
    private static readonly string[] _guides = ["mailboxes.md", "fr/mailboxes.md"];

    private static readonly Dictionary<string, (string File, string[] Arguments)> _tools = new()
    {
        ["sh"] = ("bash", ["-ec"]), ["js"] = ("node", ["--input-type=module", "-e"]), ["python"] = ("python3", ["-c"]), ["powershell"] = ("pwsh", ["-NoProfile", "-Command"]),
    };

    /// <summary>Those that this machine can run: PowerShell is rarely among them.</summary>
    public static TheoryData<string> Languages { get; } =
        [.. _tools.Where(one => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, one.Value.File)))).Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_sample_of_each_language_makes_a_mailbox(string language)
    {
        (string tool, string[] arguments) = _tools[language];
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, listens: true);
        string address = scene.Api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        foreach (string guide in _guides)
        {
            string sample = Samples(guide, language).Single(text => text.Contains("/api/email/create", StringComparison.Ordinal));
            (int code, string output) = await RunAsync(tool, [.. arguments, sample], address);

            Assert.True(code == 0, $"{guide}: {output}");
            Assert.Contains($"-{(language == "sh" ? "curl" : language)}@{MailboxApiScene.Domain}", output, StringComparison.Ordinal);
        }

        Assert.Equal(_guides.Length, scene.Cloud.Accounts.Count);
    }

    /// <summary>The same calls in both languages, in the same order.</summary>
    [Fact]
    public void Both_languages_say_the_same()
    {
        Assert.Equal(Paths(_guides[0]).Order(), Paths(_guides[1]).Order());
        foreach (string guide in _guides) Assert.Equal(["sh", "sh", "powershell", "js", "python", "json"], Fence().Matches(Text(guide)).Select(block => block.Groups["language"].Value));
    }

    [Fact]
    public void The_template_names_settings_that_there_are_with_their_defaults()
    {
        MailboxOptions defaults = new();
        string[] lines = File.ReadAllLines(Repository.Path("docs", "email-provisioning.env"));
        string[] settings = [.. lines.Select(line => Setting().Match(line)).Where(match => match.Success).Select(match => $"{match.Groups["name"].Value}={match.Groups["value"].Value}")];

        Assert.All(lines, line => Assert.True(line.Length == 0 || line.StartsWith('#'), line)); // copied whole it changes nothing
        Assert.Equal(
            typeof(MailboxOptions).GetProperties().Select(property => $"{property.Name}={property.GetValue(defaults)}".ToUpperInvariant()).Order(),
            settings.Select(setting => setting.ToUpperInvariant()).Order());
    }

    private static string Text(string guide) => File.ReadAllText(Repository.Path(["docs", "guides", .. guide.Split('/')])).ReplaceLineEndings("\n");

    private static IEnumerable<string> Samples(string guide, string language) => Fence().Matches(Text(guide)).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    private static HashSet<string> Paths(string guide) => [.. Called().Matches(Text(guide)).Select(path => path.Value)];

    private static async Task<(int Code, string Output)> RunAsync(string tool, string[] arguments, string address)
    {
        ProcessStartInfo start = new(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        (start.Environment["API"], start.Environment["KEY"]) = (address.TrimEnd('/'), ApiFixture.LiveKey);
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex(@"^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"/(api/email|mailboxes|mailbox-connections|mailbox-domains|mailbox-users)(/[a-z-]+)*")]
    private static partial Regex Called();

    [GeneratedRegex(@"^#Mailboxes__(?<name>\w+)=(?<value>.*)$")]
    private static partial Regex Setting();
}
