using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains.Senders;

/// <summary>Who may send in each project.</summary>
public sealed class SenderDirectory(SenderReader reader, IOptions<DomainOptions> options, IHostEnvironment environment, ILogger<SenderDirectory> logger)
{
    // A domain that was removed in a quiet time sends nothing more.
    private readonly ProjectCache<SenderPolicy> _policies = new("senders", reader.ReadAsync, TimeSpan.FromSeconds(15), logger);

    /// <summary>Whether messages need a verified sender here.</summary>
    public bool IsRequired { get; } = options.Value.RequireVerifiedSenders ?? !environment.IsDevelopment();

    /// <summary>Also where every sender may send (<see cref="IsRequired"/>): what identities say of themselves counts everywhere.</summary>
    public ValueTask<SenderPolicy> ForAsync(ProjectId project, CancellationToken ct) => _policies.ForAsync(project, ct);

    /// <summary>Something was verified or removed here: the next message sees it. Other processes follow within seconds.</summary>
    public void Forget(ProjectId project) => _policies.Forget(project);
}
