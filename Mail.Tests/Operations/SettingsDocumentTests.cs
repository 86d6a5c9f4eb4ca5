using Mail.Tests.Support;

namespace Mail.Tests.Operations;

public sealed class SettingsDocumentTests
{
    private const string Begin = "<!-- from the classes that hosts bind -->\n";

    [Fact]
    public void Every_setting_is_documented_as_it_is()
    {
        string file = Repository.Path("docs", "guides", "settings.md"), document = File.ReadAllText(file), wanted = SettingsDocument.Text();
        int at = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        if (document[at..] == wanted) return;

        string made = Path.Combine(Repository.Root, "TestResults", "settings.md");
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        File.WriteAllText(made, document[..at] + wanted);
        Assert.Fail($"{file} is not what the classes say; what it should be is in {made}.");
    }

    [Fact]
    public void Every_setting_has_a_meaning_and_no_section_takes_names_that_it_does_not_know()
    {
        Assert.True(SettingsDocument.Sections.Count >= 25);
        Assert.Empty(SettingsDocument.Text().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal)));
    }
}
