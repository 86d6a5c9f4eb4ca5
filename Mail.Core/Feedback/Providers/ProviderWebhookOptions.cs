using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Section `ProviderWebhooks`. How old a request may be follows from how long its provider goes on trying with the time that it first wrote: what is refused as too
/// old then is lost. All that is taken is remembered for longer than that, so that within the time nothing is taken twice either.
/// </summary>
public sealed class ProviderWebhookOptions : IValidatableObject
{
    /// <summary>SendGrid tries for 24 hours, and does not say whether it signs again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan SendGridTolerance { get; set; } = TimeSpan.FromHours(25);

    /// <summary>Mailgun tries for 8 hours with the signature of the first time.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan MailgunTolerance { get; set; } = TimeSpan.FromHours(9);

    /// <summary>SNS writes when a message was published, and tries for an hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan SesTolerance { get; set; } = TimeSpan.FromMinutes(75);

    /// <summary>Postmark writes when it happened, and tries for ten and a half hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan PostmarkTolerance { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Resend signs every attempt anew.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan ResendTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it is remembered what was taken.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "8.00:00:00")] public TimeSpan RememberFor { get; set; } = TimeSpan.FromHours(27);

    /// <summary>The largest request, in bytes. SendGrid's are the largest: up to 768 KB of events.</summary>
    [Range(64 * 1024, 16 * 1024 * 1024)] public int MaxBytes { get; set; } = 2 * 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        TimeSpan longest = new[] { SendGridTolerance, MailgunTolerance, SesTolerance, PostmarkTolerance, ResendTolerance }.Max();
        if (RememberFor < longest + TimeSpan.FromMinutes(10))
            yield return new ValidationResult($"ProviderWebhooks:RememberFor must be at least ten minutes more than the longest tolerance, {longest}: what is forgotten too soon could be sent again.", [nameof(RememberFor)]);
    }
}

[OptionsValidator]
public sealed partial class ProviderWebhookOptionsValidator : IValidateOptions<ProviderWebhookOptions>;
