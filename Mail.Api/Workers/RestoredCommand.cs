using Mail.Core.Workers;

namespace Mail.Api.Workers;

/// <summary>`dotnet Mail.Api.dll restored --hold|--send`: what shall become of what waits in a database that was restored from a backup. Until somebody says it, no worker starts.</summary>
public static class RestoredCommand
{
    public const string Name = "restored";

    private const string Usage = """
        Usage: dotnet Mail.Api.dll restored --hold|--send
          --hold  sends nothing by itself that was due when the backup was made or has become due since: it may have been sent. Messages become failed (cause `restored`) and can be sent again, timers
                  become dead letters and can be replayed, events for webhooks can be sent again. What is scheduled for later goes as planned.
          --send  sends what waits. Only if the old installation was stopped before the backup was made.
        """;

    /// <param name="args">What follows the command's name.</param>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        RestoredQueue queue = services.GetRequiredService<RestoredQueue>();
        switch (args)
        {
            case ["--hold", ..]:
                RestoredCounts counts = await queue.HoldAsync(CancellationToken.None);
                await output.WriteLineAsync($"""
                    Held, because it may have been sent since the backup:
                      recipients      {counts.Deliveries}  (failed, cause `restored`: resend what did not arrive)
                      timers          {counts.Timers}  (dead letters: replay what did not happen)
                      webhook events  {counts.Events}  (given up: send again what apps did not hear)
                    Scheduled for later, and going as planned: {counts.Scheduled} recipients.
                    Workers may start.
                    """);
                return 0;
            case ["--send", ..]:
                await queue.SendAsync(CancellationToken.None);
                await output.WriteLineAsync("Workers may start, and send what waits.");
                return 0;
            default:
                await errors.WriteLineAsync(Usage);
                return 1;
        }
    }
}
