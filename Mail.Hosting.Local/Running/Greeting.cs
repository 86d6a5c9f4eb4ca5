using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mail.Hosting.Local.Running;

/// <summary>The block at the end of a start: where everything is, and how to get in. Real Aspire shows the same on its dashboard.</summary>
internal sealed class Greeting(LocalHost host, DistributedApplicationModel model, ResourceNotificationService notifications, DashboardAddress dashboard)
{
    private const string Rule = "------------------------------------------------------------------------";

    private static readonly (string Label, string Resource, string Endpoint)[] _places =
        [("Console", "web", "http"), ("API", "api", "http"), ("Inbox", "mailpit", "http"),
            ("SMTP for apps", "api", "submission"), ("  with TLS", "api", "submission-tls"), ("SMTP, bounces", "api", "reception")];

    private static readonly (string Label, string Parameter)[] _keys =
        [("API key", "api-key"), ("Admin e-mail", "admin-email"), ("Admin password", "admin-password")];

    public async Task<IReadOnlyList<string>> LinesAsync(CancellationToken ct)
    {
        List<ResourceEvent> failed = [.. notifications.All().Where(change => ResourceNotificationService.IsOver(change.Snapshot))];
        List<string> lines = ["", Rule, failed.Count == 0 ? "  Mail is running" : "  Mail is running, but not all of it", ""];
        foreach ((string label, string name, string endpoint) in _places)
            if (Find(name) is IResourceWithEndpoints resource && new EndpointReference(resource, endpoint) is { IsAllocated: true } place)
                lines.Add(Row(label, place.Url + (IsHealthy(name) ? "" : "  (not running)")));
        if (dashboard.Url is { } url) lines.Add(Row("Dashboard", url));
        lines.Add("");
        foreach ((string label, string name) in _keys)
            if (Find(name) is ParameterResource parameter)
                lines.Add(Row(label, await parameter.GetValueAsync(ct) ?? ""));
        foreach (ResourceEvent failure in failed)
            lines.AddRange(["", $"  {ResourceNotificationService.Describe(failure)}", $"  Its output: {Path.Combine(host.LogFolder, $"{failure.Resource.Name}.log")}"]);
        lines.AddRange(["", $"  Ctrl-C stops everything. Data and logs: {host.StateFolder}", Rule, ""]);
        return lines;
    }

    private static string Row(string label, string value) => string.Create(CultureInfo.InvariantCulture, $"  {label,-16}{value}");

    private IResource? Find(string name) => model.Resources.FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase));

    private bool IsHealthy(string name) =>
        notifications.All().Any(change => string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase) && change.Snapshot.HealthStatus is HealthStatus.Healthy);
}

/// <summary>Where the dashboard listens; null when there is none.</summary>
internal sealed class DashboardAddress
{
    public string? Url { get; set; }
}
