using Mail.Core.Relays.Http;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>docs/guides/relays.md says of every kind what the program knows of it.</summary>
public sealed class RelayGuideTests
{
    private static readonly string _guide = File.ReadAllText(Repository.Path("docs", "guides", "relays.md"));

    [Fact]
    public void Every_kind_has_its_section_and_every_setting_stands_in_it()
    {
        foreach (HttpRelayKind kind in HttpRelayKind.All)
        {
            string section = _guide.Split($"\n## {kind.Title} (`{kind.Name}`)\n") is [_, string rest] ? rest.Split("\n## ")[0] : throw new InvalidOperationException($"No section for {kind.Name}.");
            foreach (RelayField field in kind.Fields) Assert.Contains($"`{field.Name}`", section, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_table_says_what_is_replaced()
    {
        foreach (HttpRelayKind kind in HttpRelayKind.All)
        {
            string row = _guide.Split('\n').Single(line => line.StartsWith($"| `{kind.Name}` | ", StringComparison.Ordinal));
            string[] cells = [.. row.Split('|', StringSplitOptions.TrimEntries)];
            Assert.Equal(kind.Profile.RebuildsMessage ? "parts" : "MIME", cells[2]);
            Assert.Equal(kind.Profile.MaxRecipients, int.Parse(cells[3], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));
            Assert.StartsWith($"{kind.Profile.MaxMessageBytes / 1_000_000} MB", cells[4], StringComparison.Ordinal);
            Assert.Equal((kind.Profile.RewritesMessageId ? "replaced" : "kept", kind.Profile.RewritesDate ? "replaced" : "kept"), (cells[5], cells[6]));
        }
    }
}
