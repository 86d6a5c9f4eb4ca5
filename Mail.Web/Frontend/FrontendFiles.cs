using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Mail.Web.Frontend;

/// <summary>The built React app. The folder may appear after the host started (the first build takes a minute), so it is looked up late.</summary>
/// <param name="folders">Where the build may lie; the first that holds an index.html is used.</param>
public sealed class FrontendFiles(IReadOnlyList<string> folders) : IFileProvider, IDisposable
{
    private PhysicalFileProvider? _found;

    public IFileInfo Index => GetFileInfo("index.html");

    public IFileInfo GetFileInfo(string subpath) => Find()?.GetFileInfo(subpath) ?? new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton; // folders are never listed

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    public void Dispose() => _found?.Dispose();

    private PhysicalFileProvider? Find()
    {
        if (_found is not null) return _found;
        string? folder = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")));
        return folder is null ? null : _found = new PhysicalFileProvider(folder);
    }
}
