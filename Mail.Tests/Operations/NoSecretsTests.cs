using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>Nothing below deploy/ is a secret: who copies the files gets none, and who commits one is told.</summary>
public sealed partial class NoSecretsTests
{
    [Fact]
    public void No_file_that_is_deployed_holds_a_secret()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Path("deploy"), "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}secrets{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
            Repository.Path("azure.yaml"), Repository.Path(".dockerignore")];
        Assert.True(files.Length > 40, $"{files.Length}");

        Assert.Empty(files.SelectMany(file => Find(File.ReadAllText(file)).Select(found => $"{Path.GetRelativePath(Repository.Root, file)}: {found}")));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("  POSTGRES_PASSWORD: hunter2hunter2")]
    [InlineData("SMTP_PASSWORD=hunter2hunter2")]
    [InlineData("ConnectionStrings__maildb=Host=a;Password=hunter2;Database=mail")]
    [InlineData("- {name: SECRET_KEY, value: abcdefghijklmnopqrstuvwxyz}")]
    [InlineData("requirepass hunter2hunter2")]
    [InlineData("cache:6379,password=hunter2")]
    [InlineData("key: SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("mk_live_0123456789abcdef0123456789abcdef_abcdef")]
    [InlineData("api_key: mk_live_endtoend0123456789abcdef")]
    [InlineData("url: postgresql://mail:hunter2@db:5432/mail")]
    [InlineData("token: ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("data: 3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSor")]
    public void A_planted_one_is_found(string line) => Assert.NotEmpty(Find($"first: line\n{line}\nlast: line\n"));

    [Theory]
    [InlineData("      POSTGRES_PASSWORD_FILE: /run/secrets/db_password")]
    [InlineData("SMTP_PASSWORD_FILE=%d/smtp_password")]
    [InlineData("  secret mail-relay smtp_user \"$SMTP_USER\" smtp_password \"$SMTP_PASSWORD\"")]
    [InlineData("SMTP_USER=... SMTP_PASSWORD=... ./make-secrets.sh production")]
    [InlineData("LoadCredential=secret_key:/etc/mail/secrets/secret_key")]
    [InlineData("put valkey_conf \"requirepass $(<secrets/cache_password)\"")]
    public void What_only_names_one_is_not(string line) => Assert.Empty(Find(line));

    private static IEnumerable<string> Find(string text) => text.Split('\n').SelectMany(line => ((Regex[])[Known(), Assigned(), Inline(), Random()]).Where(pattern => pattern.IsMatch(line)), (line, _) => line.Trim()).Distinct();

    /// <summary>What can be told by its form alone.</summary>
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bgh[pousr]_\w{30,}|\bxox[abp]-\w+|\bmk_(live|test)_\w{16,}|\beyJ[\w-]{10,}\.eyJ")]
    private static partial Regex Known();

    /// <summary>A setting or a field with a secret's name and a value of its own: no file, variable or placeholder.</summary>
    [GeneratedRegex(@"(?i)(?:^|[\s{,_])(?:\w*(?:password|passwd|secret_?key|api_?key|token|client_secret)|requirepass)(?:""?\s*[:=]\s*(?:""|')?|\s*,\s*value:\s*|\s+)(?![$<(]|\.\.\.|/|%d|true\b|false\b|\{)(?=\S*\d|\S{16})[^\s""'$&;<>/|]{8,}")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?i)\bpassword=(?![$<(]|\.\.\.)[^;,\s""']+|\w+://[\w.-]+:(?![$<])[^@/\s]+@")]
    private static partial Regex Inline();

    /// <summary>A long word of letters and digits as only a generator writes it: base64 or hexadecimal.</summary>
    [GeneratedRegex(@"(?<![\w/.+-])(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])[A-Za-z0-9+/]{40,}={0,2}(?![\w/.-])|(?<![\w-])[0-9a-f]{32,}(?![\w-])")]
    private static partial Regex Random();
}
