using System.Diagnostics;
using System.Text.Json;

namespace Mail.Tests.EndToEnd;

/// <summary>Resend's own client for Node, pointed at us and otherwise unchanged.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class ResendSdkTests(SharedMail shared)
{
    [Fact]
    public async Task The_official_resend_sdk_sends_the_reset_mail_unchanged()
    {
        JsonElement result = await RunAsync("send-reset.mjs");

        Assert.Equal(JsonValueKind.Null, result.GetProperty("sent").GetProperty("error").ValueKind);
        string id = result.GetProperty("sent").GetProperty("data").GetProperty("id").GetString()!;
        JsonElement mail = await shared.Mail.MailForAsync("sdk@example.net");
        Assert.Contains("246810", mail.GetProperty("html").GetString(), StringComparison.Ordinal);

        // the same key again: the same message; another body: the SDK sees the documented error
        Assert.Equal(id, result.GetProperty("replayed").GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("invalid_idempotent_request", result.GetProperty("conflict").GetProperty("error").GetProperty("name").GetString());
        Assert.Equal("missing_required_field", result.GetProperty("missing").GetProperty("error").GetProperty("name").GetString());
        Assert.Equal(id, result.GetProperty("got").GetProperty("data").GetProperty("id").GetString());
        Assert.Equal(2, result.GetProperty("batch").GetProperty("data").GetProperty("data").GetArrayLength());
        Assert.Equal("invalid_api_key", result.GetProperty("wrongKey").GetProperty("error").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_official_resend_sdk_schedules_moves_and_cancels_and_sends_permissive_batches()
    {
        JsonElement result = await RunAsync("schedule.mjs");

        JsonElement Data(string call) => result.GetProperty(call).GetProperty("error") is { ValueKind: JsonValueKind.Null } ? result.GetProperty(call).GetProperty("data") : throw new InvalidOperationException($"{call}: {result.GetProperty(call)}");
        string? Error(string call) => result.GetProperty(call).GetProperty("error").GetProperty("name").GetString();

        string id = Data("later").GetProperty("id").GetString()!;
        Assert.Equal(("email", id), (Data("moved").GetProperty("object").GetString(), Data("moved").GetProperty("id").GetString()));
        Assert.Equal(result.GetProperty("newTime").GetDateTimeOffset(), Data("got").GetProperty("scheduled_at").GetDateTimeOffset());
        Assert.Equal("scheduled", Data("got").GetProperty("last_event").GetString());
        Assert.Equal(("email", id), (Data("canceled").GetProperty("object").GetString(), Data("canceled").GetProperty("id").GetString()));
        Assert.Equal(Data("canceled").ToString(), Data("again").ToString());
        Assert.Equal("canceled", Data("gone").GetProperty("last_event").GetString());
        Assert.Equal(("email_canceled", "not_found", "validation_error"), (Error("movedTooLate"), Error("unknown"), Error("noTime")));

        JsonElement batch = Data("batch");
        Assert.Equal(2, batch.GetProperty("data").GetArrayLength());
        Assert.Equal(1, Assert.Single(batch.GetProperty("errors").EnumerateArray()).GetProperty("index").GetInt32());
        Assert.Equal("validation_error", Error("strict"));
        Assert.Equal("scheduled", Data("withFile").GetProperty("last_event").GetString());

        // by the worker of the running system: one that was moved to now arrives, one to a test address meets its fate
        Assert.Contains("moved to now", (await shared.Mail.MailForAsync("sdk-now@example.net")).GetProperty("text").GetString(), StringComparison.Ordinal);
        string complained = Data("complained").GetProperty("id").GetString()!;
        JsonElement email = await RunningMail.EventuallyAsync(
            () => shared.Mail.GetEmailAsync(complained), email => email.GetProperty("last_event").GetString() == "complained", TimeSpan.FromSeconds(30));
        Assert.Equal("simulator", email.GetProperty("recipients")[0].GetProperty("relay").GetString());
    }

    private async Task<JsonElement> RunAsync(string script)
    {
        string source = SourceFolder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(source, "node_modules", "resend")), "the npm packages of Mail.Tests/EndToEnd/sdk are not installed (npm ci; test.sh does it)");
        ProcessStartInfo start = new("node", [Path.Combine(source, script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAIL_URL"] = shared.Mail.Api.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["MAIL_KEY"] = RunningMail.ApiKey;
        using Process node = Process.Start(start)!;
        Task<string> error = node.StandardError.ReadToEndAsync();
        string output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The scripts run where they stand, beside their node_modules.</summary>
    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "sdk");
}
