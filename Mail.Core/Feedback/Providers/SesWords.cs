namespace Mail.Core.Feedback.Providers;

/// <summary>The kinds of bounces that Amazon SES tells apart, and Resend with it (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types).</summary>
internal static class SesWords
{
    public static ProviderEvent Bounced(ProviderEvent told, string? type, string? subType) => told with
    {
        Word = $"{type}/{subType}",
        IsDead = type switch { "Permanent" => subType is "General" or "NoEmail" or "Suppressed" or "OnAccountSuppressionList", "Transient" => false, _ => null },
        Cause = subType switch
        {
            "NoEmail" => "unknown_user",
            "Suppressed" or "OnAccountSuppressionList" => "recipient_inactive",
            "MailboxFull" => "mailbox_full",
            "MessageTooLarge" => "too_large",
            "ContentRejected" or "AttachmentRejected" => "content_refused",
            _ => null,
        },
    };
}
