namespace Mail.Core.Messages;

/// <summary>Which list a recipient stood in. Stored in lower case.</summary>
public enum RecipientKind
{
    To,
    Cc,

    /// <summary>In the envelope only, never in a header.</summary>
    Bcc,
}
