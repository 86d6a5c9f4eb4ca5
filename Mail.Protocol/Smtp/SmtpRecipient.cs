using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>One recipient of an envelope, and what the sender wants to hear about it. What concerns reports is said to servers with DSN only (RFC 3461).</summary>
/// <param name="Address">Who.</param>
/// <param name="Notify">When to report.</param>
/// <param name="OriginalRecipient">The address that was written to first, which reports repeat; <see langword="null"/> for none.</param>
public readonly record struct SmtpRecipient(EmailAddress Address, DsnNotify Notify = DsnNotify.None, DsnOriginalRecipient? OriginalRecipient = null);
