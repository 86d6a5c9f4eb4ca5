using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

public sealed class DashboardTests
{
    [Fact]
    public async Task Dashboards_are_what_their_tables_make()
    {
        using System.Diagnostics.Process node = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("node", [Repository.Path("deploy", "grafana", "make.mjs"), "--check"]) { RedirectStandardError = true })!;
        string said = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, said);
    }

    [Fact]
    public void Each_has_a_name_of_its_own_and_panels_that_do_not_overlap()
    {
        List<string> ids = [];
        foreach (string file in Directory.EnumerateFiles(Repository.Path("deploy", "grafana", "dashboards"), "*.json"))
        {
            using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(file));
            ids.Add(dashboard.RootElement.GetProperty("uid").GetString()!);
            HashSet<(int, int)> taken = [];
            foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            {
                JsonElement place = panel.GetProperty("gridPos");
                (int x, int y, int w, int h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
                Assert.True(x + w <= 24, $"{file}: {panel.GetProperty("title")} goes over the edge.");
                for (int row = y; row < y + h; row++)
                    for (int column = x; column < x + w; column++) Assert.True(taken.Add((column, row)), $"{file}: {panel.GetProperty("title")} lies over another panel.");
            }
        }

        Assert.Equal(6, ids.Distinct().Count());
    }
}
