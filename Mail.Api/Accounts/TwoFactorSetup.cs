using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/two-factor/setup, /enable, /disable, /recovery-codes and /confirm: the second factor of the own account.</summary>
public static class TwoFactorSetup
{
    private const int ModuleSize = 4;

    public static void Map(IEndpointRouteBuilder auth)
    {
        RouteGroupBuilder factor = auth.MapGroup("/two-factor");
        factor.MapPost("/setup", SetUpAsync).Accepts<PasswordRequest>("application/json").ProducesApiError(409)
            .WithSummary("Makes a secret for an authenticator app").WithDescription("With a QR code of it. Nothing changes until POST /auth/two-factor/enable has a code of the app.");
        factor.MapPost("/enable", EnableAsync).Accepts<CodeRequest>("application/json").ProducesApiError(409)
            .WithSummary("Turns two-factor sign-in on").WithDescription("Answers with ten recovery codes, which are shown this once. Ends all other sessions, and tells the owner by mail.");
        factor.MapPost("/disable", DisableAsync).Accepts<DisableRequest>("application/json").ProducesApiError(409)
            .WithSummary("Turns two-factor sign-in off").WithDescription("Asks for the password and a code. Ends all other sessions, and tells the owner by mail.");
        factor.MapPost("/recovery-codes", RenewAsync).Accepts<RenewRequest>("application/json").ProducesApiError(409)
            .WithSummary("Makes ten new recovery codes").WithDescription("Those before work no more.");
        factor.MapPost("/confirm", ConfirmAsync).Accepts<FactorRequest>("application/json").ProducesApiError(409)
            .WithSummary("Shows the second factor again").WithDescription("For what wants it fresh (`two_factor_not_fresh`): for ten minutes it is.");
    }

    public sealed record PasswordRequest(string? Password);

    public sealed record CodeRequest(string? Code);

    public sealed record FactorRequest(string? Code, string? RecoveryCode);

    public sealed record DisableRequest(string? Password, string? Code, string? RecoveryCode);

    public sealed record RenewRequest(string? Password, string? Code);

    /// <param name="Secret">For an app that cannot read the code: base32, 160 bits.</param>
    /// <param name="QrSvg">An SVG picture of the address.</param>
    public sealed record SetupResponse(string Secret, string OtpauthUrl, string QrSvg);

    public sealed record CodesResponse(IReadOnlyList<string> RecoveryCodes);

    public static async Task<Results<Ok<SetupResponse>, ApiError>> SetUpAsync(HttpContext context, ConsoleSessions sessions, AccountChanges changes, IOptions<AccountOptions> options, CancellationToken ct)
    {
        Result<(UserSession Session, PasswordRequest Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.TwoFactorPasswordRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (UserSession session, PasswordRequest request) = read.Value;
        if (AccountCalls.Problem("password", request.Password) is { } problem) return problem.ToApiError();
        Result<byte[]> secret = await changes.SetUpTwoFactorAsync(session, request.Password!, ConsoleSessions.ClientOf(context), ct);
        if (!secret.IsSuccess) return secret.Failure.ToApiError();
        string url = Totp.Uri(secret.Value, options.Value.Issuer, session.Email);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new SetupResponse(Totp.Base32(secret.Value), url, Picture(url)));
    }

    public static async Task<Results<Ok<CodesResponse>, ApiError>> EnableAsync(HttpContext context, ConsoleSessions sessions, AccountChanges changes, CancellationToken ct)
    {
        Result<(UserSession Session, CodeRequest Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.TwoFactorCodeRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (AccountCalls.Problem("code", read.Value.Body.Code) is { } problem) return problem.ToApiError();
        return Answer(context, await changes.EnableAsync(read.Value.Session, read.Value.Body.Code!, ConsoleSessions.ClientOf(context), ct));
    }

    public static async Task<Results<NoContent, ApiError>> DisableAsync(HttpContext context, ConsoleSessions sessions, AccountChanges changes, CancellationToken ct)
    {
        Result<(UserSession Session, DisableRequest Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.TwoFactorDisableRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (UserSession session, DisableRequest request) = read.Value;
        if ((AccountCalls.Problem("password", request.Password) ?? AccountCalls.FactorProblem(request.Code, request.RecoveryCode)) is { } problem) return problem.ToApiError();
        return await changes.DisableAsync(session, request.Password!, request.Code, request.RecoveryCode, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }

    public static async Task<Results<Ok<CodesResponse>, ApiError>> RenewAsync(HttpContext context, ConsoleSessions sessions, AccountChanges changes, CancellationToken ct)
    {
        Result<(UserSession Session, RenewRequest Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.TwoFactorRenewRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (UserSession session, RenewRequest request) = read.Value;
        if ((AccountCalls.Problem("password", request.Password) ?? AccountCalls.Problem("code", request.Code)) is { } problem) return problem.ToApiError();
        return Answer(context, await changes.RenewRecoveryCodesAsync(session, request.Password!, request.Code!, ConsoleSessions.ClientOf(context), ct));
    }

    public static async Task<Results<NoContent, ApiError>> ConfirmAsync(HttpContext context, ConsoleSessions sessions, AccountChanges changes, CancellationToken ct)
    {
        Result<(UserSession Session, FactorRequest Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.TwoFactorFactorRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        FactorRequest request = read.Value.Body;
        if (AccountCalls.FactorProblem(request.Code, request.RecoveryCode) is { } problem) return problem.ToApiError();
        return await changes.ShowFactorAsync(read.Value.Session, request.Code, request.RecoveryCode, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }

    private static Results<Ok<CodesResponse>, ApiError> Answer(HttpContext context, Result<string[]> codes)
    {
        if (!codes.IsSuccess) return codes.Failure.ToApiError();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new CodesResponse(codes.Value));
    }

    private static string Picture(string text)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using SvgQRCode picture = new(data);
        return picture.GetGraphic(ModuleSize, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
