using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts.Apps;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Mail.Core.Domains.Senders;
using Mail.Core.GoLive;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Mail.Core.Tracking;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Mail.Api.GoLive;

/// <summary>/configuration: what is set up in the project as one document without secrets, out and in.</summary>
public static class TransferConfiguration
{
    private const int Largest = 1024 * 1024, MostParts = 500;

    private static readonly string[] _lists = ["domains", "relays", "webhooks"], _objects = ["project", "account_settings"], _told = ["object", "version", "exported_at", "templates", "left_out"];

    public static void Map(IEndpointRouteBuilder configuration)
    {
        configuration.MapGet("/", GetAsync).RequireScope(Scopes.ReadConfiguration).WithSummary("See the configuration");
        configuration.MapGet("/export", ExportAsync).RequireScope(Scopes.ReadConfiguration).WithSummary("Export the configuration").WithDescription("The same as a file, for a backup or another installation; GET /go-live asks for one every 30 days.");
        configuration.MapPost("/import", ImportAsync).RequireScope(Scopes.WriteConfiguration).WithMetadata(new RequestSizeLimitAttribute(Largest)).Accepts<ConfigurationDocument>("application/json").ProducesApiError(413)
            .WithSummary("Import a configuration").WithDescription("Makes and changes what the document names, and removes nothing. With `dry_run=true` it only says what it would do. Secrets that are there stay; relays that need new ones are left to you.");
    }

    /// <param name="Applied">False for a dry run.</param>
    /// <param name="Ok">Whether nothing was refused.</param>
    public sealed record Response(string Object, bool Applied, bool Ok, IReadOnlyList<ImportStep> Steps, IReadOnlyList<ConfigurationDocument.Missing> LeftOut);

    internal static async Task<Ok<ConfigurationDocument>> GetAsync(CurrentProject project, ConfigurationReader reader, CancellationToken ct) => TypedResults.Ok(await reader.ReadAsync(project, ct));

    internal static async Task<Ok<ConfigurationDocument>> ExportAsync(HttpResponse response, CurrentProject project, ConfigurationReader reader, GoLiveChecks checks, CancellationToken ct)
    {
        ConfigurationDocument document = await reader.ReadAsync(project, ct);
        await checks.ExportedAsync(project.Id, ct);
        response.Headers.ContentDisposition = "attachment; filename=\"mail-configuration.json\"";
        response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(document);
    }

    internal static async Task<Results<Ok<Response>, ApiError>> ImportAsync(
        HttpRequest http, CurrentProject project, ConfigurationReader reader, MailDbContext db, DomainSetup domains, RelaySetup relays, WebhookSetup webhooks, AppAccountSettingsStore accounts, AppCallbacks callbacks,
        TrackingDirectory tracking, SenderDirectory senders, PublicUrl publicUrl, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken ct, [FromQuery(Name = "dry_run")] string? dryRun = null)
    {
        if (dryRun is not (null or "true" or "false")) return Failure.Field("dry_run", "must be `true` or `false`.").ToApiError();
        Result<JsonElement> document = Check(await JsonBody.ReadBytesAsync(http, ct));
        if (!document.IsSuccess) return document.Failure.ToApiError();
        ConfigurationDocument now = await reader.ReadAsync(project, ct);
        ConfigurationImport import = new(project, now, db, domains, relays, webhooks, accounts, callbacks, tracking, senders, publicUrl, json.Value.SerializerOptions, dryRun == "true");
        IReadOnlyList<ImportStep> steps = await import.RunAsync(document.Value, ct);
        return TypedResults.Ok(new Response("configuration_import", dryRun != "true", steps.All(step => step.Action != "refused"), steps, now.LeftOut));
    }

    /// <summary>The frame; the parts are checked by what takes them.</summary>
    private static Result<JsonElement> Check(byte[] body)
    {
        JsonElement document;
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(body);
            document = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return new Failure(FailureKind.Malformed, "validation_error", "The body is not JSON.");
        }

        if (document.ValueKind is not JsonValueKind.Object) return new Failure(FailureKind.Malformed, "validation_error", "The body is not a JSON object.");
        if (document.Text("object") != ConfigurationDocument.Kind) return Failure.Field("object", $"must be `{ConfigurationDocument.Kind}`: send what GET /configuration/export gives.");
        if (!document.TryGetProperty("version", out JsonElement version) || !version.TryGetInt32OrNull(out int number) || number != ConfigurationDocument.CurrentVersion) return Failure.Field("version", $"must be {ConfigurationDocument.CurrentVersion}.");
        foreach (JsonProperty part in document.EnumerateObject())
        {
            if (_told.Contains(part.Name)) continue;
            if (!_lists.Contains(part.Name) && !_objects.Contains(part.Name)) return Failure.Field(part.Name.Length <= 60 ? part.Name : $"{part.Name[..60]}…", "is no part of a configuration.");
            if (_lists.Contains(part.Name) && (part.Value.ValueKind is not JsonValueKind.Array || part.Value.GetArrayLength() > MostParts)) return Failure.Field(part.Name, $"must be a list of at most {MostParts}.");
            if (_objects.Contains(part.Name) && part.Value.ValueKind is not JsonValueKind.Object && !(part is { Name: "account_settings", Value.ValueKind: JsonValueKind.Null })) return Failure.Field(part.Name, "must be an object.");
            if (Odd(part.Value) is { } path) return Failure.Field($"{part.Name}{path}", "holds text that cannot be stored, or is no object.");
        }

        return document;
    }

    /// <summary>Each part is an object, and each text of it can be stored: no NUL, no half of a surrogate pair.</summary>
    private static string? Odd(JsonElement value, int depth = 0)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty one in value.EnumerateObject())
                    if (Odd(one.Value, depth + 1) is { } path) return $".{one.Name}{path}";
                return null;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement one in value.EnumerateArray())
                {
                    if (depth == 0 && one.ValueKind is not JsonValueKind.Object) return $".{index}";
                    if (Odd(one, depth + 1) is { } path) return $".{index}{path}";
                    index++;
                }

                return null;
            case JsonValueKind.String:
                return IsStorable(value) ? null : "";
            default:
                return null;
        }
    }

    private static bool IsStorable(JsonElement text)
    {
        try
        {
            return TextRules.IsStorable(text.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }

    private static bool TryGetInt32OrNull(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out number);
    }
}
