using System.Text.Json.Serialization.Metadata;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Api.Accounts;

/// <summary>What the endpoints of accounts share: the console's header, and bodies whose refusals name a field.</summary>
internal static class AccountCalls
{
    private const int Longest = 512;

    /// <summary>A body from the console.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, CancellationToken ct) where T : class =>
        ConsoleSessions.IsFromConsole(context.Request) ? JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), type) : ConsoleSessions.NotFromConsole;

    /// <summary>A body from the console, of somebody who is signed in.</summary>
    public static async Task<Result<(UserSession Session, T Body)>> ReadAsync<T>(HttpContext context, ConsoleSessions sessions, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure;
        Result<T> body = await ReadAsync(context, type, ct);
        return body.IsSuccess ? (session.Value, body.Value) : body.Failure;
    }

    /// <summary>What is wrong with a text that must be there.</summary>
    public static Failure? Problem(string field, string? value) =>
        string.IsNullOrEmpty(value) ? Failure.Missing(field)
        : value.Length > Longest ? Failure.Field(field, $"is longer than {Longest} characters.")
        : !TextRules.IsStorable(value) ? Failure.Field(field, "contains a NUL character or half of a surrogate pair.")
        : null;

    /// <summary>An address as somebody types it to sign in; whether it is one at all is not said.</summary>
    public static Failure? EmailProblem(string? email) => Problem("email", email) is { } problem ? problem : email!.Contains('@', StringComparison.Ordinal) ? null : Failure.Field("email", "is not an address.");

    /// <summary>Either a code of the app or a recovery code.</summary>
    public static Failure? FactorProblem(string? code, string? recoveryCode) =>
        code is not null && recoveryCode is not null ? Failure.Field("recovery_code", "cannot be used together with `code`.")
        : recoveryCode is not null ? Problem("recovery_code", recoveryCode)
        : Problem("code", code);
}
