using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Api.Messages;

/// <summary>
/// Who may read a code, or a link that proves who reads the mailbox: its recipient. To members and keys of the project it is shown in Development and in the sandbox,
/// where developers have to see what they build; anywhere else it is masked, and of a message that is sensitive as a whole nothing of the body is shown.
/// </summary>
internal static class HiddenContent
{
    public static bool IsIn(StoredMessage message, IHostEnvironment environment) => message.Content.Secrets is not null && !message.IsTest && !environment.IsDevelopment();

    /// <summary>Nothing but hidden: there is nothing to mask in words that nobody has declared.</summary>
    public static bool IsAll(StoredMessage message, IHostEnvironment environment) => IsIn(message, environment) && message.Content.Sensitive == true;

    public static string Why(StoredMessage message, string language) => (message.Content.Sensitive == true, language) switch
    {
        (true, "fr") => "Ce message est confidentiel (`sensitive`) : seul son destinataire peut le lire. Son contenu est chiffré.",
        (true, _) => "This message is sensitive: only its recipient may read it. Its content is encrypted.",
        (_, "fr") => "Ce message contient un code ou un lien personnel : seul son destinataire peut le lire. Il est chiffré et remplacé ici par des points.",
        _ => "This message holds a code or a personal link: only its recipient may read it. It is encrypted, and dots stand in its place here.",
    };

    public static Failure Refusal => new(FailureKind.Forbidden, "content_hidden", "This message holds a code or a personal link, which only its recipient may read. It can be seen in Development, and in the sandbox of a test key.");
}
