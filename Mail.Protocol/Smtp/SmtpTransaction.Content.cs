using System.Buffers;
using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp;

/// <content>The message itself, after the server has taken at least one recipient: by DATA (RFC 5321 §4.1.1.4) or by BDAT (RFC 3030).</content>
internal sealed partial class SmtpTransaction
{
    private const int ContentBlock = 32 * 1024;
    private const int Chunk = 256 * 1024;
    private const int ChunksInFlight = 2; // the network is never idle, and a refusal is read before much more is sent

    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(1);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        SmtpReply? final;
        try
        {
            final = offer.UsesChunks ? await SendChunksAsync(message, ct).ConfigureAwait(false) : await SendDataAsync(message, ct).ConfigureAwait(false);
        }
        catch (SmtpConnectionLostException e)
        {
            // A server that refuses in the midst and closes has mostly said why.
            if (await ReadLastWordsAsync(ct).ConfigureAwait(false) is not { } refusal) throw;
            channel.Transcript?.Note(e.Message);
            IsClosing = true;
            DecideRest(refusal, e.Stage);
            return;
        }
        if (final is { Class: ReplyClass.Intermediate }) throw Unexpected(SmtpStage.FinalDot, final);
        if (final is not null) DecideRest(final, SmtpStage.FinalDot);
        NeedsReset = final is not { Class: ReplyClass.Success } && !IsClosing;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> SendDataAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        channel.TellContent(message.Length);
        // A message that fits goes out with its final dot in one write.
        byte[] block = ArrayPool<byte>.Shared.Rent(Math.Min(message.Length + (message.Length / 64) + DotStuffer.MinDestination, ContentBlock));
        try
        {
            DotStuffer stuffer = new();
            bool isComplete = false;
            while (!isComplete)
            {
                ReadOnlySpan<byte> rest = message.Span;
                int count = stuffer.Write(ref rest, block, out isComplete);
                message = message[^rest.Length..];
                MayBeTaken = isComplete;
                await channel.WriteAsync(block.AsMemory(0, count), isComplete ? SmtpStage.FinalDot : SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return await ReadAsync(SmtpStage.FinalDot, timeouts.DataTermination, ct).ConfigureAwait(false);
    }

    /// <summary>Chunks, the next one under way while the reply to the one before is awaited.</summary>
    /// <returns>The reply to the last chunk, or null when one before it was refused; that one has decided.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> SendChunksAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        int mostInFlight = capabilities.Pipelining ? ChunksInFlight : 1;
        int inFlight = 0;
        bool isLast = false;
        while (!isLast)
        {
            ReadOnlyMemory<byte> chunk = message[..Math.Min(message.Length, Chunk)];
            message = message[chunk.Length..];
            isLast = message.IsEmpty;
            await SendChunkAsync(chunk, isLast, ct).ConfigureAwait(false);
            inFlight++;
            while (inFlight > (isLast ? 1 : mostInFlight - 1))
            {
                inFlight--;
                if (await IsChunkTakenAsync(ct).ConfigureAwait(false)) continue;
                // What is in flight is refused too (RFC 3030 §2); its replies are read, so that the connection is in a known state.
                MayBeTaken = false;
                while (inFlight-- > 0 && !IsClosing) await ReadAsync(SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
                return null;
            }
        }
        return await ReadAsync(SmtpStage.FinalDot, timeouts.DataTermination, ct).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendChunkAsync(ReadOnlyMemory<byte> chunk, bool isLast, CancellationToken ct)
    {
        // Text ends with a line end, which DATA's final dot would bring along.
        bool endsLine = isLast && !offer.UsesBinary && !chunk.Span.EndsWith("\r\n"u8);
        int size = chunk.Length + (endsLine ? 2 : 0);
        commands.Clear().Bdat(size, isLast);
        if (channel.Transcript is not null || channel.Journal is not null) channel.TellContent(size, $"BDAT {size}{(isLast ? " LAST" : "")}");
        if (size <= ContentBlock)
        {
            commands.Octets(chunk.Span);
            if (endsLine) commands.Octets("\r\n"u8);
            MayBeTaken = isLast;
            await WriteAsync(commands.Block, isLast, ct).ConfigureAwait(false);
            return;
        }

        await WriteAsync(commands.Block, isEnd: false, ct).ConfigureAwait(false);
        while (!chunk.IsEmpty)
        {
            ReadOnlyMemory<byte> block = chunk[..Math.Min(chunk.Length, ContentBlock)];
            chunk = chunk[block.Length..];
            MayBeTaken = isLast && chunk.IsEmpty && !endsLine;
            await WriteAsync(block, MayBeTaken, ct).ConfigureAwait(false);
        }
        if (!endsLine) return;
        MayBeTaken = true;
        await WriteAsync("\r\n"u8.ToArray(), isEnd: true, ct).ConfigureAwait(false);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> octets, bool isEnd, CancellationToken ct) =>
        channel.WriteAsync(octets, isEnd ? SmtpStage.FinalDot : SmtpStage.Content, timeouts.DataBlock, ct);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> IsChunkTakenAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Success) return true;
        if (reply.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.Content, reply);
        DecideRest(reply, SmtpStage.Content);
        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply?> ReadLastWordsAsync(CancellationToken ct)
    {
        try
        {
            for (int replies = 0; replies <= ChunksInFlight; replies++)
            {
                SmtpReply reply = await channel.ReadAsync(SmtpStage.Content, _lastWords, ct).ConfigureAwait(false);
                channel.Journal?.Heard(reply);
                if (reply.Class is ReplyClass.Transient or ReplyClass.Permanent) return reply;
                if (reply.Class != ReplyClass.Success || !offer.UsesChunks) break; // a chunk before may have been taken
            }
            return null;
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            return null; // nothing was said; what ended the connection is the reason
        }
    }
}
