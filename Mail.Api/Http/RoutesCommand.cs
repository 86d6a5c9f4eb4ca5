using Mail.Api.Access;

namespace Mail.Api.Http;

/// <summary>`dotnet Mail.Api.dll routes`: every path with its method, the scope that it asks for, and what it does. Needs no settings and no database.</summary>
public static class RoutesCommand
{
    public const string Name = "routes";

    public static async Task<int> RunAsync(IEndpointRouteBuilder api, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(output);
        (string Method, string Path, string Scope, string Summary)[] routes =
        [
            .. from endpoint in api.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
               let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
               orderby path, method
               select (method, path, endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope ?? "-", OperationSummaries.Of(endpoint.Metadata) ?? ""),
        ];
        (int path, int scope) width = (routes.Max(route => route.Path.Length), routes.Max(route => route.Scope.Length));
        foreach ((string method, string path, string scope, string summary) in routes)
            await output.WriteLineAsync($"{method,-7} {path.PadRight(width.path)}  {scope.PadRight(width.scope)}  {summary}".TrimEnd());
        return 0;
    }
}
