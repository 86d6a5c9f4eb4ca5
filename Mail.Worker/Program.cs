using Mail.Core.Database;
using Mail.Core.Relays;
using Mail.Core.Workers;
using Mail.ServiceDefaults;
using Mail.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const string MigrateOnly = "--migrate-only";
bool migrateOnly = args.Contains(MigrateOnly);

ServiceDefaults.ReadEnvironmentFile();
HostApplicationBuilder builder = Host.CreateApplicationBuilder([.. args.Where(argument => argument != MigrateOnly)]);
builder.AddServiceDefaults();
builder.Configuration.AddSecretFiles(WorkerHost.SecretFileNames);
try
{
    SettingAliases.Apply(builder.Configuration, builder.Configuration);
}
catch (InvalidRelayException e)
{
    await Console.Error.WriteLineAsync($"Mail.Worker cannot start: {e.Message}");
    return 1;
}

builder.AddMailPostgres<MailDbContext>("maildb");
builder.AddRedisClient("cache");
builder.Services.AddMailDatabase();
if (migrateOnly) builder.Services.PostConfigure<DatabaseOptions>(database => database.Migrate = true);
else builder.Services.AddMailWorker(builder.Configuration).AddWorkerHeartbeat().AddSystemGauges();

using IHost host = builder.Build();
if (StartProblems.Of(host) is { Count: > 0 } problems)
{
    foreach (string problem in problems) await Console.Error.WriteLineAsync($"Mail.Worker cannot start: {problem}");
    return 1;
}

try
{
    await host.MigrateDatabaseAsync();
    if (migrateOnly) return 0;
    await host.RefuseRestoredDatabaseAsync();
    await host.RunAsync();
    return 0;
}
catch (Exception e) when (e is SecretKeyException or SchemaTooNewException or RestoredDatabaseException)
{
    await Console.Error.WriteLineAsync($"Mail.Worker does not start: {e.Message}");
    return 1;
}
