using System.ComponentModel.DataAnnotations;
using Mail.Core.Common;
using Microsoft.Extensions.Options;

namespace Mail.Core.Mailboxes;

/// <summary>Section `MailboxSubmission`: what credentials of mailboxes say about our own SMTP submission.</summary>
public sealed class SubmissionAddressOptions
{
    /// <summary>The name that programs connect to; the host of BASE_URL when it is not set.</summary>
    [RegularExpression("^[A-Za-z0-9.-]{1,253}$")] public string? Server { get; set; }

    /// <summary>With STARTTLS.</summary>
    [Range(1, 65535)] public int Port { get; set; } = 2587;
}

/// <summary>Where programs send as a mailbox of ours, and where people read it.</summary>
public sealed class SubmissionAddress(IOptions<SubmissionAddressOptions> options, PublicUrl publicUrl)
{
    /// <summary>Null when neither the setting nor BASE_URL says it.</summary>
    public string? Server => options.Value.Server ?? publicUrl.Value?.IdnHost;

    public int Port => options.Value.Port;

    /// <summary>The web inbox; null without BASE_URL.</summary>
    public Uri? Webmail => publicUrl.Value is { } url ? new Uri($"{url.ToString().TrimEnd('/')}/webmail") : null;
}

[OptionsValidator]
public sealed partial class SubmissionAddressOptionsValidator : IValidateOptions<SubmissionAddressOptions>;
