using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Feedback;
using Mail.Protocol.Mime;
using Mail.Protocol.Reports;
using Microsoft.Extensions.Options;

namespace Mail.Core.Appointments;

/// <summary>
/// The organizer's address in an invitation: one for each attendee, at the domain whose mail comes to us, signed as return paths are but with a key of its own. Only who got that
/// invitation knows it, so that what comes to it is the attendee's answer.
/// </summary>
public sealed class ReplyAddresses(InstallationKeys keys, IOptions<FeedbackOptions> options)
{
    private VerpCodec? _codec;

    /// <summary>RETURN_PATH_DOMAIN; null where no mail comes to us: then answers go to the organizer.</summary>
    public string? Domain => options.Value.ReturnPathDomain;

    /// <returns>Null without a domain.</returns>
    public async ValueTask<EmailAddress?> WriteAsync(ProjectId project, Guid attendee, CancellationToken ct) =>
        Domain is { } domain ? EmailAddress.Parse((await CodecAsync(ct)).Encode(new VerpAddress(project.Value, attendee), domain)) : null;

    /// <returns>The project and the attendee; null for what we have not made.</returns>
    public async ValueTask<(ProjectId Project, Guid Attendee)?> ReadAsync(string address, CancellationToken ct) =>
        (await CodecAsync(ct)).TryDecode(address, out VerpAddress found) ? (new ProjectId(found.ProjectId), found.DeliveryId) : null;

    private async ValueTask<VerpCodec> CodecAsync(CancellationToken ct) => _codec ??= new VerpCodec(await keys.GetAsync("calendar-replies", ct));
}
