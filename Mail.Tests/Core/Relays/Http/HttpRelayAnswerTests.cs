using Mail.Core.Relays;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>The providers' real answers, and what becomes of the message: the recipient's fault, the message's, the sender's or the relay's.</summary>
public sealed class HttpRelayAnswerTests
{
    private const string To = "zoe@example.net";

    /// <summary>Answers that leave the relay in use: kind, answer, verdict, scope, the provider's code, words that must be told.</summary>
    public static TheoryData<string, string, RelayVerdict, ReplyScope, string?, string> Refusals
    {
        get
        {
            TheoryData<string, string, RelayVerdict, ReplyScope, string?, string> rows = [];
            void Row(string kind, FakeAnswer answer, RelayVerdict verdict, ReplyScope scope, string? code, string words) => rows.Add(kind, Remember(answer), verdict, scope, code, words);

            Row("sendgrid", SendGridFake.Error(400, "Does not contain a valid address.", "personalizations.0.to.0.email"), RelayVerdict.Permanent, ReplyScope.Recipient, null, "personalizations.0.to.0.email: Does not contain");
            Row("sendgrid", SendGridFake.Error(400, "The from email does not contain a valid address.", "from.email"), RelayVerdict.Permanent, ReplyScope.Message, null, "from.email");
            Row("sendgrid", SendGridFake.Error(401, "Maximum credits exceeded", null), RelayVerdict.Transient, ReplyScope.Relay, null, "Maximum credits exceeded");
            Row("sendgrid", SendGridFake.Error(403, "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", "from"), RelayVerdict.Transient, ReplyScope.Sender, null, "may not send for this sender");
            Row("sendgrid", SendGridFake.Error(413, "content too large", "null"), RelayVerdict.Permanent, ReplyScope.Message, null, "content too large");
            Row("sendgrid", SendGridFake.Error(429, "too many requests", null), RelayVerdict.Transient, ReplyScope.Relay, null, "too many requests");
            Row("sendgrid", SendGridFake.Error(500, "internal server error", null), RelayVerdict.Transient, ReplyScope.Relay, null, "internal server error");

            Row("ses", SesFake.Error(429, "TooManyRequestsException", "Rate exceeded"), RelayVerdict.Transient, ReplyScope.Relay, "TooManyRequestsException", "Rate exceeded");
            Row("ses", SesFake.Error(400, "ThrottlingException", "Daily message quota exceeded"), RelayVerdict.Transient, ReplyScope.Relay, "ThrottlingException", "Daily message quota exceeded");
            Row("ses", SesFake.Error(400, "LimitExceededException", "There are too many instances of the specified resource type."), RelayVerdict.Transient, ReplyScope.Relay, "LimitExceededException", "too many instances");
            Row("ses", SesFake.Error(400, "MessageRejected", "Email address is not verified. The following identities failed the check in region EU-WEST-3: shop@example.com, example.com"), RelayVerdict.Transient, ReplyScope.Sender, "MessageRejected", "failed the check");
            Row("ses", SesFake.Error(400, "MessageRejected", $"Email address is not verified. The following identities failed the check in region EU-WEST-3: {To}"), RelayVerdict.Transient, ReplyScope.Relay, "MessageRejected", "sandbox");
            Row("ses", SesFake.Error(400, "MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified."), RelayVerdict.Transient, ReplyScope.Sender, "MailFromDomainNotVerifiedException", "MAIL FROM");
            Row("ses", SesFake.Error(403, "AccessDeniedException", "User `arn:aws:iam::1:user/m' is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-west-3:1:identity/example.com'"), RelayVerdict.Transient, ReplyScope.Sender, "AccessDeniedException", "identity/example.com");
            Row("ses", SesFake.Error(400, "BadRequestException", "Missing final '@domain'"), RelayVerdict.Permanent, ReplyScope.Recipient, "BadRequestException", "@domain");
            Row("ses", SesFake.Error(400, "BadRequestException", "Message length is more than 41943040 bytes long"), RelayVerdict.Permanent, ReplyScope.Message, "BadRequestException", "bytes long");
            Row("ses", SesFake.Error(400, "MessageRejected", "Email contained a virus."), RelayVerdict.Permanent, ReplyScope.Message, "MessageRejected", "virus");
            Row("ses", FakeAnswer.Json(503, new { message = "Service unavailable" }), RelayVerdict.Transient, ReplyScope.Relay, null, "Service unavailable");

            Row("mailgun", MailgunFake.Error(400, "'to' parameter is not a valid address. please check documentation"), RelayVerdict.Permanent, ReplyScope.Recipient, null, "not a valid address");
            Row("mailgun", MailgunFake.Error(400, "'from' parameter is not a valid address. please check documentation"), RelayVerdict.Permanent, ReplyScope.Message, null, "'from' parameter");
            Row("mailgun", MailgunFake.Error(403, "Free accounts are for test purposes only. Please upgrade or add the address to authorized recipients in Account Settings."), RelayVerdict.Transient, ReplyScope.Relay, null, "authorized recipients");
            Row("mailgun", MailgunFake.Error(429, "Too many requests"), RelayVerdict.Transient, ReplyScope.Relay, null, "Too many requests");
            Row("mailgun", new FakeAnswer(500, "oops", "text/plain"), RelayVerdict.Transient, ReplyScope.Relay, null, "oops");

            Row("postmark", PostmarkFake.Error(422, 300, $"Error parsing 'To': Illegal email address '{To}'. It must contain the '@' symbol."), RelayVerdict.Permanent, ReplyScope.Recipient, "300", "Illegal email address");
            Row("postmark", PostmarkFake.Error(422, 300, "Invalid 'From' address: 'x'."), RelayVerdict.Transient, ReplyScope.Sender, "300", "Invalid 'From'");
            Row("postmark", PostmarkFake.Error(422, 400, "The 'From' address you supplied (shop@example.com) is not a Sender Signature on your account."), RelayVerdict.Transient, ReplyScope.Sender, "400", "Sender Signature");
            Row("postmark", PostmarkFake.Error(422, 401, "The Sender Signature is not confirmed."), RelayVerdict.Transient, ReplyScope.Sender, "401", "not confirmed");
            Row("postmark", PostmarkFake.Error(422, 405, "Not allowed to send: you ran out of credits."), RelayVerdict.Transient, ReplyScope.Relay, "405", "credits");
            Row("postmark", PostmarkFake.Error(422, 406, $"You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: {To}. Inactive recipients are ones that have generated a hard bounce."), RelayVerdict.Permanent, ReplyScope.Recipient, "406", "inactive");
            Row("postmark", PostmarkFake.Error(422, 411, "Forbidden attachment file type."), RelayVerdict.Permanent, ReplyScope.Message, "411", "Forbidden attachment");
            Row("postmark", PostmarkFake.Error(429, 429, "Rate limit exceeded"), RelayVerdict.Transient, ReplyScope.Relay, "429", "Rate limit");
            Row("postmark", PostmarkFake.Error(503, 100, "Maintenance"), RelayVerdict.Transient, ReplyScope.Relay, "100", "Maintenance");

            Row("resend", ResendFake.Error(422, "validation_error", "Invalid `to` field. The email address needs to follow the `email@example.com` format."), RelayVerdict.Permanent, ReplyScope.Recipient, "validation_error", "Invalid `to` field");
            Row("resend", ResendFake.Error(422, "invalid_attachment", "Attachment must have either a `content` or `path`."), RelayVerdict.Permanent, ReplyScope.Message, "invalid_attachment", "Attachment must");
            Row("resend", ResendFake.Error(403, "validation_error", "The example.com domain is not verified. Please, add and verify your domain on https://resend.com/domains"), RelayVerdict.Transient, ReplyScope.Sender, "validation_error", "is not verified");
            Row("resend", ResendFake.Error(403, "validation_error", "You can only send testing emails to your own email address (me@example.org)."), RelayVerdict.Transient, ReplyScope.Relay, "validation_error", "testing emails");
            Row("resend", ResendFake.Error(429, "rate_limit_exceeded", "Too many requests. You can only make 2 requests per second."), RelayVerdict.Transient, ReplyScope.Relay, "rate_limit_exceeded", "Too many requests");
            Row("resend", ResendFake.Error(429, "daily_quota_exceeded", "You have reached your daily email sending quota."), RelayVerdict.Transient, ReplyScope.Relay, "daily_quota_exceeded", "daily email sending quota");
            Row("resend", ResendFake.Error(409, "concurrent_idempotent_requests", "Same idempotency key used while original request is still in progress."), RelayVerdict.Transient, ReplyScope.Relay, "concurrent_idempotent_requests", "in progress");
            Row("resend", ResendFake.Error(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload."), RelayVerdict.Unknown, ReplyScope.Relay, "invalid_idempotent_request", "different request payload");
            Row("resend", ResendFake.Error(451, "security_error", "We may have found a security issue with the request."), RelayVerdict.Permanent, ReplyScope.Message, "security_error", "security issue");
            Row("resend", new FakeAnswer(500, "oops", "text/plain"), RelayVerdict.Transient, ReplyScope.Relay, null, "oops");

            Row("graph", GraphFake.Error(400, "ErrorInvalidRecipients", $"At least one recipient is not valid., Recipient '{To}' is not resolved."), RelayVerdict.Permanent, ReplyScope.Recipient, "ErrorInvalidRecipients", "not resolved");
            Row("graph", GraphFake.Error(403, "ErrorSendAsDenied", "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account."), RelayVerdict.Transient, ReplyScope.Sender, "ErrorSendAsDenied", "on behalf");
            Row("graph", GraphFake.Error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."), RelayVerdict.Transient, ReplyScope.Sender, "ErrorAccessDenied", "Access is denied");
            Row("graph", GraphFake.Error(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise."), RelayVerdict.Transient, ReplyScope.Sender, "MailboxNotEnabledForRESTAPI", "soft-deleted");
            Row("graph", GraphFake.Error(413, "RequestBodyTooLarge", "The maximum request length supported is 4MB."), RelayVerdict.Permanent, ReplyScope.Message, "RequestBodyTooLarge", "4MB");
            Row("graph", GraphFake.Error(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."), RelayVerdict.Transient, ReplyScope.Relay, "ApplicationThrottled", "MailboxConcurrency");
            Row("graph", GraphFake.Error(429, "ErrorExceededMessageLimit", "Cannot send mail. Your account has exceeded the allowed message limit."), RelayVerdict.Transient, ReplyScope.Relay, "ErrorExceededMessageLimit", "message limit");
            Row("graph", GraphFake.Error(503, "ServiceUnavailable", "Service unavailable."), RelayVerdict.Transient, ReplyScope.Relay, "ServiceUnavailable", "unavailable");

            Row("gmail", GmailFake.Error(400, "invalidArgument", "Invalid To header", "INVALID_ARGUMENT"), RelayVerdict.Permanent, ReplyScope.Recipient, "invalidArgument", "Invalid To header");
            Row("gmail", GmailFake.Error(400, "invalidArgument", "'raw' RFC822 payload message string or uploading message via /upload/* URL required", "INVALID_ARGUMENT"), RelayVerdict.Permanent, ReplyScope.Message, "invalidArgument", "RFC822");
            Row("gmail", GmailFake.Error(403, "userRateLimitExceeded", "User Rate Limit Exceeded", "PERMISSION_DENIED"), RelayVerdict.Transient, ReplyScope.Relay, "userRateLimitExceeded", "Rate Limit");
            Row("gmail", GmailFake.Error(403, "dailyLimitExceeded", "Daily Limit Exceeded", "PERMISSION_DENIED"), RelayVerdict.Transient, ReplyScope.Relay, "dailyLimitExceeded", "Daily Limit");
            Row("gmail", GmailFake.Error(429, "rateLimitExceeded", "Too many concurrent requests for user", "RESOURCE_EXHAUSTED"), RelayVerdict.Transient, ReplyScope.Relay, "rateLimitExceeded", "concurrent requests");
            Row("gmail", GmailFake.Error(413, "uploadTooLarge", "The message exceeds the size limit.", "INVALID_ARGUMENT"), RelayVerdict.Permanent, ReplyScope.Message, "uploadTooLarge", "size limit");
            Row("gmail", GmailFake.Error(500, "backendError", "Backend Error", "INTERNAL"), RelayVerdict.Transient, ReplyScope.Relay, "backendError", "Backend Error");
            return rows;
        }
    }

    /// <summary>Answers after which no message can go over the relay until somebody does something.</summary>
    public static TheoryData<string, string, string> Faults
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            void Row(string kind, FakeAnswer answer, string words) => rows.Add(kind, Remember(answer), words);

            Row("sendgrid", SendGridFake.Error(401, "The provided authorization grant is invalid, expired, or revoked", null), "authorization grant is invalid");
            Row("sendgrid", SendGridFake.Error(403, "access forbidden", null), "access forbidden");
            Row("ses", SesFake.Error(403, "UnrecognizedClientException", "The security token included in the request is invalid."), "UnrecognizedClientException");
            Row("ses", SesFake.Error(403, "InvalidSignatureException", "Signature expired: 20260301T110000Z is now earlier than 20260301T115500Z"), "Signature expired");
            Row("ses", SesFake.Error(400, "AccountSuspendedException", "Sending suspended."), "AccountSuspendedException");
            Row("ses", SesFake.Error(400, "SendingPausedException", "Sending paused for this configuration set."), "SendingPausedException");
            Row("ses", SesFake.Error(404, "NotFoundException", "Configuration set <mail-events> does not exist."), "does not exist");
            Row("mailgun", new FakeAnswer(401, "Forbidden", "text/plain"), "Forbidden");
            Row("mailgun", MailgunFake.Error(404, "Domain not found: mg.example.com"), "region");
            Row("mailgun", MailgunFake.Error(403, "Domain mg.example.com is not allowed to send: The domain is unverified and requires DNS configuration."), "unverified");
            Row("postmark", PostmarkFake.Error(401, 10, "Request does not contain a valid Server token."), "valid Server token");
            Row("postmark", PostmarkFake.Error(422, 412, "Your account is pending approval."), "pending");
            Row("postmark", PostmarkFake.Error(422, 1235, "The 'MessageStream' provided does not exist on this server."), "message stream");
            Row("resend", ResendFake.Error(403, "invalid_api_key", "API key is invalid"), "API key is invalid");
            Row("graph", GraphFake.Error(401, "InvalidAuthenticationToken", "Access token validation failure."), "Access token validation failure");
            Row("gmail", GmailFake.Error(403, "domainPolicy", "The domain administrators have disabled Gmail apps.", "PERMISSION_DENIED"), "domain administrators");
            Row("gmail", GmailFake.Error(400, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION"), "Mail service not enabled");
            return rows;
        }
    }

    private static readonly Dictionary<string, FakeAnswer> _answers = [];

    [Theory, MemberData(nameof(Refusals))]
    public async Task An_answer_says_whose_fault_it_is(string kind, string answer, RelayVerdict verdict, ReplyScope scope, string? code, string words)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        Sends(bench, AnswerOf(answer));

        RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple(To)));

        Assert.Equal((verdict, scope, code, AnswerOf(answer).Status), (reply.Verdict, reply.Scope, reply.ProviderCode, reply.Code ?? 0));
        Assert.Contains(words, reply.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Null(reply.ProviderMessageId);
        Assert.Contains($" S: HTTP {AnswerOf(answer).Status}\n", reply.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_is_kept_without_what_was_sent_and_without_a_long_answers_end()
    {
        await using RelayBench bench = await RelayBench.StartAsync("sendgrid");
        Assert.Null(Assert.Single(await bench.SendAsync(RelayBench.Simple(To))).Transcript);
        Sends(bench, new FakeAnswer(400, "bad " + new string('x', 3000) + " end", "text/plain").With("x-request-id", "req-7"));

        string said = Assert.Single(await bench.SendAsync(RelayBench.Simple(To))).Transcript!;

        IReadOnlyList<AttemptLine> lines = AttemptTranscript.Parse(said);
        Assert.EndsWith("/v3/mail/send", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal((AttemptSpeaker.Client, AttemptSpeaker.Client, AttemptSpeaker.Server), (lines[0].Speaker, lines[1].Speaker, lines[2].Speaker));
        Assert.Equal(("HTTP 400", "x-request-id: req-7"), (lines[2].Text, lines[3].Text));
        Assert.InRange(lines.Skip(4).Sum(line => line.Text.Length), 1000, 1025);
        Assert.DoesNotContain("Merci", said, StringComparison.Ordinal);
        Assert.DoesNotContain("end", lines[^1].Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_relay_that_may_not_send_says_so_and_no_recipient_pays_for_it(string kind, string answer, string words)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        Sends(bench, AnswerOf(answer));

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple(To, "other@example.net"), CancellationToken.None);

        Assert.Equal(RelayOutcomeKind.Unavailable, outcome.Kind);
        Assert.True(outcome.Fault!.IsPermanent);
        Assert.Contains(words, outcome.Fault.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_mailbox_of_the_relays_own_that_is_gone_is_the_relays_fault()
    {
        await using RelayBench bench = await RelayBench.StartAsync("graph", settings => settings["mailbox"] = "gone@example.org");

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple(To), CancellationToken.None);

        Assert.Contains("gone@example.org", outcome.Fault!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "120", 120)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:10:00 GMT", 600)]
    [InlineData("Retry-After", "9999999", 86400)]
    [InlineData("ratelimit-reset", "3", 3)]
    [InlineData("X-RateLimit-Reset", "1772366430", 30)]
    [InlineData("X-RateLimit-Reset", "1772366430000", 30)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("X-RateLimit-Reset", "-5", null)]
    public async Task How_long_a_provider_asks_to_be_left_alone_is_kept(string header, string value, int? seconds)
    {
        Support.ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (string kind in RelayBench.JsonKinds.Select(row => row.Data))
        {
            await using RelayBench bench = await RelayBench.StartAsync(kind, environment: RelayBench.Environment(clock));
            bench.Fake.Script = _ => new FakeAnswer(429, "{}").With(header, value);

            RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple(To)));

            Assert.Equal((RelayVerdict.Transient, seconds), (reply.Verdict, (int?)reply.RetryAfter?.TotalSeconds));
        }
    }

    /// <summary>Logins are answered as ever; only the message is answered like this.</summary>
    private static void Sends(RelayBench bench, FakeAnswer answer) => bench.Fake.Script = request => request.Path.Contains("token", StringComparison.Ordinal) ? null : answer;

    /// <summary>xunit shows and sorts rows by what can be written down.</summary>
    /// <summary>A runner that found the rows in another process has not filled the table in this one.</summary>
    private static FakeAnswer AnswerOf(string key)
    {
        lock (_answers)
        {
            if (_answers.Count == 0) _ = (Refusals, Faults);
            return _answers[key];
        }
    }

    private static string Remember(FakeAnswer answer)
    {
        string key = $"{answer.Status} {answer.Body} {string.Join(' ', answer.Headers.Values)}";
        lock (_answers) _answers[key] = answer;
        return key;
    }
}
