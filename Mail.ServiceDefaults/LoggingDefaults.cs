using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Mail.ServiceDefaults;

/// <summary>Levels of loggers that are not ours. Any other source (`Logging__LogLevel__Npgsql=Information`, an appsettings file) wins.</summary>
internal static class LoggingDefaults
{
    private static readonly Dictionary<string, string?> _levels = new()
    {
        // Information there is a line per statement: more work than most statements, and a worker asks every second.
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // Several lines per request, the health probes among them; traces tell more.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // A failed statement is an exception as well; the first start of every system would begin with one, the look for its migrations.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Critical",
    };

    public static void AddLoggingDefaults(this IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _levels });
}
