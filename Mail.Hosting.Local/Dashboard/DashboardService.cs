using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mail.Hosting.Local.Dashboard;

/// <summary>A page on loopback with the state of every resource, its console output, and start, stop and restart.</summary>
internal sealed class DashboardService(LocalHost host, DashboardAddress address, DashboardPage page, Orchestrator orchestrator, ResourceNotificationService notifications)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Setting: another port than 5180 to begin with, or 0 for no dashboard. Environment variable <c>Local__DashboardPort</c>.</summary>
    public const string PortSetting = "Local:DashboardPort";

    private const int DefaultPort = 5180;

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private WebApplication? _application;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        int wanted = int.TryParse(host.Configuration[PortSetting], out int configured) ? configured : DefaultPort;
        if (wanted == 0) return;
        int port = host.Ports.Take(wanted);
        if (port != wanted) host.Progress.Line($"Port {wanted} is taken by another program: the dashboard listens on {port}");

        // Empty: the AppHost's own ASPNETCORE_* variables are not meant for this page.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.Use(new DashboardGuard(port, _token).InvokeAsync);
        _application.UseRouting();
        Map(_application);
        await _application.StartAsync(cancellationToken);
        address.Url = $"http://localhost:{port}";
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_application is not null) await _application.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null) await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => Results.Content(page.Render(_token, context.Request.Query["log"]), "text/html; charset=utf-8"));
        app.MapGet("/dashboard.css", () => DashboardAssets.Css);
        app.MapGet("/dashboard.js", () => DashboardAssets.Script);
        app.MapGet("/resources", (CancellationToken ct) => TypedResults.ServerSentEvents(ChangesAsync(ct)));
        app.MapGet("/logs/{id}", (string id, HttpContext context) => orchestrator.Instances.OfType<ProcessInstance>().Any(instance => instance.Id == id)
            ? Results.Extensions.Events(LinesAsync(id, context))
            : Results.NotFound());
        app.MapGet("/logs/{id}/text", (string id) => orchestrator.Logs.Find(id) is { } log ? Results.Text(string.Join('\n', log.LastLines(int.MaxValue))) : Results.NotFound());
        app.MapPost("/resources/{id}/{command}", ExecuteAsync);
    }

    private async Task<IResult> ExecuteAsync(string id, string command, HttpContext context)
    {
        // The command goes on if the browser gives up waiting.
        ExecuteCommandResult result = await orchestrator.ExecuteAsync(id, command, CancellationToken.None);
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && result.Success) return Results.Redirect("/");
        return result.Success ? Results.Text("ok") : Results.Text(result.Message, statusCode: StatusCodes.Status404NotFound);
    }

    // The rows as the server renders them, whenever they look different from before.
    private async IAsyncEnumerable<SseItem<string>> ChangesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ct, _stopping.Token);
        string shown = "";
        await foreach (ResourceEvent _ in notifications.WatchAsync(end.Token).EndQuietly(end.Token))
        {
            string rows = page.Rows(_token);
            if (rows == shown) continue;
            yield return new SseItem<string>(shown = rows, "rows");
        }
    }

    private async IAsyncEnumerable<SseItem<string>> LinesAsync(string id, HttpContext context)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        _ = long.TryParse(context.Request.Headers["Last-Event-ID"], out long after);
        IResource resource = orchestrator.Instances.First(instance => instance.Id == id).Resource;
        await foreach (LogLine line in orchestrator.Logs.Of(resource, id).WatchAsync(after, end.Token).EndQuietly(end.Token))
            yield return new SseItem<string>($"{line.At.ToLocalTime():HH:mm:ss.fff} {line.Text}", "line") { EventId = $"{line.Number}" };
    }
}
