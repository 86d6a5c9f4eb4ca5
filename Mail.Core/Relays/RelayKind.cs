namespace Mail.Core.Relays;

/// <summary>How a relay takes messages. Configured in lower case.</summary>
public enum RelayKind
{
    /// <summary>An SMTP server.</summary>
    Smtp,

    /// <summary>A line in the log instead of a mail: for a developer without any mail server.</summary>
    Log,

    /// <summary>The sandbox inbox, table `captured_messages`.</summary>
    Capture,

    /// <summary>SendGrid's Web API v3.</summary>
    SendGrid,

    /// <summary>Amazon SES, API v2.</summary>
    Ses,

    /// <summary>Mailgun's API v3.</summary>
    Mailgun,

    /// <summary>Postmark's API.</summary>
    Postmark,

    /// <summary>Resend's API.</summary>
    Resend,

    /// <summary>A mailbox of Microsoft 365, by Microsoft Graph.</summary>
    Graph,

    /// <summary>A mailbox of Google, by the Gmail API.</summary>
    Gmail,

    /// <summary>For the test addresses, and for nothing else: cannot be configured.</summary>
    Simulator,
}
