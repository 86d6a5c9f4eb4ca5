using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Stands in for Aspire's type of this name: an AppHost's model in the hands of a test.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    new ConfigurationManager Configuration => ((IDistributedApplicationBuilder)this).Configuration;

    new IServiceCollection Services => ((IDistributedApplicationBuilder)this).Services;

    new IResourceCollection Resources => ((IDistributedApplicationBuilder)this).Resources;

    /// <summary>The application, not started yet.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>
/// Stands in for Aspire's type of this name: runs an AppHost inside a test, on random ports, with a temporary folder for all data, without dashboard.
/// Disposing the builder or the application stops every process and deletes the folder; so does the end of the test process, however it ends.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the program of the assembly of <typeparamref name="TEntryPoint"/> up to its <c>Build()</c>.</summary>
    /// <exception cref="DistributedApplicationException">The program ended without building an application.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        TestEntryPoint entryPoint = new(typeof(TEntryPoint).Assembly, args);
        LocalApplicationBuilder builder = await entryPoint.RunToBuildAsync(cancellationToken);
        return new TestingBuilder(builder, entryPoint);
    }

    /// <summary>An empty model, for a test that needs only some resources.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        new TestingBuilder(new LocalApplicationBuilder(args, appHost: null, testing: true), null);
}

internal sealed class TestingBuilder(LocalApplicationBuilder inner, TestEntryPoint? entryPoint) : IDistributedApplicationTestingBuilder, IHasLocalHost
{
    private DistributedApplication? _application;
    private bool _disposed;

    public ConfigurationManager Configuration => inner.Configuration;

    public string AppHostDirectory => inner.AppHostDirectory;

    public Assembly? AppHostAssembly => inner.AppHostAssembly;

    public IHostEnvironment Environment => inner.Environment;

    public IServiceCollection Services => inner.Services;

    public IDistributedApplicationEventing Eventing => inner.Eventing;

    public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

    public IResourceCollection Resources => inner.Resources;

    public LocalHost LocalHost => inner.Host;

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource => inner.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => inner.CreateResourceBuilder(resource);

    public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        _application ??= entryPoint is null ? inner.BuildApplication() : await entryPoint.FinishBuildAsync(cancellationToken);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        entryPoint?.Abandon();
        if (_application is not null) await _application.DisposeAsync();
        else inner.Host.DeleteState();
    }
}
