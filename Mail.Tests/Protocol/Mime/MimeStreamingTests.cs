using System.Buffers;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

public sealed class MimeStreamingTests
{
    [Fact]
    public void The_size_is_known_before_anything_is_written() =>
        Prop.ForAll(RandomMail.Message.ToArbitrary(), message => message.ComputeSize() == Bytes(message).Length).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(25));

    [Fact]
    public async Task Streaming_writes_the_same_bytes()
    {
        foreach (MimeMessage message in RandomMail.Message.Sample(60, 20))
        {
            using MemoryStream output = new();
            await message.WriteToAsync(output, CancellationToken.None);

            Assert.Equal(Bytes(message), output.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(16416)]
    [InlineData(16417)]
    [InlineData(100_000)]
    public async Task A_file_from_a_stream_is_written_like_one_in_memory(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        MimeMessage inMemory = With(MimeAttachment.Create("a.bin", null, content), MimeAttachment.Create("b.txt", "text/plain", "b"u8.ToArray()));
        MimeMessage streamed = With(
            MimeAttachment.FromStream("a.bin", null, length, _ => ValueTask.FromResult<Stream>(new TrickleStream(content))), MimeAttachment.Create("b.txt", "text/plain", "b"u8.ToArray()));

        using MemoryStream output = new();
        await streamed.WriteToAsync(output, CancellationToken.None);

        Assert.Equal(Bytes(inMemory), output.ToArray());
        Assert.Equal(output.Length, streamed.ComputeSize());
    }

    [Theory]
    [InlineData(99, "holds more")]
    [InlineData(101, "ended 1 octets before")]
    public async Task A_stream_of_another_length_is_an_error_that_names_the_file(int length, string reason)
    {
        MimeMessage message = With(MimeAttachment.FromStream("a.bin", null, length, _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[100]))));
        using MemoryStream output = new();

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => message.WriteToAsync(output, CancellationToken.None));

        Assert.Contains("\"a.bin\"", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => message.WriteTo(new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public async Task A_large_file_is_never_in_memory_as_a_whole()
    {
        const int Size = 40_000_000;
        MimeMessage message = With(MimeAttachment.FromStream("a.bin", null, Size, _ => ValueTask.FromResult<Stream>(new ZeroStream(Size))));
        CountingStream output = new();

        await message.WriteToAsync(output, CancellationToken.None);

        Assert.Equal(message.ComputeSize(), output.Count);
        Assert.True(output.LargestWrite < 256 * 1024, $"{output.LargestWrite} octets were held back.");
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_writing()
    {
        Pipe pipe = new();
        await pipe.Reader.CompleteAsync();

        await Assert.ThrowsAsync<IOException>(() => With(MimeAttachment.Create("a.bin", null, new byte[200_000])).WriteToAsync(pipe.Writer, CancellationToken.None));
    }

    [Fact]
    public void A_message_cannot_come_from_a_stream()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => MimeAttachment.FromStream("m.eml", "message/rfc822", 1, _ => ValueTask.FromResult(Stream.Null)));

        Assert.Contains("message/rfc822", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static MimeMessage With(params MimeAttachment[] files)
    {
        MimeMessage message = new() { From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", TextBody = "see file" };
        foreach (MimeAttachment file in files) message.Attachments.Add(file);
        return message;
    }

    /// <summary>Gives a few octets at a time, as a socket does.</summary>
    private sealed class TrickleStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }

    private sealed class ZeroStream(int size) : MemoryStream
    {
        private int _rest = size;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = Math.Min(_rest, buffer.Length);
            buffer.Span[..count].Clear();
            _rest -= count;
            return ValueTask.FromResult(count);
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Count { get; private set; }

        public int LargestWrite { get; private set; }

        private int _sinceFlush;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            _sinceFlush += buffer.Length;
            LargestWrite = Math.Max(LargestWrite, _sinceFlush);
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _sinceFlush = 0;
            return Task.CompletedTask;
        }
    }
}
