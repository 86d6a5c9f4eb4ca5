using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Relays.Doctor;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>POST /relays/{id}/doctor: finds out step by step whether mail goes out over a relay. Answers 200 also when it does not: see `ok`.</summary>
public static class ExamineRelay
{
    public static void Map(IEndpointRouteBuilder relays) =>
        relays.MapPost("/{id}/doctor", Handle).IsNotAudited("it changes nothing").ForTestKeys(TestKeyReach.All).RequireScope(Scopes.TestRelays).WithMetadata(DoctorRequest.SizeLimit).Accepts<DoctorRequest>("application/json")
            .ProducesApiError(404).ProducesApiError(413).ProducesApiError(429);

    /// <summary>With `Accept: text/event-stream` each step is an event `step` when it ends, and the whole an event `report`; else one answer at the end.</summary>
    public static async Task<Results<Ok<DoctorAnswer>, DoctorEvents, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, RelaySetup setup, RelayDoctor doctor, CancellationToken ct)
    {
        Result<DoctorQuestion> question = await DoctorRequest.ReadAsync(http, project.Id, ct);
        if (!question.IsSuccess) return question.Failure.ToApiError();
        if (DoctorAccess.Refusal(project, question.Value) is { } refusal) return refusal.ToApiError();
        Result<RelayInSetup> found = await setup.FindAsync(project.Id, RelayRequest.Id(id), ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        return await DoctorEvents.AnswerAsync(http, project.Id, told => doctor.ExamineAsync(found.Value.Relay, question.Value, told, ct));
    }
}

/// <summary>POST /doctor: the same for the default relay, which serves projects without relays of their own, as this process's configuration has it.</summary>
public static class ExamineDefaultRelay
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/doctor", Handle).WithSummary("Examine sending set-up").IsNotAudited("it changes nothing").ForTestKeys(TestKeyReach.All).WithTags("Relays").RequireScope(Scopes.TestRelays).WithMetadata(DoctorRequest.SizeLimit).Accepts<DoctorRequest>("application/json")
            .ProducesApiError(413).ProducesApiError(429);

    /// <summary>With `Accept: text/event-stream` each step is an event `step` when it ends, and the whole an event `report`; else one answer at the end.</summary>
    public static async Task<Results<Ok<DoctorAnswer>, DoctorEvents, ApiError>> Handle(HttpRequest http, CurrentProject project, RelayDoctor doctor, CancellationToken ct)
    {
        Result<DoctorQuestion> question = await DoctorRequest.ReadAsync(http, project.Id, ct);
        if (!question.IsSuccess) return question.Failure.ToApiError();
        if (DoctorAccess.Refusal(project, question.Value) is { } refusal) return refusal.ToApiError();
        return await DoctorEvents.AnswerAsync(http, project.Id, told => doctor.ExamineDefaultAsync(question.Value, told, ct));
    }
}

/// <summary>Who may have a real mail sent by the doctor.</summary>
internal static class DoctorAccess
{
    public static Failure? Refusal(CurrentProject project, DoctorQuestion question)
    {
        if (question.To is null) return null;
        if (project.IsTest) return Failure.Field("to", "cannot be given with a test key: its mail goes to the sandbox inbox and over no relay.");
        return project.Scopes.Contains(Scopes.SendMessages) ? null
            : new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"A mail to `to` needs the scope `{Scopes.SendMessages}` too, which this key or role does not have.");
    }
}
