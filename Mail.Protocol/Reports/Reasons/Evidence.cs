using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>What is known about one failure before its reason is found.</summary>
internal readonly record struct Evidence
{
    /// <summary>What the server, or the program that reports, wrote.</summary>
    public string Text { get; init; }

    /// <summary>The enhanced status code that counts, or null.</summary>
    public EnhancedStatusCode? Status { get; init; }

    /// <summary>The reply code, or null.</summary>
    public int? Code { get; init; }

    /// <summary>The command to which the server replied, or null where the report does not say.</summary>
    public SmtpStage? Stage { get; init; }

    /// <summary>What the report says happened.</summary>
    public BounceAction Action { get; init; }

    /// <summary>Whether a program, not an SMTP server, failed (Diagnostic-Code: X-Unix).</summary>
    public bool IsProgram { get; init; }

    /// <summary>Whether fields for machines (RFC 3464) name this recipient, so that the reporter knew what it said.</summary>
    public bool HasFields { get; init; }

    public static Evidence Of(string text, ReplyFacts facts) => new() { Text = text, Status = facts.Status, Code = facts.Code, Stage = facts.Stage };

    /// <summary>The first digit that counts: of the status, else of the reply.</summary>
    public ReplyClass Class => (ReplyClass)(Status?.Class ?? Code / 100 ?? 0);
}
