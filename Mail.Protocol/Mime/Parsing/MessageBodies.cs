using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Tells the parts that are shown as the message's text from the others.</summary>
internal sealed class MessageBodies
{
    private readonly List<MimePart> _texts = [];
    private readonly List<MimePart> _attachments = [];

    public MessageBodies(MimePart root) => Visit(root);

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

    private void Visit(MimePart part)
    {
        if (!part.IsLeaf)
        {
            foreach (MimePart child in part.Parts) Visit(child);
            return;
        }
        bool isText = part.ContentType.MediaType is "text/plain" or "text/html" && part.Disposition is not { IsAttachment: true };
        (isText ? _texts : _attachments).Add(part);
    }
}
