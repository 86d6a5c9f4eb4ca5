using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>
/// What is said of one message, kept as it goes over the wire: commands copied into one buffer, replies by reference. A message that is taken costs nothing but that; a text for people is
/// made only when one is asked for. For one conversation, so not for two threads.
/// </summary>
internal sealed class SmtpJournal
{
    private const int MaxOctets = 64 * 1024; // of commands; the usual limits leave room for hundreds of recipients
    private const int MaxEntries = 1000;
    private const int LongestText = 1024 * 1024; // in characters; made for a moment, to be cut down to what concerns one recipient

    private readonly List<Entry> _entries = new(8);
    private readonly SmtpTranscriptLine[] _opening;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private byte[] _octets = new byte[256];
    private int _length;
    private int _before;

    /// <param name="opening">How the connection came about; its time goes on.</param>
    /// <param name="clock">The one that <paramref name="opening"/> runs on.</param>
    public SmtpJournal(SmtpTranscript opening, TimeProvider clock)
    {
        _opening = [.. opening.Lines];
        _started = opening.Started;
        _clock = clock;
    }

    /// <summary>Forgets the message before.</summary>
    /// <param name="before">How many messages the connection has carried.</param>
    public void Begin(int before)
    {
        _entries.Clear();
        _length = 0;
        _before = before;
    }

    /// <summary>Commands, as they are sent.</summary>
    public void Said(ReadOnlySpan<byte> commands)
    {
        if (commands.Length > MaxOctets - _length || _entries.Count >= MaxEntries) return;
        if (commands.Length > _octets.Length - _length) Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + commands.Length));
        commands.CopyTo(_octets.AsSpan(_length));
        Add(new Entry(Now, _length, commands.Length, null, -1));
        _length += commands.Length;
    }

    /// <summary>A message, or a part of it, by its size.</summary>
    /// <param name="octets">How many.</param>
    /// <param name="command">What announces it.</param>
    public void SaidContent(long octets, string? command)
    {
        if (command is not null) Said(Encoding.ASCII.GetBytes(command));
        Add(new Entry(Now, 0, 0, null, octets));
    }

    public void Heard(SmtpReply reply) => Add(new Entry(Now, 0, 0, reply, -1));

    /// <param name="secrets">What is masked.</param>
    /// <param name="end">What ended it, where that was no reply.</param>
    public SmtpTranscript Write(SmtpSecrets secrets, string? end)
    {
        SmtpTranscript transcript = new(LongestText, _clock);
        transcript.Add(_opening);
        if (_before > 0) transcript.Add(Offset(_entries.Count > 0 ? _entries[0].At : Now), SmtpSpeaker.Note, string.Create(CultureInfo.InvariantCulture, $"this connection had carried {_before:N0} {(_before == 1 ? "message" : "messages")} before"));
        foreach (Entry entry in _entries)
        {
            if (entry.Reply is { } reply) transcript.Add(Offset(entry.At), secrets.Mask(reply));
            else transcript.Add(Offset(entry.At), SmtpSpeaker.Client, entry.Content >= 0 ? SmtpTranscript.SizeOf(entry.Content) : secrets.Mask(Encoding.UTF8.GetString(_octets, entry.Start, entry.Length).TrimEnd('\r', '\n')));
        }

        if (end is not null) transcript.Add(Offset(Now), SmtpSpeaker.Note, secrets.Mask(end));
        return transcript;
    }

    private long Now => _clock.GetTimestamp();

    private void Add(Entry entry)
    {
        if (_entries.Count < MaxEntries) _entries.Add(entry);
    }

    private TimeSpan Offset(long at) => _clock.GetElapsedTime(_started, at);

    /// <param name="At">By the clock.</param>
    /// <param name="Start">Of the commands, in the buffer.</param>
    /// <param name="Length">Of the commands.</param>
    /// <param name="Reply">What the server said; null for what we did.</param>
    /// <param name="Content">The size of a message in octets; -1 for commands.</param>
    private readonly record struct Entry(long At, int Start, int Length, SmtpReply? Reply, long Content);
}
