using System.Text.Json.Nodes;
using Mail.Api.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mail.Api.Http;

/// <summary>Says in the OpenAPI document how a call proves itself: by an API key, with which scope. What says nothing there is for the console's session, or for a link in a mail.</summary>
public static class OperationAccess
{
    /// <summary>The extension of OpenAPI that names the scope.</summary>
    public const string ScopeExtension = "x-required-scope";

    private const string Scheme = "api_key";

    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(document);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key of a project: `Authorization: Bearer mk_live_...`. A test key (`mk_test_...`) reaches the sandbox alone.",
        };
        return Task.CompletedTask;
    }

    public static Task SetAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault() is not { } required) return Task.CompletedTask;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[ScopeExtension] = new JsonNodeExtension(JsonValue.Create(required.Scope));
        return Task.CompletedTask;
    }
}
