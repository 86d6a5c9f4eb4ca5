using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Architecture;

/// <summary>Where connections to others are made. An address that somebody else chose is reached by PublicHttp, which refuses what is not on the public internet, and by nothing else.</summary>
public sealed partial class OutgoingConnectionTests
{
    /// <summary>Whoever adds a line here has thought about who chooses the address.</summary>
    private static readonly string[] _known =
    [
        "Mail.Core/Common/PublicHttp.cs", // the guard itself
        "Mail.Core/Relays/Http/HttpExchange.cs", "Mail.Core/Webhooks/WebhookSender.cs", "Mail.Core/Feedback/Providers/SnsTransport.cs", "Mail.Core/Messages/AttachmentFetcher.cs", "Mail.Core/Accounts/Apps/AppCallbacks.cs", "Mail.Core/Mailboxes/Providers/Http/ProviderLine.cs", // by the guard
        "Mail.Core/Reservations/Routes/OsrmClient.cs", // the operator's own address, which may be inside
        "Mail.Core/Relays/Doctor/HttpExamination.cs", // asks PublicAddress itself, to say what it sees at each step
        "Mail.Protocol/Smtp/TcpConnector.cs", "Mail.Protocol/Smtp/SmtpHandshake.cs", // relays: SmtpRelayKind hands them PublicAddress
        "Mail.Protocol/Pop3/Pop3Connector.cs", "Mail.Protocol/Dns/DnsTransport.cs", // addresses of the configuration
        "Mail.Api/Templates/TemplatesCommand.cs", "Mail.Api/Accounts/Apps/ResetDoctorCommand.cs", "Mail.Api/Http/CommandServer.cs", "Mail.Api/GoLive/GoLiveCommand.cs", // a command line: its user's own address
        "Mail.Web/Proxy/ApiProxyRegistration.cs", // the API, by the configuration
    ];

    private static readonly string[] _guarded = ["Mail.Core/Relays/Http/HttpExchange.cs", "Mail.Core/Webhooks/WebhookSender.cs", "Mail.Core/Feedback/Providers/SnsTransport.cs", "Mail.Core/Messages/AttachmentFetcher.cs", "Mail.Core/Accounts/Apps/AppCallbacks.cs", "Mail.Core/Mailboxes/Providers/Http/ProviderLine.cs"];

    [Fact]
    public void Connections_are_made_in_known_places_only()
    {
        string[] found = [.. from project in (string[])["Mail.Api", "Mail.Core", "Mail.Protocol", "Mail.ServiceDefaults", "Mail.Web", "Mail.Worker"]
                             from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
                             let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
                             where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal) && Connects().IsMatch(File.ReadAllText(file))
                             orderby path
                             select path];

        Assert.Equal(_known.Order(), found.Order());
    }

    [Fact]
    public void Addresses_that_others_choose_are_reached_by_the_guard()
    {
        foreach (string path in _guarded) Assert.Contains("PublicHttp.CreateHandler(", File.ReadAllText(Path.Combine(Repository.Root, path)), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"SocketsHttpHandler|HttpClientHandler|\bTcpClient\b|new Socket\(|Socket [a-z]\w* = new|Dns\.Get|\bHttpClient \w+ = new|new HttpClient\(|new HttpMessageInvoker|new UdpClient|ClientWebSocket|AddHttpClient|IHttpClientFactory")]
    private static partial Regex Connects();
}
