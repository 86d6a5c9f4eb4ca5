namespace Mail.Core.Delivery.Catalogue;

/// <summary>The causes that the engine itself names; those that are read out of replies stand in the catalogue alone.</summary>
public static class CauseCodes
{
    public const string QuotaUsed = "quota_used";
    public const string RateWait = "rate_wait";
    public const string WarmUpWait = "warm_up_wait";
    public const string DomainWait = "domain_wait";
    public const string NoRelayFits = "no_relay_fits";
    public const string Suppressed = "suppressed";
    public const string Complained = "complained";
    public const string Canceled = "canceled";
    public const string Queued = "waiting_for_worker";
    public const string Scheduled = "scheduled";
    public const string Sending = "sending";
    public const string WorkerStopped = "worker_stopped";
    public const string WorkersDied = "workers_died";
    public const string UnknownOutcome = "unknown_outcome";
    public const string UnknownOutcomeFinal = "unknown_outcome_final";
    public const string NotComposed = "composition_failed";
    public const string OtherVersion = "waits_for_other_version";
    public const string MessageGone = "message_gone";
    public const string InternalFault = "internal_fault";
    public const string DatabaseSlow = "database_slow";
    public const string SandboxNotWritten = "sandbox_not_written";
    public const string Restored = "restored";
    public const string Simulated = "simulated";
    public const string RelayReturns = "relay_returns";
    public const string RelaySlow = "relay_slow";

    public const string RelayNotFound = "relay_not_found";
    public const string RelayRefusesConnections = "relay_refuses_connections";
    public const string RelayDoesNotAnswer = "relay_does_not_answer";
    public const string RelayUnreachable = "relay_unreachable";
    public const string RelayBroke = "relay_broke_off";
    public const string RelayRedirects = "relay_wrong_address";
    public const string RelaySettings = "relay_settings";
    public const string LoginRefused = "relay_login_refused";
    public const string LoginMissing = "relay_login_missing";
    public const string LoginNotOffered = "relay_login_not_offered";
    public const string AppPasswordNeeded = "relay_app_password";
    public const string LoginFailedForNow = "relay_login_busy";
    public const string AccountSuspended = "relay_account_suspended";
    public const string NotAllowed = "relay_not_allowed";
    public const string ServiceRefused = "relay_refuses_us";
    public const string CertificateExpired = "tls_certificate_expired";
    public const string CertificateName = "tls_certificate_name";
    public const string CertificateUntrusted = "tls_certificate_untrusted";
    public const string TlsNotOffered = "tls_not_offered";
    public const string TlsFailed = "tls_failed";
}
