using System.Text;
using System.Text.Json;
using Mail.Api.Smtp;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Smtp;

/// <summary>An API with submission ports, a worker beside it, and the server that the worker sends to.</summary>
internal sealed class SubmissionCase : IAsyncDisposable
{
    private readonly SmtpHost _smtp;
    private TestWorker? _worker;

    private SubmissionCase(ApiFixture api, SmtpSink sink)
    {
        (Api, Sink) = (api, sink);
        Client = api.ClientWith(ApiFixture.LiveKey);
        _smtp = api.Services.GetRequiredService<SmtpHost>();
    }

    public ApiFixture Api { get; }

    public SmtpSink Sink { get; }

    public HttpClient Client { get; }

    public int Port => _smtp.SubmissionPort!.Value;

    public int TlsPort => _smtp.SubmissionTlsPort!.Value;

    public string CaFile => _smtp.CertificateFile!;

    public static async Task<SubmissionCase> StartAsync(PostgresFixture postgres, bool withWorker = false, params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres);
        (api.Settings["Submission:Port"], api.Settings["Submission:TlsPort"]) = ("0", "0");
        foreach ((string name, string value) in settings) api.Settings[name] = value;
        await api.InitializeAsync();
        SubmissionCase it = new(api, SmtpSink.Start(new SmtpSinkOptions { MaxSize = null }));
        if (withWorker)
        {
            it._worker = await TestWorker.StartAsync(api.ConnectionString, settings: new Dictionary<string, string?>
            {
                ["SMTP_HOST"] = SmtpSink.Host, ["SMTP_PORT"] = $"{it.Sink.Port}", ["SMTP_TLS"] = "none", ["RETURN_PATH_DOMAIN"] = api.Settings.GetValueOrDefault("RETURN_PATH_DOMAIN"),
                ["SECRET_KEY"] = api.Settings.GetValueOrDefault("SECRET_KEY"), ["DKIM_DOMAIN"] = api.Settings.GetValueOrDefault("DKIM_DOMAIN"), ["DKIM_SELECTOR"] = api.Settings.GetValueOrDefault("DKIM_SELECTOR"), ["DKIM_PRIVATE_KEY"] = api.Settings.GetValueOrDefault("DKIM_PRIVATE_KEY"),
            });
        }

        return it;
    }

    /// <summary>One mail over the port for TLS.</summary>
    /// <returns>The last reply.</returns>
    public async Task<string> SendAsync(string mail, params string[] to)
    {
        using SmtpTalk talk = await SmtpTalk.SignInAsync(TlsPort, ApiFixture.LiveKey, implicitTls: true);
        return await talk.SendAsync("a@example.com", to, mail);
    }

    /// <summary>The id in a reply of success.</summary>
    public static string IdIn(string reply)
    {
        Assert.Matches("^250 2\\.0\\.0 [0-9a-f-]{36} accepted$", reply);
        return reply.Split(' ')[2];
    }

    public Task<JsonElement> EmailAsync(string id) => Client.GetAsync($"/emails/{id}", System.Net.HttpStatusCode.OK);

    public async Task<string> RawAsync(string id) => Encoding.Latin1.GetString(await Client.GetByteArrayAsync(new Uri($"/emails/{id}/raw", UriKind.Relative)));

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        Client.Dispose();
        await Api.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
