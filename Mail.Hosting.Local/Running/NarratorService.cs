using Microsoft.Extensions.Hosting;

namespace Mail.Hosting.Local.Running;

/// <summary>Runs the narrator beside the application; registered after the orchestrator, whose instances it follows.</summary>
internal sealed class NarratorService(Narrator narrator) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => narrator.RunAsync(stoppingToken);
}
