using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Tracking;

/// <summary>POST /conversions: somebody did what a mail was sent for. The same again changes nothing, so that it may be repeated.</summary>
public static class PostConversion
{
    public static void Map(IEndpointRouteBuilder conversions) =>
        conversions.MapPost("/", Handle).RequireScope(Scopes.WriteConversions).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(413);

    /// <param name="EmailId">The mail that it came of; or say `experiment_id` or `template`, and `recipient`.</param>
    /// <param name="ExperimentId">The experiment that the person took part in.</param>
    /// <param name="Template">A template: its experiment that runs, or the last one that did.</param>
    /// <param name="Recipient">Whose last mail of the experiment it came of.</param>
    /// <param name="Name">What they did: `signup`. `conversion` when it is not given.</param>
    /// <param name="Key">Your own name for it, such as an order's number: without one a mail, or a person in an experiment, has one conversion of a name.</param>
    /// <param name="Value">What it was worth.</param>
    /// <param name="Currency">ISO 4217, when that is money.</param>
    /// <param name="OccurredAt">Now when it is not given.</param>
    public sealed record Request(string? EmailId, string? ExperimentId, string? Template, string? Recipient, string? Name, string? Key, decimal? Value, string? Currency, DateTimeOffset? OccurredAt);

    public sealed record Response(string Object, string EmailId, string Name, string? Key, decimal? Value, string? Currency, DateTimeOffset OccurredAt);

    /// <returns>201 for a new one, 200 for one that stood there.</returns>
    public static async Task<Results<Created<Response>, Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, ConversionStore conversions, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.PostConversionRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Request said = request.Value;
        NewConversion wish = new(said.Name ?? NewConversion.UsualName, said.Key, said.Value, said.Currency, said.OccurredAt);
        Result<(Conversion Conversion, bool IsNew)> added = said.EmailId is not null ? await OfMailAsync(said, wish, project, conversions, ct) : await OfPersonAsync(said, wish, project, conversions, ct);
        if (!added.IsSuccess) return added.Failure.ToApiError();
        Conversion stored = added.Value.Conversion;
        Response response = new("conversion", stored.MessageId.ToString(), stored.Name, stored.Key.Length == 0 ? null : stored.Key, stored.Value, stored.Currency, stored.OccurredAt);
        return added.Value.IsNew ? TypedResults.Created($"/emails/{stored.MessageId}", response) : TypedResults.Ok(response);
    }

    private static async Task<Result<(Conversion, bool)>> OfMailAsync(Request said, NewConversion wish, CurrentProject project, ConversionStore conversions, CancellationToken ct)
    {
        if (said.ExperimentId is not null || said.Template is not null || said.Recipient is not null) return Failure.Field("email_id", "names the mail alone; leave `experiment_id`, `template` and `recipient` out.");
        return Guid.TryParse(said.EmailId, out Guid id) ? await conversions.AddAsync(project.Id, new MessageId(id), wish, project.IsTest, ct) : Failure.NotFound("Email");
    }

    private static async Task<Result<(Conversion, bool)>> OfPersonAsync(Request said, NewConversion wish, CurrentProject project, ConversionStore conversions, CancellationToken ct)
    {
        if (said.ExperimentId is null && said.Template is null) return Failure.Missing("email_id");
        if (said.ExperimentId is not null && said.Template is not null) return Failure.Field("template", "cannot be used together with `experiment_id`.");
        if (string.IsNullOrWhiteSpace(said.Recipient)) return Failure.Missing("recipient");
        if (!NormalAddress.TryParse(said.Recipient, out string? address, out string? error)) return Failure.Field("recipient", $"is not an address: {error}");
        if (!TextRules.IsStorable(address)) return Failure.Field("recipient", "is not an address that can be stored.");
        if (said.Template is { } template && (template.Length is 0 or > 64 || !TextRules.IsStorable(template))) return Failure.NotFound("Template");
        Guid? experiment = said.Template is null ? Guid.TryParse(said.ExperimentId, out Guid id) ? id : null : await conversions.ExperimentOfAsync(project.Id, said.Template, ct);
        return experiment is { } of ? await conversions.AddAsync(project.Id, of, address, wish, project.IsTest, ct) : Failure.NotFound("Experiment");
    }
}
