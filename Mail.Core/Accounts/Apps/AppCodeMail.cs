using System.Text.Json;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Accounts.Apps;

/// <summary>The mail with a code for a new password of an app's user: the code and its mail are there together, or neither.</summary>
public sealed class AppCodeMail(CodeStore codes, MessageIntake intake)
{
    private const string Template = "password-reset", CodeVariable = "code", MinutesVariable = "expires_in_minutes";

    /// <returns>A refusal of the project's set-up; never one that says something of the address: neither that it had its codes, nor that it is on the suppression list, is for whoever asks.</returns>
    public async Task<Failure?> SendAsync(MessageSender sender, AppAccountSettings settings, CodeSubject subject, string email, string? name, string? locale, IdempotencyRecord? key, string answer, CancellationToken ct)
    {
        IssuedCode code = codes.New(null);
        bool isSpent = false;
        Failure spent = new(FailureKind.TooMany, "too_many_attempts", "This address has had its codes.");
        IntakeCompanion with = new(async (connection, ct) => (isSpent = (await codes.StoreAsync(subject, code, connection, ct)).Issued is null) ? spent : null, _ => answer);
        Result<string> accepted = await intake.AcceptWithAsync(sender, Request(settings, email, name, locale, code), key, with, ct);
        return accepted.IsSuccess || isSpent ? null : Told(accepted.Failure);
    }

    /// <summary>The same refusals before anything is made, from the same work for every address.</summary>
    public async Task<Failure?> ObjectionAsync(MessageSender sender, AppAccountSettings settings, string email, string? name, string? locale, CancellationToken ct) =>
        await intake.ObjectionAsync(sender, Request(settings, email, name, locale, codes.New(null)), ct) is { } objection ? Told(objection) : null;

    private static Failure? Told(Failure failure) => failure.Code == "recipient_suppressed" ? null : failure;

    private static EmailRequest Request(AppAccountSettings settings, string email, string? name, string? locale, IssuedCode code)
    {
        Dictionary<string, JsonElement> variables = new(AppAccountMail.About(settings, name))
        {
            [CodeVariable] = PlatformMail.Text(code.Code), [MinutesVariable] = PlatformMail.Number((int)CodeShape.UsualLifetime.TotalMinutes),
        };
        return AppAccountMail.Request(settings, email, Template, variables, locale, Lane.Critical, CodeVariable);
    }
}
