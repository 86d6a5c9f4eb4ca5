using System.Security.Cryptography;
using Mail.Core.Database;
using Mail.ServiceDefaults;
using Npgsql;

namespace Mail.Api.GoLive;

/// <summary>`dotnet Mail.Api.dll secrets check|rotate`: what wraps the key ring in the database, and wrapping it anew without a restart of anything.</summary>
public static class SecretsCommand
{
    public const string Name = "secrets";

    private const string Usage = """
        Usage: dotnet Mail.Api.dll secrets check|rotate
          check   says by which of SECRET_KEY and SECRET_KEY_OLD the keys in the database are wrapped. Changes nothing.
          rotate  wraps them by SECRET_KEY, as each host does at its start.
        Exit code 0: SECRET_KEY alone opens and wraps all; 1: it does not; 2: the command is not understood.
        """;

    /// <param name="args">What follows the command's name.</param>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (args is not ["check" or "rotate"])
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        await using AsyncServiceScope scope = services.CreateAsyncScope();
        try
        {
            KeyRingStart ring = scope.ServiceProvider.GetRequiredService<KeyRingStart>();
            if (args[0] == "rotate") await ring.RunAsync(CancellationToken.None);
            KeyRingCounts counts = await ring.CountAsync(CancellationToken.None);
            string problem = Problem(counts, services.GetRequiredService<KeyRingWrap>().IsOn);
            await output.WriteLineAsync($"{counts.All} keys in the ring. {problem}");
            return counts is { Clear: 0, Old: 0, Closed: 0 } ? 0 : 1;
        }
        catch (Exception e) when (e is CryptographicException or ConnectionStringException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await errors.WriteLineAsync("The database has no tables yet: nothing is wrapped. Start a host, or run Mail.Worker with --migrate-only.");
            return 1;
        }
    }

    private static string Problem(KeyRingCounts counts, bool isOn) => counts switch
    {
        { Closed: > 0 } => $"{counts.Closed} of them cannot be opened: they were wrapped by another SECRET_KEY. Set the one that was used before, as SECRET_KEY_OLD if it is to be replaced.",
        { Old: > 0 } => $"{counts.Old} of them are still wrapped by SECRET_KEY_OLD: `secrets rotate`, or start a host anew.",
        { Clear: > 0 } => isOn ? $"{counts.Clear} of them stand in clear: `secrets rotate`, or start a host anew." : $"{counts.Clear} of them stand in clear, and SECRET_KEY is not set.",
        { All: 0 } => "The first host that starts makes one.",
        _ => "SECRET_KEY opens and wraps all of them; SECRET_KEY_OLD is not needed by what is stored.",
    };
}
