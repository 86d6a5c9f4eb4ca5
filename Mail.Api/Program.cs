using Mail.Api;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Relays;
using Mail.Api.Templates;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.ServiceDefaults;

if (args is [DoctorCommand.Name, .. string[] options]) return await DoctorCommand.RunAsync(options, Console.Out, Console.Error);
if (args is [TemplatesCommand.Name, .. string[] words]) return await TemplatesCommand.RunAsync(words, Console.Out, Console.Error);

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Configuration.AddSecretFiles(ApiServices.SecretFileNames);
builder.AddMailPostgres<MailDbContext>("maildb");
builder.AddRedisClient("cache");
builder.AddMailApi();

WebApplication app = builder.Build();
await app.MigrateDatabaseAsync();
if (args.Contains("--migrate-only")) return 0;
await using (AsyncServiceScope scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);

app.UseApiErrors();
app.UseMiddleware<ProjectAccess>();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapMessages();
app.MapRelays();
app.MapDomains();
app.MapAlerts();
app.MapFeedback();
app.MapWebhooks();
app.MapTemplates();
app.MapContacts();
app.MapSuppressions();
app.MapTracking();
app.MapPrivacy();
app.MapProject();
app.MapAccounts();
await app.RunAsync();
return 0;
