using System.Text.RegularExpressions;
using Mail.Api.Audit;
using Mail.Core.Projects;
using Mail.Tests.Api;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Web.Console;

/// <summary>What the console offers to choose from is written in its own language; it is what the API knows, neither more nor less.</summary>
public sealed partial class ConsoleListsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public void The_scopes_of_keys_are_those_of_the_api_with_their_least_role()
    {
        string[] offered = [.. Pair().Matches(Source("api-keys", "api", "scopes.ts")).Select(match => $"['{match.Groups[1].Value}', '{match.Groups[2].Value}'],").Order(StringComparer.Ordinal)];

        string[] known = [.. Scopes.All.Select(scope => $"['{scope}', '{LeastOf(scope)}'],").Order(StringComparer.Ordinal)];
        Assert.Equal(string.Join('\n', known), string.Join('\n', offered));
    }

    [Fact]
    public void The_kinds_of_the_audit_log_are_those_of_the_api_and_have_a_name_in_each_language()
    {
        using HttpClient client = api.CreateClient();
        string[] known = [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<AuditedAs>()?.Kind).OfType<string>().Append("account").Distinct().Order(StringComparer.Ordinal)];

        string list = Source("audit", "components", "audit-filter-bar.tsx");
        string[] offered = [.. Quoted().Matches(list[list.IndexOf("const kinds = [", StringComparison.Ordinal)..list.IndexOf("] as const", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.Equal(string.Join('\n', known), string.Join('\n', offered));
        foreach (string language in (string[])["en", "fr"])
        {
            string words = Source("audit", "locales", $"{language}.ts");
            Assert.Equal(known, Named().Matches(words[words.IndexOf("kind: {", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        }
    }

#pragma warning disable CA1308 // as the console writes roles
    private static string LeastOf(string scope) => Enum.GetValues<ProjectRole>().Where(role => Scopes.Of(role).Contains(scope)).Max().ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static string Source(params string[] path) => File.ReadAllText(Repository.Path(["Mail.Web", "ClientApp", "src", "features", .. path]));

    [GeneratedRegex(@"\['([a-z:-]+)', '([a-z]+)'\]")]
    private static partial Regex Pair();

    [GeneratedRegex(@"'([a-z_]+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^ {4}([a-z_]+): '", RegexOptions.Multiline)]
    private static partial Regex Named();
}
