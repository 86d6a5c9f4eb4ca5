using System.Text.Json.Serialization;
using Mail.Core.Common;
using Mail.Core.Templates;

namespace Mail.Core.Invitations;

/// <summary>Invitations to one interview: what the mails say, and where the start page leads. A row of `campaigns`, whose columns bear these names in snake case.</summary>
public sealed record Campaign
{
    public const int UsualExpiryMinutes = 7 * 24 * 60;

    public required Guid ProjectId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Of a test key: its mails lie in the sandbox inbox.</summary>
    public required bool IsTest { get; init; }

    /// <summary>The position, as it was advertised; stands in the subject.</summary>
    public required string Title { get; init; }

    /// <summary>The app's own name for the job.</summary>
    public string? Job { get; init; }

    /// <summary>Who hires; null for the project's company, or its name.</summary>
    public string? Company { get; init; }

    public required string TargetUrl { get; init; }

    public int ExpiresInMinutes { get; init; } = UsualExpiryMinutes;

    public int? RemindBeforeMinutes { get; init; }

    public IReadOnlyList<string> Locales { get; init; } = [];

    public string? TimeZone { get; init; }

    public string? Sender { get; init; }

    public string? ReplyTo { get; init; }

    public string? Message { get; init; }

    public int? DurationMinutes { get; init; }

    /// <summary>Whether who has begun may open the link again while it works; each start bears its number.</summary>
    public bool MayRestart { get; init; } = true;

    public bool TrackOpens { get; init; }

    public bool IsInline { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public Guid? RunId { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    public DateTimeOffset? RunEndedAt { get; init; }

    public int RunTotal { get; init; }

    public int RunAccepted { get; init; }

    public int RunRefused { get; init; }

    [JsonIgnore] public ProjectId Project => new(ProjectId);

    /// <summary>The language of a mail: the person's where the campaign has it, else its first; the person's where it names none.</summary>
    public string? LocaleFor(string? person) => Locales.Count == 0 ? person : Locale.Negotiate(person, Locales, Locales[0]);
}
