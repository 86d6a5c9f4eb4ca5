using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Mail.Web.Frontend;

/// <summary>Serves the React app: hashed files for ever, index.html never from a cache, every page address to index.html.</summary>
public static class FrontendHosting
{
    public static void AddFrontend(this WebApplicationBuilder builder)
    {
        string build = Path.Combine("ClientApp", "dist");
        builder.Services.AddSingleton(new FrontendFiles(
            [Path.Combine(builder.Environment.ContentRootPath, build), Path.Combine(AppContext.BaseDirectory, build)]));
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true; // only files that everybody may read are packed, so their size tells no secret
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
    }

    public static void UseFrontendFiles(this WebApplication app)
    {
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), pages => pages.UseResponseCompression());
        FrontendFiles files = app.Services.GetRequiredService<FrontendFiles>();
        app.Use((context, next) => { PackedFiles.Choose(context.Request, files); return next(context); });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new PackedFiles(),
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
                PackedFiles.Describe(file.Context.Response);
            },
        });
    }

    public static void MapFrontendPages(this WebApplication app)
    {
        FrontendFiles files = app.Services.GetRequiredService<FrontendFiles>();
        // `nonfile`: a missing script must be a 404 and not a page, or an old tab after a new release would run HTML.
        app.MapMethods("/{*path:nonfile}", [HttpMethods.Get, HttpMethods.Head], context => SendPageAsync(context, files))
            .WithDisplayName("console page");
    }

    private static Task SendPageAsync(HttpContext context, FrontendFiles files)
    {
        IFileInfo index = files.Index;
        if (index is not { Exists: true, PhysicalPath: { } path }) return NotBuiltPage.SendAsync(context);
        context.Response.Headers.CacheControl = "no-cache";
        EntityTagHeaderValue tag = new($"\"{index.LastModified.UtcTicks:x}-{index.Length:x}\"");
        return TypedResults.PhysicalFile(path, "text/html; charset=utf-8", lastModified: index.LastModified, entityTag: tag).ExecuteAsync(context);
    }
}
