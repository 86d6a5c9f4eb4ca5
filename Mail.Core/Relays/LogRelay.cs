using Mail.Core.Common;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Relays;

/// <summary>Writes a line instead of sending a mail. The line never holds subject, body or headers: they may hold a code.</summary>
public sealed partial class LogRelay(string name, ILogger<LogRelay> logger) : IRelay
{
    private static readonly RelayReply _logged = new(RelayVerdict.Accepted, null, null, "Logged, not sent (dev mode).");

    public string Name => name;

    public RelayKind Kind => RelayKind.Log;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!await message.MayStart(ct)) return RelayOutcome.Withdrawn;
        string recipients = MaskedAddress.Of([.. message.Recipients.Select(recipient => recipient.Address.Address)]);
        LogMessage(message.Id, recipients, message.Mime.Length);
        return RelayOutcome.Answered(_logged, message.Recipients.Count);
    }

    public Task<RelayFault?> ProbeAsync(CancellationToken ct) => Task.FromResult<RelayFault?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "[DEV MODE] Message {MessageId} to {Recipients} was not sent: no mail server is configured ({Bytes} bytes)")]
    private partial void LogMessage(MessageId messageId, string recipients, int bytes);
}
