using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mail.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Operations;

/// <summary>deploy/kubernetes as kubectl renders it, against our own rules. What a cluster says of it is asked in .github/workflows/deploy.yml.</summary>
public sealed partial class KubernetesManifestTests
{
    public static TheoryData<string> Overlays => ["dev", "production"];

    [Theory, MemberData(nameof(Overlays))]
    public void Everything_stands_once_in_our_namespace(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);

        Assert.True(items.Count > 20);
        Assert.All(items, item => Assert.Equal(item.Kind() == "Namespace" ? null : "mail", item.Text("metadata", "namespace")));
        Assert.Equal(items.Count, items.Select(item => (item.Kind(), item.Name())).Distinct().Count());
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_pod_is_restricted_limited_and_watched(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);

        Assert.Equal("restricted", items.OfKind("Namespace").Single().Text("metadata", "labels", "pod-security.kubernetes.io/enforce"));
        Assert.True(items.Workloads().Count() >= 5);
        Assert.Empty(items.Workloads().SelectMany(workload => PodPolicy.Faults(workload).Select(fault => $"{workload.Name()}: {fault}")));
    }

    [Fact]
    public void The_rules_for_pods_see_what_is_against_them()
    {
        JsonObject careless = Yaml.ReadAll("""
            kind: Deployment
            spec:
              template:
                spec:
                  hostNetwork: true
                  containers:
                    - name: it
                      image: mail-api:latest
                      env: [{name: SMTP_PASSWORD, valueFrom: {secretKeyRef: {name: relay, key: password}}}]
                  volumes: [{name: node, hostPath: {path: /}}]
            """).Single();

        Assert.Equal(17, PodPolicy.Faults(careless).Count());
        Assert.All((string[])["mail", "mail:latest", "mail:8", "registry:5000/mail"], image => Assert.False(PodPolicy.IsPinned(image)));
        Assert.All((string[])["mail:0.1.0", "registry:5000/mail:1.2", "a/b:v1.30.2", "a/b@sha256:00"], image => Assert.True(PodPolicy.IsPinned(image)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_deployment_has_a_budget_of_disruption_and_is_spread(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        JsonNode[] budgets = [.. items.OfKind("PodDisruptionBudget").Select(budget => budget.At("spec", "selector")!)];

        foreach (JsonObject deployment in items.OfKind("Deployment"))
        {
            JsonNode labels = deployment.At("spec", "template", "metadata", "labels")!;
            Assert.Single(budgets, selector => selector.Selects(labels));
            Assert.NotEmpty(deployment.Pod().Each("topologySpreadConstraints"));
            Assert.All(deployment.Pod().Each("topologySpreadConstraints"), spread => Assert.True(spread.At("labelSelector").Selects(labels)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Variables_are_settings_that_the_hosts_know_with_values_that_they_can_read(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        JsonNode[] ours = [.. items.Workloads().SelectMany(workload => workload.Containers()).Where(container => container.Text("image")!.Contains("mail-", StringComparison.Ordinal))];

        Assert.Equal(4, ours.Length);
        Assert.Empty(ours.SelectMany(container => container.Variables(items)).Distinct().Select(variable => KnownSettings.Fault(variable.Name, variable.Value)).OfType<string>());
    }

    [Theory, InlineData("Submision__Port", "2587"), InlineData("Submission__Prot", "2587"), InlineData("Submission__Port", "smtp"), InlineData("Delivery__DrainTimeout", "20 s"), InlineData("BASE_URL_", "https://a.example"), InlineData("Submission__KeyFile_FILE", "/a")]
    public void A_setting_that_no_host_knows_is_seen(string name, string value) => Assert.NotNull(KnownSettings.Fault(name, value));

    [Theory, MemberData(nameof(Overlays))]
    public void A_secret_is_a_file_that_is_mounted_and_never_a_value(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        Assert.Empty(items.OfKind("Secret"));

        foreach (JsonObject workload in items.Workloads())
        {
            foreach (JsonNode container in workload.Containers())
            {
                foreach ((string name, string value) in container.Variables(items))
                {
                    string[] paths = [.. SecretPath().Matches(value).Select(match => match.Value)];
                    Assert.All(paths, path => Assert.True(IsMounted(workload, container, path), $"{workload.Name()}: {name} names {path}, which is not mounted."));
                    Assert.True(paths.Length > 0 || !name.EndsWith("_FILE", StringComparison.Ordinal), $"{workload.Name()}: {name}");
                }

                Assert.All(container.Each("volumeMounts").Where(mount => mount.Text("mountPath")!.StartsWith("/secrets", StringComparison.Ordinal)), mount => Assert.Equal("true", mount.Text("readOnly")));
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_secret_is_made_by_the_script_or_an_operator_and_named_in_the_guide(string overlay)
    {
        string script = File.ReadAllText(Repository.Path("deploy", "kubernetes", "make-secrets.sh")), guide = File.ReadAllText(Repository.Path("docs", "guides", "deploy.md"));
        string[] byOperators = overlay == "production" ? ["mail-db-app", "mail-db-ca", "mail-smtp-tls"] : [];
        (string Name, string? Key)[] used = [.. Manifests.Of(overlay).Workloads().SelectMany(workload => workload.Pod().Each("volumes")).Select(volume => volume.At("secret")).OfType<JsonNode>()
            .SelectMany(secret => secret.Each("items").Select(item => item.Text("key")).DefaultIfEmpty(null), (secret, key) => (secret.Text("secretName")!, key)).Distinct()];

        Assert.True(used.Length >= 5);
        Assert.All(used, secret => Assert.Contains($"`{secret.Name}`", guide, StringComparison.Ordinal));
        Assert.All(used.Where(secret => !byOperators.Contains(secret.Name)), secret => Assert.Matches($@"secret {secret.Name} .*{Regex.Escape(secret.Key ?? "")} ", script));
    }

    [Fact]
    public void Production_has_a_relay_TLS_and_no_inbox()
    {
        List<JsonObject> items = Manifests.Of("production");
        Dictionary<string, string> settings = items.Workloads().SelectMany(workload => workload.Containers()).SelectMany(container => container.Variables(items)).GroupBy(variable => variable.Name)
            .ToDictionary(group => group.Key, group => group.First().Value);

        Assert.DoesNotContain(items, item => item.ToJsonString().Contains("mailpit", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(settings.Keys, name => name is "DOTNET_ENVIRONMENT" or "ASPNETCORE_ENVIRONMENT" || name.StartsWith("Relay__Allow", StringComparison.Ordinal) || name == "Relay__Kind"); // without them it is Production
        Assert.Equal("required+verified", settings["SMTP_TLS"]);
        Assert.Contains("SSL Mode=VerifyFull", settings["ConnectionStrings__maildb"], StringComparison.Ordinal);
        Assert.All((string[])["BASE_URL", "CONSOLE_URL"], name => Assert.StartsWith("https://", settings[name], StringComparison.Ordinal));
        JsonObject ingress = items.OfKind("Ingress").Single();
        Assert.Equal(ingress.Each("spec", "rules").Select(rule => rule.Text("host")), ingress.Each("spec", "tls").Single().Each("hosts").Select(host => host.ToString()));
        Assert.Equal(new[] { settings["BASE_URL"], settings["CONSOLE_URL"] }, ingress.Each("spec", "rules").Select(rule => $"https://{rule.Text("host")}"));
        Assert.Contains(settings["Submission__HostName"], items.OfKind("Certificate").Single().Each("spec", "dnsNames").Select(name => name.ToString()));
    }

    [Fact]
    public void Dev_opens_nothing_to_the_world()
    {
        List<JsonObject> items = Manifests.Of("dev");

        Assert.Empty(items.OfKind("Ingress"));
        Assert.All(items.OfKind("Service"), service => Assert.Null(service.Text("spec", "type")));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void A_stop_is_given_the_time_that_a_host_takes(string overlay)
    {
        TimeSpan host = new HostOptions().ShutdownTimeout;
        Assert.True(new DeliveryOptions().DrainTimeout < host);

        foreach (JsonObject deployment in Manifests.Of(overlay).OfKind("Deployment").Where(deployment => deployment.Name() is "mail-api" or "mail-worker" or "mail-web"))
        {
            JsonNode container = deployment.Containers().Single();
            int before = int.Parse(container.Text("lifecycle", "preStop", "sleep", "seconds") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            Assert.True((int)deployment.Pod().At("terminationGracePeriodSeconds")! >= before + host.TotalSeconds + 10, $"{deployment.Name()} is killed before it has stopped.");
            Assert.True(before > 0 || deployment.Name() == "mail-worker", $"{deployment.Name()} refuses requests that are on their way.");
        }
    }

    [Fact]
    public void Connections_to_the_database_suffice_for_all_replicas()
    {
        List<JsonObject> items = Manifests.Of("production");
        string settings = items.OfKind("ConfigMap").Single().Text("data", "ConnectionStrings__maildb")!;
        int pool = new Npgsql.NpgsqlConnectionStringBuilder(settings).MaxPoolSize;
        int hosts = (int)items.OfKind("HorizontalPodAutoscaler").Single().At("spec", "maxReplicas")! + (int)items.OfKind("ScaledObject").Single().At("spec", "maxReplicaCount")!;

        // One more of each while an update rolls out; PostgreSQL keeps three for itself.
        Assert.True((hosts + 2) * pool + 3 <= int.Parse(items.OfKind("Cluster").Single().Text("spec", "postgresql", "parameters", "max_connections")!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_alerts_are_those_of_Prometheus()
    {
        string file = Repository.Path("deploy", "kubernetes", "components", "monitoring", "prometheusrule.yaml");
        JsonObject rules = Yaml.Read(Repository.Path("deploy", "prometheus", "mail.rules.yml"));

        Assert.True(JsonNode.DeepEquals(rules.At("groups"), Yaml.Read(file).At("spec", "groups")), "Run deploy/kubernetes/components/monitoring/make.sh.");
    }

    private static bool IsMounted(JsonNode workload, JsonNode container, string path)
    {
        if (container.Each("volumeMounts").SingleOrDefault(mount => path.StartsWith(mount.Text("mountPath") + "/", StringComparison.Ordinal)) is not { } mount) return false;
        JsonNode? secret = workload.Pod().Each("volumes").Single(volume => volume.Text("name") == mount.Text("name")).At("secret");
        string file = path[(mount.Text("mountPath")!.Length + 1)..];
        return secret is not null && (secret.At("items") is null || secret.Each("items").Any(item => item.Text("path") == file));
    }

    [GeneratedRegex("/secrets/[^;]+")]
    private static partial Regex SecretPath();
}
