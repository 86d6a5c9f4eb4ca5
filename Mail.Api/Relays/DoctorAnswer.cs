using System.Collections.Concurrent;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;
using Mail.Protocol.Mime;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Relays;

/// <summary>The body of both doctor's calls; it may be left out.</summary>
/// <param name="To">Who shall get a real mail; nobody without it.</param>
/// <param name="From">Its sender; without it one that the relay is known to take.</param>
/// <param name="WaitSeconds">How long the fate of that mail is waited for, 1 to 120; 30 without it. Then it is taken back where that is still possible.</param>
public sealed record DoctorRequest(string? To, string? From, int? WaitSeconds)
{
    public static RequestSizeLimitAttribute SizeLimit { get; } = new(16 * 1024);

    public static async Task<Result<DoctorQuestion>> ReadAsync(HttpRequest http, ProjectId project, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<DoctorRequest> request = body.Length == 0 ? new DoctorRequest(null, null, null) : JsonBody.Parse(body, ApiJson.Default.DoctorRequest);
        if (!request.IsSuccess) return request.Failure;
        (string? to, string? from, int? wait) = request.Value;
        EmailAddress? recipient = null, sender = null;
        if (to is not null && !EmailAddress.TryParse(to, out recipient, out string? error)) return Failure.Field("to", $"is not an address: {error}");
        if (from is not null && !EmailAddress.TryParse(from, out sender, out error)) return Failure.Field("from", $"is not an address: {error}");
        if (wait is < 1 or > 120) return Failure.Field("wait_seconds", "must be from 1 to 120.");
        return new DoctorQuestion { Project = project, To = recipient, From = sender, SendLimit = TimeSpan.FromSeconds(wait ?? 30) };
    }
}

/// <summary>What the doctor has found.</summary>
/// <param name="Ok">Whether no step has failed.</param>
public sealed record DoctorAnswer(string Object, string Relay, bool Ok, IReadOnlyList<DoctorAnswer.StepFacts> Steps)
{
    private const int MostAtOnce = 16;

    /// <summary>Conversations with strange servers last long, and are no tool for something else: one at a time for each project.</summary>
    private static readonly ConcurrentDictionary<ProjectId, bool> _underWay = new();

    /// <param name="Status">`ok`, `failed` or `skipped`.</param>
    /// <param name="Seen">What was said or found, in English.</param>
    /// <param name="Cause">In the language of the request: why it failed and what to do; of a step that is ok, what soon will be wrong.</param>
    public sealed record StepFacts(string Name, string Status, double DurationMs, string Seen, CauseFacts? Cause);

    /// <summary>Examines unless the project has an examination under way.</summary>
    public static async Task<Result<DoctorAnswer>> OfAsync(ProjectId project, Func<Task<DoctorReport>> examine, string language)
    {
        ArgumentNullException.ThrowIfNull(examine);
        if (_underWay.Count >= MostAtOnce || !_underWay.TryAdd(project, true))
            return new Failure(FailureKind.TooMany, "rate_limit_exceeded", "Another examination is under way; try again in a moment.");
        try
        {
            return Of(await examine(), language);
        }
        finally
        {
            _underWay.TryRemove(project, out _);
        }
    }

    public static DoctorAnswer Of(DoctorReport report, string language)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new("doctor_report", report.Relay, report.IsWell, StepsOf(report.Steps, language));
    }

    internal static IReadOnlyList<StepFacts> StepsOf(IReadOnlyList<DoctorStep> steps, string language) =>
        [.. steps.Select(step => new StepFacts(step.Name, StatusOf(step), Math.Round(step.Took.TotalMilliseconds, 1), step.Seen, CauseFacts.Of(step.Cause, language)))];

    internal static string StatusOf(DoctorStep step) => step.Status switch
    {
        StepStatus.Ok => "ok",
        StepStatus.Failed => "failed",
        _ => "skipped",
    };
}
