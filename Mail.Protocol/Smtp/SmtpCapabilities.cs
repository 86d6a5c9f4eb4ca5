using System.Globalization;

namespace Mail.Protocol.Smtp;

/// <summary>What the server offered in its last EHLO reply (RFC 5321 §4.1.1.1). After TLS only what was said inside of it counts.</summary>
public sealed class SmtpCapabilities
{
    private const int MaxMechanisms = 100; // the longest list seen has 63; a server that offers thousands gains nothing
    private const int MaxMechanismName = 40; // RFC 4422 §3.1 allows 20

    private readonly List<string> _mechanisms = [];

    private SmtpCapabilities() { }

    /// <summary>A server that offers nothing, as after HELO.</summary>
    public static SmtpCapabilities None { get; } = new();

    /// <summary>Commands may be sent without waiting for each reply (RFC 2920).</summary>
    public bool Pipelining { get; private set; }

    /// <summary>Bodies with octets above 127 (RFC 6152).</summary>
    public bool EightBitMime { get; private set; }

    /// <summary>Addresses and headers in UTF-8 (RFC 6531).</summary>
    public bool SmtpUtf8 { get; private set; }

    /// <summary>Delivery reports on request (RFC 3461).</summary>
    public bool Dsn { get; private set; }

    /// <summary>BDAT (RFC 3030 §2).</summary>
    public bool Chunking { get; private set; }

    /// <summary>Any octets at all, line ends included, when sent by BDAT (RFC 3030 §3).</summary>
    public bool BinaryMime { get; private set; }

    /// <summary>STARTTLS (RFC 3207).</summary>
    public bool StartTls { get; private set; }

    /// <summary>Replies bear enhanced status codes (RFC 2034).</summary>
    public bool EnhancedStatusCodes { get; private set; }

    /// <summary>The SIZE parameter of MAIL is understood (RFC 1870).</summary>
    public bool Size { get; private set; }

    /// <summary>The largest message in octets, or <see langword="null"/> when the server names no limit (RFC 1870 §4).</summary>
    public long? MaxSize { get; private set; }

    /// <summary>The SASL mechanisms in upper case, in the server's order (RFC 4954).</summary>
    public IReadOnlyList<string> AuthMechanisms => _mechanisms;

    /// <summary>Reads the text of an EHLO reply: the first line is the greeting, every other line one keyword with its parameters.</summary>
    /// <param name="ehloText">Lines joined by <c>\n</c>, as <see cref="SmtpReply.Text"/> holds them. What is not understood is left out.</param>
    public static SmtpCapabilities Parse(string ehloText)
    {
        ArgumentNullException.ThrowIfNull(ehloText);
        SmtpCapabilities capabilities = new();
        bool isGreeting = true;
        foreach (ReadOnlySpan<char> line in ehloText.AsSpan().EnumerateLines())
        {
            if (!isGreeting) capabilities.Add(line);
            isGreeting = false;
        }
        return capabilities;
    }

    private void Add(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> keyword = NextWord(ref line);
        if (Is(keyword, "PIPELINING")) Pipelining = true;
        else if (Is(keyword, "8BITMIME")) EightBitMime = true;
        else if (Is(keyword, "SMTPUTF8")) SmtpUtf8 = true;
        else if (Is(keyword, "DSN")) Dsn = true;
        else if (Is(keyword, "CHUNKING")) Chunking = true;
        else if (Is(keyword, "BINARYMIME")) BinaryMime = true;
        else if (Is(keyword, "STARTTLS")) StartTls = true;
        else if (Is(keyword, "ENHANCEDSTATUSCODES")) EnhancedStatusCodes = true;
        else if (Is(keyword, "AUTH")) AddMechanisms(line);
        else if (Is(keyword, "SIZE"))
        {
            Size = true;
            if (long.TryParse(NextWord(ref line), NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size > 0) MaxSize = size;
        }
    }

    private void AddMechanisms(ReadOnlySpan<char> line)
    {
        while (NextWord(ref line) is { IsEmpty: false } word)
        {
            if (_mechanisms.Count == MaxMechanisms) return;
            if (word.Length > MaxMechanismName) continue;
            string mechanism = word.ToString().ToUpperInvariant();
            if (!_mechanisms.Contains(mechanism)) _mechanisms.Add(mechanism);
        }
    }

    // "AUTH=PLAIN LOGIN" is an old form that some servers offer beside or instead of "AUTH PLAIN LOGIN".
    private static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> line)
    {
        line = line.TrimStart(" =\t");
        int end = line.IndexOfAny(" =\t");
        ReadOnlySpan<char> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
