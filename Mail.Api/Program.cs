using Mail.Api;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.ServiceDefaults;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Configuration.AddSecretFiles([.. RelaySettings.Names, "Bootstrap__*"]);
builder.AddMailPostgres<MailDbContext>("maildb");
builder.AddRedisClient("cache");
builder.AddMailApi();

WebApplication app = builder.Build();
await app.MigrateDatabaseAsync();
if (args.Contains("--migrate-only")) return;
await using (AsyncServiceScope scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);

app.UseApiErrors();
app.UseMiddleware<ProjectAccess>();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapMessages();
app.MapRelays();
app.MapAlerts();
app.MapProject();
app.MapAccounts();
await app.RunAsync();
