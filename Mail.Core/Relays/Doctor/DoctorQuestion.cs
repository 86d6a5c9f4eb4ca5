using Mail.Core.Common;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Doctor;

/// <summary>What the doctor is asked.</summary>
public sealed record DoctorQuestion
{
    /// <summary>Who shall get a real mail; null for none.</summary>
    public EmailAddress? To { get; init; }

    /// <summary>Its sender; null for one that is known.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>The project in whose name the mail is sent; null when the database is away.</summary>
    public ProjectId? Project { get; init; }

    /// <summary>How long each step of the conversation may take.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the fate of the mail is waited for; then it is taken back where that is still possible.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(30);
}
