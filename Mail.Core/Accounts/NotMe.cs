using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>
/// "This was not me": everybody is signed out, and the password is gone, so that only a code from the mailbox opens the account again. What else the mail told is
/// undone: a second factor that somebody else set up, recovery codes in other hands, another address.
/// </summary>
public sealed class NotMe(NpgsqlDataSource dataSource, AccountStore accounts, UserSessions sessions, TwoFactor twoFactor, EmailChanges emails, SignInFailures failures, AccountMail mail, ConsoleUrl console) : IActionPurpose
{
    internal const string PurposeName = "account-not-me";

    private const string ForgetSql = "WITH devices AS (DELETE FROM user_devices WHERE user_id = $1) DELETE FROM sign_in_challenges WHERE user_id = $1";

    public string Name => PurposeName;

    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (await accounts.FindAsync(Guid.Parse(link.Subject), ct) is null) return null;
        return language == "fr"
            ? new ActionWords("Ce n’était pas vous ?", "Nous déconnectons tous les appareils et supprimons le mot de passe de votre compte. Vous en choisirez un nouveau avec un code envoyé à votre adresse.", [new ActionChoice("secure", "Ce n’était pas moi : sécuriser mon compte")])
            : new ActionWords("Was this not you?", "We sign out every device and remove the password of your account. You choose a new one with a code that we mail to your address.", [new ActionChoice("secure", "This was not me: secure my account")]);
    }

    public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(transaction);
        NpgsqlConnection within = transaction.Connection!;
        if (await accounts.LockAsync(Guid.Parse(use.Link.Subject), within, ct) is not { } account) return new ActionAnswer(false);
        NotMeFacts? facts = use.Link.Metadata?.Deserialize(AccountJson.Default.NotMeFacts);
        if (facts is { Notice: AccountNotice.EmailChanged, Email: { } before }) await EmailChanges.SetAsync(within, account.Id, before, ct);
        if (facts?.Notice is AccountNotice.RecoveryCodeUsed) await twoFactor.RemoveRecoveryCodesAsync(within, account.Id, ct);
        if (facts?.Notice is AccountNotice.TwoFactorEnabled && (await twoFactor.StateAsync(account.Id, ct, within)).Since <= use.Link.CreatedAt)
        {
            await AccountStore.SetTwoFactorAsync(within, account.Id, false, ct);
            await twoFactor.RemoveAsync(within, account.Id, ct);
        }

        await AccountStore.SetPasswordAsync(within, account.Id, null, ct);
        await sessions.EndOthersAsync(within, account.Id, null, SessionEnds.NotMe, ct);
        await emails.RemoveAsync(within, account.Id, ct);
        await failures.ForgetAsync(account.Email, SignInFactor.Password, ct, within);
        await using (NpgsqlCommand forget = dataSource.CreateCommand(ForgetSql, within))
        {
            forget.Parameters.AddTyped(account.Id);
            await forget.ExecuteNonQueryAsync(ct);
        }

        await mail.RecordAsync(within, account.Id, new AccountClient(use.Visitor.Ip, BrowserName.Of(use.Visitor.UserAgent)), "secured", ct);
        (string title, string text) = use.Language == "fr"
            ? ("Votre compte est en sécurité", "Tous les appareils sont déconnectés. Choisissez maintenant un nouveau mot de passe : sur la page de connexion, « Mot de passe oublié ? ».")
            : ("Your account is secured", "Every device is signed out. Now choose a new password: on the sign-in page, “Forgot your password?”.");
        return new ActionAnswer(true, title, text, console.At("forgot-password?reason=secured") is { } url ? new Uri(url) : null);
    }
}
