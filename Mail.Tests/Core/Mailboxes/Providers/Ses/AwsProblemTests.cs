using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Ses;

namespace Mail.Tests.Core.Mailboxes.Providers.Ses;

/// <summary>Whatever SES and IAM answer is a problem with a remedy.</summary>
public sealed class AwsProblemTests
{
    private static readonly MailboxOrder _order = FakeClouds.Order();

    public static TheoryData<string, string, bool> Common => ProviderRefusals.Common;

    [Theory, MemberData(nameof(Common))]
    public async Task What_any_provider_can_do_is_told_and_tried_again(string what, string code, bool isTransient)
    {
        await using SesScene scene = await SesScene.StartAsync(patience: TimeSpan.FromSeconds(what == "hang" ? 1 : 20));
        scene.Desk.Script.Add(ProviderRefusals.Rule(what));

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.IsTakenAsync(_order.Address, default), code, isTransient);

        Assert.Equal(what is not ("429" or "503" or "redirect"), problem.IsUnknown);
    }

    [Theory, MemberData(nameof(Common))]
    public async Task So_it_is_at_IAM(string what, string code, bool isTransient)
    {
        await using SesScene scene = await SesScene.StartAsync(patience: TimeSpan.FromSeconds(what == "hang" ? 1 : 20));
        scene.Desk.Script.Add(ProviderRefusals.Rule(what));

        ProviderRefusals.Clear(await scene.Mailboxes.SuspendAsync(_order, _order.Mark, default), code, isTransient);
    }

    [Theory]
    [InlineData(403, "UnrecognizedClientException", "The security token included in the request is invalid.", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided.", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "ExpiredTokenException", "The security token included in the request is expired", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "AccessDeniedException", "User: arn:aws:iam::123456789012:user/mail is not authorized to perform: ses:GetEmailIdentity", ProviderProblems.Forbidden, false)]
    [InlineData(400, "AccountSuspendedException", "The account's ability to send email has been permanently restricted.", ProviderProblems.Forbidden, false)]
    [InlineData(400, "LimitExceededException", "There are too many instances of the specified resource type.", ProviderProblems.QuotaExceeded, false)]
    [InlineData(400, "AlreadyExistsException", "Email identity support@example.com already exist.", ProviderProblems.MailboxExists, false)]
    [InlineData(400, "MailFromDomainNotVerifiedException", "The Mail From domain is not verified.", ProviderProblems.DomainNotVerified, false)]
    [InlineData(400, "BadRequestException", "Invalid email address.", ProviderProblems.Refused, false)]
    [InlineData(429, "TooManyRequestsException", "Too Many Requests", ProviderProblems.Throttled, true)]
    [InlineData(400, "ThrottlingException", "Rate exceeded", ProviderProblems.Throttled, true)]
    [InlineData(500, "ConcurrentModificationException", "The resource is being modified by another operation or thread.", ProviderProblems.Unavailable, true)]
    [InlineData(500, "InternalServiceErrorException", "Internal service error", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_SES_have_a_remedy(int status, string name, string said, string code, bool isTransient)
    {
        await using SesScene scene = await SesScene.StartAsync();
        scene.Desk.Script.Next(SesFake.Error(status, name, said));

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.IsTakenAsync(_order.Address, default), code, isTransient);

        Assert.Equal($"{status} {name}", problem.ProviderCode);
        Assert.Contains(said, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "InvalidClientTokenId", "The security token included in the request is invalid.", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "ExpiredToken", "The security token included in the request is expired", ProviderProblems.LoginRefused, false)]
    [InlineData(403, "AccessDenied", "User: arn:aws:iam::123456789012:user/mail is not authorized to perform: iam:ListAccessKeys", ProviderProblems.Forbidden, false)]
    [InlineData(409, "LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000", ProviderProblems.QuotaExceeded, false)]
    [InlineData(409, "EntityTemporarilyUnmodifiable", "The request was rejected because it referenced an entity that is temporarily unmodifiable.", ProviderProblems.Unavailable, true)]
    [InlineData(409, "DeleteConflict", "Cannot delete entity, must delete policies first.", ProviderProblems.Unavailable, true)]
    [InlineData(409, "ConcurrentModification", "The request was rejected because multiple requests to change this object were submitted simultaneously.", ProviderProblems.Unavailable, true)]
    [InlineData(400, "MalformedPolicyDocument", "Syntax errors in policy.", ProviderProblems.Refused, false)]
    [InlineData(400, "Throttling", "Rate exceeded", ProviderProblems.Throttled, true)]
    [InlineData(500, "ServiceFailure", "The request processing has failed because of an unknown error.", ProviderProblems.Unavailable, true)]
    [InlineData(503, "ServiceUnavailable", "Service is unavailable", ProviderProblems.Unavailable, true)]
    public async Task Refusals_of_IAM_have_a_remedy(int status, string name, string said, string code, bool isTransient)
    {
        await using SesScene scene = await SesScene.StartAsync();
        scene.Desk.Script.Next(IamFake.Error(status, name, said));

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.SuspendAsync(_order, _order.Mark, default), code, isTransient);

        Assert.Equal($"{status} {name}", problem.ProviderCode);
    }

    [Fact]
    public async Task IAMs_quota_of_users_is_told_as_one()
    {
        await using SesScene scene = await SesScene.StartAsync();
        scene.Desk.Script.Add(new FakeRule { Path = "/", Answer = IamFake.Error(409, "LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000") });

        ProviderRefusals.Clear(await scene.Mailboxes.CreateAsync(_order, default), ProviderProblems.QuotaExceeded, isTransient: false);
    }

    /// <summary>Some answers repeat what they were sent.</summary>
    [Fact]
    public async Task A_secret_stands_in_no_problem()
    {
        await using SesScene scene = await SesScene.StartAsync();
        scene.Desk.Script.Next(SesFake.Error(400, "BadRequestException", $"The key {SesFake.SecretAccessKey} has no such form"));

        Assert.DoesNotContain(SesFake.SecretAccessKey, (await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Problem!.ToString(), StringComparison.Ordinal);
        (_, MailboxCredentials credentials) = await scene.MakeAsync(_order);
        Assert.DoesNotContain(credentials.Password, credentials.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Fake.Iam.Keys[^1].Secret, credentials.Password, StringComparison.Ordinal);
    }
}
