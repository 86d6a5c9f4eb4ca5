using System.Globalization;
using Mail.Core.Common;

namespace Mail.Api.Sandbox;

/// <summary>Reads what a request asks the sandbox for.</summary>
internal static class SandboxQuery
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <param name="text">Seconds, with or without an `s` behind them; null for not at all.</param>
    public static Result<TimeSpan> Wait(string? text)
    {
        if (string.IsNullOrEmpty(text)) return TimeSpan.Zero;
        ReadOnlySpan<char> number = text.EndsWith('s') ? text.AsSpan(0, text.Length - 1) : text;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= LongestWait.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Failure.Field("wait", $"must be a number of seconds up to {LongestWait.TotalSeconds}, such as `30s`.");
    }

    public static Result<Guid?> Id(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return (Guid?)null;
        return Guid.TryParse(text, out Guid id) ? (Guid?)id : Failure.Field(name, "must be the id of a message in the sandbox.");
    }

    public static Failure? Text(string name, string? text) => text is not null && (text.Length > 1000 || text.Contains('\0', StringComparison.Ordinal)) ? Failure.Field(name, "must be at most 1,000 characters, without NUL.") : null;
}
