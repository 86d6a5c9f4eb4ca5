using System.Diagnostics;
using System.Text.RegularExpressions;
using Mail.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Operations;

/// <summary>deploy/systemd: what systemd itself says of the units where it is there, and what we ask of them.</summary>
public sealed partial class SystemdTests
{
    private static readonly string _folder = Repository.Path("deploy", "systemd");

    private static readonly string[] _hardening =
    [
        "DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes", "ProtectControlGroups=yes",
        "RestrictNamespaces=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes", "CapabilityBoundingSet=", "SystemCallFilter=@system-service",
    ];

    public static TheoryData<string> Units => ["mail-api", "mail-migrate", "mail-web", "mail-worker"];

    [Fact]
    public void These_are_all() => Assert.Equal(Units.Select(unit => unit.Data), Directory.EnumerateFiles(_folder, "*.service").Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Theory, MemberData(nameof(Units))]
    public void Units_are_confined_and_know_only_settings_that_there_are(string unit)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder, $"{unit}.service"));

        Assert.All(_hardening, line => Assert.Contains(line, lines));
        Assert.DoesNotContain(lines, line => line.StartsWith("MemoryDenyWriteExecute=yes", StringComparison.Ordinal)); // no .NET under it
        Assert.Contains(lines, line => line.StartsWith("MemoryMax=", StringComparison.Ordinal));
        string[] credentials = [.. Values(lines, "LoadCredential=").Select(value => value.Split(':')[0])];
        (string Name, string Value)[] files = [.. Values(lines, "Environment=").SelectMany(value => value.Split(' ')).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))];
        Assert.All(files, file => Assert.EndsWith("_FILE", file.Name, StringComparison.Ordinal));
        Assert.Equal(credentials.Select(name => $"%d/{name}").Order(), files.Select(file => file.Value).Order());
        Assert.Empty(files.Concat(Settings(lines)).Select(setting => KnownSettings.Fault(setting.Name, setting.Value)).OfType<string>());
    }

    [Fact]
    public void A_stop_is_given_the_time_that_a_host_takes()
    {
        TimeSpan host = new HostOptions().ShutdownTimeout;
        Assert.True(new DeliveryOptions().DrainTimeout < host);
        foreach (string unit in (string[])["mail-api", "mail-web", "mail-worker"])
        {
            string[] lines = File.ReadAllLines(Path.Combine(_folder, $"{unit}.service"));

            Assert.True(int.Parse(Assert.Single(Values(lines, "TimeoutStopSec=")), System.Globalization.CultureInfo.InvariantCulture) >= host.TotalSeconds + 10);
            Assert.Contains("Restart=on-failure", lines);
            Assert.Contains("KillSignal=SIGTERM", lines);
            if (unit != "mail-web") Assert.True(lines.Contains("Requires=mail-migrate.service") && lines.Contains("After=mail-migrate.service"));
        }
    }

    [Fact]
    public void Each_host_has_ports_of_its_own()
    {
        string[] management = [.. ((string[])["api", "worker", "web"]).SelectMany(name => File.ReadAllLines(Path.Combine(_folder, $"{name}.env.example"))).Where(line => line.StartsWith("Management__Port=", StringComparison.Ordinal))];

        Assert.Equal(3, management.Distinct().Count());
    }

    [Theory, MemberData(nameof(Units))]
    public async Task Systemd_understands_each_unit_and_finds_it_well_confined(string unit)
    {
        string[] folders = ["/usr/bin", "/bin"];
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "systemd-analyze"))), "systemd-analyze is not here");
        Assert.SkipUnless(File.Exists("/usr/bin/dotnet"), "the units start /usr/bin/dotnet, which is not here");

        (int understood, string said) = await AnalyzeAsync("verify", "--man=no");
        Assert.True(understood == 0 && !Complaint().IsMatch(said), said);
        (int confined, string score) = await AnalyzeAsync("security", "--offline=true", "--threshold=25");
        Assert.True(confined == 0, score);

        async Task<(int Code, string Said)> AnalyzeAsync(params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo("systemd-analyze", [.. arguments, Path.Combine(_folder, $"{unit}.service")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> complained = process.StandardError.ReadToEndAsync();
            string said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, said + await complained);
        }
    }

    private static IEnumerable<string> Values(string[] lines, string name) => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]);

    /// <summary>Of the files that a unit reads, as they are installed at first.</summary>
    private static IEnumerable<(string Name, string Value)> Settings(string[] lines) => Values(lines, "EnvironmentFile=")
        .SelectMany(file => File.ReadAllLines(Path.Combine(_folder, $"{Path.GetFileName(file)}.example")))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).Select(pair => (pair[0], pair[1].Trim('"')));

    [GeneratedRegex("Unknown key|Failed to parse|Unknown section|Invalid", RegexOptions.IgnoreCase)]
    private static partial Regex Complaint();
}
