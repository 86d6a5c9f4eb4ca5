using System.Buffers;
using System.IO.Pipelines;

namespace Mail.Protocol.Mime;

/// <summary>Writes a message whose attachments are read while they are sent, and knows its size before.</summary>
internal static class MimeStreaming
{
    private const int FlushEvery = 32 * 1024;
    private const int ReadSize = 57 * 288; // 16 KB in whole base64 lines

    public static async Task WriteAsync(MimeMessage message, PipeWriter output, CancellationToken ct)
    {
        foreach (MimeAttachment file in new MimeMessageWriter(message, output, writesContents: false).Steps())
        {
            if (file.Open is null) await WriteContentAsync(file.Content, output, ct).ConfigureAwait(false);
            else await WriteStreamAsync(file, output, ct).ConfigureAwait(false);
        }
        await FlushAsync(output, ct).ConfigureAwait(false);
    }

    public static long ComputeSize(MimeMessage message)
    {
        using CountingOutput output = new();
        long size = 0;
        foreach (MimeAttachment file in new MimeMessageWriter(message, output, writesContents: false).Steps()) size += Base64Lines.SizeOf(file.Length);
        return size + output.Count;
    }

    private static async Task WriteContentAsync(ReadOnlyMemory<byte> content, PipeWriter output, CancellationToken ct)
    {
        while (!content.IsEmpty)
        {
            int count = Math.Min(ReadSize, content.Length);
            Base64Lines.Write(content.Span[..count], output);
            content = content[count..];
            if (output.UnflushedBytes >= FlushEvery) await FlushAsync(output, ct).ConfigureAwait(false);
        }
    }

    private static async Task WriteStreamAsync(MimeAttachment file, PipeWriter output, CancellationToken ct)
    {
        await using Stream stream = await file.Open!(ct).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            for (long rest = file.Length; rest > 0;)
            {
                int wanted = (int)Math.Min(ReadSize, rest);
                int count = await stream.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, ct).ConfigureAwait(false);
                if (count < wanted) throw new InvalidDataException($"The attachment \"{file.FileName}\" ended {rest - count} octets before its length of {file.Length}.");
                Base64Lines.Write(buffer.AsSpan(0, count), output);
                rest -= count;
                if (output.UnflushedBytes >= FlushEvery) await FlushAsync(output, ct).ConfigureAwait(false);
            }
            if (await stream.ReadAsync(buffer.AsMemory(0, 1), ct).ConfigureAwait(false) > 0)
                throw new InvalidDataException($"The attachment \"{file.FileName}\" holds more than its length of {file.Length} octets.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask FlushAsync(PipeWriter output, CancellationToken ct)
    {
        FlushResult result = await output.FlushAsync(ct).ConfigureAwait(false);
        if (result.IsCanceled) throw new OperationCanceledException("The flush of the pipe was cancelled.");
        if (result.IsCompleted) throw new IOException("The reader of the pipe has gone before the message was written.");
    }

    /// <summary>Counts what is written and keeps none of it.</summary>
    private sealed class CountingOutput : IBufferWriter<byte>, IDisposable
    {
        private byte[] _scratch = ArrayPool<byte>.Shared.Rent(4 * 1024);

        public long Count { get; private set; }

        public void Advance(int count) => Count += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > _scratch.Length)
            {
                ArrayPool<byte>.Shared.Return(_scratch);
                _scratch = ArrayPool<byte>.Shared.Rent(sizeHint);
            }
            return _scratch;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public void Dispose() => ArrayPool<byte>.Shared.Return(_scratch);
    }
}
