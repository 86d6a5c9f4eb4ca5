using System.ComponentModel.DataAnnotations;
using Mail.Protocol.Pop3;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>Section `BounceMailbox`, of the worker: where bounces land when the relay puts its own return path on what we send.</summary>
public sealed class BounceMailboxOptions
{
    /// <summary>The POP3 server; without one no mailbox is read.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)] public int Port { get; set; } = 995;

    /// <summary>Protection. Plain text only where the operator says so.</summary>
    public Pop3Tls Tls { get; set; } = Pop3Tls.Implicit;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>A PEM file of the authorities that the server's certificate is checked against, instead of the system's.</summary>
    public string? TrustedCaFile { get; set; }

    /// <summary>How often it is looked into.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The most mails of one look; the next one goes on.</summary>
    [Range(1, 10_000)] public int MostAtOnce { get; set; } = 200;

    /// <summary>Whether what is no report about mail of ours is deleted too. Otherwise it stays: somebody may read that mailbox.</summary>
    public bool DeleteOthers { get; set; }
}

[OptionsValidator]
public sealed partial class BounceMailboxOptionsValidator : IValidateOptions<BounceMailboxOptions>;

/// <summary>A mailbox without a name or a password is told at the start.</summary>
internal sealed class BounceMailboxLogin : IValidateOptions<BounceMailboxOptions>
{
    public ValidateOptionsResult Validate(string? name, BounceMailboxOptions options) =>
        options.Host is null || (!string.IsNullOrEmpty(options.UserName) && !string.IsNullOrEmpty(options.Password))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("BounceMailbox__Host is set, so BounceMailbox__UserName and BounceMailbox__Password (or BounceMailbox__Password_FILE) must be too.");
}
