using System.Text.Json;
using Mail.Core.ActionLinks;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>The two links of a change of address.</summary>
public sealed class EmailChangeLinks(EmailChanges changes) : IActionPurpose
{
    internal const string PurposeName = "account-email-change";

    public string Name => PurposeName;

    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (await changes.FindByIdAsync(Guid.Parse(link.Subject), ct) is not { } found) return null;
        bool isNew = IsNew(link), french = language == "fr";
        return isNew
            ? new ActionWords(
                french ? "Confirmer votre nouvelle adresse" : "Confirm your new address",
                french ? $"L’adresse {found.Pending.NewEmail} deviendra celle de votre compte, dès que l’ancienne adresse aura aussi confirmé." : $"{found.Pending.NewEmail} becomes the address of your account, as soon as the old address has confirmed, too.",
                [new ActionChoice("confirm", french ? "Confirmer cette adresse" : "Confirm this address")])
            : new ActionWords(
                french ? "Autoriser le changement d’adresse" : "Allow the change of address",
                french ? $"Votre compte passera de {found.OldEmail} à {found.Pending.NewEmail}. N’autorisez que si vous l’avez demandé." : $"Your account goes over from {found.OldEmail} to {found.Pending.NewEmail}. Allow it only if you asked for it.",
                [new ActionChoice("confirm", french ? "Autoriser le changement" : "Allow the change")]);
    }

    public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(transaction);
        bool french = use.Language == "fr";
        AccountClient client = new(use.Visitor.Ip, BrowserName.Of(use.Visitor.UserAgent));
        return await changes.ConfirmAsync(transaction.Connection!, Guid.Parse(use.Link.Subject), IsNew(use.Link), client, ct) switch
        {
            true => new ActionAnswer(true, french ? "Votre adresse est changée" : "Your address is changed", french ? "Connectez-vous désormais avec la nouvelle adresse." : "Sign in with the new address from now on."),
            false => new ActionAnswer(true, french ? "C’est confirmé" : "Confirmed", french ? "Ouvrez maintenant le lien envoyé à l’autre adresse : le changement prend effet ensuite." : "Now open the link that was mailed to the other address: the change is made then."),
            null => new ActionAnswer(false, french ? "Le changement est impossible" : "The change cannot be made", french ? "Il n’est plus demandé, ou un autre compte a cette adresse." : "It is not asked for any more, or another account has this address."),
        };
    }

    private static bool IsNew(ActionLink link) => link.Metadata?.Deserialize(AccountJson.Default.EmailChangeFacts)?.IsNew == true;
}
