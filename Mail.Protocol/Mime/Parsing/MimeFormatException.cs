namespace Mail.Protocol.Mime.Parsing;

/// <summary>A message that cannot be read within its <see cref="MimeLimits"/>. Nothing else is refused: what is merely wrong becomes a <see cref="MimeDefect"/>.</summary>
public sealed class MimeFormatException : FormatException
{
    /// <summary>Makes the exception of a defect that is not tolerated.</summary>
    /// <param name="defect">What is wrong, and where.</param>
    public MimeFormatException(MimeDefect defect) : base(defect?.Detail)
    {
        ArgumentNullException.ThrowIfNull(defect);
        Defect = defect;
    }

    /// <summary>What is wrong.</summary>
    public MimeDefect Defect { get; }

    /// <summary>Where, in octets from the start of the message.</summary>
    public long Offset => Defect.Offset;
}
