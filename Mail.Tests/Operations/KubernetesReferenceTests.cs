using System.Text.Json.Nodes;

namespace Mail.Tests.Operations;

/// <summary>What one object of a manifest says of another is there; and who may reach whom.</summary>
public sealed class KubernetesReferenceTests
{
    private const int Management = 9464;

    public static TheoryData<string> Overlays => ["dev", "production"];

    [Theory, MemberData(nameof(Overlays))]
    public void Selectors_select_and_ports_are_open(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        JsonObject[] services = [.. items.OfKind("Service")];
        Assert.True(services.Length >= 4);

        foreach (JsonObject workload in items.OfKind("Deployment", "StatefulSet")) Assert.True(workload.At("spec", "selector").Selects(Labels(workload)), workload.Name());
        foreach (JsonObject service in services)
        {
            JsonObject target = Assert.Single(items.OfKind("Deployment", "StatefulSet"), workload => service.Pairs("spec", "selector").All(wanted => Labels(workload).At(wanted.Key)?.ToString() == wanted.Value!.ToString()));
            Assert.All(service.Each("spec", "ports"), port => Assert.Contains(port.Text("targetPort"), PortNames(target)));
        }

        foreach (JsonNode path in items.OfKind("Ingress").SelectMany(ingress => ingress.Each("spec", "rules")).SelectMany(rule => rule.Each("http", "paths")))
        {
            JsonObject service = Assert.Single(services, service => service.Name() == path.Text("backend", "service", "name"));
            Assert.Contains(path.Text("backend", "service", "port", "name"), service.Each("spec", "ports").Select(port => port.Text("name")));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Hosts_are_asked_how_they_are_at_the_management_port(string overlay)
    {
        foreach (JsonNode container in Manifests.Of(overlay).Workloads().SelectMany(workload => workload.Containers()))
        {
            foreach (string probe in (string[])["startupProbe", "readinessProbe", "livenessProbe"])
            {
                if (container.At(probe, "httpGet") is { } http) Assert.Contains(http.Text("port"), container.Each("ports").Select(port => port.Text("name")));
                if (container.At(probe, "tcpSocket") is { } tcp) Assert.Contains(tcp.Text("port"), container.Each("ports").Select(port => port.Text("name")));
            }

            if (container.Text("name") is not ("api" or "worker" or "web")) continue;
            Assert.Equal(Management, (int)container.Each("ports").Single(port => port.Text("name") == "management").At("containerPort")!);
            Assert.Equal(("/alive", "/health", "/alive"), (container.Text("startupProbe", "httpGet", "path"), container.Text("readinessProbe", "httpGet", "path"), container.Text("livenessProbe", "httpGet", "path")));
            Assert.All((string[])["startupProbe", "readinessProbe", "livenessProbe"], probe => Assert.Equal("management", container.Text(probe, "httpGet", "port")));
        }
    }

    [Fact]
    public void Autoscalers_and_monitors_find_what_they_are_for()
    {
        List<JsonObject> items = Manifests.Of("production");

        foreach (JsonObject scaler in items.OfKind("HorizontalPodAutoscaler", "ScaledObject"))
        {
            JsonObject target = Assert.Single(items.OfKind("Deployment"), deployment => deployment.Name() == scaler.Text("spec", "scaleTargetRef", "name"));
            Assert.Null(target.At("spec", "replicas")); // or every `apply` would undo what the autoscaler did
        }

        JsonObject monitor = items.OfKind("PodMonitor").Single();
        string[] watched = [.. items.OfKind("Deployment").Where(deployment => monitor.At("spec", "selector").Selects(Labels(deployment))).Select(deployment => deployment.Name())];
        Assert.Equal(["mail-api", "mail-web", "mail-worker"], watched.Order());
        Assert.Equal("max(mail_queue_oldest_seconds)", items.OfKind("ScaledObject").Single().Each("spec", "triggers").Single().Text("metadata", "query")); // a name that MetricsDocumentTests knows
    }

    [Theory, MemberData(nameof(Overlays))]
    public void By_default_nobody_reaches_anybody(string overlay)
    {
        JsonObject deny = Manifests.Of(overlay).OfKind("NetworkPolicy").Single(policy => policy.Name() == "default-deny");

        Assert.Empty(deny.Pairs("spec", "podSelector"));
        Assert.Equal(["Ingress", "Egress"], deny.Each("spec", "policyTypes").Select(type => type.ToString()));
        Assert.Null(deny.At("spec", "ingress") ?? deny.At("spec", "egress"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Policies_open_named_ports_of_pods_that_there_are(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        foreach (JsonObject policy in items.OfKind("NetworkPolicy").Where(policy => policy.Name() is not ("default-deny" or "dns")))
        {
            Assert.All(policy.Each("spec", "ingress").Concat(policy.Each("spec", "egress")), rule => Assert.NotEmpty(rule.Each("ports")));
            if (policy.Name() is "acme-solver" || policy.At("spec", "podSelector", "matchLabels", "cnpg.io/cluster") is not null || policy.Name() == "database-from-clients" && overlay == "production") continue; // pods of operators
            JsonObject[] selected = [.. items.Workloads().Where(workload => policy.At("spec", "podSelector").Selects(Labels(workload)))];
            Assert.NotEmpty(selected);
            int[] open = [.. selected.SelectMany(workload => workload.Containers()).SelectMany(container => container.Each("ports")).Select(port => (int)port.At("containerPort")!)];
            Assert.All(policy.Each("spec", "ingress").SelectMany(rule => rule.Each("ports")), port => Assert.Contains((int)port.At("port")!, open));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void The_management_port_is_for_monitoring_alone(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);
        JsonNode[] rules = [.. items.OfKind("NetworkPolicy").SelectMany(policy => policy.Each("spec", "ingress")).Where(rule => rule.Each("ports").Any(port => (int)port.At("port")! == Management))];

        JsonNode from = Assert.Single(Assert.Single(rules).Each("from"));
        Assert.Equal("monitoring", from.Text("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name"));
        Assert.DoesNotContain(items.OfKind("Service").SelectMany(service => service.Each("spec", "ports")), port => port.Text("targetPort") is "management" or "9464");
    }

    [Fact]
    public void Only_API_and_workers_reach_the_world_and_no_private_network()
    {
        List<JsonObject> items = Manifests.Of("production");
        JsonObject[] outward = [.. items.OfKind("NetworkPolicy").Where(policy => policy.Each("spec", "egress").Any(rule => rule.At("to") is null || rule.Each("to").Any(to => to.At("ipBlock") is not null)))];

        Assert.Equal(["database", "mail-out"], outward.Select(policy => policy.Name()).Order());
        JsonObject mail = outward.Single(policy => policy.Name() == "mail-out");
        Assert.Equal(["mail-api", "mail-worker"], items.Workloads().Where(workload => mail.At("spec", "podSelector").Selects(Labels(workload))).Select(workload => workload.Name()).Order());
        JsonNode rule = mail.Each("spec", "egress").Single();
        Assert.Equal([25, 443, 465, 587, 993, 995, 2525], rule.Each("ports").Select(port => (int)port.At("port")!).Order());
        string[] spared = [.. rule.Each("to").SelectMany(to => to.Each("ipBlock", "except")).Select(network => network.ToString())];
        Assert.All((string[])["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"], network => Assert.Contains(network, spared));
    }

    private static JsonNode Labels(JsonNode workload) => workload.At("spec", "template", "metadata", "labels")!;

    private static IEnumerable<string?> PortNames(JsonNode workload) => workload.Containers().SelectMany(container => container.Each("ports")).Select(port => port.Text("name"));
}
