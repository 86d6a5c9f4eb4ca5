using Mail.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mail.Tests.ServiceDefaults;

public sealed class PostgresRegistrationTests
{
    [Fact]
    public void The_data_source_carries_the_services_name_and_prepares_hot_statements()
    {
        using IHost host = Host("Host=db;Username=u;Password=p;Database=d");

        NpgsqlConnectionStringBuilder connection = new(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal(("api", 50, "db"), (connection.ApplicationName, connection.MaxAutoPrepare, connection.Host));
    }

    [Theory, InlineData("Max Auto Prepare=0"), InlineData("MaxAutoPrepare=0")]
    public void What_the_connection_string_says_wins(string said)
    {
        using IHost host = Host($"Host=db;Database=d;Application Name=mine;{said}");

        NpgsqlConnectionStringBuilder connection = new(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal(("mine", 0), (connection.ApplicationName, connection.MaxAutoPrepare));
    }

    [Fact]
    public void The_context_uses_the_one_data_source_and_retries_transient_failures()
    {
        using IHost host = Host("Host=db;Username=u;Password=p;Database=d");
        using IServiceScope scope = host.Services.CreateScope();

        EmptyContext context = scope.ServiceProvider.GetRequiredService<EmptyContext>();

        Assert.True(context.Database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Equal(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString, context.Database.GetDbConnection().ConnectionString);
    }

    [Theory, InlineData(null), InlineData("")]
    public void A_missing_connection_string_is_named_in_the_error(string? connection)
    {
        using IHost host = Host(connection);

        InvalidOperationException error = Assert.Throws<ConnectionStringException>(host.Services.GetRequiredService<NpgsqlDataSource>);

        Assert.StartsWith("ConnectionStrings:maildb is not set. Set ConnectionStrings__maildb (", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("nonsense"), InlineData("Host=db;Password=hunter2;Port=hunter2"), InlineData("Host=db;hunter2=1")]
    public void A_malformed_connection_string_is_named_in_the_error_but_not_shown(string connection)
    {
        using IHost host = Host(connection);

        InvalidOperationException error = Assert.Throws<ConnectionStringException>(host.Services.GetRequiredService<NpgsqlDataSource>);

        Assert.StartsWith("ConnectionStrings:maildb is not a connection string of PostgreSQL", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private static IHost Host(string? connection)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:maildb"] = connection, ["OTEL_SERVICE_NAME"] = "api" });
        builder.AddMailPostgres<EmptyContext>("maildb");
        return builder.Build();
    }
}
