using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local;
using Mail.Hosting.Local.Parameters;

namespace Mail.Tests.Hosting.Local;

public sealed class ParameterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-parameters-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_generated_value_is_made_once_and_kept_for_its_owner_only()
    {
        string file = Path.Combine(_folder, "parameters.json");
        string made = new ParameterStore(file).GetOrAdd("key", () => "made");

        string again = new ParameterStore(file).GetOrAdd("key", () => "made anew");

        Assert.Equal(("made", "made"), (made, again));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_damaged_file_is_named_and_not_overwritten()
    {
        string file = Path.Combine(_folder, "parameters.json");
        File.WriteAllText(file, "{ \"key\": ");

        LocalHostException problem = Assert.Throws<LocalHostException>(() => new ParameterStore(file).GetOrAdd("key", () => "new"));

        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Assert.Equal("{ \"key\": ", File.ReadAllText(file));
    }

    [Theory, InlineData("api-key"), InlineData("api_key")]
    public async Task Configuration_wins_over_a_generated_value(string name)
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.Configuration[$"Parameters:{name}"] = "from outside";
        IResourceBuilder<ParameterResource> parameter = builder.AddParameter("api-key", new GenerateParameterDefault(), secret: true, persist: true);

        Assert.Equal("from outside", await parameter.Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_constant_cannot_be_overridden_as_in_Aspire()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.Configuration["Parameters:user"] = "from outside";

        Assert.Equal("mailapp", await builder.AddParameter("user", "mailapp").Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public void A_generated_value_has_the_wanted_length_and_kinds_of_characters()
    {
        string value = new GenerateParameterDefault { MinLength = 40, Special = false, Upper = false, MinNumeric = 30 }.GetDefaultValue();

        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 30);
        Assert.All(value, letter => Assert.True(char.IsAsciiDigit(letter) || char.IsAsciiLetterLower(letter)));
    }

    [Theory]
    [InlineData("--Parameters:api-key=mk_live_tooShort", "api-key")]
    [InlineData("--Parameters:api-key=sk_live_0123456789abcdefghij", "mk_live_ or mk_test_")]
    [InlineData("--Parameters:admin-email=nobody", "admin-email")]
    public async Task The_AppHost_refuses_a_bootstrap_value_that_cannot_work(string argument, string named)
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>([argument]);
        await using DistributedApplication app = await builder.BuildAsync();

        DistributedApplicationException problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_generated_api_key_passes_the_AppHosts_own_rule()
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>();
        ParameterResource key = builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "api-key");

        string value = await key.GetValueAsync(CancellationToken.None) ?? "";

        Assert.Matches("^mk_live_[A-Za-z0-9]{32,}$", value);
    }
}
