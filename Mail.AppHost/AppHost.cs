// The whole system on one page, written against Aspire's hosting API. Real Aspire runs it with containers (AspireHosting=true, see AspireMode.props);
// otherwise Mail.Hosting.Local, the same API on plain processes.
using System.Reflection;
using Mail.AppHost;
using Mail.ServiceDefaults;

if (Assembly.GetEntryAssembly() == typeof(ParameterRules).Assembly) EnvironmentFile.ApplyBesideSolution(); // a test brings settings of its own
IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(args);

// Where `aspire publish` publishes to; without effect on a run. At most one environment may be in the model, and azd wants none.
switch (builder.Configuration["Mail:PublishTarget"])
{
    case "compose":
        builder.AddDockerComposeEnvironment("compose");
        break;
    case "kubernetes":
        builder.AddKubernetesEnvironment("k8s").WithProperties(environment =>
        {
            environment.DefaultStorageType = "pvc"; // the default, emptyDir, dies with the pod
            environment.DefaultStorageSize = "10Gi";
        });
        break;
}

// Each value can be set from outside: Parameters__api_key=..., with "_" for "-". Generated ones are made once and kept.
IResourceBuilder<ParameterResource> postgresUser = builder.AddParameter("postgres-user", "mailapp", publishValueAsDefault: true);
IResourceBuilder<ParameterResource> postgresPassword = builder.AddParameter("postgres-password", Secret(24), secret: true, persist: true);
IResourceBuilder<ParameterResource> cachePassword = builder.AddParameter("cache-password", Secret(24), secret: true, persist: true);
// A deployment gets its keys from the console: what a deployment generates has no prefix, and a key that no person has made is one that nobody looks after.
IResourceBuilder<ParameterResource>? apiKey = builder.ExecutionContext.IsRunMode ? builder.AddParameter("api-key", new ApiKeyDefault(), secret: true, persist: true) : null;
IResourceBuilder<ParameterResource> adminEmail = builder.ExecutionContext.IsRunMode ? builder.AddParameter("admin-email", new FixedDefault("admin@example.com")) : builder.AddParameter("admin-email");
IResourceBuilder<ParameterResource> adminPassword = builder.AddParameter("admin-password", Secret(20), secret: true, persist: true);
string? sender = ((string[])["EMAIL_FROM", "DEFAULT_FROM_EMAIL", "FROM_EMAIL", "SENDGRID_SENDER_EMAIL", "AWS_SES_SENDER_EMAIL"]).Select(name => builder.Configuration[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
IResourceBuilder<ParameterResource> emailFrom = builder.AddParameter("email-from", new FixedDefault(sender ?? "Mail <no-reply@example.com>"));
builder.Eventing.Subscribe<BeforeStartEvent>(async (_, ct) =>
{
    if (apiKey is not null) await ParameterRules.CheckApiKeyAsync(apiKey.Resource, ct);
    await ParameterRules.CheckEmailAsync(adminEmail.Resource, ct);
});

// What the system stands on.
IResourceBuilder<PostgresDatabaseResource> maildb = builder
    .AddPostgres("postgres", postgresUser, postgresPassword).WithDataVolume("mail-postgres-data")
    .AddDatabase("maildb");
IResourceBuilder<RedisResource> cache = builder.AddRedis("cache", port: null, password: cachePassword);
IResourceBuilder<MailPitContainerResource>? mailpit = builder.ExecutionContext.IsRunMode ? builder.AddMailPit("mailpit", httpPort: 1080, smtpPort: 1025) : null; // none in a deployment

// The system. The API makes the first project and administrator, and on this machine the first key.
IResourceBuilder<ProjectResource> api = builder.AddProject<Projects.Mail_Api>("api")
    .WithReference(maildb).WaitFor(maildb)
    .WithReference(cache).WaitFor(cache)
    .WithEnvironment("EMAIL_FROM", emailFrom) // who asks an address for its consent to be a sender, and writes the doctor's mail
    .WithEnvironment("Bootstrap__AdminEmail", adminEmail)
    .WithEnvironment("Bootstrap__AdminPassword", adminPassword)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");
if (apiKey is not null) api.WithEnvironment("Bootstrap__ApiKey", apiKey);
if (mailpit is not null)
{
    api.WithReference(mailpit).WaitFor(mailpit)
        .WithEndpoint(port: 2587, scheme: "smtp", name: "submission", env: "Submission__Port", isProxied: false) // apps hand mail in here, with STARTTLS
        .WithEndpoint(port: 2465, scheme: "smtps", name: "submission-tls", env: "Submission__TlsPort", isProxied: false)
        .WithEndpoint(port: 2528, scheme: "smtp", name: "reception", env: "Reception__Port", isProxied: false); // bounces and complaints come back here
}

// On this machine the web frontend says who its visitor is. Elsewhere: the networks from which it reaches the API.
if (builder.ExecutionContext.IsRunMode) api.WithEnvironment("TrustedProxies__0", "127.0.0.0/8").WithEnvironment("TrustedProxies__1", "::1/128");

// Where links in mails lead: on this machine to the API itself. Elsewhere somebody has to say it.
if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(builder.Configuration["BASE_URL"]) && string.IsNullOrEmpty(builder.Configuration["BASE_URL_FILE"]))
    api.WithEnvironment("BASE_URL", api.GetEndpoint("http"));

IResourceBuilder<ProjectResource> worker = builder.AddProject<Projects.Mail_Worker>("worker")
    .WithReference(maildb).WaitFor(maildb)
    .WithReference(cache).WaitFor(cache)
    .WaitFor(api) // whose start has brought the database up to date
    .WithEnvironment("EMAIL_FROM", emailFrom) // who its alerts come from
    .WithReplicas(2);
if (mailpit is not null) worker.WithReference(mailpit).WaitFor(mailpit);

IResourceBuilder<ProjectResource> web = builder.AddProject<Projects.Mail_Web>("web")
    .WithReference(api).WaitFor(api)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

// Where invitations and security mails lead to, by the same rule as BASE_URL.
if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(builder.Configuration["CONSOLE_URL"]) && string.IsNullOrEmpty(builder.Configuration["CONSOLE_URL_FILE"]))
    api.WithEnvironment("CONSOLE_URL", web.GetEndpoint("http"));

// Where programs send as a mailbox of ours: on this machine the port that is really open, which is another one when 2587 is taken. Elsewhere somebody has to say it.
if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(builder.Configuration["MailboxSubmission:Port"]))
{
    EndpointReference submission = api.GetEndpoint("submission");
    foreach (IResourceBuilder<ProjectResource> told in (IResourceBuilder<ProjectResource>[])[api, worker])
        told.WithEnvironment(context => context.EnvironmentVariables["MailboxSubmission__Port"] = submission.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

// The providers of mailboxes, played: for who has no account at one. GET / tells the settings that reach them.
if (builder.ExecutionContext.IsRunMode && builder.Configuration["Mailboxes:Fakes"] is "true" or "True")
    builder.AddProject<Projects.Mail_ProviderFakes>("provider-fakes").WithHttpHealthCheck("/health");

// A deployment is real: whoever deploys says over which relay mail goes and where people reach it.
if (builder.ExecutionContext.IsPublishMode)
{
    (string Variable, IResourceBuilder<ParameterResource> Value)[] settings =
    [
        ("SMTP_HOST", builder.AddParameter("smtp-host")),
        ("SMTP_USER", builder.AddParameter("smtp-user")),
        ("SMTP_PASSWORD", builder.AddParameter("smtp-password", secret: true)),
        ("SECRET_KEY", builder.AddParameter("secret-key", Secret(48), secret: true, persist: true)),
        ("BASE_URL", builder.AddParameter("base-url")),
        ("CONSOLE_URL", builder.AddParameter("console-url")),
    ];
    foreach ((string variable, IResourceBuilder<ParameterResource> value) in settings)
    {
        api.WithEnvironment(variable, value);
        worker.WithEnvironment(variable, value);
    }
}

builder.Build().Run();

static GenerateParameterDefault Secret(int length) => new() { MinLength = length, Special = false };
