using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mail.Core.Database.Migrations;

/// <summary>The first schema. Migrations are SQL files beside their class: the tools that would generate them are not needed, and partitions have no EF form.</summary>
[DbContext(typeof(MailDbContext))]
[Migration("0001_Initial")]
public sealed class M0001Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(MigrationSql.Read("M0001_Initial.sql"));
    }
}
