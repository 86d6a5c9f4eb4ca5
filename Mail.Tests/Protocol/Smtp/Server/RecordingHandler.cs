using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>An application that takes everything and remembers it: alice signs in with "secret"; names that begin with "bad" are unknown. Each step can be replaced.</summary>
internal sealed class RecordingHandler : ISmtpServerHandler
{
    public const string UserName = "alice";
    public const string Password = "secret";

    private readonly ConcurrentQueue<TakenMessage> _messages = new();

    public IReadOnlyList<TakenMessage> Messages => [.. _messages];

    public Func<SmtpServerSession, SmtpCredentials, CancellationToken, ValueTask<SmtpReply>>? Authenticate { get; set; }
    public Func<SmtpServerSession, SmtpSender, CancellationToken, ValueTask<SmtpReply>>? Mail { get; set; }
    public Func<SmtpServerSession, SmtpRecipient, CancellationToken, ValueTask<SmtpReply>>? Rcpt { get; set; }

    /// <summary>Called before a message is remembered; it is remembered only when the answer is 2yz.</summary>
    public Func<SmtpServerSession, SmtpServerMessage, CancellationToken, ValueTask<SmtpReply>>? Message { get; set; }

    public ValueTask<SmtpReply> AuthenticateAsync(SmtpServerSession session, SmtpCredentials credentials, CancellationToken ct) =>
        Authenticate?.Invoke(session, credentials, ct)
        ?? ValueTask.FromResult(credentials is { UserName: UserName, Password: Password, ActAs: null } ? SmtpServerReplies.Authenticated : SmtpServerReplies.WrongCredentials);

    public ValueTask<SmtpReply> MailAsync(SmtpServerSession session, SmtpSender sender, CancellationToken ct) =>
        Mail?.Invoke(session, sender, ct) ?? ValueTask.FromResult(SmtpServerReplies.SenderAccepted);

    public ValueTask<SmtpReply> RcptAsync(SmtpServerSession session, SmtpRecipient recipient, CancellationToken ct) =>
        Rcpt?.Invoke(session, recipient, ct)
        ?? ValueTask.FromResult(recipient.Address.LocalPart.StartsWith("bad", StringComparison.Ordinal) ? SmtpServerReplies.UnknownRecipient : SmtpServerReplies.RecipientAccepted);

    public async ValueTask<SmtpReply> MessageAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct)
    {
        SmtpReply reply = Message is null ? SmtpServerReplies.Stored("1") : await Message(session, message, ct);
        if (reply.Class == ReplyClass.Success) _messages.Enqueue(new TakenMessage(message, message.Content.ToArray(), session.Protocol, session.UserName));
        return reply;
    }
}

/// <summary>A message that a <see cref="RecordingHandler"/> took, with its bytes copied.</summary>
internal sealed record TakenMessage(SmtpServerMessage Message, byte[] Bytes, string Protocol, string? UserName)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public string From => Message.Sender.Address?.Address ?? "<>";

    public IEnumerable<string> To => Message.Recipients.Select(r => r.Address.Address);
}
