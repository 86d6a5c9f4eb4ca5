using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>API and worker as processes in a folder with a `.env`, and nothing of ours in their environment.</summary>
internal sealed class TeamHosts : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder;
    private readonly Process _api;
    private readonly Process _worker;

    private TeamHosts(DirectoryInfo folder, Uri address, string key, string? trusted)
    {
        _folder = folder;
        Client = new HttpClient { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _api = Start("Mail.Api", trusted);
        _worker = Start("Mail.Worker", trusted);
    }

    /// <summary>Carries the key.</summary>
    public HttpClient Client { get; }

    /// <summary>What both have written.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <param name="file">The team's; what an operator adds comes behind it.</param>
    /// <param name="trusted">A PEM file in place of the machine's own authorities.</param>
    /// <param name="safe">With what Production demands; without, only what a process needs to be reached.</param>
    public static async Task<TeamHosts> StartAsync(string database, string file, string key, string? trusted = null, bool safe = true)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mail-team-");
        Uri address = new($"http://127.0.0.1:{FreePort.Next()}");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".env"), $"""
            {file}
            # added for Mail
            ASPNETCORE_URLS={address.ToString().TrimEnd('/')}
            ConnectionStrings__maildb="{database}"
            Bootstrap__ApiKey={key}
            {(safe ? "BASE_URL=https://mail.example.com" : "")}
            {(safe && !file.Contains("SECRET_KEY=", StringComparison.Ordinal) ? "SECRET_KEY=9tQm2VxK7bRw4LpZ8nCj3HsY6dFg5TqA" : "")}
            """);
        return new TeamHosts(folder, address, key, trusted);
    }

    /// <exception cref="TimeoutException">They are not; the text shows what they wrote.</exception>
    public async Task BothAreUpAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (!await IsUpAsync())
        {
            if (_api.HasExited || _worker.HasExited || Stopwatch.GetElapsedTime(started) > _limit) throw new TimeoutException($"They did not start:\n{string.Join('\n', Lines)}");
            await Task.Delay(200);
        }
    }

    public async Task<int> ApiExitCodeAsync()
    {
        using CancellationTokenSource limit = new(_limit);
        await _api.WaitForExitAsync(limit.Token);
        return _api.ExitCode;
    }

    public async Task<(int Api, int Worker)> ExitCodesAsync()
    {
        using CancellationTokenSource limit = new(_limit);
        await Task.WhenAll(_api.WaitForExitAsync(limit.Token), _worker.WaitForExitAsync(limit.Token));
        return (_api.ExitCode, _worker.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in (Process[])[_api, _worker])
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Client.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The worker says in the database that it is there.</summary>
    private async Task<bool> IsUpAsync()
    {
        try
        {
            JsonElement system = JsonDocument.Parse(await Client.GetStringAsync(new Uri("/system", UriKind.Relative))).RootElement;
            return system.GetProperty("workers").EnumerateArray().Any(worker => worker.GetProperty("alive").GetBoolean());
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Start(string host, string? trusted)
    {
        string built = AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Mail.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{host}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        ProcessStartInfo start = new("dotnet", [Path.Combine(built, $"{host}.dll")]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        if (trusted is not null) start.Environment["SSL_CERT_FILE"] = trusted;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is not null) Lines.Enqueue(line);
    }

    private static bool IsOurs(string name) =>
        RelaySettings.Names.Contains(name) || SettingAliases.Names.Contains(name) || name.Contains("__", StringComparison.Ordinal) || name is "SECRET_KEY" or "BASE_URL" or "CONSOLE_URL"
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name == "DOTNET_ENVIRONMENT";
}
