using System.Text;
using Mail.Core.Templates.Environments;

namespace Mail.Api.Templates;

/// <summary>A folder of templates on this machine.</summary>
public static class TemplatesOnDisk
{
    private static readonly string[] _marks = ["template.json", "template.mjml", "template.html"];

    /// <summary>Links to folders are not gone into; links to files are seen, to be refused.</summary>
    private static readonly EnumerationOptions _noLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 4 };

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The files of each folder that is a template or a layout; what else stands there, such as `node_modules`, is left alone.</summary>
    /// <exception cref="IOException">There is no such folder, or a file of it is no text.</exception>
    public static Dictionary<string, string> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (DirectoryInfo one in new DirectoryInfo(folder).EnumerateDirectories())
        {
            bool isTemplate = Array.Exists(_marks, mark => File.Exists(Path.Combine(one.FullName, mark)));
            if (!isTemplate && !one.Name.StartsWith('_')) continue;
            RequireNoLink(one);
            foreach (FileInfo file in one.EnumerateFiles("*", _noLinks))
            {
                string name = Path.GetRelativePath(one.FullName, file.FullName).Replace('\\', '/');
                if (name.Split('/').Any(part => part.StartsWith('.'))) continue; // .DS_Store and its like
                RequireNoLink(file);
                files[$"{one.Name}/{name}"] = Text(file);
            }
        }

        return files;
    }

    /// <summary>Writes the files; a file of a template that the server does not have is removed, other files stay.</summary>
    /// <exception cref="IOException">The server names a file outside of the folder, or one cannot be written.</exception>
    public static void Write(string folder, Dictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Keys.FirstOrDefault(path => FolderFiles.ProblemWithPath(path) is not null) is { } strange) throw new IOException($"The server names a file that is none of a template: '{strange}'.");
        foreach (string own in files.Keys.Select(path => path.Split('/')[0]).Distinct().Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
            foreach (string pattern in (string[])["template.*", "strings.*.json", "text.hbs", "sample.json", "layout.json", "footer.hbs", "*.mjml"])
                foreach (string stale in Directory.EnumerateFiles(own, pattern).Where(file => !files.ContainsKey($"{Path.GetFileName(own)}/{Path.GetFileName(file)}"))) File.Delete(stale);
        foreach ((string path, string content) in files)
        {
            string file = Path.Combine([folder, .. path.Split('/')]);
            RequireNoLink(new FileInfo(file));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content, _utf8);
        }
    }

    /// <summary>A pull request must not get a file of the build machine into a template.</summary>
    private static void RequireNoLink(FileSystemInfo one)
    {
        if (one.LinkTarget is not null) throw new IOException($"{one.FullName} is a link; links are not followed.");
    }

    private static string Text(FileInfo file)
    {
        if (file.Length > FolderFiles.LargestTotal) throw new IOException($"{file.FullName} is too large.");
        try
        {
            return _utf8.GetString(File.ReadAllBytes(file.FullName)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"{file.FullName} is no text in UTF-8.");
        }
    }
}
