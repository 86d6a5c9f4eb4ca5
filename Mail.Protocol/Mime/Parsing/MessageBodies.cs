using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Tells the parts that are shown as the message's text from the others.</summary>
internal sealed class MessageBodies
{
    private readonly List<MimePart> _texts = [];
    private readonly List<MimePart> _attachments = [];

    public MessageBodies(MimePart root) => Visit(root, showsMessages: true);

    public IReadOnlyList<MimePart> Attachments => _attachments;

    public string? Join(string mediaType)
    {
        string? first = null;
        StringBuilder? all = null;
        foreach (MimePart part in _texts)
        {
            if (part.ContentType.MediaType != mediaType) continue;
            string text = part.DecodeText();
            if (first is null) first = text;
            else (all ??= new StringBuilder(first)).Append('\n').Append(text);
        }
        return all?.ToString() ?? first;
    }

    /// <summary>Walks as a mail client shows a message: one within that is not attached is shown as part of it; what a report returns is not (RFC 6522 §3).</summary>
    private void Visit(MimePart part, bool showsMessages)
    {
        if (!part.IsLeaf)
        {
            foreach (MimePart child in part.Parts) Visit(child, part.ContentType.MediaType != "multipart/report");
            return;
        }
        string type = part.ContentType.MediaType;
        bool isAttached = part.Disposition is { IsAttachment: true } || (type == ContentTypes.Message && part.FileName is not null);
        if (showsMessages && !isAttached && type == ContentTypes.Message && part.EnclosedMessage is { } enclosed) Visit(enclosed.Root, showsMessages: true);
        else if (!isAttached && type is "text/plain" or "text/html") _texts.Add(part);
        else _attachments.Add(part);
    }
}
