using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mail.Hosting.Local.Running;

/// <summary>Collects the model and makes the application of it.</summary>
internal sealed class LocalApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly TimeSpan _stopLimit = TimeSpan.FromSeconds(90);

    private readonly HostApplicationBuilder _inner;
    private readonly TestEntryPoint? _test;

    /// <param name="test">Set when a test runs the AppHost's own program.</param>
    public LocalApplicationBuilder(string[] args, Assembly? appHost, bool testing, TestEntryPoint? test = null)
    {
        this._test = test;
        AppHostAssembly = appHost;
        AppHostDirectory = appHost is null ? AppContext.BaseDirectory : AppHostFolder.Of(appHost);
        _inner = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ApplicationName = appHost?.GetName().Name,
            ContentRootPath = AppHostDirectory,
        });
        _inner.Configuration.AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);
        _inner.Configuration.AddJsonFile($"appsettings.{_inner.Environment.EnvironmentName}.json", optional: true, reloadOnChange: false);
        _inner.Configuration.AddEnvironmentVariables();
        _inner.Configuration.AddCommandLine(args);
        Host = testing ? LocalHost.ForTest(Configuration, AppHostDirectory) : LocalHost.ForRun(Configuration, AppHostDirectory);
    }

    public LocalHost Host { get; }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _test?.BeforeBuild(this);
        DistributedApplication application = BuildApplication();
        _test?.AfterBuild(application);
        return application;
    }

    public DistributedApplication BuildApplication()
    {
        Services.AddSingleton(Host);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(Eventing);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton<Orchestrator>();
        Services.AddSingleton(services => new ResourceCommandService(services.GetRequiredService<Orchestrator>()));
        if (!Host.Testing) AddVoice();
        Services.AddHostedService(services => services.GetRequiredService<Orchestrator>());
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = _stopLimit);
        if (!Host.Testing) Services.AddHostedService<NarratorService>();
        return new DistributedApplication(_inner.Build(), heldByTest: _test is not null);
    }

    // Hosted services stop in reverse order: the dashboard, registered before the orchestrator, shows the stop to its end.
    private void AddVoice()
    {
        // What stops a start is said once, in words, at the end of DistributedApplication.RunAsync.
        _inner.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        Services.AddHostedService<FolderLock>();
        Services.AddSingleton<IHostLifetime, SignalLifetime>();
        Services.AddSingleton<DashboardAddress>();
        Services.AddSingleton<DashboardPage>();
        Services.AddSingleton<Greeting>();
        Services.AddSingleton<Narrator>();
        Services.AddHostedService<DashboardService>();
    }
}
