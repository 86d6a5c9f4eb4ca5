using System.ComponentModel.DataAnnotations;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback;

/// <summary>Section `Feedback`, of every host that sends mail or takes reports about it: all of them must know the same domain and keys.</summary>
public sealed class FeedbackOptions
{
    /// <summary>The domain of return paths, whose MX leads to our SMTP reception; RETURN_PATH_DOMAIN when set. Without one mail leaves with its From as return path.</summary>
    public string? ReturnPathDomain { get; set; }

    /// <summary>Which key signs return paths. Raise it by one to change the key: reports about mail that is out with an older one are still known.</summary>
    [Range(1, 20)] public int ReturnPathKey { get; set; } = 1;

    /// <summary>The largest report, in bytes; it may return the whole message.</summary>
    [Range(64 * 1024, 100 * 1024 * 1024)] public int MaxReportBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>A bounce may be faster than the worker's note that the message was sent. So long it is waited for; then the reporter is asked to come again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan WaitForOutcome { get; set; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
public sealed partial class FeedbackOptionsValidator : IValidateOptions<FeedbackOptions>;

/// <summary>RETURN_PATH_DOMAIN is the short name of <see cref="FeedbackOptions.ReturnPathDomain"/>.</summary>
public sealed class ReturnPathDomainOption(IConfiguration configuration) : IPostConfigureOptions<FeedbackOptions>, IValidateOptions<FeedbackOptions>
{
    public void PostConfigure(string? name, FeedbackOptions options)
    {
        options.ReturnPathDomain ??= configuration["RETURN_PATH_DOMAIN"];
        if (string.IsNullOrWhiteSpace(options.ReturnPathDomain)) options.ReturnPathDomain = null;
    }

    public ValidateOptionsResult Validate(string? name, FeedbackOptions options) =>
        options.ReturnPathDomain is null || EmailAddress.TryParse($"{new string('r', 64)}@{options.ReturnPathDomain}", out _, out string? error)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"RETURN_PATH_DOMAIN is '{options.ReturnPathDomain}', which cannot be the domain of a return path: {error}");
}
