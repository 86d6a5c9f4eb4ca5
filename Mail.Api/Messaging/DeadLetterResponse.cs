using Mail.Core.Messaging;

namespace Mail.Api.Messaging;

/// <summary>A message of the system's own that could not be handled: a reminder, a step of a reservation.</summary>
/// <param name="MessageId">The message's own id, the same for each of its handlers.</param>
/// <param name="Type">What the message is, such as `reservations.reminder-due`.</param>
/// <param name="Handler">Who was to handle it.</param>
/// <param name="Key">Of a timer.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">What was wrong the last time.</param>
/// <param name="DueAt">When it was to be handled.</param>
public sealed record DeadLetterResponse(
    string Object, string Id, string MessageId, string Type, string Handler, string? Key, int Attempts, string Error, DateTimeOffset PublishedAt, DateTimeOffset DueAt, DateTimeOffset DiedAt)
{
    public static DeadLetterResponse Of(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new DeadLetterResponse(
            "dead_letter", letter.Id.ToString(), letter.MessageId.ToString(), letter.Name, letter.Handler, letter.Key, letter.Attempts, letter.Error, letter.PublishedAt, letter.DueAt, letter.DiedAt);
    }
}
