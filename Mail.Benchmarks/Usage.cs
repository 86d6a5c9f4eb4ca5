using System.Diagnostics;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>CPU time and memory of other processes (Linux).</summary>
internal static class Usage
{
    /// <param name="run">Stands in the environment of the processes to look at, as BENCHMARK_RUN.</param>
    /// <param name="name">Stands in their command line.</param>
    public static (TimeSpan Cpu, long Memory) OfRun(string run, string name)
    {
        TimeSpan cpu = TimeSpan.Zero;
        long memory = 0;
        foreach (Process process in Process.GetProcesses())
        {
            using Process one = process;
            if (!Reads(one.Id, "cmdline", name) || !Reads(one.Id, "environ", $"BENCHMARK_RUN={run}")) continue;
            cpu += one.TotalProcessorTime;
            memory += one.WorkingSet64;
        }

        return (cpu, memory);
    }

    /// <summary>Of the processes that serve connections to this database; the pools keep theirs.</summary>
    public static async Task<TimeSpan> OfDatabaseAsync(NpgsqlDataSource database)
    {
        await using NpgsqlCommand list = database.CreateCommand("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()");
        await using NpgsqlDataReader reader = await list.ExecuteReaderAsync();
        TimeSpan cpu = TimeSpan.Zero;
        while (await reader.ReadAsync())
        {
            using Process backend = Process.GetProcessById(reader.GetInt32(0));
            cpu += backend.TotalProcessorTime;
        }

        return cpu;
    }

    private static bool Reads(int pid, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is not ours to look at
        }
    }
}
