using System.Diagnostics;
using System.Text.Json;
using Mail.Protocol.Dkim;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Four verifiers of others. Each reads files and a list of DNS records and says "pass" or what is wrong, file by file.</summary>
internal static class DkimPeers
{
    public static readonly string[] Names = ["dkimpy", "mailauth", "opendkim", "mail-dkim"];

    /// <summary>Verifies files. Skips the running test where the verifier is not installed.</summary>
    /// <param name="peer">One of <see cref="Names"/>.</param>
    /// <param name="folder">Holds the files; more are written into it.</param>
    /// <param name="files">File names in the folder.</param>
    /// <param name="records">DNS name and key record.</param>
    /// <returns>By file name, "pass" or the verifier's complaint.</returns>
    public static async Task<Dictionary<string, string>> VerifyAsync(string peer, string folder, IReadOnlyList<string> files, IReadOnlyDictionary<string, DkimKeyRecord> records)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "dns.json"), JsonSerializer.Serialize(records.ToDictionary(r => r.Key, r => new { TXT = new[] { r.Value.ToStrings() } })));
        string script = Repository.Path("Mail.Tests", "Protocol", "Dkim", "Peers");
        switch (peer)
        {
            case "dkimpy":
                Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/dkim"), "Debian package python3-dkim is not installed.");
                return ByFile(await RunAsync(folder, "/usr/bin/python3", [Path.Combine(script, "dkimpy.py"), "dns.json", .. files]));
            case "mailauth":
                string modules = Repository.Path("Mail.Tests", "Protocol", "Peers", "node_modules");
                Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "mailauth")), "npm packages of Mail.Tests/Protocol/Peers are not installed.");
                return ByFile(await RunAsync(folder, "node", [Path.Combine(script, "mailauth.cjs"), "dns.json", .. files], ("NODE_PATH", modules)));
            case "mail-dkim":
                Assert.SkipUnless(File.Exists("/usr/share/perl5/Mail/DKIM.pm"), "Debian package libmail-dkim-perl is not installed.");
                return ByFile(await RunAsync(folder, "perl", [Path.Combine(script, "mail-dkim.pl"), "dns.json", .. files]));
            default:
                Assert.SkipUnless(File.Exists("/usr/sbin/opendkim"), "Debian package opendkim is not installed.");
                return ByOpenDkim(files, await RunOpenDkimAsync(folder, files, records));
        }
    }

    private static async Task<string> RunOpenDkimAsync(string folder, IReadOnlyList<string> files, IReadOnlyDictionary<string, DkimKeyRecord> records)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "dns.txt"), records.Select(r => $"{r.Key} {r.Value}"));
        await File.WriteAllTextAsync(Path.Combine(folder, "opendkim.conf"), "Mode v\nSyslog no\nTestDNSData file:./dns.txt\nInternalHosts 203.0.113.9\n");
        return await RunAsync(folder, "/usr/sbin/opendkim", ["-x", "opendkim.conf", "-t", string.Join(',', files)]);
    }

    private static Dictionary<string, string> ByFile(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..line.IndexOf(' ', StringComparison.Ordinal)], line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    // "opendkim: FILE: verification (s=..., d=..., 2048-bit key) succeeded", once for each message, whatever number of signatures.
    private static Dictionary<string, string> ByOpenDkim(IReadOnlyList<string> files, string output)
    {
        string[] lines = output.Split('\n');
        return files.ToDictionary(file => file, file =>
        {
            string line = lines.FirstOrDefault(l => l.StartsWith($"opendkim: {file}: ", StringComparison.Ordinal)) ?? "no answer";
            return line.EndsWith(" succeeded", StringComparison.Ordinal) ? "pass" : line;
        });
    }

    private static async Task<string> RunAsync(string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return output + await errors;
    }
}
