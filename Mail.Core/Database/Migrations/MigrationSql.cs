namespace Mail.Core.Database.Migrations;

internal static class MigrationSql
{
    /// <summary>The text of a .sql file that stands beside its migration class and is embedded into the assembly.</summary>
    public static string Read(string fileName)
    {
        using Stream stream = typeof(MigrationSql).Assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The migration {fileName} is not embedded into {typeof(MigrationSql).Assembly.GetName().Name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
