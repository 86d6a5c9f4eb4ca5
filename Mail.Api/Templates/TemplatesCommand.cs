using System.Globalization;
using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;

namespace Mail.Api.Templates;

/// <summary>`dotnet Mail.Api.dll templates export|plan|apply DIR`: for the CI of those who keep their templates in a repository. It talks to a server; nothing of this installation is used.</summary>
public static class TemplatesCommand
{
    public const string Name = "templates";

    private const int Done = 0, Failed = 1, Differs = 2;

    /// <param name="args">What follows the command's name.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false }; // the key goes where it was meant for
        return await RunAsync(args, output, errors, handler, Environment.GetEnvironmentVariable);
    }

    /// <param name="handler">Leads to the server.</param>
    /// <param name="environment">Variables by name.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, HttpMessageHandler handler, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(environment);
        if (args is [] or ["--help" or "-h", ..])
        {
            await output.WriteLineAsync(TemplatesArguments.Usage);
            return args is [] ? Failed : Done;
        }

        Result<TemplatesArguments> read = TemplatesArguments.Read(args, environment);
        Result<string> key = read.IsSuccess ? CommandServer.Key(environment) : read.Failure;
        if (!key.IsSuccess)
        {
            await errors.WriteLineAsync($"{key.Failure.Detail}\n\n{TemplatesArguments.Usage}");
            return Failed;
        }

        try
        {
            using HttpClient http = CommandServer.Client(handler, read.Value.Server, key.Value, "en", TimeSpan.FromMinutes(10));
            return read.Value.Action switch
            {
                "export" => await ExportAsync(http, read.Value, output),
                "plan" => await PlanAsync(http, read.Value, output),
                _ => await ApplyAsync(http, read.Value, output),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or JsonException or TaskCanceledException or RefusedException)
        {
            await errors.WriteLineAsync(e is HttpRequestException ? $"{read.Value.Server} cannot be asked: {e.Message}" : e.Message);
            return Failed;
        }
    }

    private static async Task<int> ExportAsync(HttpClient http, TemplatesArguments arguments, TextWriter output)
    {
        JsonElement answer = await AskAsync(http, HttpMethod.Get, arguments.Published ? "templates/export?published=true" : "templates/export", null, output);
        Dictionary<string, string> files = answer.GetProperty("files").Deserialize<Dictionary<string, string>>()!;
        TemplatesOnDisk.Write(arguments.Folder, files);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files of {files.Keys.Select(path => path.Split('/')[0]).Distinct().Count()} templates and layouts were written to {arguments.Folder}."));
        return Done;
    }

    private static async Task<int> PlanAsync(HttpClient http, TemplatesArguments arguments, TextWriter output)
    {
        JsonElement plan = await AskAsync(http, HttpMethod.Post, "templates/plan", Body(arguments, TemplatesOnDisk.Read(arguments.Folder), null), output);
        await TellAsync(plan, output);
        if (!plan.GetProperty("can_apply").GetBoolean()) return Failed;
        await output.WriteLineAsync($"State: {plan.GetProperty("state").GetString()}");
        return plan.GetProperty("changes").GetArrayLength() > 0 ? Differs : Done;
    }

    private static async Task<int> ApplyAsync(HttpClient http, TemplatesArguments arguments, TextWriter output)
    {
        Dictionary<string, string> files = TemplatesOnDisk.Read(arguments.Folder);
        JsonElement plan = await AskAsync(http, HttpMethod.Post, "templates/plan", Body(arguments, files, null), output);
        await TellAsync(plan, output);
        if (!plan.GetProperty("can_apply").GetBoolean()) return Failed;
        string state = plan.GetProperty("state").GetString()!;
        if (plan.GetProperty("changes").GetArrayLength() == 0 && (arguments.State is null || arguments.State == state)) return Done;
        JsonElement applied = await AskAsync(http, HttpMethod.Post, "templates/apply", Body(arguments, files, arguments.State ?? state), output);
        foreach (JsonProperty version in applied.GetProperty("versions").EnumerateObject()) await output.WriteLineAsync($"{version.Name} was published as version {version.Value}.");
        await output.WriteLineAsync("Applied.");
        return Done;
    }

    private static string Body(TemplatesArguments arguments, Dictionary<string, string> files, string? state) =>
        JsonSerializer.Serialize(state is null ? new { files, prune = arguments.Prune } : (object)new { files, prune = arguments.Prune, state, note = arguments.Note });

    private static async Task TellAsync(JsonElement plan, TextWriter output)
    {
        foreach (JsonElement change in plan.GetProperty("changes").EnumerateArray())
        {
            string status = change.GetProperty("status").GetString()!;
            string sign = status switch { "added" => "+", "removed" => "-", "published" => "*", _ => "~" };
            await output.WriteLineAsync(CommandServer.Printable($"{sign} {change.GetProperty("folder").GetString()} ({(status == "published" ? "to be published" : status)})"));
            foreach (JsonElement file in change.GetProperty("files").EnumerateArray())
            {
                await output.WriteLineAsync(CommandServer.Printable($"    {file.GetProperty("name").GetString()} ({file.GetProperty("status").GetString()})"));
                if (status != "changed") continue; // a new template shown line by line hides the rest
                foreach (string line in file.GetProperty("diff").GetString()!.TrimEnd('\n').Split('\n')) await output.WriteLineAsync(CommandServer.Printable($"    {line}"));
            }
        }

        string[] kept = [.. plan.GetProperty("kept").EnumerateArray().Select(folder => folder.GetString()!)];
        if (kept.Length > 0) await output.WriteLineAsync(CommandServer.Printable($"Only in the project, and kept (--prune removes them): {string.Join(", ", kept)}"));
        await TellProblemsAsync(plan, output);
        if (plan.GetProperty("changes").GetArrayLength() == 0) await output.WriteLineAsync("No difference.");
    }

    private static async Task TellProblemsAsync(JsonElement answer, TextWriter output)
    {
        foreach (JsonElement problem in answer.GetProperty("problems").EnumerateArray())
        {
            string at = problem.GetProperty("line") is { ValueKind: JsonValueKind.Number } line ? $":{line}:{problem.GetProperty("column")}" : "";
            await output.WriteLineAsync(CommandServer.Printable($"{problem.GetProperty("severity").GetString()}: {problem.GetProperty("file").GetString()}{at}: {problem.GetProperty("message").GetString()}"));
        }
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, HttpMethod method, string path, string? body, TextWriter output)
    {
        (int status, JsonElement answer) = await http.AskAsync(method, path, body, CancellationToken.None);
        if (answer.ValueKind is not JsonValueKind.Object) throw new RefusedException($"{http.BaseAddress} has answered {status}, and not as this API does.");
        if (status is >= 200 and <= 299) return answer;
        if (answer.TryGetProperty("problems", out _)) await TellProblemsAsync(answer, output);
        throw new RefusedException(CommandServer.Printable(answer.Text("message") is { } message ? $"{status}: {message}" : $"{status}"));
    }

    private sealed class RefusedException(string message) : Exception(message);
}
