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
}
