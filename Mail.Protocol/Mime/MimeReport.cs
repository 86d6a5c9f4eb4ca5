namespace Mail.Protocol.Mime;

/// <summary>What makes a message a report for machines (multipart/report, RFC 6522): beside the text for people stand fields and the message that it is about.
/// Made by <see cref="Reports.DeliveryStatusNotification.ToReport"/>. Immutable.</summary>
public sealed class MimeReport
{
    internal MimeReport(string reportType, ReadOnlyMemory<byte> fields, EnclosedMessage? original)
    {
        ReportType = reportType;
        Fields = new EnclosedMessage(new MimeContentType($"message/{reportType}"), true, fields);
        Original = original;
    }

    /// <summary>The kind of report, such as <c>delivery-status</c>; also the subtype of the part with the fields.</summary>
    public string ReportType { get; }

    internal EnclosedMessage Fields { get; }

    internal EnclosedMessage? Original { get; }
}
