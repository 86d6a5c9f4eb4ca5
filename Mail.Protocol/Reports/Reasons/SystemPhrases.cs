namespace Mail.Protocol.Reports.Reasons;

/// <summary>What servers say about hosts, networks, queues and themselves. The form is that of <see cref="PhraseSet.Add"/>.</summary>
internal static class SystemPhrases
{
    public static readonly string[] HostUnknown =
    [
        "host unknown", "unknown host", "host address lookups failed permanently", "mx records point to non existent hosts", "remote domain doesnt exist",
        "domain does not exist", "domain doesnt exist", "domain not exist", "domain*does not exist", "domain not found", "domain could not be found",
        "domain*couldnt be found", "no such domain", "no such host", "domain must exist", "unknown domain", "domain unknown", "domain is unknown",
        "domain*is unknown", "domain*is invalid", "nonexistent domain", "non existent domain", "domain is not reachable", "domain isnt reachable",
        "host or domain name not found",
        "couldnt find any host", "cannot find any host", "cant find any host", "couldnt find a host", "host not found", "host*does not exist",
        "hostname*not found", "name or service not known", "account or domain may not exist", "unrouteable address", "unroutable address",
        "unrouteable domain", "unroutable domain", "host unreachable", "bad destination system", "bad destination host", "illegal host/domain",
        "invalid domain", "dead domain", "recipient domain*not", "unable to find*recipient domain", "domain name not found", "domain*not registered",
        "domaine*inconnu", "domain*unbekannt", "domain*existiert nicht", "dominio*no existe", "domínio*não existe", "dominio*sconosciuto",
        "домен*не существует", "ドメイン*存在し", "域名不存在",
    ];

    public static readonly string[] NotAccept =
    [
        "null mx", "nullmx", "seem to reject all mails", "account inbounds disabled", "record indicated no smtp service",
        "no host found for existing smtp connection", "does not accept mail", "doesnt accept mail", "does not accept email", "doesnt receive email",
        "does not receive email", "does not receive mail", "does not accept any mail", "no mx record", "no mx found", "no mx host",
        "couldnt find a mail exchanger", "cannot find a mail exchanger", "mail receiving disabled", "not accepting network messages",
        "no mail enabled subscriptions", "server does not accept*mail", "host*not accept mail", "smtp not accepting", "no route for current request",
        "smtp protocol returned a permanent error", "name server : . : host not found",
        "missing or bad storedriver mdb",
    ];

    public static readonly string[] Network =
    [
        "name server reply", "host not found try again", "host name lookup fail", "hostname lookup fail", "dns error", "dns lookup fail", "dns failure",
        "dns type", "dns records*not be found", "dns records*could not", "dns timeout", "dns loop", "name service error*try again", "temporary lookup failure",
        "temporary dns", "unable to lookup dns", "unable to resolve", "cannot resolve", "could not resolve", "no route to host", "network is unreachable",
        "network unreachable", "network error", "host is unreachable", "unrouteable mail domain", "unroutable mail domain", "no mx or a",
        "too many hops", "hop count", "hops exceeded", "mail loop", "mail looping", "routing loop", "message loop", "message looping", "forwarding loop",
        "loop detected", "mail is looping", "message is looping", "loopback", "possible loop", "resolve route", "could not connect and send",
        "network problem", "able to establish an smtp connection", "best preference mx", "address family mismatch", "all routes to destination",
        "network error on destination", "no valid route", "temporary failure in mx lookup", "could not retrieve source address", "had no relevant answers",
        "code nxdomain", "incorrect hostname used for inbounds", "nonexistentdomain", "socket error", "socket connection",
    ];

    public static readonly string[] SystemFull =
    [
        "system full", "insufficient system storage", "insufficient system resources", "insufficient disk space", "insufficient*resources",
        "server*out of disk", "system*out of space", "system resources", "disk full", "filesystem*full", "file system*full", "server*disk*full",
        "system congestion", "mail system congestion",
    ];

    public static readonly string[] SystemError =
    [
        "service currently unavailable", "service temporarily unavailable", "server temporarily unavailable", "temporarily unavailable",
        "temporary local problem", "temporary system problem", "temporary server error", "temporary error", "temporary problem", "local error",
        "local configuration error", "local problem", "configuration error", "configuration problem", "config error", "misconfigured", "internal error",
        "internal server error", "internal system error", "internal problem", "system error", "system problem", "server error", "unexpected error",
        "unexpected failure", "software error",
        "queue file write error", "write error", "timeout waiting for input", "waiting for input", "could not load", "interrupted system call",
        "cant create user output", "cant create output", "loop broken", "loops back to myself", "create a mail loop", "loop was found",
        "encountered an error while", "database error", "lookup error", "ldap", "mapiexception", "no mdb", "out of memory", "cannot allocate memory",
        "resources temporarily", "resources unavailable", "server busy", "server is busy", "system is busy", "try again in a few", "transaction failed",
        "unable to process", "processing error",
        "directory server failure", "i/o error", "permission denied", "file not found", "delivery to file forbidden", "delivery to pipe forbidden",
        "local delivery failed", "lmtp error", "dns violates rfc", "bad interpreter", "no such file or directory", "homedir", "ldap attribute",
        "qmail forward", "detected a loop condition", "duplicated message id", "loop back warning", "unable to process", "message ended early",
        "message cant be stored", "storage error", "not unique several matches", "several matches found",
        "temporarily not available", "temporarily rejected", "service not available", "service not active", "failed to be replicated",
        "suspiciousremoteservererror", "agent busy",
    ];

    public static readonly string[] Expired =
    [
        "connection timed out", "timed out", "timeout", "message expired", "delivery expired", "envelope expired", "queue expired", "time expired",
        "has expired in", "expired after", "retry timeout exceeded", "could not be delivered for", "not be delivered for more", "not delivered within",
        "was not delivered in", "not be delivered within", "queue too long", "in the queue too long", "too long in the queue", "given up after", "gave up",
        "being delayed", "been delayed", "is delayed", "message delayed", "delivery*delayed", "retry time not reached", "failing for a long time",
        "after multiple retries",
        "after several attempts", "maximum delivery attempts", "numerous attempts", "delivery attempts will continue", "delivery attempts", "retries exceeded",
        "retries exhausted", "retry limit", "not responding", "did not respond", "no answer from", "didnt respond", "unable to connect", "could not connect",
        "cannot connect", "couldnt connect", "failed to connect", "connect successfully", "connection refused", "connect to*refused",
        "not accept our requests to connect", "not been collected", "delivery failed*attempts", "was not reachable", "not reachable within",
        "failed to deliver to domain", "could not find a gateway",
        "connection failed", "connection closed", "lost connection", "connection*lost", "undelivered*days", "still trying", "has not yet been delivered",
        "not yet been delivered", "undeliverable for", "deferred",
        "connection expired",
    ];

    public static readonly string[] Mailer =
    [
        "procmail", "maildrop", "command failed", "command died", "command output", "command time limit", "command line usage", "mailer error",
        "unknown mailer error", "pipe to |", "pipe to command", "local delivery agent", "delivery agent failed", "| exit", "exit status", "child crashed",
        "exited with", "x unix", "mail.local", "vacation program", "/usr/", "/bin/", "qmail command", "child status",
    ];

    public static readonly string[] Security =
    [
        "authentication required", "authentication is required", "authentication failed", "authentication failure", "authentication credentials",
        "authentication turned on", "must authenticate", "must be authenticated", "not authenticated", "you dont authenticate", "unauthenticated senders",
        "was not authenticated", "credentials", "username and password", "invalid password", "login attempts", "log in with", "log in through",
        "smtp authentication", "smtp auth", "tls required", "tls is required", "requires tls", "must issue a starttls", "starttls is required",
        "starttls not supported", "does not support tls", "certificate", "encryption required", "encryption needed", "executable files are not allowed",
        "could not retrieve credentials", "requires encryption", "requires tls version", "high strength ciphers", "incorrect authentication data",
        "submitter failed to", "verification failure", "not authorized to perform", "account not subscribed", "authentification",
        "suspicious account activity", "authenticated*account", "achieve exchange server authentication", "tls*failed", "security violation",
        "tls/ssl",
    ];

    public static readonly string[] Syntax =
    [
        "syntax error", "bad sequence of commands", "unrecognized command", "unimplemented command", "command not implemented", "command unrecognized",
        "command not recognized", "invalid command", "protocol error", "bad command", "malformed address", "expected word or", "angle brackets nested",
        "domain missing in source routed", "bad address syntax", "command parameter not implemented",
    ];
}
