using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.ActionLinks;

namespace Mail.Core.Requests;

/// <summary>What an app asks a person to decide, as it was asked. Never changed.</summary>
/// <param name="Choices">Two to five.</param>
/// <param name="Requester">Who asks, as the person reads it: `on_behalf_of`, else the project.</param>
/// <param name="Reminders">When, in order.</param>
public sealed record RequestContent(string Title, string? Text, IReadOnlyList<ActionChoice> Choices, string Requester, IReadOnlyList<DateTimeOffset> Reminders)
{
    public string? OnBehalfOfName { get; init; }

    /// <summary>Gets the answers to the mails (Reply-To).</summary>
    public string? OnBehalfOfEmail { get; init; }

    public IReadOnlyList<RequestDetail> Details { get; init; } = [];

    /// <summary>As it was given, with its capital letters.</summary>
    public string PersonEmail { get; init; } = "";

    public string? PersonName { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether the page has a field for some words.</summary>
    public bool AsksComment { get; init; }

    /// <summary>The sender of the mails; null for EMAIL_FROM.</summary>
    public string? From { get; init; }

    /// <summary>The app's own, given back with the decision.</summary>
    public JsonElement? Metadata { get; init; }
}

public sealed record RequestDetail(string Label, string Value);

/// <summary>`data` of `request.decided`, `.expired` and `.canceled`.</summary>
public sealed record RequestTold(
    Guid Id, string State, string Title, RequestPerson Person, DateTimeOffset Deadline, string? Choice, string? Label, string? Comment, DateTimeOffset At, string? Ip, string? UserAgent, JsonElement? Metadata, bool Test);

public sealed record RequestPerson(string Email, string? Name);

/// <summary>A line of history about a mail.</summary>
internal sealed record MailedDetail(string Template, string? Problem = null);

internal sealed record DecidedDetail(string Choice, string? Comment);

/// <summary>A button of the mail `decision-request`.</summary>
internal sealed record ChoiceButton(string Label, string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RequestContent))]
[JsonSerializable(typeof(RequestTold))]
[JsonSerializable(typeof(MailedDetail))]
[JsonSerializable(typeof(DecidedDetail))]
[JsonSerializable(typeof(IReadOnlyList<RequestDetail>), TypeInfoPropertyName = "Details")]
[JsonSerializable(typeof(IReadOnlyList<ChoiceButton>), TypeInfoPropertyName = "Buttons")]
internal sealed partial class RequestJson : JsonSerializerContext;
