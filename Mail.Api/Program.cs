using Mail.Api;
using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.GoLive;
using Mail.Api.Http;
using Mail.Api.Relays;
using Mail.Api.Reservations;
using Mail.Api.Templates;
using Mail.Api.Workers;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.ServiceDefaults;

ServiceDefaults.ReadEnvironmentFile();
if (args is [DoctorCommand.Name, .. string[] options]) return await DoctorCommand.RunAsync(options, Console.Out, Console.Error);
if (args is [TemplatesCommand.Name, .. string[] words]) return await TemplatesCommand.RunAsync(words, Console.Out, Console.Error);

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTrustedProxies();
builder.AddStrictTransport();
builder.Configuration.AddSecretFiles(ApiServices.SecretFileNames);
try
{
    SettingAliases.Apply(builder.Configuration, builder.Configuration);
}
catch (InvalidRelayException e)
{
    await Console.Error.WriteLineAsync($"Mail.Api cannot start: {e.Message}");
    return 1;
}

builder.AddMailPostgres<MailDbContext>("maildb");
builder.AddRedisClient("cache");
builder.AddMailApi();
bool migrateOnly = args.Contains("--migrate-only");
if (migrateOnly) builder.Services.PostConfigure<DatabaseOptions>(database => database.Migrate = true);

WebApplication app = builder.Build();
bool isForReading = args is [RoutesCommand.Name] or [OpenApiCommand.Name] or [OpenApiCommand.Name, _]; // of what the host is, not of what it holds
if (args is [SecretsCommand.Name, .. string[] about]) return await SecretsCommand.RunAsync(about, app.Services, Console.Out, Console.Error); // before a start wraps anything
if (!isForReading && !migrateOnly && StartProblems.Of(app) is { Count: > 0 } problems)
{
    foreach (string problem in problems) await Console.Error.WriteLineAsync($"Mail.Api cannot start: {problem}");
    return 1;
}

try
{
    if (migrateOnly) _ = app.Services.GetRequiredService<KeyRingWrap>(); // else it would be looked at behind the migration
    if (!isForReading) await app.MigrateDatabaseAsync();
}
catch (Exception e) when (e is SecretKeyException or SchemaTooNewException or ConnectionStringException)
{
    await Console.Error.WriteLineAsync($"Mail.Api cannot start: {e.Message}");
    return 1;
}

if (migrateOnly) return 0;
if (args is [RestoredCommand.Name, .. string[] choice]) return await RestoredCommand.RunAsync(choice, app.Services, Console.Out, Console.Error);
if (args is [ReservationsCommand.Name, .. string[] wish]) return await ReservationsCommand.RunAsync(wish, app.Services, Console.Out, Console.Error);
if (!isForReading)
{
    await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
    try
    {
        await scope.ServiceProvider.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);
    }
    catch (BootstrapException e)
    {
        await Console.Error.WriteLineAsync($"Mail.Api cannot start: {e.Message}");
        return 1;
    }
}

app.UseForwardedHeaders(); // first: all below sees the real client's address
app.UseStrictTransport();
app.UseSafeHeaders();
app.UseMiddleware<RequestLogging>();
app.UseApiErrors();
app.UseMiddleware<ProjectAccess>();
app.UseMiddleware<RateLimiting>();
app.UseMiddleware<AuditTrail>();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapMessages();
app.MapLive();
app.MapSandbox();
app.MapRelays();
app.MapDomains();
app.MapAlerts();
app.MapFeedback();
app.MapWebhooks();
app.MapDeadLetters();
app.MapTemplates();
app.MapContacts();
app.MapSuppressions();
app.MapTracking();
app.MapPrivacy();
app.MapCodes();
app.MapActionLinks();
app.MapRequests();
app.MapAppointments();
app.MapInvitations();
app.MapProject();
app.MapAudit();
app.MapSystem();
app.MapAccounts();
app.MapAppAccounts();
app.MapReservations();
app.MapWebInbox();
app.MapMailboxes();
app.MapGoLive();
app.MapRequestLogs();
if (isForReading)
    return args[0] == RoutesCommand.Name ? await RoutesCommand.RunAsync(app, Console.Out) : await OpenApiCommand.RunAsync(app, args.ElementAtOrDefault(1), Console.Out);
await app.RunAsync();
return 0;
