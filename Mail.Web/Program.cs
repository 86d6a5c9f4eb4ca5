using Mail.ServiceDefaults;
using Mail.Web;

ServiceDefaults.ReadEnvironmentFile();
WebApplication app = WebHost.Create(args);
await app.RunAsync();
