using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>GET and PATCH /auth/account: the own account.</summary>
public static class OwnAccount
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapGet("/account", GetAsync).WithSummary("Shows the own account").WithDescription("With its second factor, and a change of address that waits for confirmation.");
        auth.MapPatch("/account", ChangeAsync).Accepts<Request>("application/json").WithSummary("Changes name and language").WithDescription("What is left out stays; null clears it.");
    }

    /// <param name="Name">One line, for others and our mails.</param>
    /// <param name="Locale">The language of our mails (BCP 47); null for the project's.</param>
    public sealed record Request(string? Name, string? Locale);

    public sealed record Response(string Id, string Email, string? Name, string? Locale, FactorFacts TwoFactor, EmailFacts? EmailChange);

    public sealed record FactorFacts(bool Enabled, DateTimeOffset? Since, int RecoveryCodesLeft);

    /// <summary>A change of address that both mailboxes have still to confirm.</summary>
    public sealed record EmailFacts(string NewEmail, bool OldConfirmed, bool NewConfirmed, DateTimeOffset ExpiresAt);

    public static async Task<Results<Ok<Response>, ApiError>> GetAsync(HttpContext context, ConsoleSessions sessions, TwoFactor twoFactor, EmailChanges emails, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        return session.IsSuccess ? TypedResults.Ok(await OfAsync(session.Value, session.Value.Name, session.Value.Locale, twoFactor, emails, ct)) : session.Failure.ToApiError();
    }

    public static async Task<Results<Ok<Response>, ApiError>> ChangeAsync(HttpContext context, ConsoleSessions sessions, AccountStore accounts, TwoFactor twoFactor, EmailChanges emails, CancellationToken ct)
    {
        Result<UserSession> found = await sessions.DemandAsync(context);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        UserSession session = found.Value;
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.OwnAccountRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => name is not ("name" or "locale")) is { } unknown) return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", "cannot be set of an account; these can: name, locale.").ToApiError();
        if ((NameProblem(request.Value.Name) ?? LocaleProblem(request.Value.Locale)) is { } problem) return problem.ToApiError();
        string? name = given.Contains("name") ? Blank(request.Value.Name) : session.Name, locale = given.Contains("locale") ? Blank(request.Value.Locale) : session.Locale;
        await accounts.DescribeAsync(session.UserId, name, locale, ct);
        return TypedResults.Ok(await OfAsync(session, name, locale, twoFactor, emails, ct));
    }

    internal static Failure? NameProblem(string? name) =>
        name is null ? null
        : name.Length > 100 ? Failure.Field("name", "is longer than 100 characters.")
        : !TextRules.IsStorable(name) || name.Any(char.IsControl) ? Failure.Field("name", "must be one line without control characters.")
        : null;

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static Failure? LocaleProblem(string? locale) =>
        string.IsNullOrEmpty(locale) || Locale.IsWellFormed(locale) ? null : Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");

    private static async Task<Response> OfAsync(UserSession session, string? name, string? locale, TwoFactor twoFactor, EmailChanges emails, CancellationToken ct)
    {
        TwoFactorState state = await twoFactor.StateAsync(session.UserId, ct);
        return new Response(
            session.UserId.ToString(), session.Email, name, locale, new FactorFacts(session.HasTwoFactor, session.HasTwoFactor ? state.Since : null, state.RecoveryCodesLeft),
            await emails.FindAsync(session.UserId, ct) is { } change ? new EmailFacts(change.NewEmail, change.OldConfirmed, change.NewConfirmed, change.ExpiresAt) : null);
    }
}
