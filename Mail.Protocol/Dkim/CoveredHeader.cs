using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>One entry of the list of header fields to cover, ready to be compared and written.</summary>
internal readonly struct CoveredHeader
{
    private readonly DkimCoverage _coverage;

    private CoveredHeader(DkimHeader header)
    {
        Name = Encoding.ASCII.GetBytes(header.Name.ToLowerInvariant());
        _coverage = header.Coverage;
    }

    /// <summary>The name in lower case.</summary>
    public byte[] Name { get; }

    /// <summary>How often the name stands in <c>h=</c> when the message has so many fields: once more than there are fields seals it (RFC 6376 §5.4.2).</summary>
    public int Names(int present) => _coverage switch
    {
        DkimCoverage.Present => present,
        DkimCoverage.PresentAndSealed => present == 0 ? 0 : present + 1,
        _ => present + 1,
    };

    /// <exception cref="ArgumentException">A name that is none, that stands there twice or is not to be signed, or no From.</exception>
    public static CoveredHeader[] From(IReadOnlyList<DkimHeader> headers)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (DkimHeader header in headers)
        {
            if (!DkimHeader.IsFieldName(header.Name)) throw new ArgumentException("A header to sign has a name that is none: printable ASCII without colon and semicolon.", nameof(headers));
            if (!names.Add(header.Name)) throw new ArgumentException($"The header {header.Name} is to be signed twice.", nameof(headers));
            if (header.Name.Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase) || header.Name.Equals("Return-Path", StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"The header {header.Name} is not signed: servers on the way add and remove it (RFC 6376 §3.5, §5.4.1).", nameof(headers));
        }
        if (!names.Contains("From")) throw new ArgumentException("From must be signed (RFC 6376 §5.4).", nameof(headers));
        return [.. headers.Select(header => new CoveredHeader(header))];
    }
}
