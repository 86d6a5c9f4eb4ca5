using System.Security.Cryptography;
using Mail.Api.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Mail.Api.Reservations.Widget;

/// <summary>GET /widget/reservations.js: the widget, one file without dependencies. The same for everybody, so caches may keep it for an hour; after that its ETag tells whether it is another.</summary>
public static class WidgetScript
{
    private static readonly byte[] _script = Read();
    private static readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(_script).AsSpan(0, 12))}\"");

    public static void Map(IEndpointRouteBuilder api) => api.MapMethods("/widget/reservations.js", [HttpMethods.Get, HttpMethods.Head], Handle).LimitedByClient(ClientRate.Pages).WithTags("Reservation widget").WithName("GetReservationWidget")
        .Produces<byte[]>(contentType: "text/javascript").Produces(304).WithSummary("The reservation widget's script");

    public static FileContentHttpResult Handle(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // other sites are whom it is for
        http.Response.Headers.AccessControlAllowOrigin = "*"; // also for those who check its hash
        return TypedResults.File(_script, "text/javascript; charset=utf-8", entityTag: _tag);
    }

    private static byte[] Read()
    {
        using Stream stream = typeof(WidgetScript).Assembly.GetManifestResourceStream("reservations.js") ?? throw new InvalidOperationException("The widget is not part of this build.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
