using Mail.Hosting.Local.Wiring;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: a PostgreSQL server.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString, IConnectionProperties
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUser = "postgres";

    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : base(name)
    {
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>Null means "postgres".</summary>
    public ParameterResource? UserNameParameter { get; set; }

    public ParameterResource PasswordParameter { get; set; }

    /// <summary>Without a database: Npgsql takes the one named after the user.</summary>
    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        (string user, string password) = await CredentialsAsync(cancellationToken);
        return $"Host={PrimaryEndpoint.Host};Port={PrimaryEndpoint.Port};Username={user};Password={password}";
    }

    internal async ValueTask<(string User, string Password)> CredentialsAsync(CancellationToken ct)
    {
        string user = UserNameParameter is null ? DefaultUser : await UserNameParameter.GetValueAsync(ct) ?? DefaultUser;
        return (user, await PasswordParameter.GetValueAsync(ct) ?? "");
    }

    async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> IConnectionProperties.GetAsync(CancellationToken ct) => await PropertiesAsync(null, ct);

    internal async ValueTask<List<KeyValuePair<string, string>>> PropertiesAsync(string? database, CancellationToken ct)
    {
        (string user, string password) = await CredentialsAsync(ct);
        string place = $"{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port}";
        string path = database is null ? "" : $"/{database}";
        List<KeyValuePair<string, string>> properties =
        [
            new("HOST", PrimaryEndpoint.Host),
            new("PORT", $"{PrimaryEndpoint.Port}"),
            new("USERNAME", user),
            new("PASSWORD", password),
            new("URI", $"postgresql://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@{place}{path}"),
            new("JDBCCONNECTIONSTRING", $"jdbc:postgresql://{place}{path}"),
        ];
        if (database is not null) properties.Add(new("DATABASENAME", database));
        return properties;
    }
}

/// <summary>Stands in for Aspire's type of this name: one database of a PostgreSQL server.</summary>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString, IConnectionProperties
{
    public PostgresServerResource Parent { get; } = postgresParentResource;

    public string DatabaseName { get; } = databaseName;

    /// <inheritdoc/>
    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        $"{await Parent.GetConnectionStringAsync(cancellationToken)};Database={DatabaseName}";

    async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> IConnectionProperties.GetAsync(CancellationToken ct) =>
        await Parent.PropertiesAsync(DatabaseName, ct);
}
