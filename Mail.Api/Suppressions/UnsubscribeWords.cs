namespace Mail.Api.Suppressions;

/// <summary>The texts of the page, as HTML. {0} is the address, {1} what it is about, {2} the sender.</summary>
internal sealed record UnsubscribeWords
{
    public required string Title { get; init; }

    public required string Question { get; init; }

    public required string Button { get; init; }

    public required string ButtonOne { get; init; }

    public required string ButtonAll { get; init; }

    public required string DoneTitle { get; init; }

    public required string Done { get; init; }

    public required string Exceptions { get; init; }

    public required string TakeBack { get; init; }

    public required string BackTitle { get; init; }

    public required string Back { get; init; }

    public required string AllMail { get; init; }

    public required string ThisTopic { get; init; }

    public required string Topic { get; init; }

    public required string ForgedTitle { get; init; }

    public required string Forged { get; init; }

    public required string Preview { get; init; }

    public required string Test { get; init; }

    /// <summary>{0} is the sender.</summary>
    public required string Measured { get; init; }

    public required string DoNotMeasure { get; init; }

    /// <summary>{0} is the sender.</summary>
    public required string NotMeasured { get; init; }

    public required string MeasureAgain { get; init; }

    private static readonly UnsubscribeWords _english = new()
    {
        Title = "Unsubscribe",
        Question = "Should {0} get no more {1} from {2}?",
        Button = "Unsubscribe",
        ButtonOne = "Unsubscribe from this",
        ButtonAll = "Unsubscribe from all of its news",
        DoneTitle = "You are unsubscribed",
        Done = "{0} gets no more {1} from {2}.",
        Exceptions = "What you ask for yourself, such as a code to sign in, still arrives.",
        TakeBack = "That was a mistake: subscribe again",
        BackTitle = "You are subscribed again",
        Back = "{0} gets {1} from {2} again.",
        AllMail = "news and notifications",
        ThisTopic = "messages of this kind",
        Topic = "messages about “{0}”",
        ForgedTitle = "This link does not work",
        Forged = "It is incomplete, or it is not one of ours. Open it again from the message itself, or answer the message and ask to be taken off the list.",
        Preview = "This is the link of a preview. In the message itself each recipient has a link of their own.",
        Test = "This link is from a test message. It works, and nothing was changed.",
        Measured = "{0} may learn whether you open its messages and which links you follow.",
        DoNotMeasure = "Do not measure when I read",
        NotMeasured = "{0} does not learn whether you open its messages or which links you follow.",
        MeasureAgain = "I do not mind being measured",
    };

    private static readonly UnsubscribeWords _french = new()
    {
        Title = "Se désabonner",
        Question = "{0} ne doit plus recevoir {1} de {2} ?",
        Button = "Se désabonner",
        ButtonOne = "Se désabonner de ces messages",
        ButtonAll = "Se désabonner de toutes ses actualités",
        DoneTitle = "Vous êtes désabonné",
        Done = "{0} ne reçoit plus {1} de {2}.",
        Exceptions = "Ce que vous demandez vous-même, comme un code de connexion, arrive toujours.",
        TakeBack = "C’était une erreur : me réabonner",
        BackTitle = "Vous êtes de nouveau abonné",
        Back = "{0} reçoit de nouveau {1} de {2}.",
        AllMail = "les actualités et notifications",
        ThisTopic = "les messages de ce type",
        Topic = "les messages sur «\u00A0{0}\u00A0»",
        ForgedTitle = "Ce lien ne fonctionne pas",
        Forged = "Il est incomplet, ou il n’est pas de nous. Ouvrez-le de nouveau depuis le message, ou répondez au message pour demander votre retrait de la liste.",
        Preview = "Ceci est le lien d’un aperçu. Dans le message lui-même, chaque destinataire a son propre lien.",
        Test = "Ce lien vient d’un message de test. Il fonctionne, et rien n’a été changé.",
        Measured = "{0} peut savoir si vous ouvrez ses messages et quels liens vous suivez.",
        DoNotMeasure = "Ne pas mesurer ma lecture",
        NotMeasured = "{0} ne sait pas si vous ouvrez ses messages ni quels liens vous suivez.",
        MeasureAgain = "La mesure ne me dérange pas",
    };

    public static UnsubscribeWords In(string language) => language == "fr" ? _french : _english;
}
