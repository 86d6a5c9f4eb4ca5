using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>Makes the mailbox that is configured. One that cannot be read for want of a setting is told at the start.</summary>
internal sealed class MailboxSettings(IHostEnvironment environment, TimeProvider clock) : IValidateOptions<BounceMailboxOptions>
{
    public ValidateOptionsResult Validate(string? name, BounceMailboxOptions options) => Problem(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    /// <param name="mostBytes">The largest report.</param>
    /// <returns>Null when there is none.</returns>
    public IMailbox? Open(BounceMailboxOptions options, int mostBytes) => options.Kind switch
    {
        MailboxProvider.Graph => new GraphMailbox(ProviderApi.Open(RelayKind.Graph, Settings(options), Http(options)), options.Mailbox!.Trim(), mostBytes, options.LookBack, clock),
        MailboxProvider.Gmail => new GmailMailbox(ProviderApi.Open(RelayKind.Gmail, Settings(options), Http(options)), options.Mailbox!.Trim(), mostBytes, options.LookBack, clock),
        MailboxProvider.Pop3 => new Pop3Mailbox(new()
        {
            Host = options.Host!, Port = options.Port, Tls = options.Tls, UserName = options.UserName!, Password = options.Password, TrustedCaFile = options.TrustedCaFile, MaxMessageSize = mostBytes,
            Timeout = options.Timeout,
        }),
        _ => null,
    };

    private HttpRelayEnvironment Http(BounceMailboxOptions options) => new(new RelayOptions(), clock) { AllowPrivateAddresses = environment.IsDevelopment(), AnswerTimeout = options.Timeout };

    private string? Problem(BounceMailboxOptions options)
    {
        if (options.Kind is not { } kind) return null;
        if (kind == MailboxProvider.Pop3)
        {
            if (string.IsNullOrWhiteSpace(options.Host)) return "BounceMailbox__Provider is Pop3, so BounceMailbox__Host must be set.";
            return !string.IsNullOrEmpty(options.UserName) && !string.IsNullOrEmpty(options.Password)
                ? null
                : "BounceMailbox__Host is set, so BounceMailbox__UserName and BounceMailbox__Password (or BounceMailbox__Password_FILE) must be too.";
        }

        if (string.IsNullOrWhiteSpace(options.Mailbox)) return $"BounceMailbox__Provider is {kind}, so BounceMailbox__Mailbox must be set: the address whose bounces are read.";
        Failure? failure = HttpRelayFactory.Check(kind == MailboxProvider.Graph ? RelayKind.Graph : RelayKind.Gmail, Settings(options), Http(options), "");
        if (failure is null) return null;
        string problem = failure.Detail;
        foreach ((string name, string setting, _) in Values(options)) problem = problem.Replace($"`{name}`", $"BounceMailbox__{setting}", StringComparison.Ordinal);
        return $"The bounce mailbox: {problem}";
    }

    private static Dictionary<string, string> Settings(BounceMailboxOptions options) =>
        Values(options).Where(one => !string.IsNullOrWhiteSpace(one.Value)).ToDictionary(one => one.Name, one => one.Value!);

    /// <summary>As a relay to the same provider names them.</summary>
    private static IEnumerable<(string Name, string Setting, string? Value)> Values(BounceMailboxOptions options) =>
    [
        ("mailbox", nameof(options.Mailbox), options.Mailbox), ("tenant_id", nameof(options.TenantId), options.TenantId), ("client_id", nameof(options.ClientId), options.ClientId),
        ("client_secret", nameof(options.ClientSecret), options.ClientSecret), ("cloud", nameof(options.Cloud), options.Cloud), ("service_account", nameof(options.ServiceAccount), options.ServiceAccount),
        ("refresh_token", nameof(options.RefreshToken), options.RefreshToken), ("base_url", nameof(options.BaseUrl), options.BaseUrl), ("login_url", nameof(options.LoginUrl), options.LoginUrl),
    ];
}
