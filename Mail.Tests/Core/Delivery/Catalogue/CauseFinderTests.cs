using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Reports;
using Mail.Tests.Protocol.Reports;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery.Catalogue;

/// <summary>There is a cause for whatever the engine can say.</summary>
public sealed class CauseFinderTests
{
    [Fact]
    public void Every_reason_of_a_bounce_has_a_cause() => Assert.All(BounceReasons.All, reason => Assert.NotNull(ErrorCatalogue.Find(CauseFinder.OfReason(reason))));

    [Theory]
    [InlineData("The mail server mx.example:587 cannot be used: The host \"mx.example\" has no address (Name or service not known). Check the spelling and the name server.", "relay_not_found")]
    [InlineData("The mail server mx.example:587 cannot be used: Nothing answers at mx.example:587 (Connection refused). Check host and port, and whether a firewall is in the way.", "relay_refuses_connections")]
    [InlineData("The mail server mx.example:587 cannot be used: Nothing answers at mx.example:587 (No answer within 10 seconds). Check host and port, and whether a firewall is in the way.", "relay_does_not_answer")]
    [InlineData("The mail server mx.example:587 cannot be used: No TLS with mx.example:587: its certificate is refused: certificate has expired. Correct the certificate, name its authority in TrustedCaFile, or do without", "tls_certificate_expired")]
    [InlineData("The mail server mx.example:587 cannot be used: No TLS with mx.example:587: its certificate is refused: it is made for another name (CN=other.example). Correct the certificate", "tls_certificate_name")]
    [InlineData("The mail server mx.example:587 cannot be used: No TLS with mx.example:587: its certificate is refused: self-signed certificate. Correct the certificate", "tls_certificate_untrusted")]
    [InlineData("The mail server mx.example:587 cannot be used: mx.example:587 does not offer STARTTLS, and the settings require TLS.", "tls_not_offered")]
    [InlineData("The mail server mx.example:587 cannot be used: Not signed in at mx.example:587: the server answers \"535 5.7.8 Authentication credentials invalid\".", "relay_login_refused")]
    [InlineData("The mail server mx.example:587 cannot be used: Not signed in at mx.example:587: the server answers \"534 5.7.9 Application-specific password required\".", "relay_app_password")]
    [InlineData("The mail server mx.example:587 cannot be used: Not signed in at mx.example:587: the server answers \"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant\".", "relay_smtp_auth_disabled")]
    [InlineData("The mail server mx.example:587 cannot be used: Not signed in at mx.example:587: the server answers \"550 5.7.30 Basic authentication is not supported for Client Submission\".", "relay_smtp_auth_disabled")]
    [InlineData("The mail server mx.example:587 cannot be used: Not signed in at mx.example:587: the server answers \"454 4.7.0 Temporary authentication failure\".", "relay_login_busy")]
    [InlineData("The mail server mx.example:587 asks for another login or protection before it takes any mail; check SMTP_USER, SMTP_PASSWORD and SMTP_TLS: 530 5.7.0 Authentication Required", "relay_login_missing")]
    [InlineData("SendGrid does not accept the login of the relay: 401 The provided authorization grant is invalid, expired, or revoked", "relay_login_refused")]
    [InlineData("Postmark does not let this account send: 413 Your account is pending approval", "relay_account_suspended")]
    [InlineData("SendGrid cannot be reached: Name or service not known (api.sendgrid.com:443).", "relay_not_found")]
    [InlineData("SendGrid cannot be reached: no answer came within 30 seconds.", "relay_does_not_answer")]
    [InlineData("It takes 25 s to answer; other relays serve until it is faster.", "relay_slow")]
    public void A_fault_of_a_relay_has_the_cause_that_a_person_would_name(string reason, string cause) => Assert.Equal(cause, CauseFinder.OfFault(new RelayFault(reason, IsPermanent: false)));

    /// <summary>Read out of the sources, so that a new sentence without a cause fails here.</summary>
    [Fact]
    public void Every_sentence_about_a_fault_in_our_sources_is_known_to_the_catalogue()
    {
        List<string> sentences = [.. SourceSentences.After("new RelayFault(", "Meaning.Unusable(", "Meaning.LoginRefused(")];

        Assert.True(sentences.Count > 20, $"{sentences.Count} found");
        Assert.All(sentences.Where(text => text.Contains(' ', StringComparison.Ordinal)), sentence => Assert.True(Phrase.Find(FaultPhrases.All, sentence) is not null, $"No cause: {sentence}"));
    }

    [Fact]
    public void An_unknown_outcome_is_its_own_cause_and_final_for_what_must_not_arrive_twice()
    {
        RelayReply unknown = new(RelayVerdict.Unknown, null, null, "The connection was lost");

        Assert.Equal("unknown_outcome", CauseFinder.OfReply(unknown));
        Assert.Equal("unknown_outcome_final", CauseFinder.OfReply(unknown, DeliveryGuarantee.AtMostOnce));
    }

    [Fact]
    public void A_cause_that_its_maker_knows_counts()
    {
        Assert.Equal("quota_used", CauseFinder.OfFault(new RelayFault("Connection refused", false) { Cause = CauseCodes.QuotaUsed }));
        Assert.Equal("rate_wait", CauseFinder.OfReply(new RelayReply(RelayVerdict.Transient, 421, null, "x") { Cause = CauseCodes.RateWait }));
    }

    [Fact]
    public void Whatever_waits_or_ended_badly_has_a_cause_and_what_went_well_has_none()
    {
        Assert.All(DeliveryStates.WorstFirst, state => Assert.Equal(state is DeliveryState.Sent or DeliveryState.Delivered, StoredCause.Of(state, null) is null));
        Assert.Equal("rate_wait", StoredCause.Of(DeliveryState.Queued, CauseCodes.RateWait)?.Code);
        Assert.Equal("waiting_for_worker", StoredCause.Of(DeliveryState.Queued, "relay_refuses_connections")?.Code);
        Assert.Equal("relay_refuses_connections", StoredCause.OfEvent("email.rerouted", null, "Nothing answers at a:25 (Connection refused).")?.Code);
        Assert.Null(StoredCause.OfEvent("email.sent", null, null));
    }

    [Fact]
    public void Diagnostics_of_real_bounces_have_a_cause_that_says_something()
    {
        int all = 0, vague = 0;
        foreach (LabelledMessage message in LabelledMessage.All(Corpora.Path("bounces")))
        {
            foreach (BounceReport report in ReportReader.Read(message.Content).Bounces.Where(one => one.Diagnostic is { Length: > 10 } && one.SmtpCode is >= 400 and < 600))
            {
                string cause = CauseFinder.OfReply(new RelayReply(report.SmtpCode >= 500 ? RelayVerdict.Permanent : RelayVerdict.Transient, report.SmtpCode, report.Status?.ToString(), report.Diagnostic!));
                Assert.NotNull(ErrorCatalogue.Find(cause));
                all++;
                if (cause is "unclear" or "no_reason_given") vague++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all} diagnostics, {vague} without a rule");
        Assert.True(all > 100 && vague * 10 < all, $"{vague} of {all}");
    }
}
