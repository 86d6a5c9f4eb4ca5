namespace Mail.Protocol.Smtp.Server;

/// <summary>What a command led to, for the limits of a connection.</summary>
internal enum AnswerKind
{
    /// <summary>A step towards a message.</summary>
    Step,

    /// <summary>A message was taken.</summary>
    Taken,

    /// <summary>A command that brings no message nearer.</summary>
    Idle,

    /// <summary>The same; the answer to EHLO or HELO, which has no enhanced status codes.</summary>
    Hello,

    /// <summary>The client's error.</summary>
    Fault,

    /// <summary>The application refused a sender or a recipient.</summary>
    Refusal,

    /// <summary>An attempt to sign in failed.</summary>
    AuthFailure,

    /// <summary>The last reply of the connection.</summary>
    Close,

    /// <summary>No reply: the client did not finish its command. <see cref="Answer.Input"/> says why.</summary>
    Unfinished,

    /// <summary>No reply: it has been given, and something other than a command comes next.</summary>
    Silent,
}

/// <summary>The answer to one command.</summary>
/// <param name="Kind">What it counts as.</param>
/// <param name="Reply">What is said.</param>
/// <param name="Input">How the command ended, when it is <see cref="AnswerKind.Unfinished"/>.</param>
internal readonly record struct Answer(AnswerKind Kind, SmtpReply? Reply, SmtpInput Input = SmtpInput.Complete)
{
    public static Answer Step(SmtpReply reply) => new(AnswerKind.Step, reply);

    public static Answer Idle(SmtpReply reply) => new(AnswerKind.Idle, reply);

    public static Answer Fault(SmtpReply reply) => new(AnswerKind.Fault, reply);

    public static Answer Close(SmtpReply reply) => new(AnswerKind.Close, reply);

    public static Answer Unfinished(SmtpInput input) => new(AnswerKind.Unfinished, null, input);

    public static Answer Silent { get; } = new(AnswerKind.Silent, null);
}
