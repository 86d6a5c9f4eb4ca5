using System.Net;
using Mail.Core.Common;

namespace Mail.Core.Logs;

/// <summary>One call that a project's API key made, over HTTP or SMTP. Nothing of what was sent or answered, and no query.</summary>
/// <param name="Id">UUIDv7 of its beginning; the answer's header X-Request-Id.</param>
/// <param name="Method">Of HTTP, or `SMTP`.</param>
/// <param name="Route">The pattern, such as `/emails/{id}`; with SMTP `AUTH` or `MAIL`.</param>
/// <param name="Status">Of the answer; with SMTP the reply's code.</param>
/// <param name="Error">The name of the refusal.</param>
/// <param name="MessageIds">Of the messages that it made or is about.</param>
public sealed record LoggedRequest(
    ProjectId ProjectId, Guid Id, DateTimeOffset At, Guid KeyId, bool IsTest, string Method, string Route, int Status, string? Error, TimeSpan Took, IPAddress? Client, string? UserAgent, string? TraceId, IReadOnlyList<Guid> MessageIds)
{
    public const string Smtp = "SMTP", SmtpSignIn = "AUTH", SmtpMail = "MAIL";
}
