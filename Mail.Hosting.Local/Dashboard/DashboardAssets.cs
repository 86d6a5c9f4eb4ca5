using Microsoft.AspNetCore.Http;

namespace Mail.Hosting.Local.Dashboard;

/// <summary>The style sheet and the script, from inside this assembly.</summary>
internal static class DashboardAssets
{
    public static IResult Css { get; } = Results.Text(Read("dashboard.css"), "text/css");

    public static IResult Script { get; } = Results.Text(Read("dashboard.js"), "text/javascript");

    private static string Read(string name)
    {
        using Stream stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"dashboard/{name}") ?? throw new InvalidOperationException($"dashboard/{name} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
