using Mail.Core.Common;
using Mail.Core.Reservations;
using Mail.Core.Suppressions;

namespace Mail.Api.Reservations;

/// <summary>What lists of trips are asked for.</summary>
internal static class OfferList
{
    public static Result<(int Limit, Guid? After)> Page(string? limit, string? after, string what)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.");
        if (after is null) return (count, null);
        return Guid.TryParse(after, out Guid id) ? (count, id) : Failure.Field("after", $"must be the id of {what}.");
    }

    public static Result<T?> State<T>(string? state) where T : struct, Enum =>
        state is null ? (T?)null : StateNames.Find<T>(state) is { } known ? (T?)known : Failure.Field("state", $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(value => $"`{StateNames.Of(value)}`"))}.");

    public static Result<string?> Address(string? email, string path) =>
        email is null ? (string?)null : NormalAddress.TryParse(email, out string? normal, out _) ? normal : Failure.Field(path, "is not an address.");
}
