namespace Mail.Protocol.Smtp.Server;

/// <summary>The usual answers of an application, with their enhanced status codes (RFC 3463).</summary>
public static class SmtpServerReplies
{
    /// <summary>235: signed in.</summary>
    public static SmtpReply Authenticated { get; } = new(235, "2.7.0 Authentication successful");

    /// <summary>535: user name or password are wrong.</summary>
    public static SmtpReply WrongCredentials { get; } = new(535, "5.7.8 User name or password is wrong");

    /// <summary>454: that cannot be found out now; the client may try again.</summary>
    public static SmtpReply AuthenticationUnavailable { get; } = new(454, "4.7.0 Authentication is not possible now, try again later");

    /// <summary>250: the sender is welcome.</summary>
    public static SmtpReply SenderAccepted { get; } = new(250, "2.1.0 Ok");

    /// <summary>250: the recipient will get the message.</summary>
    public static SmtpReply RecipientAccepted { get; } = new(250, "2.1.5 Ok");

    /// <summary>550: there is no such mailbox.</summary>
    public static SmtpReply UnknownRecipient { get; } = new(550, "5.1.1 There is no such mailbox here");

    /// <summary>550: we do not send on for this client.</summary>
    public static SmtpReply RelayingDenied { get; } = new(550, "5.7.1 Relaying is not allowed");

    /// <summary>451: something of ours is away (a database); the client keeps the message and comes again.</summary>
    public static SmtpReply TryLater { get; } = new(451, "4.3.0 Not possible now, try again later");

    /// <summary>250: the message is stored.</summary>
    /// <param name="id">How the application names it, for the client's log: printable ASCII.</param>
    public static SmtpReply Stored(string id) => new(250, $"2.0.0 Stored as {id}");
}
