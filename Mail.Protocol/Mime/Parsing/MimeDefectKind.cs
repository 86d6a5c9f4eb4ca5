namespace Mail.Protocol.Mime.Parsing;

/// <summary>What can be wrong with a message.</summary>
public enum MimeDefectKind
{
    /// <summary>The message is larger than <see cref="MimeLimits.MaxMessageBytes"/>. Never tolerated.</summary>
    MessageTooLarge,

    /// <summary>A header section is larger than <see cref="MimeLimits.MaxHeaderBytes"/>. Never tolerated.</summary>
    HeadersTooLarge,

    /// <summary>More fields than <see cref="MimeLimits.MaxHeaders"/>; the rest was left out.</summary>
    TooManyHeaders,

    /// <summary>More levels than <see cref="MimeLimits.MaxDepth"/>; what is deeper was not opened.</summary>
    NestingTooDeep,

    /// <summary>More parts than <see cref="MimeLimits.MaxParts"/>; the rest was left out.</summary>
    TooManyParts,

    /// <summary>More parameters than <see cref="MimeLimits.MaxParameters"/>; the rest was left out.</summary>
    TooManyParameters,

    /// <summary>More mailboxes than <see cref="MimeLimits.MaxAddresses"/>; the rest was left out.</summary>
    TooManyAddresses,

    /// <summary>A line among the headers that is none, and was left out (RFC 5322 §2.2).</summary>
    InvalidHeaderLine,

    /// <summary>The body begins without the empty line before it (RFC 5322 §2.1).</summary>
    MissingBodySeparator,

    /// <summary>Lines end with CR alone or LF alone, or both kinds are mixed (RFC 5322 §2.3). Noted for CR; LF alone is how files keep mail.</summary>
    BareLineEnd,

    /// <summary>A multipart without a boundary (RFC 2046 §5.1.1).</summary>
    MissingBoundary,

    /// <summary>A multipart in which its boundary never stands (RFC 2046 §5.1.1).</summary>
    BoundaryNotFound,

    /// <summary>A multipart whose end is not marked (RFC 2046 §5.1.1): it was cut off, or ended by the multipart around it.</summary>
    MissingClosingBoundary,

    /// <summary>A value that does not follow the grammar of its field: an address, a media type, a parameter, a date.</summary>
    InvalidHeaderValue,

    /// <summary>Octets above 127 in a header that are no UTF-8 (RFC 6532), read in the declared charset or as windows-1252.</summary>
    RawHeaderOctets,

    /// <summary>An encoded word that is not as RFC 2047 wants it.</summary>
    InvalidEncodedWord,

    /// <summary>A transfer encoding nobody knows (RFC 2045 §6.4); the content was taken as it is.</summary>
    UnknownTransferEncoding,

    /// <summary>Base64, quoted-printable or uuencode with octets that do not belong there, or cut off.</summary>
    InvalidTransferEncoding,

    /// <summary>A charset nobody knows; the text was read as UTF-8, or as windows-1252 where it is none.</summary>
    UnknownCharset,

    /// <summary>Octets that do not exist in their charset, shown as U+FFFD.</summary>
    InvalidText,
}
