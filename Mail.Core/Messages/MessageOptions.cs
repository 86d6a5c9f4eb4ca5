using System.ComponentModel.DataAnnotations;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

/// <summary>Section `Messages`: what a message may be.</summary>
public sealed class MessageOptions
{
    /// <summary>The most recipients of one message over to, cc and bcc.</summary>
    [Range(1, 1000)] public int Recipients { get; set; } = 50;

    /// <summary>The most bytes of all attachments together, after base64.</summary>
    [Range(0, 100 * 1024 * 1024)] public int AttachmentBytes { get; set; } = 40 * 1024 * 1024;

    /// <summary>The most characters of html, and of text.</summary>
    [Range(1000, 20 * 1024 * 1024)] public int BodyCharacters { get; set; } = 5 * 1024 * 1024;

    /// <summary>How far ahead a message may be scheduled.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")] public TimeSpan ScheduleAhead { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether attachments may be fetched from loopback and private networks. Only for development: it lets an app make us ask our own network.</summary>
    public bool FetchPrivateAddresses { get; set; }

    /// <summary>The sender of a message that names none; EMAIL_FROM when set.</summary>
    public string? DefaultFrom { get; set; }
}

[OptionsValidator]
public sealed partial class MessageOptionsValidator : IValidateOptions<MessageOptions>;

/// <summary>EMAIL_FROM is the name that teams know; it fills <see cref="MessageOptions.DefaultFrom"/>.</summary>
public sealed class EmailFromOption(IConfiguration configuration) : IPostConfigureOptions<MessageOptions>, IValidateOptions<MessageOptions>
{
    public void PostConfigure(string? name, MessageOptions options) => options.DefaultFrom ??= configuration["EMAIL_FROM"];

    public ValidateOptionsResult Validate(string? name, MessageOptions options) =>
        string.IsNullOrEmpty(options.DefaultFrom) || EmailAddress.TryParse(options.DefaultFrom, out _, out string? error)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"EMAIL_FROM is '{options.DefaultFrom}', which is not an address: {error}");
}
