using Mail.Api.Access;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

/// <summary>GET /smtp-settings: what an app that speaks SMTP has to be told.</summary>
public static class GetSmtpSettings
{
    private const string UserName = "mail"; // any will do; programs want one

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/smtp-settings", Handle).RequireScope(Scopes.ReadProject).WithTags("SMTP").WithSummary("Get SMTP settings");

    /// <param name="Enabled">Whether this installation takes mail by SMTP at all (docs/guides/smtp.md).</param>
    /// <param name="Host">The name that apps connect to.</param>
    /// <param name="StarttlsPort">For STARTTLS; null where it is not open.</param>
    /// <param name="TlsPort">For TLS from the first byte; null where it is not open.</param>
    /// <param name="ClearTextOnThisMachine">Whether programs on the API's own machine may go without TLS.</param>
    /// <param name="Username">Any name will do; the password is an API key with the scope `emails:send`.</param>
    /// <param name="MaxMessageBytes">The largest mail.</param>
    public sealed record Response(string Object, bool Enabled, string Host, int? StarttlsPort, int? TlsPort, bool ClearTextOnThisMachine, string Username, int MaxMessageBytes);

    internal static Ok<Response> Handle(SmtpHost host, IOptions<SubmissionOptions> options, IHostEnvironment environment)
    {
        SubmissionOptions set = options.Value;
        return TypedResults.Ok(new Response("smtp_settings", set.IsOpen, set.HostName, host.SubmissionPort, host.SubmissionTlsPort, set.AllowClearTextFromLoopback ?? environment.IsDevelopment(), UserName, set.MaxMessageBytes));
    }
}
