using System.IO.Compression;
using System.Text;
using Mail.Core.Common;

namespace Mail.Core.Templates.Environments;

/// <summary>A folder of templates as a zip.</summary>
public static class FolderArchive
{
    /// <summary>S_IFMT and S_IFREG of a Unix file mode, which stands in the upper half of an entry's attributes.</summary>
    private const int KindOfFile = 0xF000, RegularFile = 0x8000, Folder = 0x4000;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string content) in files)
            {
                ZipArchiveEntry entry = zip.CreateEntry(path);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same templates make the same archive
                using Stream target = entry.Open();
                target.Write(_utf8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>What an archive says of its sizes is not believed: bytes are counted as they come out.</summary>
    public static Result<Dictionary<string, string>> Read(byte[] archive)
    {
        try
        {
            using ZipArchive zip = new(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > FolderFiles.MostFiles) return TooLarge();
            Dictionary<string, string> files = new(StringComparer.Ordinal);
            long left = FolderFiles.LargestTotal;
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                string path = entry.FullName;
                if (path.StartsWith("__MACOSX/", StringComparison.Ordinal)) continue; // what macOS adds of its own
                int kind = (entry.ExternalAttributes >> 16) & KindOfFile;
                bool isFolder = path.EndsWith('/');
                if (FolderFiles.ProblemWithPath(isFolder ? path[..^1] : path) is { } problem) return problem;
                if (kind is not (0 or RegularFile) && !(isFolder && kind == Folder)) return Failure.Field($"files.{path}", "is a link or a device, and no file.");
                if (isFolder) continue;
                if (Content(entry, left) is not { } content) return TooLarge();
                left -= content.Length;
                if (!files.TryAdd(path, _utf8.GetString(content))) return Failure.Field($"files.{path}", "stands in the archive twice.");
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException or NotSupportedException or EndOfStreamException)
        {
            return new Failure(FailureKind.Malformed, "validation_error", $"The body is no zip archive of UTF-8 text files: {e.Message}");
        }
    }

    /// <returns>Null when there is more than may be.</returns>
    private static byte[]? Content(ZipArchiveEntry entry, long most)
    {
        using Stream source = entry.Open();
        using MemoryStream content = new();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            if (content.Length + read > most) return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static Failure TooLarge() => new(FailureKind.TooLarge, "too_large", $"The archive holds more than {FolderFiles.MostFiles} files or {FolderFiles.LargestTotal} bytes.");
}
