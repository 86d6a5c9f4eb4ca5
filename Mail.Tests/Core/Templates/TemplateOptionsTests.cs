using Mail.Core.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Templates;

public sealed class TemplateOptionsTests
{
    [Fact]
    public void Layout_is_read_from_the_configuration()
    {
        using ServiceProvider services = Host(("app_name", "Acme"), ("help_url", "https://acme.example/help"));

        RenderedEmail mail = services.GetRequiredService<TemplateRenderer>().Render(
            services.GetRequiredService<TemplateCatalog>().Find("password-reset")!, TemplateSamples.Variables("""{"code": "1"}"""), "en");

        Assert.Equal("Reset your Acme password", mail.Subject);
        Assert.Contains("href=\"https://acme.example/help\"", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app_nme", "Acme", "Templates:Layout:app_nme is not a variable of the layout")]
    [InlineData("help_url", "acme.example", "Templates:Layout:help_url is \"acme.example\"; it must be an absolute http or https URL.")]
    public void Layout_that_cannot_be_rendered_is_refused_by_its_setting(string key, string value, string expected)
    {
        using ServiceProvider services = Host((key, value));

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(services.GetRequiredService<TemplateRenderer>);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Host(params (string Key, string Value)[] layout) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(layout.Select(entry => KeyValuePair.Create($"Templates:Layout:{entry.Key}", (string?)entry.Value))).Build())
        .AddTemplates().BuildServiceProvider();
}
