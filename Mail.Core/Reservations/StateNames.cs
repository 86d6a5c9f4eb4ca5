using System.Text.Json;

namespace Mail.Core.Reservations;

/// <summary>How states and events are written in the database and on the wire: `offer_cancelled`.</summary>
public static class StateNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <returns>Null for none of its names.</returns>
    public static T? Find<T>(string? name) where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Of(value) == name) return value;
        }

        return null;
    }

    public static OfferState OfferState(string name) => Find<OfferState>(name) ?? throw new InvalidOperationException($"'{name}' is no state of an offer.");

    public static ReservationState ReservationState(string name) => Find<ReservationState>(name) ?? throw new InvalidOperationException($"'{name}' is no state of a reservation.");
}
