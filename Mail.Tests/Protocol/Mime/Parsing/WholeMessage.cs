using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Asks a message for everything it can say, so that nothing lazy stays unread, and measures what each question costs.</summary>
internal sealed class WholeMessage
{
    /// <summary>The most that parsing or one question allocated, in octets.</summary>
    public long DearestQuestion { get; private set; }

    /// <summary>How much there was, so that no reading is left out as without effect.</summary>
    public long Total { get; private set; }

    public static WholeMessage Read(ReadOnlyMemory<byte> octets, MimeLimits? limits = null)
    {
        WholeMessage whole = new();
        ParsedMessage message = null!;
        whole.Ask(() => (message = ParsedMessage.Parse(octets, limits)).Headers.Count);
        whole.Read(message);
        return whole;
    }

    private void Read(ParsedMessage message)
    {
        Ask(() => message.Subject?.Length ?? 0);
        Ask(() => message.Date?.Ticks ?? 0);
        Ask(() => message.MessageId?.Length ?? 0);
        Ask(() => message.InReplyTo.Count);
        Ask(() => message.References.Count);
        Ask(() => message.From.Count);
        Ask(() => message.Sender.Count);
        Ask(() => message.To.Count);
        Ask(() => message.Cc.Count);
        Ask(() => message.Bcc.Count);
        Ask(() => message.ReplyTo.Count);
        Ask(() => message.TextBody?.Length ?? 0);
        Ask(() => message.HtmlBody?.Length ?? 0);
        Ask(() => message.Attachments.Count);
        Read(message.Root);
        Ask(() => message.Defects.Count);
    }

    private void Read(MimePart part)
    {
        Ask(() => part.ContentType.Parameters.Count + (part.Charset?.Length ?? 0));
        Ask(() => part.Disposition?.Parameters.Count ?? 0);
        Ask(() => part.FileName?.Length ?? 0);
        Ask(() => part.ContentId?.Length ?? 0);
        Ask(() => part.TransferEncoding.Length + part.RawContent.Length + part.Offset);
        Ask(() => part.Headers.Sum(header => header.Name.Length + header.RawValue.Length));
        foreach (ParsedHeader header in part.Headers) Ask(() => header.Value.Length);
        if (part.Parts.Count == 0)
        {
            Ask(() => part.DecodeContent().Length);
            if (part.ContentType.IsText) Ask(() => part.DecodeText().Length);
        }
        foreach (MimePart child in part.Parts) Read(child);
        ParsedMessage? enclosed = null;
        Ask(() => (enclosed = part.EnclosedMessage)?.Offset ?? 0);
        if (enclosed is not null) Read(enclosed);
    }

    private void Ask(Func<long> question)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Total += question();
        DearestQuestion = Math.Max(DearestQuestion, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
