using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Api.Reservations;
using Mail.Tests.Support;

namespace Mail.Tests.Api;

/// <summary>The calls that guides show are made as a reader would who copies them into a shell: word by word, in their order.</summary>
public sealed partial class GuideCallTests(PostgresFixture postgres)
{
    private const string Candidates = "application_id,email,name\nA-17,camille@example.com,Camille Martin\nA-18,noe@example.com,Noé Petit\n";

    [Theory]
    [InlineData("reservations", 3)]
    [InlineData("invitations", 4)]
    [InlineData("requests", 1)]
    [InlineData("appointments", 1)]
    public async Task Every_call_of_the_guide_works_as_it_stands_there(string guide, int least)
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        Dictionary<string, string> shell = new() { ["$API"] = "", ["$KEY"] = ApiFixture.LiveKey, ["$(uuidgen)"] = "b0f1c1de-0000-4000-8000-000000000001" };
        string? last = null;
        int calls = 0;
        foreach (string[] words in CommandsIn(await File.ReadAllTextAsync(Repository.Path("docs", "guides", $"{guide}.md"), TestContext.Current.CancellationToken), shell))
        {
            using HttpRequestMessage request = RequestOf(words, last);
            string path = request.RequestUri!.OriginalString;
            using HttpResponseMessage answer = await scene.Reader.SendAsync(request);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{string.Join(' ', words)}\n{(int)answer.StatusCode} {body}");
            calls++;
            if (JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } made && made.TryGetProperty("id", out JsonElement id)) last = id.GetString();
            if (path == "/offers") shell["$OFFER"] = last!;
        }

        Assert.True(calls >= least, $"{calls} calls were found.");
    }

    /// <summary>The words of each curl command in the shell's blocks; looked at one by one, as the variables of one come from the answer to another.</summary>
    private static IEnumerable<string[]> CommandsIn(string guide, Dictionary<string, string> shell)
    {
        foreach (Match block in Block().Matches(guide))
            foreach (string command in Commands(block.Groups[1].Value).Where(command => command.StartsWith("curl ", StringComparison.Ordinal)))
                yield return [.. Word().Matches(command).Select(word => shell.Aggregate(word.Value, (text, known) => text.Replace(known.Key, known.Value, StringComparison.Ordinal))).Select(Unquoted)];
    }

    /// <summary>A command goes on behind a backslash, and within quotation marks.</summary>
    private static IEnumerable<string> Commands(string block)
    {
        StringBuilder command = new();
        foreach (string line in block.Split('\n'))
        {
            if (command.Length == 0 && line.StartsWith('#')) continue;
            command.Append(line);
            if (line.EndsWith('\\')) command.Length--;
            else if (Quotes().Replace(command.ToString(), "").Contains('\'', StringComparison.Ordinal)) command.Append('\n');
            else
            {
                yield return Comment().Replace(command.ToString(), "").Trim();
                command.Clear();
            }
        }
    }

    private static string Unquoted(string word) => Quotes().Replace(word, quoted => quoted.Value[1..^1]);

    private static HttpRequestMessage RequestOf(string[] words, string? last)
    {
        HttpRequestMessage request = new(HttpMethod.Get, "/");
        List<(string Name, string Value)> headers = [];
        string? body = null;
        HttpMethod? method = null;
        for (int i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "-X": method = new HttpMethod(words[++i]); break;
                case "-H": headers.Add((words[++i].Split(": ", 2)[0], words[i].Split(": ", 2)[1])); break;
                case "-d" or "--data" or "--data-binary" or "--json":
                    if (words[i] == "--json") headers.Add(("Content-Type", "application/json"));
                    body = words[++i].StartsWith('@') ? Candidates : words[i];
                    break;
                default: request.RequestUri = new Uri(words[i].Replace("{id}", last, StringComparison.Ordinal), UriKind.Relative); break;
            }
        }

        request.Method = method ?? (body is null ? HttpMethod.Get : HttpMethod.Post);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } }; // as curl says of all that one does not say
        foreach ((string name, string value) in headers)
            if (name == "Content-Type") request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'])+""")]
    private static partial Regex Word();

    [GeneratedRegex("""'[^']*'|"[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\s+# .*$")]
    private static partial Regex Comment();
}
