using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Privacy;

namespace Mail.Api.Privacy;

internal static class PrivacyRequests
{
    private const int LongestAddress = 320;

    /// <summary>A test key stands in more places than a live one, and this is about real people.</summary>
    public static Failure? Refusal(CurrentProject project) =>
        project.IsTest ? new Failure(FailureKind.Forbidden, "restricted_api_key", "A test key cannot read or erase what is known of a person. Use a live key.") : null;

    public static Result<PersonAddress> Person(string? email)
    {
        if (string.IsNullOrWhiteSpace(email)) return Failure.Missing("email");
        if (email.Length > LongestAddress) return Failure.Field("email", $"is longer than {LongestAddress} characters.");
        if (email.Contains('\0', StringComparison.Ordinal) || !email.IsNormalized()) return Failure.Field("email", "is not an address that can be stored.");
        return PersonAddress.TryParse(email, out PersonAddress? person, out string? error) ? person : Failure.Field("email", $"is not an address: {error}");
    }
}
