namespace Mail.Core.Projects;

/// <summary>What a key, or a member's role, allows.</summary>
public static class Scopes
{
    public const string SendMessages = "emails:send";
    public const string ReadMessages = "emails:read";

    /// <summary>To see relays, without their secrets.</summary>
    public const string ReadRelays = "relays:read";

    /// <summary>To have relays tested, which connects to them and may send a mail.</summary>
    public const string TestRelays = "relays:test";

    /// <summary>To set up relays, and so to decide who gets all mail: for owners and administrators.</summary>
    public const string WriteRelays = "relays:write";

    public const string ReadAlerts = "alerts:read";

    /// <summary>To say that one knows of an alert, so that it is not told again.</summary>
    public const string WriteAlerts = "alerts:write";

    /// <summary>To hand in reports of bounces and complaints, which change what became of messages.</summary>
    public const string WriteReports = "reports:write";

    /// <summary>To see webhooks and what was sent to them, without their secrets.</summary>
    public const string ReadWebhooks = "webhooks:read";

    /// <summary>To set up webhooks, test them and send events again.</summary>
    public const string WriteWebhooks = "webhooks:write";

    public const string ReadProject = "project:read";
    public const string WriteProject = "project:write";

    public const string ReadDomains = "domains:read";

    /// <summary>To set up and check domains and sender identities, and so to decide in whose name the project writes.</summary>
    public const string WriteDomains = "domains:write";

    public const string ReadSuppressions = "suppressions:read";
    public const string WriteSuppressions = "suppressions:write";

    public const string ReadTracking = "tracking:read";

    /// <summary>To say whose reading is not measured, and to take it back.</summary>
    public const string WriteTracking = "tracking:write";

    /// <summary>To have everything written out that is known of a person: for owners and administrators.</summary>
    public const string ReadPrivacy = "privacy:read";

    /// <summary>To have a person forgotten, which nobody can undo: for owners and administrators.</summary>
    public const string WritePrivacy = "privacy:write";

    public const string ReadContacts = "contacts:read";
    public const string WriteContacts = "contacts:write";

    public const string ReadTemplates = "templates:read";

    /// <summary>To write and publish templates, and so to decide what mails say.</summary>
    public const string WriteTemplates = "templates:write";

    private static readonly IReadOnlyList<string> _developer = [SendMessages, ReadMessages, ReadRelays, TestRelays, ReadProject, ReadAlerts, WriteAlerts, WriteReports, ReadDomains, WriteDomains, ReadWebhooks, WriteWebhooks, ReadSuppressions, WriteSuppressions, ReadTracking, WriteTracking, ReadTemplates, WriteTemplates, ReadContacts, WriteContacts];
    private static readonly IReadOnlyList<string> _viewer = [ReadMessages, ReadRelays, ReadProject, ReadAlerts, ReadDomains, ReadWebhooks, ReadSuppressions, ReadTracking, ReadTemplates, ReadContacts];

    /// <summary>Every scope.</summary>
    public static readonly IReadOnlyList<string> All =
        [SendMessages, ReadMessages, ReadRelays, TestRelays, WriteRelays, ReadProject, WriteProject, ReadAlerts, WriteAlerts, WriteReports, ReadDomains, WriteDomains, ReadWebhooks, WriteWebhooks, ReadSuppressions, WriteSuppressions, ReadTracking, WriteTracking, ReadTemplates, WriteTemplates, ReadContacts, WriteContacts, ReadPrivacy, WritePrivacy];

    /// <summary>What a member may do in the console.</summary>
    public static IReadOnlyList<string> Of(ProjectRole role) => role switch
    {
        ProjectRole.Owner or ProjectRole.Admin => All,
        ProjectRole.Developer => _developer,
        _ => _viewer,
    };
}
