using System.Collections.Frozen;

namespace Mail.Protocol.Reports.Status;

/// <summary>The fields of one delivery report: those about the message, and one group for each recipient (RFC 3464 §2.2, §2.3).</summary>
internal sealed class DeliveryStatus
{
    private const int MaxRecipients = 1000;

    private static readonly FrozenSet<string> _ofRecipient = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Final-Recipient", "Original-Recipient", "X-Actual-Recipient", "Action", "Status", "Diagnostic-Code", "Remote-MTA", "Final-Log-ID", "Last-Attempt-Date",
        "Will-Retry-Until", "Localized-Reason");

    private readonly List<FieldBlock> _recipients = [];

    public FieldBlock Message { get; } = new();

    public IReadOnlyList<FieldBlock> Recipients => _recipients;

    public bool IsEmpty => Message.Fields.Count == 0 && _recipients.Count == 0;

    /// <summary>Adds the groups of a part. Reporters write everything in one group, fields before the recipient's name, and empty lines anywhere.</summary>
    /// <returns>Whether there were any of the fields that RFC 3464 has.</returns>
    public bool Add(ReadOnlySpan<char> text)
    {
        bool isReport = false;
        foreach (FieldBlock block in FieldBlock.Parse(text))
        {
            FieldBlock? current = Continued(block);
            foreach ((string name, string value) in block.Fields)
            {
                isReport |= IsOfMessage(name) || IsOfRecipient(name);
                if (IsOfMessage(name))
                {
                    Message.Add(name, value);
                    continue;
                }
                if (!IsOfRecipient(name))
                {
                    (current ?? Message).Add(name, value);
                    continue;
                }
                if (current is null || (current.Contains(name) && StartsGroup(name)))
                {
                    if (_recipients.Count >= MaxRecipients) return true;
                    _recipients.Add(current = new FieldBlock());
                }
                current.Add(name, value);
            }
        }
        return isReport;
    }

    // One group of the two names the recipient, the other says the rest: an empty line too many.
    private FieldBlock? Continued(FieldBlock block)
    {
        if (_recipients.Count == 0 || HasIdentity(_recipients[^1]) == HasIdentity(block)) return null;
        foreach ((string name, _) in block.Fields)
            if (IsOfRecipient(name) && _recipients[^1].Contains(name)) return null;
        return _recipients[^1];
    }

    private static bool HasIdentity(FieldBlock block) => block.Contains("Final-Recipient") || block.Contains("Original-Recipient");

    private static bool StartsGroup(string name) => IsIdentity(name) || Is(name, "Action") || Is(name, "Status");

    private static bool IsIdentity(string name) => Is(name, "Final-Recipient") || Is(name, "Original-Recipient");

    private static bool IsOfRecipient(string name) => _ofRecipient.Contains(name);

    private static bool IsOfMessage(string name) =>
        Is(name, "Reporting-MTA") || Is(name, "Original-Envelope-Id") || Is(name, "DSN-Gateway") || Is(name, "Received-From-MTA") || Is(name, "Arrival-Date");

    private static bool Is(string name, string field) => name.Equals(field, StringComparison.OrdinalIgnoreCase);
}
