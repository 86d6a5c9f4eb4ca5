using Mail.Hosting.Local.Npm;
using Mail.Tests.Support;

namespace Mail.Tests.Hosting.Local;

public sealed class NpmPackageTests
{
    [Theory, InlineData("postgres"), InlineData("maildev")]
    public void A_lock_file_names_contents_and_no_address(string set)
    {
        string folder = Repository.Path("Mail.Hosting.Local", "Npm", "sets", set);

        string lockFile = File.ReadAllText(Path.Combine(folder, "package-lock.json"));

        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
        Assert.Contains("\"integrity\"", lockFile, StringComparison.Ordinal);
        Assert.Equal("omit-lockfile-registry-resolved=true", File.ReadAllText(Path.Combine(folder, ".npmrc")).Trim());
        Assert.All((string[])["package.json", "package-lock.json", ".npmrc"],
            file => Assert.Contains($"npm/{set}/{file}", typeof(NpmPackages).Assembly.GetManifestResourceNames()));
    }
}
