using System.Buffers;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Collects the content of one message and the first reason to refuse it. Once there is a reason, nothing more is kept.</summary>
internal sealed class MessageContent(SmtpServerOptions options, SmtpServerLoad.AddressLoad load) : IDisposable
{
    private readonly MessageBlocks _blocks = new(load);
    private LineRules _lines;

    /// <summary>Why the message cannot be taken, or <see langword="null"/>.</summary>
    public SmtpReply? Refusal { get; private set; }

    public ReadOnlySequence<byte> Octets => _blocks.Content;

    public int LongestLine => (int)_lines.LongestLine;

    public bool Is8Bit => _lines.Is8Bit;

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (Refusal is not null) return;
        _lines.Observe(octets);
        if (_blocks.Length + octets.Length > options.MaxMessageSize) Refuse(Replies.TooBig);
        else if (_lines.HasBareLineEnd) Refuse(Replies.BareLineEnd);
        else if (_lines.LongestLine + 2 > options.MaxTextLine) Refuse(Replies.TextLineTooLong);
        else if (!_blocks.Append(octets)) Refuse(Replies.NoRoom);
    }

    /// <summary>The message is complete. Its last line gets a CRLF where it has none, as it may have by BDAT.</summary>
    public void Complete()
    {
        _lines.Complete();
        if (Refusal is not null) return;
        if (_lines.HasBareLineEnd) Refuse(Replies.BareLineEnd);
        else if (!_lines.IsAtLineStart && !_blocks.Append("\r\n"u8)) Refuse(Replies.NoRoom);
    }

    public void Dispose() => _blocks.Dispose();

    private void Refuse(SmtpReply reason)
    {
        Refusal = reason;
        _blocks.Clear();
    }
}
