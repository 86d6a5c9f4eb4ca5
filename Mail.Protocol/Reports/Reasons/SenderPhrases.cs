namespace Mail.Protocol.Reports.Reasons;

/// <summary>What servers say about who sends: address, host, reputation, authentication, speed. The form is that of <see cref="PhraseSet.Add"/>.</summary>
internal static class SenderPhrases
{
    public static readonly string[] AuthFailure =
    [
        "dmarc", "sender policy framework", "spf*fail", "spf*violation", "spf*not pass", "spf record", "spf records", "spf check", "spf validation",
        "spf hard", "spf softfail", "spf settings", "spf policy", "spf/dns", "bad spf", "spf or dkim", "spf and dkim", "spf : ", "due to spf", "dkim*fail",
        "dkim*not pass",
        "dkim*invalid", "dkim validation", "dkim signature*not", "valid dkim", "no dkim", "with dkim", "not signed*dkim", "authentication checks",
        "unauthenticated email from", "unauthenticated mail from", "email authentication", "fails*authentication", "does not pass authentication",
        "required authentication level",
        "arc validation", "not authorized to send*domain", "not permitted to send*domain", "not allowed to send from", "sender id*fail", "blocked for failing",
        "header from*not*authenticated",
        "authenticate*with spf", "authenticate*spf", "authenticate*dkim", "aligned with*spf", "aligned with*dkim", "dane validation", "tlsa invalid",
        "dnssec", "certificate host mismatch", "certificate expired", "spf sender invalid", "dkim sender invalid",
    ];

    public static readonly string[] RequirePtr =
    [
        "ptr record", "ptr records", "ptr resource record", "no ptr", "missing ptr", "ptr entry", "reverse dns", "reverse lookup", "reverse name",
        "reverse hostname", "reverse mapping", "no rdns", "invalid rdns", "rdns record", "rdns check", "missing rdns", "generic rdns",
        "cannot find your hostname", "cannot find your reverse",
        "cannot resolve your address", "ip name lookup failed", "name lookup failed for", "unverifyable sending ip", "unverifiable sending ip",
        "unresolvable relay host", "mismatches client ip", "forward dns entry", "fcrdns", "no hostname*your ip", "hostname*not*resolve*ip",
        "dns lookup failure*try again later", "reverse resolution",
        "dns check failure", "have a ptr record",
    ];

    public static readonly string[] BadReputation =
    [
        "poor reputation", "bad reputation", "low reputation", "poor email reputation", "ip reputation", "domain reputation", "sender reputation",
        "reputation problems", "reputation score", "reputation*too low", "reputation*is low", "reputation*is poor", "due to*reputation", "negative reputation",
        "unexpected volume or user complaints",
        "senderscore", "reputation filter",
    ];

    public static readonly string[] Speeding =
    [
        "receiving mail too quickly", "receiving mail at a rate", "rate that prevents", "try again slower", "sending limit", "sending quota",
        "daily*quota exceeded", "daily*limit exceeded", "daily*limit has been", "hourly limit", "per hour limit", "temporarily rate limited",
        "been rate limited", "is rate limited", "message rate", "mail rate",
        "sending rate exceeded", "sending too fast", "sending too many", "sent too many", "too many messages*too", "too many messages*minute",
        "too many messages*hour", "too many messages*short", "too many mails*short", "too much mail*short", "excessive volume", "excessive rate", "throttle",
        "throttling : ", "slow down", "message threshold exceeded", "rate limit exceeded", "exceeded*rate limit", "mail frequency",
        "relay limit exceeded", "relay sending limit", "thread limit exceeded", "reached your daily limit", "submission quota",
        "per hour message receive limit", "exceeded permitted limits", "tenant has exceeded", "daily limit for message recipients",
    ];

    public static readonly string[] TooManyConnections =
    [
        "too many connections", "too many concurrent", "too many simultaneous", "too many recipients", "too many rcpt", "too many smtp sessions",
        "too many sessions", "too many errors from your ip", "connection limit", "connection rate", "connections limit", "maximum connection",
        "max*connections", "simultaneous connections", "concurrent connections", "number of connections", "exceeded the max emails per hour",
        "throttling failure", "maximum sending rate exceeded", "daily message quota exceeded", "trop de connexions", "per connection reached",
        "frequency limited", "outbound thread limit", "zu viele verbindungen", "demasiadas conexiones", "recipients*per message", "recipients limit exceeded",
        "limit*recipients*exceeded",
        "exceeded their limit",
    ];

    public static readonly string[] NoRelaying =
    [
        "relay*denied", "relaying denied", "relaying*not allowed", "relaying*not permitted", "relaying*prohibited", "relay*not permitted", "relay*not allowed",
        "relay*prohibited", "relay*refused", "relaying mail to", "unable to relay", "cannot relay", "will not relay", "wont relay", "not relay for",
        "dont relay", "do not relay", "does not relay", "no relaying", "no relay", "relay is not allowed", "not permitted to relay", "not allowed to relay",
        "not configured to relay",
        "not authorized to relay", "as a relay", "as relay", "not an open relay", "insecure mail relay", "mail relay*not", "smtp relay is not",
        "not a gateway", "not local host", "rcpthosts", "rcpthost_", "handle mail for", "authentication*non local email address",
        "specified domain is not allowed", "email address is not verified", "not verified*identities", "use of smtp as mail gate is forbidden",
        "domain isnt allowed to be relayed", "not our domain",
        "domain*not hosted here", "domain*not local", "not*accept mail for this domain", "do not accept mail for",
        "credentials for relay", "not authorized to send*directly to our servers", "client was not authenticated",
    ];

    public static readonly string[] Rejected =
    [
        "sender rejected", "sender was rejected", "sender address rejected", "sender email address rejected", "sender*is rejected", "sender denied",
        "sender*not accepted", "sender*not allowed", "sender not authenticated", "sender was not authenticated", "sender*not authorized", "sender*invalid",
        "invalid sender", "bad sender", "unknown sender", "sender unknown", "sender*blacklisted", "sender*blocked", "sender blocked", "sender is spammer",
        "sender verif",
        "sender callout", "sender callback", "sender*does not exist", "sender*doesnt exist", "sender*not exist", "sender*not found", "sender domain",
        "senders domain", "domain of sender", "unroutable sender", "sender not pre approved", "sender not in*allowed", "sender*my blacklist",
        "sender is in my", "sender id ( pra )", "envelope sender", "empty envelope", "null sender", "null reverse path", "mail from*refused",
        "mail from*rejected",
        "mail from*invalid", "mail from*blacklist", "mail from*does not exist", "mail from not owned", "from domain", "from a different address or alias",
        "from address*invalid", "from : domain", "from : address", "bogus mail from", "batv", "backscatter", "no third party dsn", "bouncedeny",
        "purported responsible address", "not accept mail from", "not*list of senders", "senders address", "envelope blocked",
        "email address has been blacklisted",
        "sending to/from an address that has been blacklisted", "senderfilterconfig", "spam reporting address", "unsigned dsn", "returned mail not accepted",
        "emetteur invalide", "expéditeur*invalide", "expediteur*invalide", "absender*abgelehnt", "not a registered gateway user", "not allowed to post",
        "permission to post", "fully qualified email address required", "valid address filter", "not a member of this", "not member", "reject mail from",
        "reject spammers", "header based blocked senders", "manually blocked senders", "envelope rejected", "will be permanently deferred", "unresolvable rfc",
        "syntax error : empty email address", "rule imposed mailbox access", "recursive cname", "mx records for", "group*may not exist",
        "not have permission*messages to the group", "access denied ( in reply to mail from", "mail sending denied", "unregistered domains",
        "bad outbound sender", "banned sender", "unauthenticated email is not accepted from",
        "access to submit messages", "administrative prohibition", "delivery not authorized message refused", "not authorized for group",
        "senders to accept mail from", "unauthenticated email is not accepted",
    ];

    public static readonly string[] Blocked =
    [
        "blocked using", "blocked by", "blocked for", "blocked because", "blocked at", "blocked due", "blocked : ", "blocked see http", "blocked - see",
        "is blocked", "been blocked", "was blocked", "said : # blocked", "bloquee pour", "bloqué pour", "blacklist", "blocklist", "block list", "dnsbl",
        "dns bl", "rbl_", "rbls_", "drbl", "multi blacklist", "surriel", "spamcop", "spamhaus", "barracudacentral", "cloudmark", "sorbs", "listed in*dns",
        "listed at*org", "listed as abusive",
        "banned sending ip", "ip*banned", "ip*blocked", "ip*rejected", "ip*refused", "ip address*listed", "ip*is listed", "bad sender ip",
        "client host*blocked", "client host rejected", "helo command rejected", "helo*rejected", "ehlo*rejected", "bad helo", "invalid helo", "helo*invalid",
        "helo/ehlo argument", "my name was rejected", "not allowed to connect", "connection dropped", "connection was dropped", "connection reset by peer",
        "connections*not accepted", "not accepting connections",
        "connection*rejected", "connection rejected", "dynamic ip", "dynamic/zombied", "dynamic address", "open proxy", "open relay", "are sending spam",
        "sending spam see", "too many spams from", "not allowed to send mail from", "invalid ip for sending mail", "go away", "mail from your ip",
        "mail server*is blocked", "no access from mail server", "smtp server of your isp", "smtp server of your provider", "server access forbidden",
        "access from*blocked", "host network not allowed", "remotehost looks suspiciously", "no matches to nameserver",
        "unwanted messages have been sent from",
        "ip profile", "a problem occurred", "suspected bounce attacks", "suspected spam ip", "connection denied", "ip temporarily blacklisted",
        "unusual rate of", "confirm this mail server", "requires confirmation", "no valid recipients from", "closing transmission channel",
        "has not passed validation", "closing connection . try again later", "does not accept email over ipv6", "bad commands from",
        "too many invalid recipients", "network*temporary blacklisted", "abus detecte", "refused - see", "refused see http", "service refused",
        "access denied . ( as",
        "temporarily deferred due to user complaints", "not in whitelist", "try again later closing connection", "access denied please try again later",
        "traffic not accepted from this ip",
        "bad ip_", "@ : blocked", "dns blacklist",
    ];

    /// <summary>A refusal without a reason: what it means hangs on the command that it answers.</summary>
    public static readonly string[] Denial =
    [
        "access denied", "denied", "rejected", "refused", "not allowed", "not permitted", "forbidden", "prohibited", "not accepted", "unauthorized",
        "blocked", "does not exist", "unknown",
    ];
}
