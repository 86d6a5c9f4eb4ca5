using System.Text.Json;
using System.Threading.Channels;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>
/// An examination as server-sent events, for people who wait for it: each step is an event `step` when it ends, the whole an event `report`. A stream that ends
/// without a report was cut off. Whoever closes it ends the examination.
/// </summary>
public sealed class DoctorEvents(ProjectId project, Func<Action<DoctorStep>?, Task<DoctorReport>> examine, string language) : IResult
{
    private const string ContentType = "text/event-stream";

    /// <summary>Whether the caller asks for events.</summary>
    public static bool IsAskedFor(HttpRequest http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As events, or in one piece, as the caller likes it.</summary>
    public static async Task<Results<Ok<DoctorAnswer>, DoctorEvents, ApiError>> AnswerAsync(HttpRequest http, ProjectId project, Func<Action<DoctorStep>?, Task<DoctorReport>> examine)
    {
        ArgumentNullException.ThrowIfNull(examine);
        string language = RequestLanguage.Of(http);
        if (IsAskedFor(http)) return new DoctorEvents(project, examine, language);
        Result<DoctorAnswer> answer = await DoctorAnswer.OfAsync(project, () => examine(null), language);
        return answer.IsSuccess ? TypedResults.Ok(answer.Value) : answer.Failure.ToApiError();
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        Channel<DoctorStep> steps = Channel.CreateUnbounded<DoctorStep>(new UnboundedChannelOptions { SingleReader = true });
        Task<Result<DoctorAnswer>> examination = DoctorAnswer.OfAsync(project, () => examine(step => steps.Writer.TryWrite(step)), language);
        if (examination is { IsCompletedSuccessfully: true, Result.IsSuccess: false }) // another one is under way: refused as in one piece
        {
            await examination.Result.Failure!.ToApiError().ExecuteAsync(httpContext);
            return;
        }

        HttpResponse response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep the steps until the end
        await response.StartAsync(httpContext.RequestAborted);
        _ = examination.ContinueWith(_ => steps.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await foreach (DoctorStep step in steps.Reader.ReadAllAsync(httpContext.RequestAborted))
            await WriteAsync(response, "step", JsonSerializer.Serialize(DoctorAnswer.StepsOf([step], language)[0], ApiJson.Default.StepFacts), httpContext.RequestAborted);
        Result<DoctorAnswer> answer = await examination;
        if (answer.IsSuccess) await WriteAsync(response, "report", JsonSerializer.Serialize(answer.Value, ApiJson.Default.DoctorAnswer), httpContext.RequestAborted);
    }

    /// <summary>JSON has no line ends of its own, so that an event is one line of data.</summary>
    private static async Task WriteAsync(HttpResponse response, string name, string json, CancellationToken ct)
    {
        await response.WriteAsync($"event: {name}\ndata: {json}\n\n", ct);
        await response.Body.FlushAsync(ct);
    }
}
