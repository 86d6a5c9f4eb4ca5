namespace Mail.ProviderFakes;

/// <summary>The fakes as a process of their own, for a newcomer without an account anywhere: `Mailboxes__Fakes=true dotnet run --project Mail.AppHost`.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        WebApplication app = builder.Build();
        FakeProviders fakes = FakeProviders.On(app, new FakeOptions());
        await app.StartAsync();
        await Console.Out.WriteLineAsync(FakeControl.Words(fakes, new Uri(app.Urls.First())));
        await app.WaitForShutdownAsync();
    }
}
