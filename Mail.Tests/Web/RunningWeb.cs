using System.Net;
using Mail.Tests.Support;
using Mail.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Web;

/// <summary>The real web host on a free loopback port, before a fake API: real sockets, so that streaming and headers are what a browser gets.</summary>
internal sealed class RunningWeb : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly WebApplication? _api;
    private readonly DirectoryInfo _root;

    private RunningWeb(WebApplication web, WebApplication? api, DirectoryInfo root)
    {
        (this._web, this._api, this._root) = (web, api, root);
        Address = AddressOf(web);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>Where the built React app would lie.</summary>
    public string Build => Path.Combine(_root.FullName, "ClientApp", "dist");

    /// <param name="configureApi">The fake API's endpoints; null when the API is down.</param>
    /// <param name="settings">More configuration, as `name=value`.</param>
    public static async Task<RunningWeb> StartAsync(Action<WebApplication>? configureApi, params string[] settings)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("mail-web-");
        WebApplication? api = null;
        Uri address = new($"http://127.0.0.1:{FreePort.Next()}");
        if (configureApi is not null)
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            api = builder.Build();
            configureApi(api);
            await api.StartAsync();
            address = AddressOf(api);
        }

        WebApplication web = WebHost.Create(
            ["--urls", "http://127.0.0.1:0", "--contentRoot", root.FullName, "--Logging:LogLevel:Default", "None", "--services:api:http:0", address.ToString(),
             .. settings.Select(setting => $"--{setting}")]);
        await web.StartAsync();
        return new RunningWeb(web, api, root);
    }

    /// <summary>Puts a built app where the host looks for it.</summary>
    public void WriteBuild(string file, string content)
    {
        string path = Path.Combine(Build, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Stops the API as a crash would: its address stays, nothing answers there.</summary>
    public Task StopApiAsync() => _api?.StopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _web.DisposeAsync();
        if (_api is not null) await _api.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
