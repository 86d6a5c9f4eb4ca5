using System.ComponentModel;
using System.Diagnostics;

namespace Mail.Tests.Core.Templates;

/// <summary>Runs the reference compiler over the set, as `npm run build` does.</summary>
public sealed class MjmlCompilationTests
{
    [Fact]
    public async Task Committed_html_is_what_the_mjml_compiles_to()
    {
        (int exitCode, string output) = await CompileAsync("--check");

        Assert.True(exitCode == 0, output);
        Assert.Contains("password-reset: up to date", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../outside.mjml")]
    [InlineData("%2e%2e/%2e%2e/outside.mjml")]
    [InlineData("link.mjml")]
    public async Task Include_is_not_followed_out_of_the_folder(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating a symbolic link needs a privilege on Windows.");
        DirectoryInfo root = Directory.CreateTempSubdirectory("mail-mjml-");
        try
        {
            string outside = Path.Combine(root.FullName, "outside.mjml");
            string set = Path.Combine(root.FullName, "set");
            DirectoryInfo template = Directory.CreateDirectory(Path.Combine(set, "hello"));
            await File.WriteAllTextAsync(outside, "<mj-section><mj-column><mj-text>secret</mj-text></mj-column></mj-section>");
            File.CreateSymbolicLink(Path.Combine(template.FullName, "link.mjml"), outside);
            await File.WriteAllTextAsync(Path.Combine(template.FullName, "template.mjml"), $"<mjml><mj-body><mj-include path=\"{path}\" /></mj-body></mjml>");

            (int exitCode, string output) = await CompileAsync(set);

            Assert.True(exitCode != 0, output);
            Assert.Contains("mj-include denied", output, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(template.FullName, "template.html")));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> CompileAsync(params string[] arguments)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using Process node = new()
        {
            StartInfo = new ProcessStartInfo("node", ["compile.mjs", .. arguments])
            {
                WorkingDirectory = TemplateSamples.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        try
        {
            node.Start();
        }
        catch (Win32Exception notFound)
        {
            Assert.Skip($"Node is not installed: {notFound.Message}");
        }
        Task<string> errors = node.StandardError.ReadToEndAsync();
        string output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, output + await errors);
    }
}
