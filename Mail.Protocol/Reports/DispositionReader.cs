using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>Reads the fields of a read receipt (RFC 8098 §3.2).</summary>
internal static class DispositionReader
{
    public static MailReport Read(FieldBlock fields)
    {
        // action-mode/sending-mode; type/modifier — programs leave out either half.
        string value = fields["Disposition"] ?? "";
        int semicolon = value.IndexOf(';');
        string type = semicolon >= 0 ? value[(semicolon + 1)..] : value.Contains("MDN-", StringComparison.OrdinalIgnoreCase) ? "" : value;
        int modifier = type.AsSpan().IndexOfAny('/', ',');
        if (modifier >= 0) type = type[..modifier];
        string? original = TypedValue.Address(fields["Original-Recipient"]);
        string? final = TypedValue.Address(fields["Final-Recipient"]);
        return new MailReport
        {
            Kind = ReportKind.Disposition,
            Disposition = new DispositionReport
            {
                Recipient = final ?? original,
                OriginalRecipient = original is not null && !original.Equals(final, StringComparison.OrdinalIgnoreCase) ? original : null,
                Disposition = type.Trim().ToLowerInvariant(),
                IsSentManually = value.Contains("MDN-sent-manually", StringComparison.OrdinalIgnoreCase),
                OriginalMessageId = MessageIdText.Of(fields["Original-Message-ID"]),
                ReportingUserAgent = fields["Reporting-UA"],
            },
        };
    }
}
