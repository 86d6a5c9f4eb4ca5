namespace Mail.Tests.Support;

/// <summary>Reads lines and message contents for <see cref="SmtpSinkSession"/>.</summary>
internal sealed class SmtpSinkInput(Stream stream)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether a whole line is there already.</summary>
    public bool HasLine => Unread.IndexOf("\r\n"u8) >= 0;

    /// <summary>Whether anything was read beyond what was asked for.</summary>
    public bool HasUnread => _start < _end;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next line without CRLF, or null when the client has gone.</summary>
    public async ValueTask<string?> ReadLineAsync(CancellationToken ct)
    {
        int length;
        while ((length = Unread.IndexOf("\r\n"u8)) < 0)
            if (!await FillAsync(ct)) return null;
        string line = System.Text.Encoding.UTF8.GetString(Unread[..length]);
        _start += length + 2;
        return line;
    }

    /// <summary>A message up to its final dot, without dot stuffing, or null when the client has gone before it.</summary>
    public async ValueTask<byte[]?> ReadContentAsync(CancellationToken ct)
    {
        int searched = 0;
        while (true)
        {
            if (Unread.StartsWith(".\r\n"u8))
            {
                _start += 3;
                return [];
            }
            int from = Math.Max(0, searched - 4);
            int found = Unread[from..].IndexOf("\r\n.\r\n"u8);
            if (found >= 0)
            {
                byte[] content = Unstuff(Unread[..(from + found + 2)]);
                _start += from + found + 5;
                return content;
            }
            searched = _end - _start;
            if (!await FillAsync(ct)) return null;
        }
    }

    /// <summary>That many octets, or null when the client has gone before.</summary>
    public async ValueTask<byte[]?> ReadExactlyAsync(int count, CancellationToken ct)
    {
        byte[] octets = new byte[count];
        for (int read = 0; read < count;)
        {
            if (_start == _end && !await FillAsync(ct)) return null;
            int part = Math.Min(count - read, _end - _start);
            Unread[..part].CopyTo(octets.AsSpan(read));
            read += part;
            _start += part;
        }
        return octets;
    }

    /// <summary>Reads and forgets until the client goes.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        do _start = _end = 0;
        while (await FillAsync(ct));
    }

    private static byte[] Unstuff(ReadOnlySpan<byte> content)
    {
        byte[] result = new byte[content.Length];
        int length = 0;
        for (int i = 0; i < content.Length; i++)
            if (content[i] != '.' || (i != 0 && (i < 2 || content[i - 2] != '\r' || content[i - 1] != '\n'))) result[length++] = content[i];
        return result[..length];
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_start == _end) _start = _end = 0;
        if (_end == _buffer.Length && _start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int count = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += count;
        return count > 0;
    }
}
