using System.Globalization;
using Mail.Core.Invitations;
using Mail.Core.Templates;

namespace Mail.Api.Invitations;

/// <summary>The words of the start page, in English and French, as plain text.</summary>
internal static class InterviewWords
{
    public static (string Title, string Text, string Button, string Until) Open(string language, StartLook look)
    {
        string until = Date(look, look.Invitation.ExpiresAt!.Value, language);
        bool again = look.Invitation.Starts > 0;
        return language == "fr"
            ? ("Votre entretien vidéo", $"{look.Company} vous invite à un entretien vidéo. Installez-vous au calme, avec caméra et micro, puis continuez : vous serez conduit(e) sur {new Uri(look.Campaign.TargetUrl).Host}.",
                again ? "Reprendre l’entretien" : "Commencer l’entretien", $"Ce lien est personnel et valable jusqu’au {until}.")
            : ("Your video interview", $"{look.Company} invites you to a video interview. Find a quiet place with camera and microphone, then go on: you will be led to {new Uri(look.Campaign.TargetUrl).Host}.",
                again ? "Go on with the interview" : "Start the interview", $"This link is personal and works until {until}.");
    }

    public static (string Title, string Text) Over(string language, StartLook look)
    {
        Invitation one = look.Invitation;
        string at = Date(look, one.State is InvitationState.Used ? one.UsedAt ?? one.UpdatedAt : one.ExpiresAt ?? one.UpdatedAt, language);
        return (one.State, language) switch
        {
            (InvitationState.Revoked or InvitationState.New, "fr") => ("Cette invitation a été retirée", $"{look.Company} l’a annulée, ou un message plus récent la remplace. Vous n’avez rien à faire."),
            (InvitationState.Revoked or InvitationState.New, _) => ("This invitation was taken back", $"{look.Company} has withdrawn it, or a later message replaces it. There is nothing to do."),
            (InvitationState.Used, "fr") when !look.Campaign.MayRestart => ("Cet entretien a déjà commencé", $"Il a été ouvert le {at}, et le lien ne sert qu’une fois. Un problème ? Répondez au message d’invitation."),
            (InvitationState.Used, _) when !look.Campaign.MayRestart => ("This interview was started already", $"It was opened on {at}, and the link works once. Something went wrong? Reply to the invitation."),
            (_, "fr") => ("Cette invitation a expiré", $"Elle était valable jusqu’au {Date(look, one.ExpiresAt ?? one.UpdatedAt, language)}. Besoin de plus de temps ? Répondez au message d’invitation."),
            _ => ("This invitation has expired", $"It worked until {Date(look, one.ExpiresAt ?? one.UpdatedAt, language)}. You need more time? Reply to the invitation."),
        };
    }

    public static (string Title, string Text) Forged(string language) => language == "fr"
        ? ("Ce lien ne fonctionne pas", "Il est incomplet, ou il n’est pas de nous. Ouvrez-le de nouveau depuis le message, tel qu’il y est écrit.")
        : ("This link does not work", "It is incomplete, or it is not one of ours. Open it again from the message, just as it stands there.");

    public static string Test(string language) => language == "fr" ? "Invitation d’essai, faite avec une clé de test." : "A test invitation, made with a test key.";

    /// <summary>As the mails say it, in the same zone.</summary>
    private static string Date(StartLook look, DateTimeOffset at, string language)
    {
        TimeZoneInfo zone = (look.Invitation.TimeZone ?? look.Campaign.TimeZone) is { } name && TimeZones.Find(name) is { } found ? found : TimeZoneInfo.Utc;
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, zone);
        return language == "fr"
            ? $"{local.ToString("dd'/'MM'/'yyyy 'à' HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})"
            : $"{local.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})";
    }
}
