using System.Net;
using Mail.Core.Relays;
using Mail.Core.Relays.Doctor;
using Mail.Core.Relays.Http;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Core.Relays.Doctor;

public sealed class HttpExaminationTests
{
    [Fact]
    public async Task A_provider_that_knows_the_key_is_well_and_gets_no_message()
    {
        await using ProviderFake fake = await ProviderFake.StartAsync(new SendGridFake());

        List<DoctorStep> found = await RunAsync(fake.Provider.Settings(fake.Url)["api_key"]!, fake.Url);

        Assert.Equal("dns ok, connect ok, tls skipped, auth ok", Course(found));
        Assert.Empty(fake.Mails);
    }

    [Fact]
    public async Task A_key_that_is_not_known_is_found_and_stands_in_no_text()
    {
        const string Key = "SG.wrongwrong.wrongwrongwrong";
        await using ProviderFake fake = await ProviderFake.StartAsync(new SendGridFake());

        List<DoctorStep> found = await RunAsync(Key, fake.Url);

        Failed(found, "auth", "relay_login_refused");
        Assert.DoesNotContain(found, step => step.Seen.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_port_a_wrong_name_and_an_address_inside_are_found()
    {
        SmtpSink closed = SmtpSink.Start();
        await closed.DisposeAsync();

        Failed(await RunAsync("SG.a.b", new Uri($"http://127.0.0.1:{closed.Port}")), "connect", "relay_refuses_connections");
        Failed(await RunAsync("SG.a.b", new Uri("https://no-such-host.invalid")), "dns", "relay_not_found");
        Failed(await RunAsync("SG.a.b", new Uri("https://localhost:1"), allowPrivate: false), "dns", "relay_address_forbidden");
    }

    [Theory]
    [InlineData("expired", "tls_certificate_expired")]
    [InlineData("other", "tls_certificate_name")]
    [InlineData("self-signed", "tls_certificate_untrusted")]
    public async Task A_certificate_that_does_not_hold_is_found(string which, string cause)
    {
        using TestCertificate certificate = which switch
        {
            "expired" => new TestCertificate(notAfter: DateTimeOffset.UtcNow.AddDays(-1)),
            "other" => new TestCertificate("api.example.net", withLoopback: false),
            _ => new TestCertificate(),
        };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Certificate)));
        await using WebApplication app = builder.Build();
        await app.StartAsync();

        Failed(await RunAsync("SG.a.b", new Uri($"https://127.0.0.1:{new Uri(app.Urls.Single()).Port}")), "tls", cause);
    }

    [Fact]
    public async Task TLS_at_a_port_that_speaks_something_else_is_found()
    {
        await using SmtpSink sink = SmtpSink.Start();

        Failed(await RunAsync("SG.a.b", new Uri($"https://127.0.0.1:{sink.Port}")), "tls", "tls_failed");
    }

    private static async Task<List<DoctorStep>> RunAsync(string key, Uri url, bool allowPrivate = true)
    {
        HttpRelayEnvironment environment = new(new RelayOptions(), TimeProvider.System) { AllowPrivateAddresses = true };
        await using HttpRelay relay = HttpRelayFactory.Create(RelayKind.SendGrid, "sg", new Dictionary<string, string> { ["api_key"] = key, ["base_url"] = url.ToString() }, environment).Value;
        DoctorNotes notes = new(new SecretMask([key]), TimeProvider.System, null);
        await new HttpExamination(relay, allowPrivate, notes, TimeProvider.System).RunAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        return [.. notes.Steps];
    }

    private static string Course(List<DoctorStep> steps) => string.Join(", ", steps.Select(step => $"{step.Name} {step.Status.ToString().ToLowerInvariant()}"));

    private static void Failed(List<DoctorStep> steps, string name, string cause)
    {
        DoctorStep failed = Assert.Single(steps, step => step.Status == StepStatus.Failed);
        Assert.Equal((name, cause), (failed.Name, failed.Cause?.Code));
    }
}
