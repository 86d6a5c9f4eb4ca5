using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.Tokens;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>Microsoft Graph with the login of an application: the client credentials grant, by Azure.Identity.</summary>
/// <param name="Root">Of version 1.0, with a slash at its end.</param>
internal sealed record GraphConnection(ProviderClient Client, Uri Root)
{
    public static GraphConnection Open(ProviderLine line, ProviderValues values, string title)
    {
        Microsoft365Kind.Cloud cloud = Microsoft365Kind.Clouds[values.Find("cloud") ?? "global"];
        SecretMask mask = values.Mask();
        ProviderWords words = new(title, mask);
        Uri authority = new(cloud.Login);
        Uri login = values.Url("login_url", cloud.Login);
        Uri api = values.Url("base_url", cloud.Api);
        // Azure.Identity takes nothing but https and the first segment of a path for the tenant: it believes it speaks to Microsoft, and the handler leads what it says to the configured address.
        Uri Lead(Uri uri) => new(login, authority.MakeRelativeUri(uri).ToString());
        Func<CancellationToken, Task<string>> Credential()
        {
            TokenCredential credential = Create(values, authority, new HttpClientTransport(new TokenHandler(line, words, mask, Lead, reply => GraphLoginProblems.Explain(words, reply))));
            TokenRequestContext wish = new([$"{cloud.Api}.default"]);
            return async ct => (await credential.GetTokenAsync(wish, ct)).Token;
        }

        return new GraphConnection(new ProviderClient(line, words, new TokenLogin(Credential, words), reply => GraphProblems.Explain(words, reply)), new Uri(api, "v1.0/"));
    }

    private static TokenCredential Create(ProviderValues values, Uri authority, HttpPipelineTransport transport)
    {
        if (values.Find("certificate") is { } pem)
            return new ClientCertificateCredential(values["tenant_id"], values["client_id"], X509Certificate2.CreateFromPem(pem, pem), Options(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = true }, authority, transport));
        return new ClientSecretCredential(values["tenant_id"], values["client_id"], values["client_secret"], Options(new ClientSecretCredentialOptions { DisableInstanceDiscovery = true }, authority, transport));
    }

    /// <summary>One try: whoever asked tries again in time. Nothing of it is logged or traced, and whose cloud it is stands fast, so nobody is asked about it.</summary>
    private static T Options<T>(T options, Uri authority, HttpPipelineTransport transport)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = authority;
        options.Transport = transport;
        options.Retry.MaxRetries = 0;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        return options;
    }
}
