using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mail.Hosting.Local.Dashboard;

/// <summary>Renders the page. Without script it is complete too: forms start and stop, links show the output.</summary>
internal sealed class DashboardPage(Orchestrator orchestrator)
{
    public string Render(string token, string? log)
    {
        ProcessInstance? shown = orchestrator.Instances.OfType<ProcessInstance>().FirstOrDefault(instance => instance.Id == log)
            ?? orchestrator.Instances.OfType<ProcessInstance>().FirstOrDefault(instance => instance.Resource is ProjectResource)
            ?? orchestrator.Instances.OfType<ProcessInstance>().FirstOrDefault();
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Mail · local host</title>
              <link rel="stylesheet" href="/dashboard.css">
              <script src="/dashboard.js" defer></script>
            </head>
            <body data-token="{token}">
              <header><h1>Mail <small>local host</small></h1><p id="connection" role="status"></p></header>
              <main>
                <section aria-labelledby="resources-title">
                  <h2 id="resources-title">Resources</h2>
                  <table>
                    <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Endpoints</th><th scope="col">Started</th><th scope="col">Actions</th></tr></thead>
                    <tbody id="rows">
            {Rows(token)}
                    </tbody>
                  </table>
                  <p id="result" role="status"></p>
                </section>
                <section aria-labelledby="log-title">
                  <h2 id="log-title">Console output of <span id="log-name">{Text(shown?.Id ?? "nothing")}</span></h2>
                  <p class="tools">
                    <label>Filter <input id="log-filter" type="search" autocomplete="off" spellcheck="false"></label>
                    <label><input id="log-follow" type="checkbox" checked> Follow</label>
                    <a id="log-text" href="/logs/{Text(shown?.Id ?? "")}/text">As text</a>
                  </p>
                  <div id="log" role="log" aria-labelledby="log-title" tabindex="0" data-id="{Text(shown?.Id ?? "")}"></div>
                </section>
                <section aria-labelledby="parameters-title">
                  <h2 id="parameters-title">Parameters</h2>
                  <dl>{Parameters()}</dl>
                </section>
              </main>
            </body>
            </html>
            """;
    }

    /// <summary>One table row per process or database; parameters have a list of their own.</summary>
    public string Rows(string token)
    {
        StringBuilder html = new();
        foreach (ResourceInstance instance in orchestrator.Instances.Where(instance => instance.Resource is not ParameterResource)) AppendRow(html, instance, token);
        return html.ToString();
    }

    private static void AppendRow(StringBuilder html, ResourceInstance instance, string token)
    {
        CustomResourceSnapshot now = instance.Snapshot;
        (string look, string words) = State(now);
        string name = instance.Resource.GetReplicaCount() > 1 ? instance.Id : instance.Resource.Name;
        html.Append(CultureInfo.InvariantCulture, $"""<tr><th scope="row"><span class="name">{Text(name)}</span><small>{Text(now.ResourceType)}{Pid(now)}</small></th>""");
        html.Append(CultureInfo.InvariantCulture, $"""<td data-label="State"><span class="state {look}">{Text(words)}</span>{Reason(now)}</td>""");
        html.Append(CultureInfo.InvariantCulture, $"""<td data-label="Endpoints">{Endpoints(now)}</td>""");
        html.Append(CultureInfo.InvariantCulture, $"""<td data-label="Started">{now.StartTimeStamp?.ToLocalTime():HH:mm:ss}</td><td><div class="actions">""");
        if (instance is ProcessInstance)
        {
            bool over = ResourceNotificationService.IsOver(now) || now.State?.Text == KnownResourceStates.NotStarted;
            html.Append(CultureInfo.InvariantCulture, $"""<a class="button" data-log="{Text(instance.Id)}" id="log-{Text(instance.Id)}" href="/?log={Text(instance.Id)}" aria-label="Output of {Text(name)}">Output</a>""");
            if (over) html.Append(Button(instance.Id, name, token, KnownResourceCommands.StartCommand, "Start"));
            else html.Append(Button(instance.Id, name, token, KnownResourceCommands.StopCommand, "Stop")).Append(Button(instance.Id, name, token, KnownResourceCommands.RestartCommand, "Restart"));
        }

        html.AppendLine("</div></td></tr>");
    }

    private static string Button(string id, string name, string token, string command, string label) =>
        $"""<form method="post" action="/resources/{Text(id)}/{command}"><input type="hidden" name="{DashboardGuard.TokenField}" value="{token}"><button id="{command}-{Text(id)}" aria-label="{label} {Text(name)}">{label}</button></form>""";

    private static (string Look, string Words) State(CustomResourceSnapshot now)
    {
        string state = now.State?.Text ?? KnownResourceStates.NotStarted;
        if (now.HealthStatus is HealthStatus.Healthy) return ("good", "Running");
        if (state == KnownResourceStates.Running) return ("pending", "Running, not healthy");
        string exit = now.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" (exit code {code})") : "";
        bool bad = now.State?.Style == KnownResourceStateStyles.Error;
        return (bad ? "bad" : ResourceNotificationService.IsOver(now) || state == KnownResourceStates.NotStarted ? "off" : "pending", state + exit);
    }

    private static string Reason(CustomResourceSnapshot now)
    {
        string? reason = now.Reason ?? now.HealthReports.FirstOrDefault(report => report.Status is not HealthStatus.Healthy)?.Description;
        return reason is null || now.State?.Text == KnownResourceStates.Waiting ? "" : $"<small>{Text(reason)}</small>";
    }

    private static string Pid(CustomResourceSnapshot now) => now.Pid is { } pid ? string.Create(CultureInfo.InvariantCulture, $" · process {pid}") : "";

    private static string Endpoints(CustomResourceSnapshot now) => string.Concat(now.Urls.Select(url => url.IsInternal
        ? $"<span>{Text(url.Url)}</span>"
        : $"""<a href="{Text(url.Url)}" target="_blank" rel="noopener">{Text(url.Url)}</a>"""));

    private string Parameters() => string.Concat(orchestrator.Instances.Where(instance => instance.Resource is ParameterResource).Select(instance =>
    {
        ResourcePropertySnapshot? value = instance.Snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.ParameterValue);
        string shown = value is null ? instance.Snapshot.Reason ?? "not known yet" : value.IsSensitive ? SecretMask.Shown : $"{value.Value}";
        return $"<div><dt>{Text(instance.Resource.Name)}</dt><dd>{Text(shown)}</dd></div>";
    }));

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
