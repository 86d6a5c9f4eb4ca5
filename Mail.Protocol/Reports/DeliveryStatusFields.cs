using System.Buffers;
using System.Diagnostics;
using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>Writes the fields of message/delivery-status (RFC 3464 §2), in ASCII also for addresses that are not (RFC 6533 §4).</summary>
internal static class DeliveryStatusFields
{
    private const int MaxDiagnostic = 900;

    /// <summary>The name, if it can stand in a field.</summary>
    /// <exception cref="ArgumentException">It cannot; the message names the field.</exception>
    public static string Host(string name, string field) =>
        name is { Length: >= 1 and <= 255 } && !name.AsSpan().ContainsAnyExceptInRange('!', '~') ? name : throw new ArgumentException($"The {field} has 1 to 255 printable ASCII characters without spaces.", nameof(name));

    public static void Write(DeliveryStatusNotification notification, IBufferWriter<byte> output)
    {
        HeaderWriter header = new(output);
        if (notification.EnvelopeId is { } id) header.Structured("Original-Envelope-Id", id);
        header.Structured("Reporting-MTA", $"dns; {notification.ReportingMta}");
        if (notification.ArrivalDate is { } arrived) MessageHeaders.WriteDate(header, "Arrival-Date: "u8, arrived);
        foreach (DeliveryStatusRecipient recipient in notification.Recipients)
        {
            header.EndBlock();
            Write(header, recipient);
        }
    }

    private static void Write(HeaderWriter header, DeliveryStatusRecipient recipient)
    {
        if (recipient.OriginalRecipient is { } original) header.Structured("Original-Recipient", Typed(original));
        header.Structured("Final-Recipient", Typed(recipient.FinalRecipient));
        header.Structured("Action", Name(recipient.Action));
        header.Structured("Status", recipient.Status.ToString());
        if (recipient.RemoteMta is { } mta) header.Structured("Remote-MTA", $"dns; {mta}");
        if (recipient.Diagnostic is { } reply) header.Structured("Diagnostic-Code", $"smtp; {Printable(reply.ToString())}");
        if (recipient.LastAttempt is { } last) MessageHeaders.WriteDate(header, "Last-Attempt-Date: "u8, last);
        if (recipient.WillRetryUntil is { } until) MessageHeaders.WriteDate(header, "Will-Retry-Until: "u8, until);
    }

    private static string Typed(EmailAddress address) =>
        address.RequiresSmtpUtf8 ? $"utf-8; {DsnParameters.WriteUnicode(address.Address)}" : $"rfc822; {address.LocalPart}@{address.AsciiDomain}";

    private static string Name(BounceAction action) => action switch
    {
        BounceAction.Failed => "failed",
        BounceAction.Delayed => "delayed",
        BounceAction.Delivered => "delivered",
        BounceAction.Relayed => "relayed",
        BounceAction.Expanded => "expanded",
        _ => throw new UnreachableException($"{action}"),
    };

    private static string Printable(string text)
    {
        StringBuilder printable = new(Math.Min(text.Length, MaxDiagnostic));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxDiagnostic))) printable.Append(c is >= ' ' and <= '~' ? c : '?');
        return printable.ToString();
    }
}
