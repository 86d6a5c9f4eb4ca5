using System.ComponentModel.DataAnnotations;
using Mail.Protocol.Pop3;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Mailboxes;

public enum MailboxProvider
{
    /// <summary>Any server that speaks POP3.</summary>
    Pop3,

    /// <summary>Microsoft 365, by Microsoft Graph.</summary>
    Graph,

    /// <summary>Google, by the Gmail API.</summary>
    Gmail,
}

/// <summary>Section `BounceMailbox`, of the worker: where bounces land when the relay puts its own return path on what we send.</summary>
public sealed class BounceMailboxOptions
{
    /// <summary>How it is read. Without it over POP3, when there is a <see cref="Host"/>; else no mailbox is read.</summary>
    public MailboxProvider? Provider { get; set; }

    /// <summary>The POP3 server.</summary>
    public string? Host { get; set; }

    /// <summary>The port of POP3, over TLS from the first byte.</summary>
    [Range(1, 65535)] public int Port { get; set; } = 995;

    /// <summary>Protection. Plain text only where the operator says so.</summary>
    public Pop3Tls Tls { get; set; } = Pop3Tls.Implicit;

    /// <summary>The mailbox's login.</summary>
    public string? UserName { get; set; }

    /// <summary>The login's password, for POP3. Secret.</summary>
    public string? Password { get; set; }

    /// <summary>A PEM file of the authorities that the server's certificate is checked against, instead of the system's.</summary>
    public string? TrustedCaFile { get; set; }

    /// <summary>The address of the mailbox at Microsoft 365 or Google.</summary>
    public string? Mailbox { get; set; }

    /// <summary>Of Microsoft Entra; with client id and secret of an application that has the permission Mail.ReadWrite.</summary>
    public string? TenantId { get; set; }

    /// <summary>Of an application at Microsoft; of an OAuth client at Google, with secret and refresh token.</summary>
    public string? ClientId { get; set; }

    /// <summary>The app's secret, for Microsoft 365 and Google. Secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Microsoft's: `global`, `us_government`, `us_defense` or `china`.</summary>
    public string? Cloud { get; set; }

    /// <summary>Google's JSON key file of a service account with domain-wide delegation for the scope gmail.modify.</summary>
    public string? ServiceAccount { get; set; }

    /// <summary>Google's, got once by the mailbox's owner for the scope gmail.modify.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>Only for another address of the API than the provider's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Only for another address of the login than the provider's own.</summary>
    public string? LoginUrl { get; set; }

    /// <summary>How long its server has for an answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often it is looked into, by all workers together.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The most mails of one look; the next one goes on at once.</summary>
    [Range(1, 10_000)] public int MostAtOnce { get; set; } = 200;

    /// <summary>How old a mail at Microsoft 365 or Google may be when it is read first.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")] public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether what is no report about mail of ours is deleted too. Otherwise it stays: somebody may read that mailbox.</summary>
    public bool DeleteOthers { get; set; }

    /// <summary>How long it may not be readable before people are told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan AlertAfter { get; set; } = TimeSpan.FromMinutes(15);

    internal MailboxProvider? Kind => Provider ?? (Host is null ? null : MailboxProvider.Pop3);
}

[OptionsValidator]
public sealed partial class BounceMailboxOptionsValidator : IValidateOptions<BounceMailboxOptions>;
