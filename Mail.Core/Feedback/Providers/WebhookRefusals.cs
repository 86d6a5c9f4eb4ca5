using System.Globalization;
using Mail.Core.Common;

namespace Mail.Core.Feedback.Providers;

/// <summary>Why a request in a provider's name is not taken. The codes are public: whoever sets a webhook up sees them in the provider's log.</summary>
public static class WebhookRefusals
{
    /// <summary>What makes it no use to send the same request again.</summary>
    public const string TooOld = "webhook_too_old", AlreadyTaken = "webhook_already_taken";

    /// <summary>Clocks differ; nothing honest comes from further ahead.</summary>
    private static readonly TimeSpan _ahead = TimeSpan.FromMinutes(5);

    /// <summary>Without any proof. 401, like a wrong one: providers send it again, so that nothing is lost while somebody corrects the setting.</summary>
    public static Failure NotSigned(string what) => new(FailureKind.Unauthenticated, "webhook_not_signed", $"This request has no {what}. Switch signing on at the provider.");

    public static Failure WrongSignature(string setting) =>
        new(FailureKind.Unauthenticated, "webhook_wrong_signature", $"The signature does not fit this request and `settings.{setting}` of the relay.");

    public static Failure NotSetUp(string setting) =>
        new(FailureKind.Conflict, "webhook_not_set_up", $"Enter `settings.{setting}` of the relay first: nobody could tell a request of the provider from any other.");

    public static Failure Unreadable(string problem) => new(FailureKind.Malformed, "validation_error", $"The body {problem}");

    public static Failure Repeated { get; } = new(FailureKind.Conflict, AlreadyTaken, "This was taken before; nothing has changed.");

    /// <returns>Null when the time is near enough.</returns>
    /// <param name="at">When the request, or what it tells, was made.</param>
    public static Failure? Judge(DateTimeOffset at, DateTimeOffset now, TimeSpan tolerance) =>
        at >= now - tolerance && at <= now + _ahead ? null
        : new Failure(FailureKind.Forbidden, TooOld, string.Create(CultureInfo.InvariantCulture, $"It is of {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, and now it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: too far apart."));

    /// <summary>Unix seconds, as text.</summary>
    public static bool TryReadSeconds(string? text, out DateTimeOffset at)
    {
        bool isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && text.Length <= 11;
        at = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return isTime;
    }
}
