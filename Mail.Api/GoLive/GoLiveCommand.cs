using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;

namespace Mail.Api.GoLive;

/// <summary>`dotnet Mail.Api.dll doctor --production`: asks a server whether all is ready for real mail. 0: all is, 1: something is not, or it cannot be asked, 2: the command is not understood.</summary>
public static class GoLiveCommand
{
    /// <summary>What makes `doctor` this one.</summary>
    public const string Option = "--production";

    private const string Usage = $$"""
        Usage: dotnet Mail.Api.dll doctor --production --server URL [--language en|fr] [--json]

        Says of a server and a project what is ready for real mail, and what to do where it is not. Changes nothing and sends nothing.
          --server    the API, such as https://mail.example.com; without it MAIL_SERVER
          --language  of rules and remedies; without it by LANG
          --json      the answer of GET /go-live as it is
        {{CommandServer.KeyHelp}} It needs the scope project:read.
        Exit code: 0 all is ready, 1 something is not, or the server cannot be asked, 2 the command is not understood.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false }; // the key goes where it was meant for
        return await RunAsync(args, output, errors, handler, Environment.GetEnvironmentVariable);
    }

    /// <param name="args">What follows `doctor`.</param>
    /// <param name="handler">Leads to the server.</param>
    /// <param name="environment">Variables by name.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, HttpMessageHandler handler, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(environment);
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        Result<(Uri Server, string Key, string Language, bool Json)> read = Read(args, environment);
        if (!read.IsSuccess)
        {
            await errors.WriteLineAsync($"{read.Failure.Detail}\n\n{Usage}");
            return 2;
        }

        (Uri server, string key, string language, bool json) = read.Value;
        try
        {
            using HttpClient http = CommandServer.Client(handler, server, key, language, TimeSpan.FromMinutes(1));
            (int status, JsonElement answer) = await http.AskAsync(HttpMethod.Get, "go-live", null, CancellationToken.None);
            if (status == 200 && answer.Text("object") == "go_live") return await TellAsync(answer, json, output);
            await errors.WriteLineAsync(CommandServer.Printable($"{server} has answered {status}: {answer.Text("message") ?? "not as this API does."}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"{server} cannot be asked: {e.Message}");
        }

        return 1;
    }

    private static async Task<int> TellAsync(JsonElement answer, bool json, TextWriter output)
    {
        bool isOk = answer.GetProperty("ok").GetBoolean();
        if (json)
        {
            await output.WriteLineAsync(answer.GetRawText());
            return isOk ? 0 : 1;
        }

        int open = 0;
        foreach (JsonElement check in answer.GetProperty("checks").EnumerateArray())
        {
            bool isFine = check.GetProperty("ok").GetBoolean();
            if (!isFine) open++;
            await output.WriteLineAsync(CommandServer.Printable($"{(isFine ? "ok" : "failed"),-8}{check.Text("name"),-16}{check.Text("title")}"));
            await output.WriteLineAsync(CommandServer.Printable($"{"",-8}{check.Text("seen")}"));
            if (check.Text("remedy") is { } remedy) await output.WriteLineAsync(CommandServer.Printable($"{"",-8}{remedy}"));
        }

        await output.WriteLineAsync(isOk ? "All is ready for real mail." : $"{open} things are not ready for real mail.");
        return isOk ? 0 : 1;
    }

    private static Result<(Uri, string, string, bool)> Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        Dictionary<string, string> values = [];
        bool json = false;
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--json") json = true;
            else if (args[i] == Option) continue;
            else if (args[i] is not ("--server" or "--language")) return Failure.Field(args[i], $"is no option of `doctor {Option}`.");
            else if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)) return Failure.Field(args[i], "needs a value.");
            else values[args[i]] = args[++i];
        }

        Result<Uri> server = CommandServer.Address(values.GetValueOrDefault("--server"), environment);
        if (!server.IsSuccess) return server.Failure;
        Result<string> language = CommandServer.Language(values.GetValueOrDefault("--language"), environment);
        if (!language.IsSuccess) return language.Failure;
        Result<string> key = CommandServer.Key(environment);
        return key.IsSuccess ? (server.Value, key.Value, language.Value, json) : key.Failure;
    }
}
