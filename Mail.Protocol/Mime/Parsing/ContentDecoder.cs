using System.Buffers;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Undoes a Content-Transfer-Encoding (RFC 2045 §6).</summary>
internal static class ContentDecoder
{
    /// <summary>Whether content in this encoding stands in the message as it is.</summary>
    public static bool IsIdentity(string encoding) => encoding is "" or "7bit" or "8bit" or "binary" || !IsKnown(encoding);

    public static bool IsKnown(string encoding) => encoding is "" or "7bit" or "8bit" or "binary" or "base64" or "quoted-printable" or "x-uuencode" or "uuencode" or "x-uue" or "x-uu";

    /// <summary>Decodes into a buffer that the caller returns to <see cref="ArrayPool{T}.Shared"/>.</summary>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw, string encoding, MimeSource source, long offset, out byte[] rented)
    {
        rented = ArrayPool<byte>.Shared.Rent(raw.Length + 4);
        int written;
        bool isClean = encoding switch
        {
            "base64" => Base64Decoder.Decode(raw, rented, out written),
            "quoted-printable" => QuotedPrintableDecoder.Decode(raw, rented, out written),
            _ => UuDecoder.Decode(raw, rented, out written),
        };
        if (!isClean) source.Note(MimeDefectKind.InvalidTransferEncoding, offset, $"Content in {encoding} holds what does not belong there, or was cut off.");
        return rented.AsSpan(0, written);
    }
}
