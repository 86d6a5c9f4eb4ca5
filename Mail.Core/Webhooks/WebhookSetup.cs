using Mail.Core.Alerts;
using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Webhooks;

/// <summary>What is wanted of a webhook; null for what stays as it is.</summary>
public sealed record WebhookWish(string? Endpoint, IReadOnlyList<string?>? Events, bool? IsEnabled);

/// <summary>Makes, changes and removes a project's webhooks.</summary>
public sealed partial class WebhookSetup
{
    private readonly WebhookStore _store;
    private readonly WebhookSecrets _secrets;
    private readonly IAlerts _alerts;
    private readonly WebhookOptions _options;
    private readonly bool _allowsPrivate;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookSetup> _logger;

    internal WebhookSetup(WebhookStore store, WebhookSecrets secrets, IAlerts alerts, IOptions<WebhookOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<WebhookSetup> logger)
    {
        (_store, _secrets, _alerts, _options, _clock, _logger) = (store, secrets, alerts, options.Value, clock, logger);
        _allowsPrivate = _options.AllowPrivateAddresses || environment.IsDevelopment();
    }

    private static Failure NotFound => Failure.NotFound("Webhook");

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<Webhook>> ListAsync(ProjectId project, CancellationToken ct) => _store.ListAsync(project, ct);

    public async Task<Result<Webhook>> FindAsync(ProjectId project, Guid id, CancellationToken ct) => await _store.FindAsync(project, id, ct) is { } found ? found : NotFound;

    /// <summary>What would hinder it; nothing is stored.</summary>
    public Failure? Objection(WebhookWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Endpoint is null) return Failure.Missing("endpoint");
        if (wish.Events is null) return Failure.Missing("events");
        return WebhookEndpoint.Check(wish.Endpoint, _allowsPrivate).Failure ?? Events(wish.Events).Failure;
    }

    public async Task<Result<WebhookWithSecret>> AddAsync(ProjectId project, WebhookWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Endpoint is null) return Failure.Missing("endpoint");
        if (wish.Events is null) return Failure.Missing("events");
        Result<string> endpoint = WebhookEndpoint.Check(wish.Endpoint, _allowsPrivate);
        if (!endpoint.IsSuccess) return endpoint.Failure;
        Result<string[]> events = Events(wish.Events);
        if (!events.IsSuccess) return events.Failure;
        DateTimeOffset now = _clock.GetUtcNow();
        Webhook webhook = new(project, UuidV7.New(now), endpoint.Value, events.Value, true, now, now);
        string secret = WebhookSecrets.New();
        if (!await _store.AddAsync(webhook, _secrets.Protect(secret), _options.PerProject, ct))
            return new Failure(FailureKind.Conflict, "too_many_webhooks", $"A project has {_options.PerProject} webhooks at most. Remove one that is not used.");
        LogAdded(webhook.Id, project.Value);
        return new WebhookWithSecret(webhook, secret);
    }

    public async Task<Result<Webhook>> ChangeAsync(ProjectId project, Guid id, WebhookWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await _store.FindAsync(project, id, ct) is not { } webhook) return NotFound;
        Result<string> endpoint = wish.Endpoint is null ? webhook.Endpoint : WebhookEndpoint.Check(wish.Endpoint, _allowsPrivate);
        if (!endpoint.IsSuccess) return endpoint.Failure;
        Result<string[]> events = wish.Events is null ? webhook.Events.ToArray() : Events(wish.Events);
        if (!events.IsSuccess) return events.Failure;
        Webhook changed = webhook with { Endpoint = endpoint.Value, Events = events.Value, IsEnabled = wish.IsEnabled ?? webhook.IsEnabled };
        if (!await _store.ChangeAsync(changed, _clock.GetUtcNow(), ct)) return NotFound;
        if (changed.IsEnabled != webhook.IsEnabled || changed.Endpoint != webhook.Endpoint) EndAlerts(project, webhook.Endpoint);
        LogChanged(id, project.Value);
        return await FindAsync(project, id, ct);
    }

    /// <summary>A new secret; the old one signs beside it for a while.</summary>
    public async Task<Result<WebhookWithSecret>> RotateAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        string secret = WebhookSecrets.New();
        DateTimeOffset now = _clock.GetUtcNow();
        if (!await _store.RotateAsync(project, id, _secrets.Protect(secret), now, now + _options.OldSecretFor, ct) || await _store.FindAsync(project, id, ct) is not { } webhook) return NotFound;
        LogRotated(id, project.Value);
        return new WebhookWithSecret(webhook, secret);
    }

    /// <returns>Null when it is gone, and with it what waited for it.</returns>
    public async Task<Failure?> RemoveAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        if (await _store.RemoveAsync(project, id, ct) is not { } endpoint) return NotFound;
        EndAlerts(project, endpoint);
        LogRemoved(id, project.Value);
        return null;
    }

    private void EndAlerts(ProjectId project, string endpoint)
    {
        _alerts.Resolve(WebhookAlerts.Failing(project, endpoint));
        _alerts.Resolve(WebhookAlerts.Disabled(project, endpoint));
    }

    private static Result<string[]> Events(IReadOnlyList<string?> wanted)
    {
        if (wanted.Count == 0) return Failure.Field("events", "must name one event at least.");
        if (wanted.Count > WebhookEvents.All.Count) return Failure.Field("events", $"has more than the {WebhookEvents.All.Count} events that there are.");
        for (int i = 0; i < wanted.Count; i++)
            if (wanted[i] is not { } name || !WebhookEvents.IsKnown(name)) return Failure.Field($"events.{i}", $"must be one of: {string.Join(", ", WebhookEvents.All)}.");
        return wanted.Distinct().ToArray()!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {WebhookId} was added to project {ProjectId}")]
    private partial void LogAdded(Guid webhookId, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {WebhookId} was changed in project {ProjectId}")]
    private partial void LogChanged(Guid webhookId, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {WebhookId} of project {ProjectId} has a new secret")]
    private partial void LogRotated(Guid webhookId, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {WebhookId} was removed from project {ProjectId}")]
    private partial void LogRemoved(Guid webhookId, Guid projectId);
}
