using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Npm;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;
using Mail.Hosting.Local.Wiring;

namespace Mail.Hosting.Local.Inbox;

/// <summary>MailDev in the place of Mailpit: takes every mail by SMTP and shows it on a page. The newest mails survive a restart.</summary>
internal sealed class MailDevDriver(MailPitContainerResource inbox) : ProcessDriver
{
    // MailDev reads all of its folder at once when it starts.
    private const int KeptMails = 500;

    private Node? _node;
    private string _packages = "";

    public override string ResourceType => "MailDev (inbox)";

    public override IReadOnlyList<HealthProbe> Probes =>
    [
        new("SMTP greeting", GreetAsync),
        new("/healthz", ct => HttpHealth.GetAsync(new Uri($"http://127.0.0.1:{Port(MailPitContainerResource.HttpEndpointName)}/healthz"), 200, ct)),
    ];

    public override async Task PrepareAsync(LocalHost host, CancellationToken ct)
    {
        _node = await Node.FindAsync(ct);
        _packages = Path.Combine(host.DownloadFolder, "npm", "maildev");
        await NpmPackages.InstallAsync(host, "maildev", _packages, "Fetching the inbox from npm (maildev)", ct);
    }

    public override Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct)
    {
        string mails = Path.Combine(host.StateFolder, "data", inbox.Name);
        Directory.CreateDirectory(mails);
        DropOldMails(mails);
        return Task.FromResult(new ProcessSpec(_node!.Program,
            [
                Path.Combine(_packages, "node_modules", "maildev", "bin", "maildev"), "--smtp", Port(MailPitContainerResource.SmtpEndpointName),
                "--web", Port(MailPitContainerResource.HttpEndpointName), "--ip", "127.0.0.1", "--web-ip", "127.0.0.1", "--mail-directory", mails,
            ], _packages));
    }

    private static void DropOldMails(string folder)
    {
        foreach (FileInfo old in new DirectoryInfo(folder).EnumerateFiles("*.eml").OrderByDescending(mail => mail.LastWriteTimeUtc).Skip(KeptMails))
        {
            string attachments = Path.ChangeExtension(old.FullName, null);
            if (Directory.Exists(attachments)) Directory.Delete(attachments, recursive: true);
            old.Delete();
        }
    }

    private string Port(string endpoint) => new EndpointReference(inbox, endpoint).Port.ToString(CultureInfo.InvariantCulture);

    private async Task<string?> GreetAsync(CancellationToken ct)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", inbox.PrimaryEndpoint.Port, ct);
            await using NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream);
            string? greeting = await reader.ReadLineAsync(ct);
            if (greeting?.StartsWith("220", StringComparison.Ordinal) is not true) return $"the SMTP greeting is '{greeting}'";
            await stream.WriteAsync("QUIT\r\n"u8.ToArray(), ct);
            await reader.ReadLineAsync(ct);
            return null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return e.Message;
        }
    }
}
