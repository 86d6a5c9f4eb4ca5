using Mail.Core.Tracking;

namespace Mail.Api.Tracking;

/// <summary>An objection as the API shows it.</summary>
/// <param name="Email">In its normal form: lower case, the domain in ASCII.</param>
/// <param name="How">`recipient`, on a page of ours, or `api`.</param>
public sealed record ObjectionResponse(string Object, string Id, string Email, string How, DateTimeOffset CreatedAt)
{
    public static ObjectionResponse Of(TrackingObjection objection)
    {
        ArgumentNullException.ThrowIfNull(objection);
        return new ObjectionResponse("tracking_objection", objection.Id.ToString(), objection.Email, objection.How, objection.CreatedAt);
    }
}
