using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>
/// A conversation as a person wants to read it: for a console or a log. Secrets are masked and messages given by their size before they come here.
/// When it is full, the middle is left out: the first half holds how the connection came about, the second what was said last.
/// Safe to read while it is written.
/// </summary>
public sealed class SmtpTranscript
{
    /// <summary>The size when none is given, in characters.</summary>
    public const int DefaultMaxLength = 32 * 1024;

    /// <summary>The longest line, in characters; the rest is left out.</summary>
    public const int MaxLine = 1000;

    private readonly Lock _lock = new();
    private readonly List<SmtpTranscriptLine> _first = [];
    private readonly Queue<SmtpTranscriptLine> _last = new();
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly int _half;
    private int _firstLength;
    private int _lastLength;
    private int _omitted;

    /// <summary>Makes an empty transcript; its time begins now.</summary>
    /// <param name="maxLength">About how many characters it holds, at least twice <see cref="MaxLine"/>.</param>
    /// <param name="clock">Where the offsets come from; the system's clock by default.</param>
    public SmtpTranscript(int maxLength = DefaultMaxLength, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 2 * MaxLine);
        _half = maxLength / 2;
        _clock = clock ?? TimeProvider.System;
        _started = _clock.GetTimestamp();
    }

    /// <summary>The lines until now, in order.</summary>
    public IReadOnlyList<SmtpTranscriptLine> Lines
    {
        get
        {
            lock (_lock) return [.. _first, .. _last];
        }
    }

    /// <summary>How many lines were left out in the middle.</summary>
    public int OmittedLines
    {
        get
        {
            lock (_lock) return _omitted;
        }
    }

    /// <summary>One line each, such as <c>0.012 C: EHLO me.example.com</c>: seconds, then C, S or * and the text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        lock (_lock)
        {
            foreach (SmtpTranscriptLine line in _first) Append(text, line);
            if (_omitted > 0) text.Append(CultureInfo.InvariantCulture, $"... {_omitted} lines left out ...\n");
            foreach (SmtpTranscriptLine line in _last) Append(text, line);
        }
        return text.ToString();
    }

    /// <summary>When its time began, by its clock.</summary>
    internal long Started => _started;

    /// <summary>Adds what one side said, line by line.</summary>
    internal void Add(SmtpSpeaker speaker, string text) => Add(_clock.GetElapsedTime(_started), speaker, text);

    /// <summary>Adds a reply, its lines as the server sent them.</summary>
    internal void Add(SmtpReply reply) => Add(_clock.GetElapsedTime(_started), reply);

    /// <summary>Adds what was written down elsewhere.</summary>
    internal void Add(IEnumerable<SmtpTranscriptLine> lines)
    {
        lock (_lock)
        {
            foreach (SmtpTranscriptLine line in lines) Add(line);
        }
    }

    internal void Add(TimeSpan offset, SmtpSpeaker speaker, string text)
    {
        lock (_lock)
        {
            foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines()) Add(new SmtpTranscriptLine(offset, speaker, Printable(line)));
        }
    }

    internal void Add(TimeSpan offset, SmtpReply reply)
    {
        lock (_lock)
        {
            ReadOnlySpan<char> rest = reply.Text;
            while (true)
            {
                int end = rest.IndexOf('\n');
                ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
                if (line.Length > MaxLine - 4) line = line[..(MaxLine - 4)];
                Add(new SmtpTranscriptLine(offset, SmtpSpeaker.Server, $"{reply.Code}{(end < 0 ? ' ' : '-')}{line}"));
                if (end < 0) return;
                rest = rest[(end + 1)..];
            }
        }
    }

    internal void Note(string text) => Add(SmtpSpeaker.Note, text);

    /// <summary>Adds a message, or a part of it, by its size.</summary>
    internal void AddContent(long octets) => Add(SmtpSpeaker.Client, SizeOf(octets));

    internal static string SizeOf(long octets) => string.Create(CultureInfo.InvariantCulture, $"({octets:N0} octets)");

    private void Add(SmtpTranscriptLine line)
    {
        if (_last.Count == 0 && _firstLength + line.Text.Length <= _half)
        {
            _first.Add(line);
            _firstLength += line.Text.Length + 1; // an empty line takes room too
            return;
        }
        _last.Enqueue(line);
        _lastLength += line.Text.Length + 1;
        while (_lastLength > _half && _last.Count > 1)
        {
            _lastLength -= _last.Dequeue().Text.Length + 1;
            _omitted++;
        }
    }

    private static string Printable(ReadOnlySpan<char> line)
    {
        bool isCut = line.Length > MaxLine;
        if (isCut) line = line[..(MaxLine - 3)];
        string text = isCut ? $"{line}..." : line.ToString();
        return text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 && text.AsSpan().IndexOfAnyInRange('\x7F', '\x9F') < 0 ? text : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static void Append(StringBuilder text, SmtpTranscriptLine line) => text.Append(CultureInfo.InvariantCulture,
        $"{line.Offset.TotalSeconds:0.000} {(line.Speaker switch { SmtpSpeaker.Client => "C:", SmtpSpeaker.Server => "S:", _ => "*" })} {line.Text}\n");
}
