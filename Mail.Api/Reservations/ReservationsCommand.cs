using System.Globalization;
using Mail.Core.Reservations;

namespace Mail.Api.Reservations;

/// <summary>
/// `dotnet Mail.Api.dll reservations expire|reminders|all`: what cron did for carpools. Timers do it by themselves; this does at once what is due and nobody has done yet, in the database of this
/// installation, and mails nothing twice.
/// </summary>
public static class ReservationsCommand
{
    public const string Name = "reservations";

    private const string Usage = "Usage: dotnet Mail.Api.dll reservations expire|reminders|all";

    /// <param name="args">What follows the command's name.</param>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (args is not [("expire" or "reminders" or "all") and { } what, ..]) // settings, as the host takes them, may follow
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }

        ReservationSweep sweep = services.GetRequiredService<ReservationSweep>();
        if (what is "expire" or "all") await TellAsync("Requests expired", await sweep.ExpireAsync(null, CancellationToken.None));
        if (what is "reminders" or "all") await TellAsync("Trips reminded of", await sweep.RemindAsync(null, CancellationToken.None));
        return 0;

        Task TellAsync(string done, int count) => output.WriteLineAsync($"{done}: {count.ToString(CultureInfo.InvariantCulture)}");
    }
}
