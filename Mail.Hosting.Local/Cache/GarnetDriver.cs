using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Cache;

/// <summary>Garnet, a Redis-protocol server that NuGet delivers as a .NET tool: no binary of the system is needed. All in memory.</summary>
internal sealed class GarnetDriver(RedisResource redis) : ProcessDriver
{
    private const string FolderKey = "garnetfolder";

    public override string ResourceType => "Garnet (Redis protocol)";

    public override IReadOnlyList<HealthProbe> Probes => [new("PING", PingAsync)];

    public override async Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct)
    {
        string program = Path.Combine(PackageFolder(), "GarnetServer.dll");
        if (!File.Exists(program)) throw new LocalHostException($"The cache (NuGet package garnet-server) is missing in {PackageFolder()}: run dotnet restore, then start again.");

        string folder = Path.Combine(host.StateFolder, "data", redis.Name);
        Directory.CreateDirectory(folder);
        string configuration = Path.Combine(folder, "garnet.json");
        await WriteConfigurationAsync(configuration, ct);
        return new ProcessSpec(DotnetHost.Path,
            [
                program, "--config-import-path", configuration, "--port", redis.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture),
                "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "128m", "--index", "8m",
            ], folder);
    }

    private static string PackageFolder() => typeof(GarnetDriver).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(entry => entry.Key == FolderKey).Value!;

    // In a file, because every user of the machine can read the arguments of a process.
    private async Task WriteConfigurationAsync(string path, CancellationToken ct)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using FileStream file = new(path, options);
        await System.Text.Json.JsonSerializer.SerializeAsync(
            file, new Dictionary<string, string> { ["AuthenticationMode"] = "Password", ["Password"] = await redis.PasswordParameter!.GetValueAsync(ct) ?? "" }, cancellationToken: ct);
    }

    private async Task<string?> PingAsync(CancellationToken ct)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", redis.PrimaryEndpoint.Port, ct);
            NetworkStream stream = client.GetStream();
            string password = await redis.PasswordParameter!.GetValueAsync(ct) ?? "";
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"), ct);
            using StreamReader reader = new(stream, Encoding.UTF8);
            string? authenticated = await reader.ReadLineAsync(ct);
            string? pong = await reader.ReadLineAsync(ct);
            return authenticated == "+OK" && pong == "+PONG" ? null : $"AUTH answers {authenticated}, PING answers {pong}";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return e.Message;
        }
    }
}
