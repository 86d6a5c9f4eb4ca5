using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Templates.Environments;

namespace Mail.Api.Templates;

/// <summary>The body of POST /templates/plan and /templates/apply. With `Content-Type: application/zip` the body is the folder, and the rest stands in the query.</summary>
/// <param name="Files">By path the text of each file: `password-reset/template.mjml`, `_layout/header.mjml`.</param>
/// <param name="Prune">Whether templates and layouts that the folder does not have are removed; false when it is not given.</param>
/// <param name="State">Apply only: the `state` of the plan. Refused with 409 when the project was changed since.</param>
/// <param name="Note">Apply only: what is new, for colleagues; it stands with each version.</param>
public sealed record EnvironmentRequest(Dictionary<string, string>? Files, bool? Prune, string? State, string? Note)
{
    private const int LongestNote = 500;

    public static async Task<Result<(EnvironmentRequest Request, FolderFiles Folder)>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(http);
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<EnvironmentRequest> request = IsZip(http.ContentType) ? OfZip(http, body) : JsonBody.Parse(body, ApiJson.Default.EnvironmentRequest);
        if (!request.IsSuccess) return request.Failure;
        if (request.Value.Files is null) return Failure.Missing("files");
        if (request.Value.Note is { } note && (note.Length > LongestNote || note.Contains('\0', StringComparison.Ordinal))) return Failure.Field("note", $"must be text of at most {LongestNote} characters.");
        Result<FolderFiles> folder = FolderFiles.Read(request.Value.Files);
        return folder.IsSuccess ? (request.Value, folder.Value) : folder.Failure;
    }

    private static bool IsZip(string? contentType) => contentType?.Split(';')[0].Trim().Equals("application/zip", StringComparison.OrdinalIgnoreCase) == true;

    private static Result<EnvironmentRequest> OfZip(HttpRequest http, byte[] body)
    {
        string? prune = http.Query["prune"], state = http.Query["state"], note = http.Query["note"];
        bool removes = false;
        if (prune is not null && !bool.TryParse(prune, out removes)) return Failure.Field("prune", "must be true or false.");
        Result<Dictionary<string, string>> files = FolderArchive.Read(body);
        return files.IsSuccess ? new EnvironmentRequest(files.Value, removes, state, note) : files.Failure;
    }
}

/// <summary>What an apply would do.</summary>
/// <param name="State">Give it with the apply.</param>
/// <param name="CanApply">Whether nothing among `problems` is an error.</param>
/// <param name="Changes">None when the project is as the folder says.</param>
/// <param name="Kept">Folders that only the project has, and that stay; removed with `prune`.</param>
public sealed record PlanResponse(string Object, string State, bool CanApply, IReadOnlyList<PlanResponse.Change> Changes, IReadOnlyList<string> Kept, IReadOnlyList<ProblemResponse> Problems)
{
    public static PlanResponse Of(TemplatePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new("template_plan", plan.State, plan.CanApply,
            [.. plan.Changes.Select(change => new Change(change.Folder, NameOf(change.Status), [.. change.Files.Select(file => new File(file.Name, file.Status, file.Text))]))],
            plan.Kept, ProblemResponse.Of(plan.Problems));
    }

    /// <param name="Folder">The template's or layout's key.</param>
    /// <param name="Status">`added`, `changed`, `removed`, or `published` where only what messages take differs.</param>
    public sealed record Change(string Folder, string Status, IReadOnlyList<File> Files);

    /// <param name="Name">Within the folder.</param>
    /// <param name="Status">`added`, `changed` or `removed`.</param>
    /// <param name="Diff">Unified.</param>
    public sealed record File(string Name, string Status, string Diff);

    private static string NameOf(PlannedStatus status) => status switch
    {
        PlannedStatus.Added => "added",
        PlannedStatus.Changed => "changed",
        PlannedStatus.Removed => "removed",
        _ => "published",
    };
}
