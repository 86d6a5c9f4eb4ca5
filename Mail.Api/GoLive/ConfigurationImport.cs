using System.Text;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Accounts.Apps;
using Mail.Api.Http;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Core.Accounts.Apps;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Mail.Core.Domains.Senders;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Mail.Core.Tracking;
using Mail.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.GoLive;

/// <summary>What an import does with one thing, or would do.</summary>
/// <param name="Kind">`project`, `domain`, `relay`, `webhook` or `account_settings`.</param>
/// <param name="Action">`create`, `change`, `same`, `skip` (left to a person; `detail` says what is to be done) or `refused` (`detail` says why).</param>
/// <param name="SigningSecret">Of what was made anew: here and nowhere else.</param>
public sealed record ImportStep(string Kind, string Name, string Action, string? Detail = null, string? SigningSecret = null);

/// <summary>Sets a project up from a document, thing by thing and by the same checks as each thing's own endpoint. It removes nothing, and run again it changes nothing more.</summary>
internal sealed class ConfigurationImport(
    CurrentProject current, ConfigurationDocument now, MailDbContext db, DomainSetup domains, RelaySetup relays, WebhookSetup webhooks, AppAccountSettingsStore accounts, AppCallbacks callbacks,
    TrackingDirectory tracking, SenderDirectory senders, PublicUrl publicUrl, JsonSerializerOptions json, bool dryRun)
{
    private readonly List<ImportStep> _steps = [];

    public async Task<IReadOnlyList<ImportStep>> RunAsync(JsonElement document, CancellationToken ct)
    {
        if (document.TryGetProperty("project", out JsonElement project)) await ProjectAsync(project, ct);
        foreach (JsonElement domain in ListIn(document, "domains")) await DomainAsync(domain, ct);
        foreach (JsonElement relay in ListIn(document, "relays")) await RelayAsync(relay, ct);
        foreach (JsonElement webhook in ListIn(document, "webhooks")) await WebhookAsync(webhook, ct);
        if (document.TryGetProperty("account_settings", out JsonElement settings) && settings.ValueKind is not JsonValueKind.Null) await AccountsAsync(settings, ct);
        return _steps;
    }

    private static JsonElement.ArrayEnumerator ListIn(JsonElement document, string name) => document.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : default;

    private async Task ProjectAsync(JsonElement part, CancellationToken ct)
    {
        string name = now.Project.Name;
        if (Same(part, now.Project)) Add("project", name, "same");
        else if (Read(part, ApiJson.Default.ChangeProjectRequest) is { IsSuccess: false } unread) Refuse("project", name, unread.Failure);
        else
        {
            ChangeProject.Request request = Read(part, ApiJson.Default.ChangeProjectRequest).Value with { RequireTwoFactor = null };
            HashSet<string> given = [.. part.EnumerateObject().Select(field => field.Name)];
            Project project = await db.Projects.SingleAsync(known => known.Id == current.Id, ct);
            if ((ChangeProject.Problem(request, given) ?? ChangeProject.Apply(project, request, given, publicUrl)) is { } failure)
            {
                db.ChangeTracker.Clear();
                Refuse("project", name, failure);
                return;
            }

            if (dryRun) db.ChangeTracker.Clear();
            else
            {
                await db.SaveChangesAsync(ct);
                tracking.Forget(current.Id);
                senders.Forget(current.Id);
            }

            Add("project", name, "change");
        }
    }

    private async Task DomainAsync(JsonElement part, CancellationToken ct)
    {
        string name = part.Text("name") ?? "";
        bool? below = part.TryGetProperty("include_subdomains", out JsonElement include) && include.ValueKind is JsonValueKind.True or JsonValueKind.False ? include.GetBoolean() : null;
        Result<DomainName> read = DomainName.Read(name);
        if (!read.IsSuccess) Refuse("domain", name, read.Failure);
        else if (now.Domains.FirstOrDefault(known => known.Name == read.Value.Ascii) is not { } there)
        {
            Failure? failure = dryRun ? null : (await domains.AddAsync(current.Id, name, below, ct)).Failure;
            if (failure is null) Add("domain", name, "create", "It has a key of its own: set its records in DNS, and verify it.");
            else Refuse("domain", name, failure);
        }
        else if (below is null || below == there.IncludeSubdomains) Add("domain", name, "same");
        else
        {
            if (!dryRun && (await domains.ListAsync(current.Id, ct)).FirstOrDefault(known => known.Name == there.Name) is { } found) await domains.ChangeAsync(current.Id, found.Id, below, ct);
            Add("domain", name, "change");
        }
    }

    private async Task RelayAsync(JsonElement part, CancellationToken ct)
    {
        string name = part.Text("name") ?? "";
        Result<RelayWish> wish = RelayRequest.Read(Encoding.UTF8.GetBytes(part.GetRawText()));
        if (!wish.IsSuccess)
        {
            Refuse("relay", name, wish.Failure);
            return;
        }

        ConfigurationDocument.RelayPart? there = now.Relays.FirstOrDefault(known => known.Name == name);
        string[] secrets = [.. (wish.Value.Settings ?? new Dictionary<string, JsonElement>()).Where(one => one.Value.ValueKind is JsonValueKind.Object).Select(one => one.Key)];
        if (there is null && secrets.Length > 0) Add("relay", name, "skip", $"Make it by hand, with its secrets: {string.Join(", ", secrets)}.");
        else if (there is not null && Same(part, there)) Add("relay", name, "same");
        else if (there is null)
        {
            Failure? failure = dryRun ? await relays.ObjectionAsync(current.Id, null, wish.Value, ct) : (await relays.AddAsync(current.Id, wish.Value, ct)).Failure;
            Done("relay", name, "create", failure);
        }
        else
        {
            RelayId id = (await relays.ListAsync(current.Id, ct)).First(known => known.Relay.Name == name).Relay.Id;
            Failure? failure = there.Kind != (wish.Value.Kind ?? there.Kind) ? Failure.Field("kind", "is another one here: a relay's kind is fixed.")
                : dryRun ? await relays.ObjectionAsync(current.Id, id, wish.Value, ct) : (await relays.ChangeAsync(current.Id, id, wish.Value, ct)).Failure;
            Done("relay", name, "change", failure);
        }
    }

    private async Task WebhookAsync(JsonElement part, CancellationToken ct)
    {
        string endpoint = part.Text("endpoint") ?? "";
        string?[]? events = part.TryGetProperty("events", out JsonElement list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? one.GetString() : null)] : null;
        bool isEnabled = !part.TryGetProperty("enabled", out JsonElement enabled) || enabled.ValueKind is not JsonValueKind.False;
        WebhookWish wish = new(part.Text("endpoint"), events, isEnabled);
        if (webhooks.Objection(wish) is { } objection) Refuse("webhook", endpoint, objection);
        else if (now.Webhooks.FirstOrDefault(known => known.Endpoint == endpoint) is not { } there)
        {
            if (dryRun)
            {
                Add("webhook", endpoint, "create", "It will have a signing secret of its own.");
                return;
            }

            Result<WebhookWithSecret> added = await webhooks.AddAsync(current.Id, wish, ct);
            if (!added.IsSuccess) Refuse("webhook", endpoint, added.Failure);
            else
            {
                if (!isEnabled) await webhooks.ChangeAsync(current.Id, added.Value.Webhook.Id, wish, ct);
                _steps.Add(new ImportStep("webhook", endpoint, "create", "Give the receiver its signing secret.", added.Value.Secret));
            }
        }
        else if (there.Enabled == isEnabled && there.Events.Order().SequenceEqual(events!.Order())) Add("webhook", endpoint, "same");
        else
        {
            Failure? failure = null;
            if (!dryRun) failure = (await webhooks.ChangeAsync(current.Id, (await webhooks.ListAsync(current.Id, ct)).First(known => known.Endpoint == endpoint).Id, wish, ct)).Failure;
            Done("webhook", endpoint, "change", failure);
        }
    }

    private async Task AccountsAsync(JsonElement part, CancellationToken ct)
    {
        const string Kind = "account_settings";
        string name = part.Text("callback_url") ?? "";
        Result<AccountSettings.Request> request = Read(part, ApiJson.Default.AccountSettingsRequest);
        Result<AppAccountSettings> settings = request.IsSuccess ? AccountSettings.Check(request.Value, callbacks) : request.Failure;
        if (!settings.IsSuccess) Refuse(Kind, name, settings.Failure);
        else if (now.AccountSettings is { } there && Same(part, there)) Add(Kind, name, "same");
        else
        {
            string? secret = dryRun ? null : await accounts.SetAsync(current.Id, current.IsTest, settings.Value, ct);
            _steps.Add(new ImportStep(Kind, name, now.AccountSettings is null ? "create" : "change", secret is null ? null : "Give your app its signing secret.", secret));
        }
    }

    private static Result<T> Read<T>(JsonElement part, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class => JsonBody.Parse(Encoding.UTF8.GetBytes(part.GetRawText()), type);

    private bool Same<T>(JsonElement part, T there) => JsonElement.DeepEquals(part, JsonSerializer.SerializeToElement(there, json));

    private void Done(string kind, string name, string action, Failure? failure)
    {
        if (failure is null) Add(kind, name, action);
        else Refuse(kind, name, failure);
    }

    private void Refuse(string kind, string name, Failure failure) => Add(kind, name, "refused", failure.Detail);

    private void Add(string kind, string name, string action, string? detail = null) => _steps.Add(new ImportStep(kind, name, action, detail));
}
