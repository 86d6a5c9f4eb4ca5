using System.Net;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Suppressions;
using Mail.Core.Templates;

namespace Mail.Api.Accounts.Apps;

/// <summary>Where the person is, when the caller is an app's server.</summary>
public sealed record AppClient(string? Ip, string? UserAgent);

/// <summary>What the endpoints of apps' accounts share.</summary>
internal static class AppCalls
{
    private const int LongestName = 200, LongestIp = 64;

    /// <summary>An address in the one form by which everything goes on: the mail, the code, the app. Two spellings of an address are never two people's (an old trick against password resets).</summary>
    public static Result<string> Email(string? email) =>
        string.IsNullOrWhiteSpace(email) ? Failure.Missing("email")
        : !NormalAddress.TryParse(email, out string? normal, out string? error) ? Failure.Field("email", $"is not an address: {error}")
        : normal.Length > 320 ? Failure.Field("email", "is longer than 320 characters.")
        : normal;

    /// <summary>The connection's, unless the caller says better.</summary>
    public static Result<AccountClient> Client(AppClient? given, HttpContext context)
    {
        string? agent = given is null ? context.Request.Headers.UserAgent.ToString() : given.UserAgent;
        if (given?.Ip is not { } ip) return new AccountClient(given is null ? context.Connection.RemoteIpAddress?.ToString() : null, BrowserName.Of(agent));
        return ip.Length <= LongestIp && IPAddress.TryParse(ip, out IPAddress? address) ? new AccountClient(address.ToString(), BrowserName.Of(agent)) : Failure.Field("client.ip", "is not an IP address.");
    }

    public static Failure? Problem(string? name, string? locale) =>
        name is not null && (name.Length > LongestName || !TextRules.IsStorable(name) || name.Any(char.IsControl)) ? Failure.Field("name", $"must be one line of at most {LongestName} characters.")
        : locale is not null && !Locale.IsWellFormed(locale) ? Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.")
        : null;

    /// <summary>The refusals of a mail, with the names that these requests have for what they are about.</summary>
    public static Failure Renamed(Failure failure) => failure with
    {
        Detail = failure.Detail.Replace("`to.0`", "`email`", StringComparison.Ordinal).Replace("`to`", "`email`", StringComparison.Ordinal).Replace("`template.locale`", "`locale`", StringComparison.Ordinal)
            .Replace("`template.id`", "`type`", StringComparison.Ordinal).Replace("`template.variables.", "`variables.", StringComparison.Ordinal),
    };
}
