namespace Mail.Core.Messages;

/// <summary>How urgent a message is. The numbers are stored and sort by urgency.</summary>
public enum Lane : short
{
    /// <summary>Codes and links that a person waits for.</summary>
    Critical = 0,

    /// <summary>Everything else that one person's action caused.</summary>
    Normal = 1,

    /// <summary>Newsletters and the like.</summary>
    Bulk = 2,
}
