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

    /// <summary>To see API keys without their text, and to make and end those that may do no more than oneself.</summary>
    public const string ReadApiKeys = "api-keys:read";
    public const string WriteApiKeys = "api-keys:write";

    public const string ReadMembers = "members:read";

    /// <summary>To invite, change and remove members: for owners and administrators.</summary>
    public const string WriteMembers = "members:write";

    /// <summary>To see who changed what: for owners and administrators.</summary>
    public const string ReadAudit = "audit:read";

    public const string ReadDomains = "domains:read";

    /// <summary>To set up and check domains and sender identities, and so to decide in whose name the project writes.</summary>
    public const string WriteDomains = "domains:write";

    public const string ReadSuppressions = "suppressions:read";
    public const string WriteSuppressions = "suppressions:write";

    public const string ReadTracking = "tracking:read";

    /// <summary>To say whose reading is not measured, and to take it back.</summary>
    public const string WriteTracking = "tracking:write";

    /// <summary>To say that somebody did what a mail was sent for.</summary>
    public const string WriteConversions = "conversions:write";

    /// <summary>To have everything written out that is known of a person: for owners and administrators.</summary>
    public const string ReadPrivacy = "privacy:read";

    /// <summary>To have a person forgotten, which nobody can undo: for owners and administrators.</summary>
    public const string WritePrivacy = "privacy:write";

    public const string ReadContacts = "contacts:read";
    public const string WriteContacts = "contacts:write";

    public const string ReadTemplates = "templates:read";

    /// <summary>To write and publish templates, and so to decide what mails say.</summary>
    public const string WriteTemplates = "templates:write";

    /// <summary>To have codes made and mailed.</summary>
    public const string SendCodes = "codes:send";

    /// <summary>To ask whether a code is right, and to take codes back.</summary>
    public const string VerifyCodes = "codes:verify";

    /// <summary>To get a code itself, for an app that delivers it by other means.</summary>
    public const string RevealCodes = "codes:reveal";

    /// <summary>To see who decided what by action links.</summary>
    public const string ReadActionLinks = "action-links:read";

    /// <summary>To make action links and take them back.</summary>
    public const string WriteActionLinks = "action-links:write";

    /// <summary>To see requests for decisions and what came of them.</summary>
    public const string ReadRequests = "requests:read";

    /// <summary>To ask people for decisions.</summary>
    public const string WriteRequests = "requests:write";

    public const string ReadAppointments = "appointments:read";

    /// <summary>To invite people to appointments, and to hand in their answers.</summary>
    public const string WriteAppointments = "appointments:write";

    /// <summary>To have the mails of an app's own users' accounts sent, and their forgotten passwords changed.</summary>
    public const string SendAccountMails = "accounts:send";

    /// <summary>To see trips, who drives and who rides along.</summary>
    public const string ReadReservations = "reservations:read";

    /// <summary>To offer trips and to ask for, accept, refuse and cancel seats, in the name of drivers and passengers.</summary>
    public const string WriteReservations = "reservations:write";
    /// <summary>To see campaigns, candidates and what became of their invitations.</summary>
    public const string ReadInvitations = "invitations:read";

    /// <summary>To set up campaigns, candidates and links, and to send, extend and revoke invitations.</summary>
    public const string WriteInvitations = "invitations:write";

    /// <summary>To see mailboxes, without their credentials, and whether a name is free.</summary>
    public const string ReadMailboxes = "mailboxes:read";

    /// <summary>To have mailboxes made, changed and removed, and to be shown their credentials.</summary>
    public const string WriteMailboxes = "mailboxes:write";

    /// <summary>To set up where mailboxes are made, and to see and change those of all users: for owners and administrators.</summary>
    public const string AdministerMailboxes = "mailboxes:admin";

    /// <summary>To see what the system could not handle for the project: timers and steps of flows.</summary>
    public const string ReadDeadLetters = "dead-letters:read";

    /// <summary>To have it handled again, or thrown away.</summary>
    public const string WriteDeadLetters = "dead-letters:write";

    /// <summary>To see the calls of API keys, with the addresses that they came from.</summary>
    public const string ReadLogs = "logs:read";

    /// <summary>To see how the system does: workers, queues, database, cache.</summary>
    public const string ReadSystem = "system:read";

    /// <summary>To write out what is set up in the project, without secrets, and to set it up from such a document: for owners and administrators.</summary>
    public const string ReadConfiguration = "configuration:read";
    public const string WriteConfiguration = "configuration:write";

    /// <summary>Every scope, and the least role that has it.</summary>
    private static readonly (string Scope, ProjectRole Least)[] _roles =
    [
        (SendMessages, ProjectRole.Developer),
        (ReadMessages, ProjectRole.Viewer),
        (ReadRelays, ProjectRole.Viewer),
        (TestRelays, ProjectRole.Developer),
        (WriteRelays, ProjectRole.Admin),
        (ReadAlerts, ProjectRole.Viewer),
        (WriteAlerts, ProjectRole.Developer),
        (WriteReports, ProjectRole.Developer),
        (ReadWebhooks, ProjectRole.Viewer),
        (WriteWebhooks, ProjectRole.Developer),
        (ReadProject, ProjectRole.Viewer),
        (WriteProject, ProjectRole.Admin),
        (ReadApiKeys, ProjectRole.Developer),
        (WriteApiKeys, ProjectRole.Developer),
        (ReadMembers, ProjectRole.Viewer),
        (WriteMembers, ProjectRole.Admin),
        (ReadAudit, ProjectRole.Admin),
        (ReadDomains, ProjectRole.Viewer),
        (WriteDomains, ProjectRole.Developer),
        (ReadSuppressions, ProjectRole.Viewer),
        (WriteSuppressions, ProjectRole.Developer),
        (ReadTracking, ProjectRole.Viewer),
        (WriteTracking, ProjectRole.Developer),
        (WriteConversions, ProjectRole.Developer),
        (ReadPrivacy, ProjectRole.Admin),
        (WritePrivacy, ProjectRole.Admin),
        (ReadContacts, ProjectRole.Viewer),
        (WriteContacts, ProjectRole.Developer),
        (ReadTemplates, ProjectRole.Viewer),
        (WriteTemplates, ProjectRole.Developer),
        (SendCodes, ProjectRole.Developer),
        (VerifyCodes, ProjectRole.Developer),
        (RevealCodes, ProjectRole.Admin),
        (ReadActionLinks, ProjectRole.Viewer),
        (WriteActionLinks, ProjectRole.Developer),
        (ReadRequests, ProjectRole.Viewer),
        (WriteRequests, ProjectRole.Developer),
        (ReadAppointments, ProjectRole.Viewer),
        (WriteAppointments, ProjectRole.Developer),
        (SendAccountMails, ProjectRole.Developer),
        (ReadReservations, ProjectRole.Viewer),
        (WriteReservations, ProjectRole.Developer),
        (ReadInvitations, ProjectRole.Viewer),
        (WriteInvitations, ProjectRole.Developer),
        (ReadMailboxes, ProjectRole.Viewer),
        (WriteMailboxes, ProjectRole.Developer),
        (AdministerMailboxes, ProjectRole.Admin),
        (ReadLogs, ProjectRole.Developer),
        (ReadConfiguration, ProjectRole.Admin),
        (WriteConfiguration, ProjectRole.Admin),
        (ReadDeadLetters, ProjectRole.Viewer),
        (WriteDeadLetters, ProjectRole.Developer),
        (ReadSystem, ProjectRole.Admin),
    ];

    private static readonly Dictionary<ProjectRole, IReadOnlyList<string>> _ofRole =
        Enum.GetValues<ProjectRole>().ToDictionary(role => role, role => (IReadOnlyList<string>)[.. _roles.Where(one => role <= one.Least).Select(one => one.Scope)]);

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [.. _roles.Select(one => one.Scope)];

    /// <summary>Those that rule the project itself: who has one of them, or makes keys, could come back after having been shown the door.</summary>
    public static IReadOnlyList<string> Governing { get; } = [.. _roles.Where(one => one.Least <= ProjectRole.Admin || one.Scope == WriteApiKeys).Select(one => one.Scope)];

    /// <summary>What a member may do in the console.</summary>
    public static IReadOnlyList<string> Of(ProjectRole role) => _ofRole[role];
}
