using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>Refusals as Microsoft and Google put them, and what becomes of them: a code, whether it may come right by itself, and a remedy (BOX-4).</summary>
public sealed class CloudProblemTests
{
    private const string Html = "<!DOCTYPE html><html><body><h1>We'll be back soon</h1></body></html>";

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.", ProviderProblems.LoginRefused, false)]
    [InlineData(401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established.", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", ProviderProblems.Forbidden, false)]
    [InlineData(403, "Directory_QuotaExceeded", "The directory object quota limit for the Tenant has been exceeded.", ProviderProblems.QuotaExceeded, false)]
    [InlineData(400, "Request_BadRequest", "Another object with the same value for property proxyAddresses already exists.", ProviderProblems.Unavailable, true)] // nobody is seen with it yet
    [InlineData(400, "Request_BadRequest", "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.", ProviderProblems.DomainNotVerified, false)]
    [InlineData(400, "Request_BadRequest", "Invalid value specified for property 'usageLocation' of resource 'User'.", ProviderProblems.Settings, false)]
    [InlineData(400, "Request_BadRequest", "The specified password does not comply with password complexity requirements.", ProviderProblems.Refused, false)]
    [InlineData(409, "Directory_ConcurrencyViolation", "Unable to process the request because of concurrent updates.", ProviderProblems.Unavailable, true)]
    [InlineData(429, "TooManyRequests", "Too many requests.", ProviderProblems.Throttled, true)]
    [InlineData(503, "Request_ThrottledTemporarily", "Your request is throttled temporarily.", ProviderProblems.Throttled, true)]
    [InlineData(500, "Service_InternalServerError", "Encountered an internal server error.", ProviderProblems.Unavailable, true)]
    [InlineData(503, "serviceNotAvailable", "The service is temporarily unavailable.", ProviderProblems.Unavailable, true)]
    [InlineData(504, "UnknownError", "", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_graph_have_a_meaning_and_a_remedy(int status, string code, string message, string expected, bool isTransient)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        scene.Desk.Script.Add(new FakeRule { Method = "POST", Path = "/graph/v1.0/users", Times = 0, Answer = FakeAnswer.Json(status, new { error = new { code, message } }), RetryAfter = status == 429 ? "17" : null });

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Hold(problem, expected, isTransient, message);
        Assert.Equal($"{status} {code}", problem.ProviderCode);
        if (status == 429) Assert.Equal(TimeSpan.FromSeconds(17), problem.RetryAfter);
    }

    [Theory]
    [InlineData("Subscription with SKU 4b9405b0-7788-4568-add1-99614e613b69 does not have any available licenses.", ProviderProblems.LicenceMissing, false)]
    [InlineData("License 4b9405b0-7788-4568-add1-99614e613b69 does not correspond to a valid company License.", ProviderProblems.LicenceMissing, false)]
    [InlineData("License assignment cannot be done for user with invalid usage location.", ProviderProblems.Unavailable, true)] // licensing hears of the country later
    public async Task Refusals_of_a_licence_have_a_meaning_and_a_remedy(string message, string expected, bool isTransient)
    {
        await using CloudScene scene = await CloudScene.StartAsync("microsoft365");
        scene.Microsoft.Tenant.HiddenReads = 0;
        MailboxOrder order = FakeClouds.Order();
        string account = (await scene.Provider.CreateAsync(order, CloudScene.Token)).Value;
        scene.Desk.Script.Add(new FakeRule { Path = "*/assignLicense", Answer = FakeAnswer.Json(400, new { error = new { code = "Request_BadRequest", message } }) });

        Hold((await scene.Provider.SetUpSendingAsync(order, account, CloudScene.Token)).Problem!, expected, isTransient, message);
    }

    [Theory]
    [InlineData(401, "authError", "Invalid Credentials", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "forbidden", "Not Authorized to access this resource/api", ProviderProblems.Forbidden, false)]
    [InlineData(403, "notAuthorized", "Not Authorized to access this resource/api", ProviderProblems.Forbidden, false)]
    [InlineData(403, "insufficientPermissions", "Request had insufficient authentication scopes.", ProviderProblems.Forbidden, false)]
    [InlineData(403, "accessNotConfigured", "Admin SDK API has not been used in project 123 before or it is disabled.", ProviderProblems.Forbidden, false)]
    [InlineData(403, "domainUserLimitExceeded", "Domain user limit exceeded.", ProviderProblems.LicenceMissing, false)]
    [InlineData(412, "limitExceeded", "Domain user limit reached.", ProviderProblems.LicenceMissing, false)]
    [InlineData(403, "quotaExceeded", "Quota exceeded.", ProviderProblems.QuotaExceeded, false)]
    [InlineData(403, "rateLimitExceeded", "Rate Limit Exceeded", ProviderProblems.Throttled, true)]
    [InlineData(403, "userRateLimitExceeded", "User Rate Limit Exceeded", ProviderProblems.Throttled, true)]
    [InlineData(403, "dailyLimitExceeded", "Daily Limit Exceeded", ProviderProblems.Throttled, true)]
    [InlineData(429, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'.", ProviderProblems.Throttled, true)]
    [InlineData(409, "duplicate", "Entity already exists.", ProviderProblems.Unavailable, true)] // nobody is seen with it yet
    [InlineData(412, "conditionNotMet", "User creation is not complete.", ProviderProblems.Unavailable, true)]
    [InlineData(404, "notFound", "Domain not found.", ProviderProblems.DomainNotVerified, false)]
    [InlineData(400, "invalid", "Invalid Input: primary_user_email", ProviderProblems.DomainNotVerified, false)]
    [InlineData(400, "invalid", "Invalid Input: INVALID_OU_ID", ProviderProblems.Settings, false)]
    [InlineData(400, "invalid", "Invalid Password", ProviderProblems.Refused, false)]
    [InlineData(500, "backendError", "Backend Error", ProviderProblems.Unavailable, true)]
    [InlineData(503, "backendError", "Service unavailable. Please try again", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_google_have_a_meaning_and_a_remedy(int status, string reason, string message, string expected, bool isTransient)
    {
        await using CloudScene scene = await CloudScene.StartAsync("google");
        FakeAnswer refusal = FakeAnswer.Json(status, new { error = new { code = status, message, errors = new[] { new { message, domain = "global", reason } } } });
        scene.Desk.Script.Add(new FakeRule { Method = "POST", Path = "*/users", Times = 0, Answer = refusal, RetryAfter = expected == ProviderProblems.Throttled ? "17" : null });

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Hold(problem, expected, isTransient, message);
        if (problem.ProviderCode is not null) Assert.Equal($"{status} {reason}", problem.ProviderCode);
        if (expected == ProviderProblems.Throttled) Assert.Equal(TimeSpan.FromSeconds(17), problem.RetryAfter);
    }

    [Theory, MemberData(nameof(CloudScene.Kinds), MemberType = typeof(CloudScene))]
    public async Task A_page_in_place_of_data_or_nothing_at_all_is_unreadable_and_leaves_open_what_was_done(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind);
        foreach (FakeAnswer answer in (FakeAnswer[])[FakeAnswer.Html, new(404, Html, "text/html"), new(200, ""), new(200, "[7]"), new(201, "{\"id\":")])
        {
            scene.Desk.Script.Clear();
            scene.Desk.Script.Add(new FakeRule { Method = "POST", Path = kind == "google groups" ? "*/groups" : "*/users", Answer = answer });

            ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

            Assert.Equal((ProviderProblems.Unreadable, true, true), (problem.Code, problem.IsTransient, problem.IsUnknown));
            Assert.DoesNotContain("<", problem.Detail, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(CloudScene.Kinds), MemberType = typeof(CloudScene))]
    public async Task No_answer_is_waited_for_a_while_and_leaves_open_what_was_done(string kind)
    {
        await using CloudScene scene = await CloudScene.StartAsync(kind, patience: TimeSpan.FromSeconds(1));
        Assert.True((await scene.Provider.CheckAsync(null, CloudScene.Token)).Value); // a token is there
        scene.Desk.Script.Add(new FakeRule { Method = "POST", Answer = FakeAnswer.Hang });

        ProviderProblem problem = (await scene.Provider.CreateAsync(FakeClouds.Order(), CloudScene.Token)).Problem!;

        Assert.Equal((ProviderProblems.Unavailable, true, true), (problem.Code, problem.IsTransient, problem.IsUnknown));
    }

    private static void Hold(ProviderProblem problem, string code, bool isTransient, string said)
    {
        Assert.Equal((code, isTransient), (problem.Code, problem.IsTransient));
        Assert.EndsWith(".", problem.Remedy, StringComparison.Ordinal);
        if (said.Length > 0 && problem.ProviderCode is not null) Assert.Contains(said, problem.Detail, StringComparison.Ordinal);
    }
}
