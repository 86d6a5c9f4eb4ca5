using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mail.Web.Frontend;

/// <summary>
/// The build packs its files once, as tightly as it can (ClientApp/scripts/pack.mjs): `x.js.br` and `x.js.gz` beside `x.js`. Who can read such a file gets it in place of the
/// plain one, under the plain one's name.
/// </summary>
internal sealed class PackedFiles : IContentTypeProvider
{
    // By how small they are.
    private static readonly (string Coding, string Extension)[] _codings = [("br", ".br"), ("gzip", ".gz")];

    private readonly FileExtensionContentTypeProvider _plain = new();

    /// <summary>Points a request for a file of the build to its packed form, where there is one that the client takes.</summary>
    public static void Choose(HttpRequest request, FrontendFiles files)
    {
        if (!request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) return;
        IList<StringWithQualityHeaderValue> accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach ((string coding, string extension) in _codings)
        {
            if (!accepted.Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0)) continue;
            if (!files.GetFileInfo(request.Path + extension).Exists) continue;
            request.Path = request.Path.Value + extension;
            return;
        }
    }

    /// <summary>Says on the answer what was done to the file.</summary>
    public static void Describe(HttpResponse response)
    {
        if (_codings.FirstOrDefault(known => response.HttpContext.Request.Path.Value!.EndsWith(known.Extension, StringComparison.Ordinal)) is not { Coding: { } coding }) return;
        response.Headers.ContentEncoding = coding;
        response.Headers.Vary = StringValues.Concat(response.Headers.Vary, HeaderNames.AcceptEncoding);
    }

    public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType)
    {
        string packed = _codings.FirstOrDefault(known => subpath.EndsWith(known.Extension, StringComparison.Ordinal)).Extension ?? "";
        return _plain.TryGetContentType(subpath[..^packed.Length], out contentType);
    }
}
