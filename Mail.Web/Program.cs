using Mail.Web;

WebApplication app = WebHost.Create(args);
await app.RunAsync();
