using System.Diagnostics;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>The requests of these tests in the hands of the libraries that the providers give out: what our readers take, those take too, and what is altered neither.</summary>
public sealed class ProviderPeerTests
{
    private static string Peers => Repository.Path("Mail.Tests", "Api", "Feedback", "Peers");

    [Theory]
    [InlineData("sendgrid", "1")]
    [InlineData("ses", "1")]
    [InlineData("ses", "2")]
    [InlineData("resend", "1")]
    public async Task The_providers_own_library_takes_what_we_sign_and_refuses_it_altered_or_signed_with_another_key(string provider, string version)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Peers, "node_modules", "svix")), "the npm packages of Mail.Tests/Api/Feedback/Peers are not installed (npm ci; test.sh does it)");
        ProviderHook hook = ProviderHook.Of(provider);
        HookRequest right = hook.Tell(Happening.Bounced, Guid.NewGuid().ToString(), "jürgen@example.net");
        if (hook is SesHook ses && version == "2") right = ses.Sign(new() { ["Type"] = "Notification", ["Message"] = "Grüße\nan b@example.net" }, DateTimeOffset.UtcNow);

        Assert.True(await IsTakenAsync(provider, hook, right));
        Assert.False(await IsTakenAsync(provider, hook, hook.Alter(right)));
        Assert.False(await IsTakenAsync(provider, hook, hook.Sign(right.Body, DateTimeOffset.UtcNow, withWrongKey: true)));
    }

    private static async Task<bool> IsTakenAsync(string provider, ProviderHook hook, HookRequest request)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Peers, "verify.cjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new
        {
            provider, proof = hook.Proof, body = request.Body, certificate = SesHook.Certificate, headers = request.Headers.ToDictionary(header => header.Name.ToLowerInvariant(), header => header.Value),
        }));
        node.StandardInput.Close();
        string output = await node.StandardOutput.ReadToEndAsync(), error = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("taken").GetBoolean();
    }
}
