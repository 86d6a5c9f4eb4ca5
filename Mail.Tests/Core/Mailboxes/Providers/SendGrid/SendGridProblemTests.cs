using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.SendGrid;

namespace Mail.Tests.Core.Mailboxes.Providers.SendGrid;

/// <summary>Whatever SendGrid answers is a problem with a remedy.</summary>
public sealed class SendGridProblemTests
{
    private static readonly MailboxOrder _order = FakeClouds.Order();

    public static TheoryData<string, string, bool> Common => ProviderRefusals.Common;

    [Theory, MemberData(nameof(Common))]
    public async Task What_any_provider_can_do_is_told_and_tried_again(string what, string code, bool isTransient)
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(patience: TimeSpan.FromSeconds(what == "hang" ? 1 : 20));
        scene.Desk.Script.Add(ProviderRefusals.Rule(what));

        ProviderOutcome<bool> outcome = await scene.Mailboxes.IsTakenAsync(_order.Address, default);

        ProviderProblem problem = ProviderRefusals.Clear(outcome, code, isTransient);
        Assert.Equal(what is not ("429" or "503" or "redirect"), problem.IsUnknown);
    }

    [Theory]
    [InlineData(401, """{"errors":[{"message":"The provided authorization grant is invalid, expired, or revoked","field":null,"help":null}]}""", ProviderProblems.LoginRefused, false)]
    [InlineData(401, """{"errors":[{"field":null,"message":"authorization required"}]}""", ProviderProblems.LoginRefused, false)]
    [InlineData(401, """{"errors":[{"message":"Maximum credits exceeded","field":null,"help":null}]}""", ProviderProblems.QuotaExceeded, false)]
    [InlineData(403, """{"errors":[{"field":null,"message":"access forbidden"}]}""", ProviderProblems.Forbidden, false)]
    [InlineData(403, """{"errors":[{"field":null,"message":"Cannot create more than 100 API Keys"}]}""", ProviderProblems.QuotaExceeded, false)]
    [InlineData(400, """{"errors":[{"field":"from_email","message":"already exists"}]}""", ProviderProblems.MailboxExists, false)]
    [InlineData(400, """{"errors":[{"field":"nickname","message":"missing required value"}]}""", ProviderProblems.Refused, false)]
    [InlineData(404, """{"errors":[{"field":null,"message":"resource not found"}]}""", ProviderProblems.Refused, false)]
    [InlineData(413, """{"errors":[{"message":"The JSON payload you have included in your request is too large."}]}""", ProviderProblems.Refused, false)]
    [InlineData(429, """{"errors":[{"field":null,"message":"too many requests"}]}""", ProviderProblems.Throttled, true)]
    [InlineData(500, """{"errors":[{"message":"An internal server error occurred"}]}""", ProviderProblems.Unavailable, true)]
    [InlineData(503, "upstream connect error or disconnect/reset before headers", ProviderProblems.Unavailable, true)]
    public async Task Its_refusals_have_a_remedy(int status, string body, string code, bool isTransient)
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        scene.Desk.Script.Next(new FakeAnswer(status, body, body[0] == '{' ? "application/json" : "text/plain"));

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.IsTakenAsync(_order.Address, default), code, isTransient);

        Assert.StartsWith($"{status}", problem.ProviderCode, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_by_the_true_check()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        Dictionary<string, string> settings = new(scene.Fakes.Settings("sendgrid")) { ["api_key"] = "SG.another.key" };
        using Mail.Core.Mailboxes.Providers.Http.ProviderLine line = FakeClouds.Line();

        ProviderOutcome<bool> outcome = await new Mail.Core.Mailboxes.Providers.SendGrid.SendGridKind(line).Open(FakeClouds.Scope(), settings).CheckAsync(null, default);

        ProviderRefusals.Clear(outcome, ProviderProblems.LoginRefused, isTransient: false);
    }

    /// <summary>Some answers repeat what they were sent.</summary>
    [Fact]
    public async Task A_secret_stands_in_no_problem()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        scene.Desk.Script.Next(SendGridFake.Error(400, $"Bearer {SendGridFake.Key} is not what we expected"));
        scene.Desk.Script.Next(new FakeAnswer(500, $"at authorize({SendGridFake.Key})", "text/plain"));

        for (int i = 0; i < 2; i++) Assert.DoesNotContain(SendGridFake.Key, (await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Problem!.ToString(), StringComparison.Ordinal);
        (_, MailboxCredentials credentials) = await scene.MakeAsync(_order);
        Assert.DoesNotContain(credentials.Password, credentials.ToString(), StringComparison.Ordinal);
    }
}
