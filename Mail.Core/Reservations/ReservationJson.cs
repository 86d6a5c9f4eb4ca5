using System.Text.Json.Serialization;

namespace Mail.Core.Reservations;

/// <summary>What is stored and told of trips. What is unknown is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PassengerVariable[]))]
[JsonSerializable(typeof(IReadOnlyList<HistoryMail>), TypeInfoPropertyName = "HistoryMails")]
[JsonSerializable(typeof(TripEvent))]
[JsonSerializable(typeof(DoneAnswer))]
internal sealed partial class ReservationJson : JsonSerializerContext;
