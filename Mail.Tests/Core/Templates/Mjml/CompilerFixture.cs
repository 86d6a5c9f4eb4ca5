using Mail.Core.Templates;
using Mail.Core.Templates.Mjml;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Templates.Mjml;

/// <summary>The compiler as the API has it; its process starts once for all tests.</summary>
public sealed class CompilerFixture : IDisposable
{
    private readonly ServiceProvider _services = Create([]);

    public MjmlCompiler Mjml
    {
        get
        {
            Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
            return _services.GetRequiredService<MjmlCompiler>();
        }
    }

    public static ServiceProvider Create(Dictionary<string, string?> settings)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddTemplatePublishing();
        return services.BuildServiceProvider();
    }

    public void Dispose() => _services.Dispose();
}
