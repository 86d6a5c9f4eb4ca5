using System.Buffers;

namespace Mail.Protocol.Mime;

internal static class MimeMessageWriter
{
    public static void Write(MimeMessage message, IBufferWriter<byte> output) => throw new NotImplementedException();
}
