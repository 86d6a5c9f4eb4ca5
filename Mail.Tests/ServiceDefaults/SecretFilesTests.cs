using Mail.Core.Projects;
using Mail.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace Mail.Tests.ServiceDefaults;

public sealed class SecretFilesTests : IDisposable
{
    private static readonly string[] _names = ["SMTP_PASSWORD", "ConnectionStrings__*"];
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-secrets-").FullName;

    [Fact]
    public void The_files_trimmed_content_becomes_the_setting()
    {
        IConfigurationRoot configuration = Load(("SMTP_PASSWORD_FILE", File("  s3cret word\n")));

        Assert.Equal("s3cret word", configuration["SMTP_PASSWORD"]);
    }

    [Fact]
    public void A_name_with_a_star_stands_for_all_that_begin_so_whatever_their_case()
    {
        IConfigurationRoot configuration = Load(("CONNECTIONSTRINGS__MAILDB_FILE", File("Host=db;Password=x")));

        Assert.Equal("Host=db;Password=x", configuration.GetConnectionString("maildb"));
    }

    [Theory]
    [InlineData("BASE_URL", true, true)]
    [InlineData("DKIM_DOMAIN", true, true)]
    [InlineData("DKIM_PRIVATE_KEY", true, true)] // the API delivers when no worker is there
    [InlineData("SMTP_PASSWORD", true, true)]
    [InlineData("EMAIL_FROM", true, true)]
    [InlineData("Bootstrap__AdminPassword", true, false)]
    [InlineData("BounceMailbox__Password", true, true)]
    public void Each_host_reads_the_files_of_its_own_settings_and_no_secret_of_the_others(string name, bool api, bool worker)
    {
        Dictionary<string, string> environment = new() { [name + "_FILE"] = File("value") };
        string key = name.Replace("__", ":", StringComparison.Ordinal);

        Assert.Equal(api ? "value" : null, new ConfigurationBuilder().AddSecretFiles(Mail.Api.ApiServices.SecretFileNames, environment).Build()[key]);
        Assert.Equal(worker ? "value" : null, new ConfigurationBuilder().AddSecretFiles(Mail.Worker.WorkerHost.SecretFileNames, environment).Build()[key]);
    }

    [Fact]
    public void A_variable_that_is_not_listed_is_left_alone()
    {
        IConfigurationRoot configuration = Load(("SSL_CERT_FILE", "/nowhere/at/all.pem"), ("ConnectionStrings___FILE", "/nowhere"));

        Assert.Null(configuration["SSL_CERT"]);
    }

    [Fact]
    public void Both_forms_at_once_are_an_error_that_names_both()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            Load(("ConnectionStrings__maildb", "Host=a"), ("ConnectionStrings__maildb_FILE", File("Host=b"))));

        Assert.Equal("Both ConnectionStrings__maildb and ConnectionStrings__maildb_FILE are set. Remove one of them.", error.Message);
    }

    [Fact]
    public void An_empty_variable_counts_as_absent()
    {
        IConfigurationRoot configuration = Load(("SMTP_PASSWORD", ""), ("SMTP_PASSWORD_FILE", File("word")), ("ConnectionStrings__a_FILE", ""));

        Assert.Equal("word", configuration["SMTP_PASSWORD"]);
        Assert.Null(configuration.GetConnectionString("a"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_the_variable()
    {
        string path = Path.Combine(_folder, "absent");

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Load(("SMTP_PASSWORD_FILE", path)));

        Assert.StartsWith($"SMTP_PASSWORD_FILE names '{path}', which cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_an_error_that_names_the_variable()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Load(("SMTP_PASSWORD_FILE", _folder)));

        Assert.StartsWith($"SMTP_PASSWORD_FILE names '{_folder}', which cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("", "which is empty."), InlineData(" \n", "which is empty.")]
    public void An_empty_file_is_an_error(string content, string words)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Load(("SMTP_PASSWORD_FILE", File(content))));

        Assert.EndsWith(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_large_for_a_secret_is_an_error_without_its_content()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Load(("SMTP_PASSWORD_FILE", File(new string('x', 70_000)))));

        Assert.EndsWith("which is larger than 64 KB: not a secret.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_still_wins()
    {
        ConfigurationManager configuration = new();
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(["--SMTP_PASSWORD=typed"]);

        configuration.AddSecretFiles(_names, new Dictionary<string, string> { ["SMTP_PASSWORD_FILE"] = File("from the file") });

        Assert.Equal("typed", configuration["SMTP_PASSWORD"]);
    }

    [Fact]
    public void A_section_that_refuses_unknown_keys_takes_a_file_for_a_value()
    {
        string variable = $"MailTest{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"{variable}__AdminPassword_FILE", File("from the file"));
        Environment.SetEnvironmentVariable($"{variable}__AdminEmail", "ada@example.com");
        try
        {
            ConfigurationManager configuration = new();
            configuration.AddEnvironmentVariables();
            configuration.AddSecretFiles([$"{variable}__*"]);
            configuration.AddSecretFiles(["SMTP_PASSWORD"]); // as hosts do, more than once

            BootstrapOptions bound = configuration.GetSection(variable).Get<BootstrapOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;

            Assert.Equal(("ada@example.com", "from the file"), (bound.AdminEmail, bound.AdminPassword));
        }
        finally
        {
            Environment.SetEnvironmentVariable($"{variable}__AdminPassword_FILE", null);
            Environment.SetEnvironmentVariable($"{variable}__AdminEmail", null);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IConfigurationRoot Load(params (string Name, string Value)[] environment)
    {
        Dictionary<string, string> variables = environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new ConfigurationBuilder().AddSecretFiles(_names, variables).Build();
    }

    private string File(string content)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
