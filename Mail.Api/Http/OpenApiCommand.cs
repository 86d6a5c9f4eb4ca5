using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mail.Api.Http;

/// <summary>
/// `dotnet run --project Mail.Api -- openapi [file]`: writes the OpenAPI document, as GET /openapi/v1.json answers it but for the address of the server. Needs no settings and no database.
/// docs/openapi.json is made by it, and from that the console's types and its API reference.
/// </summary>
public static class OpenApiCommand
{
    public const string Name = "openapi";

    /// <param name="file">Where to; null for the console's output.</param>
    public static async Task<int> RunAsync(WebApplication app, string? file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(output);
        app.UseRouting();
        app.UseEndpoints(_ => { }); // makes the endpoints known, as starting would, which needs a database
        string document = await TextAsync(app.Services, CancellationToken.None);
        if (file is null) await output.WriteAsync(document);
        else await File.WriteAllTextAsync(file, document);
        return 0;
    }

    /// <returns>The same text on every machine: line feeds only, one at the end.</returns>
    public static async Task<string> TextAsync(IServiceProvider services, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(services);
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        OpenApiDocument document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(ct);
        document.Servers = null; // whichever this one listens on
        using MemoryStream json = new();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, ct);
        return Encoding.UTF8.GetString(json.ToArray()).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }
}
