using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>deploy/compose, as far as it can be judged without Docker; .github/workflows/deploy.yml starts it and sends a mail through.</summary>
public sealed partial class ComposeTests : IDisposable
{
    private static readonly string _source = Repository.Path("deploy", "compose");

    private readonly string _folder = Directory.CreateTempSubdirectory("mail-compose-").FullName;

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(_source, "compose*.yaml").Select(file => Path.GetFileName(file)!).Order()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Files))]
    public void Images_are_pinned_and_mounted_files_are_there(string file)
    {
        JsonObject compose = Read(file);

        foreach ((string name, JsonNode? service) in compose.Pairs("services"))
        {
            if (service.Text("image") is { } image) Assert.True(PodPolicy.IsPinned(WithDefaults(image)), $"{name}: {image}");
            if (service.Text("build", "dockerfile") is { } dockerfile)
            {
                string path = Path.GetFullPath(Path.Combine(_source, service.Text("build", "context")!, dockerfile));
                Assert.Contains($"AS {service.Text("build", "target")}\n", File.ReadAllText(path).ReplaceLineEndings("\n"), StringComparison.Ordinal);
            }

            foreach (string volume in service.Each("volumes").Select(volume => volume.ToString()))
            {
                string from = volume.Split(':')[0];
                if (!from.StartsWith('.')) Assert.True(compose.Pairs("volumes").Any(known => known.Key == from), $"{name}: the volume {from} is not declared.");
                else Assert.True(Path.Exists(Path.Combine(_source, from)) && volume.EndsWith(":ro", StringComparison.Ordinal), $"{name}: {volume}");
            }
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Services_refer_to_what_is_declared(string file)
    {
        JsonObject compose = Read(file), whole = file is "compose.smtp.yaml" or "compose.monitoring.yaml" ? Read("compose.prod.yaml") : compose;
        HashSet<string> services = Names("services"), secrets = Names("secrets"), networks = Names("networks");

        foreach ((_, JsonNode? service) in compose.Pairs("services"))
        {
            Assert.All(service.Each("secrets"), secret => Assert.Contains(secret.ToString(), secrets));
            Assert.All(service.Each("networks"), network => Assert.Contains(network.ToString(), networks));
            IEnumerable<string> needed = service.At("depends_on") is JsonArray list ? list.Select(item => item!.ToString()) : service.Pairs("depends_on").Select(pair => pair.Key);
            Assert.All(needed, name => Assert.Contains(name, services));
        }

        HashSet<string> Names(string section) => [.. compose.Pairs(section).Concat(whole.Pairs(section)).Select(pair => pair.Key)];
    }

    [Theory, MemberData(nameof(Files))]
    public void Variables_are_settings_that_the_hosts_know_and_secrets_are_files(string file)
    {
        foreach ((string name, JsonNode? service) in Read(file).Pairs("services"))
        {
            if (name is not ("api" or "worker" or "web" or "migrate")) continue;
            string[] secrets = [.. service.Each("secrets").Select(secret => $"/run/secrets/{secret}")];
            foreach ((string variable, JsonNode? value) in service.Pairs("environment"))
            {
                // What the operator's file gives is checked where it has a default.
                string text = WithDefaults($"{value}");
                Assert.Null(KnownSettings.Fault(variable, text.Contains("${", StringComparison.Ordinal) ? "" : text));
                if (variable.EndsWith("_FILE", StringComparison.Ordinal) || text.StartsWith("/run/secrets/", StringComparison.Ordinal)) Assert.Contains(text, secrets);
            }
        }
    }

    [Fact]
    public void The_hosts_are_users_without_rights_and_stop_when_they_have_drained()
    {
        foreach (string file in (string[])["compose.yaml", "compose.prod.yaml"])
        {
            foreach ((string name, JsonNode? service) in Read(file).Pairs("services").Where(service => service.Key is "api" or "worker" or "web" or "migrate"))
            {
                Assert.Equal("true", service.Text("read_only"));
                Assert.Equal(["ALL"], service.Each("cap_drop").Select(dropped => dropped.ToString()));
                Assert.Equal(["no-new-privileges:true"], service.Each("security_opt").Select(option => option.ToString()));
                Assert.Equal("45s", service.Text("stop_grace_period"));
                Assert.Equal(name == "migrate" ? "on-failure" : "unless-stopped", service.Text("restart"));
            }
        }
    }

    [Fact]
    public void Production_has_no_inbox_and_opens_nothing_but_TLS()
    {
        JsonObject production = Read("compose.prod.yaml");
        JsonNode settings = production.At("services", "worker", "environment")!;

        Assert.DoesNotContain("mailpit", production.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Production", settings.Text("DOTNET_ENVIRONMENT"));
        Assert.DoesNotContain(settings.Pairs(), setting => setting.Key.StartsWith("Relay__", StringComparison.Ordinal));
        Assert.Equal("https://${MAIL_HOST:?in mail.env}", settings.Text("BASE_URL"));
        KeyValuePair<string, JsonNode?> open = Assert.Single(production.Pairs("services"), service => service.Value.Each("ports").Any());
        Assert.Equal("caddy", open.Key);
        Assert.Equal(["443:443", "443:443/udp", "80:80"], open.Value.Each("ports").Select(port => port.ToString()).Order());
        Assert.All((string[])["data", "front"], network => Assert.Equal("true", production.Text("networks", network, "internal")));
        Assert.All(production.Pairs("services"), service => Assert.NotNull(service.Value.Text("restart")));
        Assert.All(File.ReadAllLines(Path.Combine(_source, "mail.env.example")).Where(line => line.Contains('=', StringComparison.Ordinal)), line => Assert.DoesNotContain("PASSWORD", line, StringComparison.Ordinal));
    }

    [Fact]
    public void On_a_machine_of_developers_everything_listens_for_that_machine_alone()
    {
        string[] ports = [.. Read("compose.yaml").Pairs("services").SelectMany(service => service.Value.Each("ports")).Select(port => port.ToString())];

        Assert.True(ports.Length >= 8);
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Theory, InlineData("development", "compose.yaml"), InlineData("production", "compose.prod.yaml")]
    public async Task The_script_makes_every_secret_once_for_this_user_alone(string mode, string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        File.Copy(Path.Combine(_source, "make-secrets.sh"), Path.Combine(_folder, "make-secrets.sh"));

        await RunAsync(mode);
        Dictionary<string, string> first = Made();
        await RunAsync(mode);

        Assert.Equal(first, Made());
        Assert.All(Read(file).Pairs("secrets"), secret => Assert.True(first.ContainsKey(secret.Value.Text("file")!["./secrets/".Length..]), secret.Key));
        Assert.All(first.Values, value => Assert.NotEmpty(value));
        Assert.Contains($"Password={first["db_password"]}", first["maildb"], StringComparison.Ordinal);
        Assert.True(first["secret_key"].Length >= 32);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "secrets")));
        Assert.Contains("secrets/", File.ReadAllLines(Path.Combine(_source, ".gitignore")));
    }

    [Fact]
    public void Prometheus_and_Grafana_find_their_files()
    {
        JsonNode services = Read("compose.yaml").At("services")!;
        string[] mounted = [.. services.Pairs().SelectMany(service => service.Value.Each("volumes")).Select(volume => volume.ToString().Split(':')[1])];
        JsonObject prometheus = Yaml.Read(Path.Combine(_source, "prometheus.yaml"));

        Assert.Equal(9464, (int)prometheus.Each("scrape_configs").Single().Each("dns_sd_configs").Single().At("port")!);
        Assert.All(prometheus.Each("rule_files"), rules => Assert.Contains(rules.ToString(), mounted));
        Assert.Contains(Yaml.Read(Path.Combine(_source, "grafana", "dashboards.yaml")).Each("providers").Single().Text("options", "path"), mounted);
        Assert.Contains("/etc/otelcol/config.yaml", mounted);
        string home = services.Text("grafana", "environment", "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")!;
        Assert.True(File.Exists(Repository.Path("deploy", "grafana", "dashboards", Path.GetFileName(home))));
    }

    private static JsonObject Read(string file) => Yaml.Read(Path.Combine(_source, file));

    private static string WithDefaults(string text) => Default().Replace(text, "$1");

    private Dictionary<string, string> Made() => Directory.EnumerateFiles(Path.Combine(_folder, "secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private async Task RunAsync(string mode)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(_folder, "make-secrets.sh"), mode]) { RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["SMTP_USER"], start.Environment["SMTP_PASSWORD"]) = ("user", "word");
        using Process process = Process.Start(start)!;
        string complained = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, complained);
    }

    [GeneratedRegex(@"\$\{\w+:-([^}]*)\}")]
    private static partial Regex Default();
}
